"""The two sides that are compared, rows and responses, and what is known of each. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc_gforms.store.notes import read

TOLERANCE = timedelta(seconds=2)
SPAN = int(TOLERANCE.total_seconds())
FARTHEST = timedelta(hours=26)  # that two zones are apart
_ZONE_STEP = timedelta(minutes=15)

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


@dataclass(frozen=True, slots=True)
class Row:
    """A row that a form wrote, or a person. `tab` is its tab's rank, 0 for the one that the form
    writes into now; `number` counts from 1. `noted` are the digests of its cells by key, as notes
    have them (JSON), `cells` the texts."""

    tab: int
    number: int
    at: datetime | None
    sender: Sender
    noted: str
    cells: Callable[[], Mapping[str, str]]

    @property
    def content(self) -> Digests:
        return read(self.noted)


@dataclass(frozen=True, slots=True)
class Party:
    """A response that may have a row. `moments`: when it was last submitted, and earlier times that
    its row may still bear. `noted_at`: the time in the row that was noted of it, whose content is
    the party's; `gone`: that row was missed already. `timed`: Google tells these times; else they
    are what a row said. `repeats`: who sent it says the same again as a matter of course, as
    reviewers do."""

    id: str
    moments: tuple[datetime, ...]
    sender: Sender
    told: Callable[[], Digests]
    noted_at: datetime | None = None
    timed: bool = True
    repeats: bool = False
    gone: bool = False

    @property
    def content(self) -> Digests:
        return self.told()


class Told:
    """When who is known to have sent something."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._by_second: dict[int, list[tuple[datetime, Sender]]] = defaultdict(list)
        for party in parties:
            for moment in party.moments:
                self._by_second[second_of(moment)].append((moment, party.sender))

    def row(self, row: Row) -> None:
        if row.at:
            self._by_second[second_of(row.at)].append((row.at, row.sender))

    def has(self, at: datetime, sender: Sender) -> bool:
        """Whether the same sender sent something within the same two seconds."""
        second = second_of(at)
        return any(
            abs(moment - at) <= TOLERANCE and sender.agreement(other)
            for near in range(second - SPAN, second + SPAN + 1)
            for moment, other in self._by_second.get(near, ())
        )


def second_of(moment: datetime) -> int:
    return int(moment.timestamp())


def is_between_zones(off: timedelta) -> bool:
    """Whether two clocks of different zones may be so far apart: by quarters of an hour."""
    rest = abs(off) % _ZONE_STEP
    return abs(off) <= FARTHEST and min(rest, _ZONE_STEP - rest) <= TOLERANCE


def quarters(off: timedelta) -> int:
    """Of an hour."""
    return round(off / _ZONE_STEP)
