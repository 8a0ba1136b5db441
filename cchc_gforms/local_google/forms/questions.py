"""What Google refuses about a question, in its words where they are known (facts 2.7, 2.11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.forms.around import Around, one_line
from cchc_gforms.local_google.forms.grading import check_grading
from cchc_gforms.local_google.forms.media import settle_image


def check_question(question: Mapping[str, Any], around: Around) -> None:
    kind = _kind(question)
    if kind == "fileUploadQuestion":
        raise invalid("Creating file upload questions is not supported.")
    if kind == "rowQuestion":
        raise invalid("A row question must be in a question group")
    details = question[kind]
    if kind == "choiceQuestion":
        check_choice(details, around)
    if kind == "scaleQuestion":
        _check_scale(details)
    if kind == "ratingQuestion":
        _check_rating(details)
    check_grading(question, around)


def check_grid(group: Mapping[str, Any], around: Around) -> None:
    """Rows that share the columns' options; these lead nowhere, and none is "other"."""
    if not group.get("questions"):
        raise invalid("question_group_item.questions is required")
    for question in group["questions"]:
        if _kind(question) != "rowQuestion":
            raise invalid("question_group_item.questions must be row questions")
        title = question["rowQuestion"].get("title", "")
        if not title:
            raise invalid("row_question.title was not provided")
        one_line(title)
    columns = (group.get("grid") or {}).get("columns")
    if not columns or columns.get("type") == "DROP_DOWN":
        raise invalid("grid.columns is required and must be RADIO or CHECKBOX")
    check_choice(columns, around, in_grid=True)
    for question in group["questions"]:
        check_grading(question, around, columns)


def check_choice(choice: Mapping[str, Any], around: Around, *, in_grid: bool = False) -> None:
    options = choice.get("options") or []
    if not options:
        raise invalid("ChoiceQuestion.options is required")
    if not choice.get("type"):
        raise invalid("ChoiceQuestion.type is required")
    values = [_option(option) for option in options]
    if len(set(values)) != len(values):
        raise invalid("ChoiceQuestion.options contains duplicate values")
    if None in values and (in_grid or choice["type"] == "DROP_DOWN"):
        raise invalid("option.is_other is not supported for this question")
    for option in options:
        _check_way(option, around, may_lead=choice["type"] != "CHECKBOX" and not in_grid)
        if "image" in option:
            settle_image(option["image"], around)


def _option(option: Mapping[str, Any]) -> str | None:
    """Its value; None for "other", which has none."""
    if option.get("isOther"):
        if option.get("value"):
            raise invalid("Cannot set option.value when isOther is true")
        return None
    value: str = option.get("value", "")
    if not value:
        raise invalid("option.value was not provided")
    one_line(value)
    return value


def _check_way(option: Mapping[str, Any], around: Around, *, may_lead: bool) -> None:
    """Only single choices lead anywhere, and only to a section that is there (facts 2.9)."""
    section, action = option.get("goToSectionId"), option.get("goToAction")
    if not section and not action:
        return
    if not may_lead:
        raise invalid("go_to_action and go_to_section_id are not supported for this question")
    if section and action:
        raise invalid("Only one of go_to_action and go_to_section_id can be set")
    if section and section not in around.sections:
        raise invalid("go_to_section_id is invalid")


def _check_scale(scale: Mapping[str, Any]) -> None:
    if scale.get("low", 0) not in (0, 1) or not 2 <= scale.get("high", 0) <= 10:
        raise invalid("scale_question.low or scale_question.high is invalid")
    one_line(scale.get("lowLabel", ""))
    one_line(scale.get("highLabel", ""))


def _check_rating(rating: Mapping[str, Any]) -> None:
    if not 3 <= rating.get("ratingScaleLevel", 0) <= 10:
        raise invalid("rating_question.rating_scale_level is invalid")
    if not rating.get("iconType"):
        raise invalid("rating_question.icon_type is required")


def _kind(question: Mapping[str, Any]) -> str:
    kinds = [name for name in question if name.endswith("Question")]
    if len(kinds) != 1:
        raise invalid("Exactly one kind of question must be set.")
    return kinds[0]
