"""What can be changed on a form, and what comes of it. Pure.

Content and position are separate: an item can change, move, or both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cchc_gforms.generator.image import Image, Item


@dataclass(frozen=True, slots=True)
class ChangeInfo:
    title: str
    description: str
    was_title: str
    was_description: str


@dataclass(frozen=True, slots=True)
class ChangeEmailCollection:
    mode: str
    was: str


@dataclass(frozen=True, slots=True)
class AddItem:
    index: int
    item: Item


@dataclass(frozen=True, slots=True)
class ChangeItem:
    index: int
    item: Item
    fields: tuple[str, ...]  # of "title", "description", "body"
    was: Item


@dataclass(frozen=True, slots=True)
class ReplaceItem:
    """Another kind under the same ids: taken away and made anew at its place."""

    index: int
    item: Item
    was: Item


@dataclass(frozen=True, slots=True)
class MoveItem:
    """Always towards the front: Google's reading of the other direction is not certain (2.4)."""

    start: int
    to: int
    item: Item


@dataclass(frozen=True, slots=True)
class RemoveItem:
    index: int
    item: Item


Change = (
    ChangeInfo | ChangeEmailCollection | AddItem | ChangeItem | ReplaceItem | MoveItem | RemoveItem
)


def replay(image: Image, changes: Sequence[Change]) -> Image:
    """What the form is after the changes, if Google does what it says."""
    items = list(image.items)
    for change in changes:
        match change:
            case ChangeInfo(title, description):
                image = replace(image, title=title, description=description)
            case ChangeEmailCollection(mode):
                image = replace(image, email_collection=mode)
            case AddItem(index, item):
                items.insert(index, item)
            case ChangeItem(index, item) | ReplaceItem(index, item):
                items[index] = item
            case MoveItem(start, to):
                items.insert(to, items.pop(start))
            case RemoveItem(index):
                del items[index]
    return replace(image, items=tuple(items))
