"""Joins the Sheet's rows and the responses: each fact once, no side's rows lost. Pure.

A row that is as it was noted is the same response's still. Else a row and a response are the same
when they were sent within two seconds (a Sheet's time has whole seconds, and is the time of the
last edit: facts 6.3, 6.5) and nothing that both tell, address and unit, speaks against it. What
then has no partner is compared by an earlier time of the response (the row has not followed an edit
yet, or an older one was pasted over it), by the same time in another zone, by what it says, and
last by the time alone: people sort a single column, type over a time or a name. What finds no
partner stands alone.

Where Google tells no time, for only the Sheet is read, a row that moved in time is a further
version (L3) as far as a form can have written it: one that says all that was noted of a row which
is gone, or bears a time of before the last reading, is that row, typed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from cchc_gforms.harvester.sides import (
    FARTHEST,
    SPAN,
    TOLERANCE,
    Digests,
    Party,
    Row,
    Sender,
    Told,
    is_between_zones,
    quarters,
    second_of,
)
from cchc_gforms.store.notes import written

_ENOUGH = 3  # answers alike that tell a row by what it says
_SENDER = 2  # cells that say who sent it


@dataclass(frozen=True, slots=True)
class Joined:
    """`pairs` have both sides; the others only one. `copies` are rows that would fit a response
    which has a row, or that repeat the time and the sender of another row."""

    pairs: tuple[tuple[Party, Row], ...]
    parties: tuple[Party, ...]
    rows: tuple[Row, ...]
    copies: tuple[Row, ...]


def join(
    parties: Iterable[Party],
    rows: Sequence[Row],
    may_be_new: Callable[[datetime], bool] = lambda _: True,
    shift: timedelta = timedelta(),
) -> Joined:
    """Each response with its row. `may_be_new`: whether a form can have written at a time since the
    rows were noted; `shift`: how far times are off because the spreadsheet is in another zone.

    Work grows with the rows of the same few seconds, and of the same sender for those left over.
    """
    free = _Free(rows, may_be_new, shift)
    waiting = sorted(parties, key=lambda one: (not one.timed, one.moments[0], one.id))
    pairs: list[tuple[Party, Row]] = []
    for group, ways in _TURNS:
        for way in ways:
            some = [party for party in waiting if _group(party) == group]
            found = dict(_pairs(some, way, free))
            for party in (party for party in some if party.id in found):
                pairs.append((party, found[party.id]))
                free.learn(*pairs[-1])
            waiting = [party for party in waiting if party.id not in found]
    copies = [*_repeated(pairs, free), *_alike_rows(free)]
    copies.sort(key=lambda row: (row.tab, row.number))
    return Joined(tuple(pairs), tuple(waiting), tuple(free.rows()), tuple(copies))


_Group = Literal["timed", "rows", "unseen"]


def _group(party: Party) -> _Group:
    """What is known of a party: Google's times, a row, or neither."""
    if party.timed:
        return "timed"
    return "unseen" if party.noted_at is None else "rows"


def _pairs(parties: Iterable[Party], way: _Way, free: _Free) -> Iterator[tuple[str, Row]]:
    for party in parties:
        if best := min(way(party, free), default=None):
            yield party.id, free.take(best[-1])


_Ranked = tuple[float, float, float, int, int]
"""Lower is better; the last is the row's place among all."""


class _Free:
    """The rows without a partner so far, by second, address and unit."""

    def __init__(
        self, rows: Sequence[Row], may_be_new: Callable[[datetime], bool], shift: timedelta
    ) -> None:
        self._may_be_new = may_be_new
        self.shifts = {quarters(shift)}
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

    def is_old(self, row: Row) -> bool:
        """Whether no form can have written it since the rows were noted."""
        return row.at is None or not self._may_be_new(row.at)

    def learn(self, party: Party, row: Row) -> None:
        """What zone the Sheet may be in, from a row that is off as zones are."""
        told = party.noted_at or (party.moments[0] if party.timed else None)
        if told and row.at and is_between_zones(off := row.at - told):
            self.shifts.add(quarters(off))

    def places(self) -> list[tuple[int, Row]]:
        return list(self._rows.items())

    def rows(self) -> list[Row]:
        return list(self._rows.values())

    def near(self, moment: datetime) -> Iterator[tuple[int, Row, timedelta]]:
        second = second_of(moment)
        for at in range(second - SPAN, second + SPAN + 1):
            for place in self._by.get(at, ()):
                row = self._rows[place]
                away = abs(row.at - moment) if row.at else TOLERANCE
                if away <= TOLERANCE:
                    yield place, row, away

    def of(self, sender: Sender, saying: Digests | None = None) -> Iterator[tuple[int, Row]]:
        """The sender's, and those that say just that, whoever they name."""
        same = () if saying is None else self._by[written(saying)]
        for place in self._by[sender.email or ""].union(self._by[sender.unit], same):
            yield place, self._rows[place]

    def beside(self, row: Row) -> Iterator[tuple[int, Row]]:
        """Those of the same sender or time."""
        found = dict(self.of(row.sender))
        if row.at:
            found |= {place: other for place, other, _ in self.near(row.at)}
        yield from found.items()

    def _names(self, row: Row) -> list[object]:
        said = (row.sender.email, row.sender.unit, row.noted)
        told: list[object] = [name for name in said if name]
        return [second_of(row.at), *told] if row.at else told


def _as_noted(party: Party, free: _Free) -> Iterator[_Ranked]:
    if party.noted_at is None:
        return
    for place, row, away in free.near(party.noted_at):
        same, other = _alike(party.content, row.content)
        if same and not other:
            yield row.tab, -same, away.total_seconds(), row.number, place


def _but_for_its_time(party: Party, free: _Free) -> Iterator[_Ranked]:
    """All that was noted of the row, at another time: typed over (or sent again as it was, which
    only the forms can tell), or the spreadsheet is in another zone."""
    may_be_sent_again = party.repeats or party.noted_at is None
    for ranked, is_old in _same(party, free):
        if is_old or not may_be_sent_again:
            yield ranked


def _copied_at_another_time(party: Party, free: _Free) -> Iterator[_Ranked]:
    """Not one that a form may have written: who sends the same once more has sent it twice (A8)."""
    for ranked, is_old in _same(party, free):
        if is_old:
            yield ranked


def _same(party: Party, free: _Free) -> Iterator[tuple[_Ranked, bool]]:
    """Rows that say all that was noted, and whether no form can have written them since."""
    if party.timed:
        return
    content = party.content
    for place, row in free.of(party.sender, content):
        same, other = _alike(content, row.content)
        if same and not other:
            away = abs(row.at - (party.noted_at or party.moments[0])) if row.at else FARTHEST
            yield (row.tab, -same, away.total_seconds(), row.number, place), free.is_old(row)


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


def _by_time_elsewhere(party: Party, free: _Free) -> Iterator[_Ranked]:
    """From the same address or unit, off by what zones differ by: a row typed in a quarter of an
    hour later is none of these. Two of three must hold: Google tells the time, it is off as the
    whole Sheet is, at least half is the same."""
    for ranked, as_all, same, other in _elsewhere(party, free):
        if party.timed + as_all + (same >= other) > 1:
            yield ranked


def _copied_elsewhere(party: Party, free: _Free) -> Iterator[_Ranked]:
    """The same, but off as the whole Sheet is, or saying the same as far as it says anything."""
    for ranked, as_all, same, other in _elsewhere(party, free):
        if (as_all and (party.timed or same >= other)) or (party.timed and not other):
            yield ranked


def _elsewhere(party: Party, free: _Free) -> Iterator[tuple[_Ranked, bool, int, int]]:
    """With whether the row is off as the whole Sheet is, and how much both say alike and not."""
    for place, row in free.of(party.sender):
        offs = [row.at - moment for moment in party.moments] if row.at else []
        if offs := [off for off in offs if is_between_zones(off)]:
            as_all = any(quarters(off) in free.shifts for off in offs)
            same, other = _alike(party.content, row.content)
            away = min(map(abs, offs)).total_seconds()
            yield (row.tab, other - same, away, row.number, place), as_all, same, other


def _by_time_alone(party: Party, free: _Free) -> Iterator[_Ranked]:
    """Whoever it names and whatever it says: nobody types a row for the very second at which a form
    was sent, but people type over rows."""
    for moment in party.moments if party.timed else ():
        for place, row, away in free.near(moment):
            yield row.tab, 0, away.total_seconds(), row.number, place


def _typed_over(party: Party, free: _Free) -> Iterator[_Ranked]:
    """A row that was noted and was there until now, and one of the same address or unit that no
    form can have written since, for its time is no time or has long been read; one of the same
    second; or one that says the same in all but two cells, address and unit."""
    if party.timed or party.noted_at is None or party.gone:
        return
    for place, row, away in free.near(party.noted_at):
        yield row.tab, 0, away.total_seconds(), row.number, place
    for place, row in free.of(party.sender):
        if free.is_old(row) or (row.at and row.at < party.moments[0]):
            same, other = _alike(party.content, row.content)
            yield row.tab, 1 + max(other - same, 0), other, row.number, place
    for place, row in free.places():
        same, other = _alike(party.content, row.content)
        if free.is_old(row) and same >= _ENOUGH and other <= _SENDER:
            yield row.tab, FARTHEST.total_seconds(), other, row.number, place


def _by_content(party: Party, free: _Free) -> Iterator[_Ranked]:
    """At the same time rows that say mostly the same; between the first and the last time of an
    edited response, those half alike, for a copy may show an edit that nothing else shows; at any
    time, those with one other answer at most, but for one that a form may have written anew."""
    for place, row, away in free.near(party.moments[0]):
        same, other = _alike(party.content, row.content)
        if same > other:
            yield row.tab, other - same, away.total_seconds(), row.number, place
    content = party.content
    for place, row in free.of(party.sender):
        if party.timed or free.is_old(row):
            same, other = _alike(content, row.content)
            is_close = same >= _ENOUGH and other <= 1
            if is_close or (same >= other and _may_be_edited_then(party, row)):
                yield row.tab, other - same, SPAN, row.number, place


def _under_another_name(party: Party, free: _Free) -> Iterator[_Ranked]:
    """A row that says all of it but who sent it, at whatever time: address, unit and time typed
    over. The forms know of no response from the one it names now. Reviewers say the same often."""
    if not party.timed or party.repeats or party.gone:
        return
    for place, row in free.places():
        same, other = _alike(party.content, row.content)
        if same >= _ENOUGH and other <= _SENDER:
            yield row.tab, other - same, SPAN, row.number, place


def _may_be_edited_then(party: Party, row: Row) -> bool:
    last, *earlier = party.moments
    return party.timed and row.at is not None and any(one < row.at < last for one in earlier)


def _alike(one: Digests, another: Digests) -> tuple[int, int]:
    """How many of the answers that both have are the same, empty ones not counted, and how many
    are not."""
    shared = one.keys() & another.keys()
    different = sum(one[key] != another[key] for key in shared)
    return sum(one[key] == another[key] != "" for key in shared), different


_Way = Callable[[Party, _Free], Iterator[_Ranked]]
_SURE: tuple[_Way, ...] = (_as_noted, _but_for_its_time, _by_time)
_LIKELY: tuple[_Way, ...] = (
    _by_earlier_time,
    _by_time_elsewhere,
    _by_content,
    _by_time_alone,
    _typed_over,
    _under_another_name,
)
_TURNS: tuple[tuple[_Group, tuple[_Way, ...]], ...] = (
    ("timed", _SURE),
    ("rows", _SURE),
    ("unseen", _SURE),
    ("timed", _LIKELY),
    ("rows", _LIKELY),
    ("unseen", _LIKELY),
)
_REPEATS: tuple[_Way, ...] = (
    _as_noted,
    _copied_at_another_time,
    _by_time,
    _by_earlier_time,
    _copied_elsewhere,
    _by_content,
    _by_time_alone,
)


def _repeated(pairs: Iterable[tuple[Party, Row]], free: _Free) -> Iterator[Row]:
    """Takes out the free rows that would fit a response which has a row already, or say what that
    row says now, but for one answer."""
    for party, row in pairs:
        for way in _REPEATS:
            for place in {ranked[-1] for ranked in way(party, free)}:
                yield free.take(place)
        for place, other in list(free.beside(row)):
            if (party.timed or free.is_old(other)) and _is_copy(row, other):
                yield free.take(place)


def _is_copy(row: Row, other: Row) -> bool:
    same, different = _alike(row.content, other.content)
    return row.noted == other.noted or (same >= _ENOUGH and different <= 1)


def _alike_rows(free: _Free) -> Iterator[Row]:
    """Takes out, of free rows of one time and sender, all but the first."""
    told = Told(())
    for place, row in free.places():
        if row.at and told.has(row.at, row.sender):
            yield free.take(place)
        else:
            told.row(row)
