"""What has to change on a live form so that it says what the spec says. Pure.

Items are known by id, and ids come from the spec's keys, so a change of wording, order or options
keeps every answer. What would part answers from their question is not planned unless it was named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cchc_gforms.generator.changes import (
    AddItem,
    Change,
    ChangeEmailCollection,
    ChangeInfo,
    ChangeItem,
    MoveItem,
    RemoveItem,
    ReplaceItem,
)
from cchc_gforms.generator.image import Image, Item
from cchc_gforms.spec.ids import question_id, section_id


@dataclass(frozen=True, slots=True)
class AtStake:
    """A column of answers that a change would part from its question. `name` is what to allow,
    `id` Google's own, `page` that of the heading it stands under."""

    name: str
    column: str
    item: Item
    becomes: Item | None = None  # None: it goes; the same kind: one of a grid's rows goes
    id: str = field(default="", compare=False)
    page: str = field(default="", compare=False)

    @property
    def is_replaced(self) -> bool:
        """Made anew as another kind, rather than removed."""
        return self.becomes is not None and self.becomes.kind != self.item.kind

    @property
    def whole(self) -> str:
        """The key of the grid, of which it is a row, or else its own."""
        return self.name.partition("/")[0]

    def is_named(self, name: str) -> bool:
        """By its key or id, or by the key of its grid or of its page."""
        named = name in (self.id, self.name, self.whole)
        return named or question_id(name) == self.id or section_id(name) == self.page


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be lost: names of questions to remove, or to make anew as another kind. A name is
    a key (`grid/row` for a grid's row; a grid's or a page's for all its questions) or Google's own
    id."""

    remove: frozenset[str] = frozenset()
    replace: frozenset[str] = frozenset()
    everything: bool = False

    def has(self, one: AtStake) -> bool:
        names = self.replace if one.is_replaced else self.remove
        return self.everything or any(one.is_named(name) for name in names)


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes in the order to send them. `strangers` are live items that neither the spec nor an
    earlier spec knows: people added them, and they stay where they are. `given` is what would be
    at stake without leave."""

    changes: tuple[Change, ...] = ()
    strangers: tuple[Item, ...] = ()
    at_stake: tuple[AtStake, ...] = ()
    given: tuple[AtStake, ...] = ()


@dataclass(slots=True)
class _Sorted:
    """The live items by what becomes of them."""

    at_stake: list[AtStake] = field(default_factory=list)
    given: list[AtStake] = field(default_factory=list)
    strangers: list[Item] = field(default_factory=list)
    going: list[str] = field(default_factory=list)


def plan(
    live: Image,
    wanted: Image,
    deployed: Mapping[str, str] | None = None,
    allowed: Allowed = Allowed(),
) -> Plan:
    """The changes that turn `live` into `wanted`, strangers kept where they are.

    `deployed` are the ids, of questions and of items without one, that an earlier apply put there,
    each with its key: what is among them and no longer wanted was removed from the spec.
    """
    found = _sorted(live, wanted, deployed or {}, allowed)
    row = _Row(live.items)
    row.replace(wanted.items, lambda _, then: then.is_section)
    row.add_missing(wanted.items, sections=True)
    row.replace(wanted.items, lambda now, _: not now.is_section)
    row.add_missing(wanted.items, sections=False)
    row.bring_up_to_date(wanted.items)
    row.replace(wanted.items, lambda *_: True)
    row.put_in_order([item.id for item in wanted.items])
    row.remove(found.going)
    return Plan(
        changes=(*_head_changes(live, wanted), *row.changes),
        strangers=tuple(found.strangers),
        at_stake=tuple(found.at_stake),
        given=tuple(found.given),
    )


def differences(before: Image, after: Image) -> tuple[Change, ...]:
    """What somebody must have done to `before` to make it `after`."""
    here = {id: "" for item in before.items for id in (item.id, *item.questions)}
    return plan(before, after, here, Allowed(everything=True)).changes


def _sorted(live: Image, wanted: Image, deployed: Mapping[str, str], allowed: Allowed) -> _Sorted:
    found, by_id, page = _Sorted(), {item.id: item for item in wanted.items}, ""
    for item in live.items:
        page = item.id if item.is_section or not page else page
        then = by_id.get(item.id)
        if then is None:
            _sort_unwanted(found, item, page, deployed, allowed)
            continue
        kept = then.questions if then.kind == item.kind else {}
        for one in _stakes(item, page, deployed, then):
            if one.id not in kept:
                (found.given if allowed.has(one) else found.at_stake).append(one)
    return found


def _sort_unwanted(
    found: _Sorted, item: Item, page: str, deployed: Mapping[str, str], allowed: Allowed
) -> None:
    """Ours go when no answer can hang on them, or when they are named; others only when named, and
    not with their page."""
    ours = any(id in deployed for id in item.questions or (item.id,))
    stakes = _stakes(item, page if ours else "", deployed)
    if ours and not item.questions:
        found.going.append(item.id)
    elif all(allowed.has(one) for one in stakes):
        found.going.append(item.id)
        found.given += stakes
    elif ours:
        found.at_stake += stakes
    else:
        found.strangers.append(item)


def _stakes(
    item: Item, page: str, deployed: Mapping[str, str], then: Item | None = None
) -> list[AtStake]:
    """All that could be lost with an item; one without questions as if it were its own."""
    columns = item.questions or ({} if then else {item.id: item.title})
    return [
        AtStake(deployed.get(id) or id, column, item, then, id, page)
        for id, column in columns.items()
    ]


def _head_changes(live: Image, wanted: Image) -> list[Change]:
    changes: list[Change] = []
    if (live.title, live.description) != (wanted.title, wanted.description):
        changes.append(ChangeInfo(wanted.title, wanted.description, live.title, live.description))
    if live.email_collection != wanted.email_collection:
        changes.append(ChangeEmailCollection(wanted.email_collection, live.email_collection))
    return changes


class _Row:
    """The items as the batch goes on, and the changes made to them so far."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = list(items)
        self.changes: list[Change] = []

    def add_missing(self, wanted: Sequence[Item], *, sections: bool) -> None:
        """Sections first: an option may lead to a section only once that exists (facts 2.9)."""
        for place, item in enumerate(wanted):
            if item.is_section is sections and self._index(item.id) is None:
                index = self._after([before.id for before in wanted[:place]])
                self.items.insert(index, item)
                self.changes.append(AddItem(index, item))

    def replace(self, wanted: Sequence[Item], when: Callable[[Item, Item], bool]) -> None:
        """Items of another kind. What becomes a section does so before anything may lead to it,
        what is one no longer after nothing leads to it any more."""
        for item in wanted:
            index = self._index(item.id)
            if index is None or self.items[index].kind == item.kind:
                continue
            if when(self.items[index], item):
                self.changes.append(ReplaceItem(index, item, self.items[index]))
                self.items[index] = item

    def bring_up_to_date(self, wanted: Sequence[Item]) -> None:
        for item in wanted:
            index = self._index(item.id)
            assert index is not None, "missing items were added before"
            now = self.items[index]
            if now.kind != item.kind:
                continue
            fields = tuple(
                name
                for name in ("title", "description", "body")
                if getattr(now, name) != getattr(item, name)
            )
            if fields:
                self.items[index] = item
                self.changes.append(ChangeItem(index, item, fields, now))

    def put_in_order(self, ids: Sequence[str]) -> None:
        wanted = set(ids)
        for place, item_id in enumerate(ids):
            ours = [index for index, item in enumerate(self.items) if item.id in wanted]
            to, start = ours[place], self._index(item_id)
            assert start is not None, "missing items were added before"
            if start != to:
                item = self.items.pop(start)
                self.items.insert(to, item)
                self.changes.append(MoveItem(start, to, item))

    def remove(self, ids: Sequence[str]) -> None:
        """Last of all, when nothing leads to a section among them; from the end (facts 2.4)."""
        for index in reversed(range(len(self.items))):
            if self.items[index].id in ids:
                self.changes.append(RemoveItem(index, self.items.pop(index)))

    def _index(self, item_id: str) -> int | None:
        return next((i for i, item in enumerate(self.items) if item.id == item_id), None)

    def _after(self, ids: Sequence[str]) -> int:
        """The place behind the nearest of the ids that is there already."""
        for item_id in reversed(ids):
            index = self._index(item_id)
            if index is not None:
                return index + 1
        return 0
