"""Joins the Sheet's rows and the responses: each fact once, no side's rows lost. Pure.

A row and a response are the same when they were sent within two seconds (a Sheet's time has whole
seconds, and is the time of the last edit: facts 6.3, 6.5) and nothing that both tell, address and
unit, speaks against it. What then has no partner is compared by an earlier time of the response
(the row has not followed an edit yet, or an older one was pasted over it), and last by what it
says: people sort a single column, type over a time or a name. What finds no partner stands alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

TOLERANCE = timedelta(seconds=2)
_SPAN = int(TOLERANCE.total_seconds())
_ENOUGH = 3  # answers alike that tell a row by what it says

Digests = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent it, as far as that side tells: address, the unit as answered (normalised)."""

    email: str | None
    unit: str

    def agreement(self, other: Sender) -> int | None:
        """How much both sides tell alike; None when they contradict each other."""
        shared = [(self.email, other.email), (self.unit, other.unit)]
        told = [(one, another) for one, another in shared if one and another]
        return len(told) if all(one == another for one, another in told) else None


@dataclass(frozen=True)
class Row:
    """A row that a form wrote, or a person. `tab` is its tab's rank, 0 for the one that the form
    writes into now; `number` counts from 1, the header being 1. `cells` are texts by key."""

    tab: int
    number: int
    at: datetime | None
    sender: Sender
    cells: Mapping[str, str]
    read: Callable[[Mapping[str, str]], Digests]

    @cached_property
    def content(self) -> Digests:
        return self.read(self.cells)


@dataclass(frozen=True)
class Party:
    """A response that may have a row. `moments`: when it was last submitted, and earlier times that
    its row may still bear. `timed`: Google tells these times, so that a row which says the same at
    another time is this one's; else it is a further version (L3)."""

    id: str
    moments: tuple[datetime, ...]
    sender: Sender
    told: Callable[[], Digests]
    timed: bool = True

    @cached_property
    def content(self) -> Digests:
        return self.told()


@dataclass(frozen=True, slots=True)
class Joined:
    """`pairs` have both sides; the others only one. `copies` are rows that repeat, at the same
    time and from the same sender, one that is told already."""

    pairs: tuple[tuple[Party, Row], ...]
    parties: tuple[Party, ...]
    rows: tuple[Row, ...]
    copies: tuple[Row, ...]


def join(parties: Iterable[Party], rows: Sequence[Row]) -> Joined:
    """Each response with its row. Work grows with the rows of the same few seconds, and of the
    same sender for those left over."""
    free = _Free(rows)
    waiting = sorted(parties, key=lambda one: (one.moments[0], one.id))
    pairs: list[tuple[Party, Row]] = []
    for ways in (_by_time, _by_earlier_time, _by_content):
        alone: list[Party] = []
        for party in waiting:
            best = min(ways(party, free), default=None)
            if best is None:
                alone.append(party)
            else:
                pairs.append((party, free.take(best[-1])))
        waiting = alone
    copies, left = _copies(pairs, waiting, free.rows())
    return Joined(tuple(pairs), tuple(waiting), left, copies)


_Ranked = tuple[float, float, float, int, int]
"""Lower is better; the last is the row's place among all."""


class _Free:
    """The rows without a partner so far, by second, address and unit."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = dict(enumerate(sorted(rows, key=lambda row: (row.tab, row.number))))
        self._by: dict[object, set[int]] = defaultdict(set)
        for place, row in self._rows.items():
            for name in self._names(row):
                self._by[name].add(place)

    def take(self, place: int) -> Row:
        row = self._rows.pop(place)
        for name in self._names(row):
            self._by[name].discard(place)
        return row

    def rows(self) -> list[Row]:
        return list(self._rows.values())

    def near(self, moment: datetime) -> Iterator[tuple[int, Row, timedelta]]:
        second = _second(moment)
        for at in range(second - _SPAN, second + _SPAN + 1):
            for place in self._by.get(at, ()):
                row = self._rows[place]
                away = abs(row.at - moment) if row.at else TOLERANCE
                if away <= TOLERANCE:
                    yield place, row, away

    def of(self, sender: Sender) -> Iterator[tuple[int, Row]]:
        for place in self._by[sender.email or ""] | self._by[sender.unit]:
            yield place, self._rows[place]

    def _names(self, row: Row) -> list[object]:
        told: list[object] = [name for name in (row.sender.email, row.sender.unit) if name]
        return [_second(row.at), *told] if row.at else told


def _by_time(party: Party, free: _Free) -> Iterator[_Ranked]:
    yield from _at(party, party.moments[0], free)


def _by_earlier_time(party: Party, free: _Free) -> Iterator[_Ranked]:
    for moment in party.moments[1:]:
        yield from _at(party, moment, free)


def _at(party: Party, moment: datetime, free: _Free) -> Iterator[_Ranked]:
    for place, row, away in free.near(moment):
        agreement = party.sender.agreement(row.sender)
        if agreement is not None:
            yield row.tab, -agreement, away.total_seconds(), row.number, place


def _by_content(party: Party, free: _Free) -> Iterator[_Ranked]:
    """At the same time rows that say mostly the same; at any time, those with one other answer at
    most."""
    for place, row, away in free.near(party.moments[0]):
        same, other = _alike(party.content, row.content)
        if same > other:
            yield row.tab, other - same, away.total_seconds(), row.number, place
    for place, row in free.of(party.sender) if party.timed else ():
        same, other = _alike(party.content, row.content)
        if same >= _ENOUGH and other <= 1:
            yield row.tab, other - same, _SPAN, row.number, place


def _alike(one: Digests, another: Digests) -> tuple[int, int]:
    """How many of the answers that both have are the same, empty ones not counted, and how many
    are not."""
    shared = one.keys() & another.keys()
    different = sum(one[key] != another[key] for key in shared)
    return sum(one[key] == another[key] != "" for key in shared), different


def _copies(
    pairs: Sequence[tuple[Party, Row]], parties: Sequence[Party], left: Sequence[Row]
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Rows left over that repeat what is told, and the others. Of two that nobody else tells, the
    second is the copy."""
    told = Told([*parties, *(party for party, _ in pairs)])
    for _, row in pairs:
        told.row(row)
    copies: list[Row] = []
    others: list[Row] = []
    for row in left:
        if row.at and told.has(row.at, row.sender):
            copies.append(row)
        else:
            told.row(row)
            others.append(row)
    return tuple(copies), tuple(others)


class Told:
    """When who is known to have sent something."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._by_second: dict[int, list[tuple[datetime, Sender]]] = defaultdict(list)
        for party in parties:
            for moment in party.moments:
                self._by_second[_second(moment)].append((moment, party.sender))

    def row(self, row: Row) -> None:
        if row.at:
            self._by_second[_second(row.at)].append((row.at, row.sender))

    def has(self, at: datetime, sender: Sender) -> bool:
        """Whether the same sender sent something within the same two seconds."""
        second = _second(at)
        return any(
            abs(moment - at) <= TOLERANCE and sender.agreement(other)
            for near in range(second - _SPAN, second + _SPAN + 1)
            for moment, other in self._by_second.get(near, ())
        )


def _second(moment: datetime) -> int:
    return int(moment.timestamp())
