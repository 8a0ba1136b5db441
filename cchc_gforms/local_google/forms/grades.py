"""What a quiz awards by its answer keys, as the API tells it (facts 4.12; disc CorrectAnswers).

People grade nothing here: a question without a key has no grade. Feedback that goes with right and
wrong is shown on the page; whether the API tells it too is not known, so it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cchc_gforms.local_google.forms.around import is_quiz
from cchc_gforms.local_google.forms.store import Form

Grades = Mapping[str, Mapping[str, Any]]


def grades(form: Form, answers: Mapping[str, Sequence[str]]) -> Grades:
    """By question id; a score of 0 and a wrong answer are left out, as proto JSON does."""
    made: dict[str, dict[str, Any]] = {}
    for question in _questions(form) if is_quiz(form) else ():
        grading, given = question.get("grading", {}), answers.get(question["questionId"])
        key = [one.get("value", "") for one in grading.get("correctAnswers", {}).get("answers", [])]
        if not key or not given:
            continue
        many = question.get("choiceQuestion", {}).get("type") == "CHECKBOX"
        right = set(given) == set(key) if many else given[0] in key
        points = {"score": grading.get("pointValue", 0), "correct": True}
        kept = {name: value for name, value in points.items() if value}
        made[question["questionId"]] = kept if right else {}
    return made


def total(found: Grades) -> float:
    return float(sum(one.get("score", 0) for one in found.values()))


def _questions(form: Form) -> Iterator[Mapping[str, Any]]:
    for item in form.items:
        if "questionItem" in item:
            yield item["questionItem"]["question"]
        yield from item.get("questionGroupItem", {}).get("questions", [])
