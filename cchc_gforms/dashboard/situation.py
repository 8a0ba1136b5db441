"""What a dashboard is made of: a ledger, and what goes with it on the tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from cchc_gforms.dashboard.counts import assessed
from cchc_gforms.events import RosterUnit
from cchc_gforms.ledger.book import Subject, by_subject, label
from cchc_gforms.ledger.row import Ledger, Row
from cchc_gforms.regime.year import ReportingYear

STALE_AFTER = timedelta(hours=48)
"""Twice the time between two harvests of a daily schedule."""

SOON = timedelta(days=30)
"""Before its due date a document is what the office is at."""


def _nowhere(_: Row) -> str | None:
    return None


@dataclass(frozen=True)
class Addresses:
    """Where a row's links lead; None where there is nothing to lead to.

    The unit's form and the processing form are prefilled; `response` is the latest answer as the
    office sees it.
    """

    form: Callable[[Row], str | None] = _nowhere
    response: Callable[[Row], str | None] = _nowhere
    approve: Callable[[Row], str | None] = _nowhere
    give_back: Callable[[Row], str | None] = _nowhere
    accept: Callable[[Row], str | None] = _nowhere


@dataclass(frozen=True, slots=True)
class Notes:
    """What people wrote, by unit, document and period (None: for all of the unit's), and what
    belongs to no row: the number of the tab's row, and why."""

    by_place: Mapping[tuple[str, Subject | None], tuple[str, ...]] = field(default_factory=dict)
    astray: tuple[tuple[int, str, str], ...] = ()

    def of(self, row: Row) -> str:
        """All notes of a row, those for the whole unit first."""
        places = ((row.unit.code, None), (row.unit.code, (row.document, row.period)))
        return "; ".join(text for place in places for text in self.by_place.get(place, ()))


@dataclass(frozen=True)
class Situation:
    """`harvested_at` is the last harvest (UTC) before the ledger's moment, or the first since; None
    before any; stale after `stale_after`."""

    ledger: Ledger
    year: ReportingYear
    harvested_at: datetime | None = None
    stale_after: timedelta = STALE_AFTER
    addresses: Addresses = field(default_factory=Addresses)
    notes: Notes = field(default_factory=Notes)

    @cached_property
    def today(self) -> date:
        """The day of the ledger's moment, in the regime's zone."""
        return self.ledger.as_of.astimezone(self.year.zone).date()

    @cached_property
    def subjects(self) -> dict[Subject, list[Row]]:
        """Rows by document and period, in the order of the files."""
        return by_subject(self.ledger.rows, self.year)

    @cached_property
    def labels(self) -> dict[Subject, str]:
        """Báo cáo CCHC quý I năm 2022, as it was called when the period was opened."""
        return {subject: label(rows[0], self.year) for subject, rows in self.subjects.items()}

    @cached_property
    def units(self) -> dict[str, tuple[RosterUnit, dict[Subject, Row]]]:
        """Every unit that owes anything, by code and in that order, as it was called last."""
        found: dict[str, dict[Subject, Row]] = {}
        for subject, rows in self.subjects.items():
            for row in rows:
                found.setdefault(row.unit.code, {})[subject] = row
        return {code: (list(mine.values())[-1].unit, mine) for code, mine in sorted(found.items())}

    @cached_property
    def current(self) -> dict[Subject, list[Row]]:
        """The documents that the office is at: those that are due next, once they have 30 days
        left or their data are closed; until then those that were due last. Before the first of
        the year, the first ones. What nobody is held to (L11) never.
        """
        held = {one: mine[0] for one, rows in self.subjects.items() if (mine := assessed(rows))}
        next_ones = [row.due_original for row in held.values() if self._is_near(row)]
        past = [row.due_original for row in held.values() if row.due_original < self.today]
        first = min((row.due_original for row in held.values()), default=None)
        turn = min(next_ones) if next_ones else max(past) if past else first
        return {one: self.subjects[one] for one, row in held.items() if row.due_original == turn}

    def _is_near(self, row: Row) -> bool:
        begins = row.due_original - SOON
        return min(begins, row.closes_on or begins) <= self.today <= row.due_original
