"""Items: their ids, and what Google refuses about them, in its words (facts 2.7–2.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.identifiers import Identifiers

_ID = re.compile(r"[0-7][0-9a-f]{7}")
_KINDS = (
    "questionItem", "questionGroupItem", "pageBreakItem", "textItem", "imageItem", "videoItem",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ids:
    item: str
    questions: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (self.item, *self.questions)


def ids_of(item: Mapping[str, Any]) -> Ids:
    return Ids(item["itemId"], tuple(q["questionId"] for q in _questions(item)))


def assign_ids(item: dict[str, Any], taken: set[str], ids: Identifiers) -> None:
    """Fills in what the client left out; 400 for an id of another form or one in use."""
    for holder, name in [(item, "itemId"), *((q, "questionId") for q in _questions(item))]:
        given = holder.get(name)
        if not given:
            given = ids.item_id()
        elif not _ID.fullmatch(given) or given in taken:
            raise invalid("Invalid ID")
        holder[name] = given
        if name == "questionId":
            taken.add(given)
    # The item's own id is in a space of its own: one hex may serve as both (facts 2.8).


def check_item(item: dict[str, Any], others: Sequence[Mapping[str, Any]]) -> None:
    """400 for what Google Forms does not take; leaves defaults out, as Google does."""
    kinds = [kind for kind in _KINDS if item.get(kind) is not None]
    if len(kinds) != 1:
        raise invalid("Exactly one kind of item must be set.")
    _one_line(item.get("title", ""))
    for question in _questions(item):
        _check_question(question, others)
    if kinds[0] == "questionGroupItem":
        _check_grid(item["questionGroupItem"])
    _drop_defaults(item)


def _questions(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "questionItem" in item:
        question = item["questionItem"].get("question")
        if question is None:
            raise invalid("question_item.question is required")
        return [question]
    if "questionGroupItem" in item:
        return list(item["questionGroupItem"].get("questions", []))
    return []


def _check_question(question: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> None:
    if "fileUploadQuestion" in question:
        raise invalid("Creating file upload questions is not supported.")
    kinds = [name for name in question if name.endswith("Question")]
    if len(kinds) != 1:
        raise invalid("Exactly one kind of question must be set.")
    if "choiceQuestion" in question:
        _check_choice(question["choiceQuestion"], others)
    if "rowQuestion" in question:
        _one_line(question["rowQuestion"].get("title", ""))
    if "scaleQuestion" in question:
        scale = question["scaleQuestion"]
        if scale.get("low", 0) not in (0, 1) or not 2 <= scale.get("high", 0) <= 10:
            raise invalid("scale_question.low or scale_question.high is invalid")
    if "ratingQuestion" in question:
        rating = question["ratingQuestion"]
        if not 3 <= rating.get("ratingScaleLevel", 0) <= 10:
            raise invalid("rating_question.rating_scale_level is invalid")


def _check_choice(choice: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> None:
    options = choice.get("options") or []
    if not options:
        raise invalid("ChoiceQuestion.options is required")
    if choice.get("type") not in ("RADIO", "CHECKBOX", "DROP_DOWN"):
        raise invalid("ChoiceQuestion.type is required")
    values = [value for option in options if (value := _option(option)) is not None]
    if len(set(values)) != len(values):
        raise invalid("ChoiceQuestion.options contains duplicate values")
    for option in options:
        _check_way(option, choice["type"], others)


def _option(option: Mapping[str, Any]) -> str | None:
    if option.get("isOther"):
        if option.get("value"):
            raise invalid("Cannot set option.value when isOther is true")
        return None
    value: str = option.get("value", "")
    if not value:
        raise invalid("option.value was not provided")
    _one_line(value)
    return value


def _check_way(option: Mapping[str, Any], kind: str, others: Sequence[Mapping[str, Any]]) -> None:
    """Only single choices lead anywhere, and only to a section that is there (facts 2.9)."""
    section, action = option.get("goToSectionId"), option.get("goToAction")
    if not section and not action:
        return
    if kind == "CHECKBOX":
        raise invalid("go_to_action and go_to_section_id are not supported for CHECKBOX questions")
    if section and action:
        raise invalid("Only one of go_to_action and go_to_section_id can be set")
    there = {other["itemId"] for other in others if "pageBreakItem" in other}
    if section and section not in there:
        raise invalid("go_to_section_id is invalid")


def _check_grid(group: Mapping[str, Any]) -> None:
    if not group.get("questions"):
        raise invalid("question_group_item.questions is required")
    if any("rowQuestion" not in question for question in group["questions"]):
        raise invalid("question_group_item.questions must be row questions")
    columns = (group.get("grid") or {}).get("columns")
    if not columns or columns.get("type") == "DROP_DOWN":
        raise invalid("grid.columns is required and must be RADIO or CHECKBOX")
    _check_choice(columns, ())


def _one_line(text: str) -> None:
    if "\n" in text:
        raise invalid("Displayed text cannot contain newlines")


def _drop_defaults(value: Any) -> None:
    """Proto JSON leaves false, 0, "" and [] out; empty messages stay (facts 9)."""
    for inner in _children(value):
        _drop_defaults(inner)
    if isinstance(value, dict):
        empty = [name for name, inner in value.items() if inner in (None, False, 0, "", [])]
        for name in empty:
            del value[name]


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
