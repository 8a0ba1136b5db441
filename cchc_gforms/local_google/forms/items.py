"""Items: their ids, and what Google refuses about them (facts 2.7, 2.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.forms.around import Around, one_line
from cchc_gforms.local_google.forms.media import check_video, settle_image
from cchc_gforms.local_google.forms.questions import check_grid, check_question
from cchc_gforms.local_google.identifiers import Identifiers

_ID = re.compile(r"(?!0{8})[0-7][0-9a-f]{7}")
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
        given = holder.get(name) or _free(ids, taken)
        if not _ID.fullmatch(given) or given in taken:
            raise invalid("Invalid ID")
        holder[name] = given
        if name == "questionId":
            taken.add(given)
    # The item's own id is in a space of its own: one hex may serve as both (facts 2.8).


def check_kind(item: Mapping[str, Any]) -> str:
    """The one kind that an item is of."""
    kinds = [kind for kind in _KINDS if kind in item]
    if len(kinds) != 1:
        raise invalid("Exactly one kind of item must be set.")
    return kinds[0]


def check_item(item: dict[str, Any], around: Around) -> None:
    """400 for what Google Forms does not take; leaves defaults out, as Google does."""
    kind = check_kind(item)
    one_line(item.get("title", ""))
    for question in _questions(item) if kind == "questionItem" else ():
        check_question(question, around)
    if kind == "questionGroupItem":
        check_grid(item[kind], around)
    if kind == "imageItem":
        settle_image(item[kind].get("image"), around)
    elif "image" in item[kind]:
        settle_image(item[kind]["image"], around)
    if kind == "videoItem":
        check_video(item[kind])
    drop_defaults(item)


def drop_defaults(value: Any) -> None:
    """Proto JSON leaves false, 0, "" and [] out; empty messages stay (facts 9)."""
    for inner in _children(value):
        drop_defaults(inner)
    if isinstance(value, dict):
        empty = [name for name, inner in value.items() if inner in (None, False, 0, "", [])]
        for name in empty:
            del value[name]


def _questions(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "questionItem" in item:
        question = item["questionItem"].get("question")
        if question is None:
            raise invalid("question_item.question is required")
        return [question]
    if "questionGroupItem" in item:
        return list(item["questionGroupItem"].get("questions", []))
    return []


def _free(ids: Identifiers, taken: set[str]) -> str:
    while (drawn := ids.item_id()) in taken:
        pass
    return drawn


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
