"""How some rows stand, counted once for the tiles, the table and the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cchc_gforms.ledger.rates import Rate
from cchc_gforms.ledger.row import UNASSESSED, Row, Timeliness
from cchc_gforms.ledger.waiting import WAITING


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the rows that somebody is held to (L11); `timeliness` counts all rows. A row is in one of
    `waiting`, `returned`, `approved` at most: one approved and edited since waits."""

    expected: int
    submitted: int
    timeliness: Mapping[Timeliness, int]
    waiting: int
    returned: int
    approved: int
    returns: int

    @property
    def due(self) -> int:
        """Expected, and already due or decided."""
        return self.expected - self.timeliness.get("not_due", 0)

    @property
    def on_time(self) -> Rate:
        """Of what is due: what still has time would make a good year look bad."""
        return Rate(self.timeliness.get("on_time", 0), self.due)


def assessed(rows: Iterable[Row]) -> list[Row]:
    """Those that somebody is held to (L11)."""
    return [row for row in rows if row.timeliness not in UNASSESSED]


def count(rows: Iterable[Row]) -> Counts:
    every = list(rows)
    mine = assessed(every)
    return Counts(
        expected=len(mine),
        submitted=sum(row.first_submitted_at is not None for row in mine),
        timeliness=Counter(row.timeliness for row in every),
        waiting=sum(row.review in WAITING for row in mine),
        returned=sum(row.review == "returned" for row in mine),
        approved=sum(row.review == "approved" for row in mine),
        returns=sum(row.return_count for row in mine),
    )
