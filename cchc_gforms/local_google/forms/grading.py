"""Grading of quiz questions (facts 2.12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.forms.around import Around


def check_grading(question: Mapping[str, Any], around: Around) -> None:
    grading = question.get("grading")
    if grading is None:
        return
    if not around.is_quiz:
        raise invalid("Cannot set grading when the form is not a quiz")
    if grading.get("pointValue", 0) < 0:
        raise invalid("grading.point_value is invalid")
    correct = [one.get("value", "") for one in grading.get("correctAnswers", {}).get("answers", [])]
    choice = question.get("choiceQuestion")
    if choice is not None:
        values = {option.get("value") for option in choice.get("options", [])}
        if set(correct) - values:
            raise invalid("correct_answers must be values of options")
    _check_feedback(grading, is_graded_choice=choice is not None and bool(correct))


def _check_feedback(grading: Mapping[str, Any], *, is_graded_choice: bool) -> None:
    """When right and when wrong go with an answer key, the general one with none."""
    for name in ("whenRight", "whenWrong", "generalFeedback"):
        if name not in grading:
            continue
        if (name == "generalFeedback") == is_graded_choice:
            raise invalid(f"grading cannot have {name} on this question")
        if not grading[name].get("text"):
            raise invalid("feedback.text was not provided")


def drop_grading(item: Mapping[str, Any]) -> None:
    """A form that is no quiz any more has none."""
    question = item.get("questionItem", {}).get("question", {})
    rows = item.get("questionGroupItem", {}).get("questions", [])
    for one in (question, *rows):
        one.pop("grading", None)
