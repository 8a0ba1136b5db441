"""Grading of quiz questions (facts 2.12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.forms.around import Around


def check_grading(
    question: Mapping[str, Any], around: Around, columns: Mapping[str, Any] | None = None
) -> None:
    """`columns` are the choices of a grid, for its rows."""
    grading = question.get("grading")
    if grading is None:
        return
    if not around.is_quiz:
        raise invalid("Cannot set grading when the form is not a quiz")
    if grading.get("pointValue", 0) < 0:
        raise invalid("grading.point_value is invalid")
    if "correctAnswers" not in grading:
        raise invalid("grading.correct_answers is required")
    correct = [one.get("value", "") for one in grading["correctAnswers"].get("answers", [])]
    if "" in correct:
        raise invalid("correct_answer.value was not provided")
    choice = question.get("choiceQuestion")
    possible = _possible(question, choice or columns)
    if possible is not None and set(correct) - possible:
        raise invalid("correct_answers must be values of options")
    _check_feedback(grading, is_graded_choice=choice is not None and bool(correct))


def _possible(question: Mapping[str, Any], choice: Mapping[str, Any] | None) -> set[str] | None:
    """The answers that there are; None where they are written freely."""
    if choice is not None:
        return {option["value"] for option in choice.get("options", []) if option.get("value")}
    if scale := question.get("scaleQuestion"):
        return set(map(str, range(scale.get("low", 0), scale.get("high", 0) + 1)))
    if rating := question.get("ratingQuestion"):
        return set(map(str, range(1, rating.get("ratingScaleLevel", 0) + 1)))
    return None


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
