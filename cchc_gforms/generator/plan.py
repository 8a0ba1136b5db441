"""What has to change on a live form so that it says what the spec says. Pure.

Items are known by id, and ids come from the spec's keys, so a change of wording, order or options
keeps every answer (R-numbers do not ask for it; the people who correct a form in use do). Content
and position are separate: an item can change, move, or both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a form. `body` is Google's own shape, compared whole; `kind` names it."""

    id: str
    kind: str
    title: str
    description: str
    body: Mapping[str, Any]
    is_section: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A form as far as this product decides it."""

    title: str
    description: str
    email_collection: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeInfo:
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class ChangeEmailCollection:
    mode: str


@dataclass(frozen=True, slots=True)
class AddItem:
    index: int
    item: Item


@dataclass(frozen=True, slots=True)
class ChangeItem:
    index: int
    item: Item
    fields: tuple[str, ...]  # of "title", "description", "body"


@dataclass(frozen=True, slots=True)
class MoveItem:
    """Always towards the front: Google's reading of the other direction is not certain (2.4)."""

    start: int
    to: int
    item: Item


Change = ChangeInfo | ChangeEmailCollection | AddItem | ChangeItem | MoveItem


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes in the order to send them; `strangers` are live items the spec does not know (they
    are left alone: they may hold answers), `clashes` are items whose kind would change."""

    changes: tuple[Change, ...] = ()
    strangers: tuple[Item, ...] = ()
    clashes: tuple[tuple[Item, Item], ...] = ()


def plan(live: Image, wanted: Image) -> Plan:
    """The changes that turn `live` into `wanted`, strangers kept where they are."""
    wanted_ids = {item.id for item in wanted.items}
    live_by_id = {item.id: item for item in live.items}
    clashes = tuple(
        (live_by_id[item.id], item)
        for item in wanted.items
        if item.id in live_by_id and live_by_id[item.id].kind != item.kind
    )
    row = _Row(live.items)
    row.add_missing(wanted.items)
    row.bring_up_to_date(wanted.items)
    row.put_in_order([item.id for item in wanted.items])
    return Plan(
        changes=(*_head_changes(live, wanted), *row.changes),
        strangers=tuple(item for item in live.items if item.id not in wanted_ids),
        clashes=clashes,
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
            case ChangeItem(index, item, _):
                items[index] = item
            case MoveItem(start, to, _):
                items.insert(to, items.pop(start))
    return replace(image, items=tuple(items))


def _head_changes(live: Image, wanted: Image) -> list[Change]:
    changes: list[Change] = []
    if (live.title, live.description) != (wanted.title, wanted.description):
        changes.append(ChangeInfo(wanted.title, wanted.description))
    if live.email_collection != wanted.email_collection:
        changes.append(ChangeEmailCollection(wanted.email_collection))
    return changes


class _Row:
    """The items as the batch goes on, and the changes made to them so far."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = list(items)
        self.changes: list[Change] = []

    def add_missing(self, wanted: Sequence[Item]) -> None:
        # Sections first: an option may lead to a section only once that exists (facts 2.9).
        for sections in (True, False):
            for place, item in enumerate(wanted):
                if item.is_section is sections and self._index(item.id) is None:
                    index = self._after([before.id for before in wanted[:place]])
                    self.items.insert(index, item)
                    self.changes.append(AddItem(index, item))

    def bring_up_to_date(self, wanted: Sequence[Item]) -> None:
        for item in wanted:
            index = self._index(item.id)
            assert index is not None, "missing items were added before"
            now = self.items[index]
            fields = tuple(
                name
                for name in ("title", "description", "body")
                if getattr(now, name) != getattr(item, name)
            )
            if fields:
                self.items[index] = item
                self.changes.append(ChangeItem(index, item, fields))

    def put_in_order(self, ids: Sequence[str]) -> None:
        for place, item_id in enumerate(ids):
            ours = [index for index, item in enumerate(self.items) if item.id in set(ids)]
            to, start = ours[place], self._index(item_id)
            assert start is not None, "missing items were added before"
            if start != to:
                item = self.items.pop(start)
                self.items.insert(to, item)
                self.changes.append(MoveItem(start, to, item))

    def _index(self, item_id: str) -> int | None:
        return next((i for i, item in enumerate(self.items) if item.id == item_id), None)

    def _after(self, ids: Sequence[str]) -> int:
        """The place behind the nearest of the ids that is there already."""
        for item_id in reversed(ids):
            index = self._index(item_id)
            if index is not None:
                return index + 1
        return 0
