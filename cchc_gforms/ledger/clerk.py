"""Writes the row of a unit once its events have been taken (L8, L15, L16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, get_args
from zoneinfo import ZoneInfo

from cchc_gforms.events import Event, PeriodOpened, RosterUnit
from cchc_gforms.ledger.due import deadline, local_date, timeliness
from cchc_gforms.ledger.review import Case
from cchc_gforms.ledger.row import Mark, Row, Step, Submission, Timeliness

_MARKS: Final[tuple[Mark, ...]] = get_args(Mark)


class Clerk:
    """Writes the rows of one period as they stand at `as_of` (UTC)."""

    def __init__(self, opened: PeriodOpened, as_of: datetime, zone: ZoneInfo) -> None:
        self._opened = opened
        self._due = deadline(opened, zone)
        self._as_of = as_of
        self._zone = zone
        self._overdue_by = (local_date(as_of, zone) - self._due.due).days
        self._opening: Step[Event] = Step(opened, ("opened",))

    def row(self, unit: RosterUnit, case: Case, steps: Sequence[Step[Event]]) -> Row:
        """The row of `unit`; runs the case's clocks up to `as_of`."""
        opened = self._opened
        first = case.first.at if case.first else None
        approval = case.approved
        approved_at = approval.at if approval else None
        decided_at = first if opened.deciding == "first_submission" else approved_at
        status = self._timeliness(decided_at, first)
        submission = self._submission(first)
        case.run_clocks(self._as_of)
        return Row(
            unit=unit,
            document=opened.document,
            period=opened.period,
            window_from=opened.window_from,
            closes_on=opened.closes_on,
            due_on=opened.due_on,
            due_on_rolled=opened.due_on_rolled,
            due=self._due.due,
            deciding=opened.deciding,
            advisory=opened.advisory,
            not_assessed=opened.not_assessed,
            first_submitted_at=first,
            last_submitted_at=case.last.at if case.last else None,
            versions=case.versions,
            submission=submission,
            decided_at=decided_at,
            approved_at=approved_at,
            approved_by=approval.reviewer if approval else None,
            timeliness=status,
            review="quarantined" if first is None and case.quarantined else case.review,
            late_days=self._late_days(status, decided_at),
            days_overdue=self._overdue_by if status in ("missing", "overdue") else None,
            return_count=case.returns,
            return_reasons=tuple(case.reasons),
            marks=self._marks(case, status, submission, decided_at),
            flags=case.last.flags if case.last else (),
            bureau_seconds=case.bureau.total_seconds(),
            unit_seconds=case.unit.total_seconds() + self._seconds_past_due(first),
            steps=(self._opening, *steps),
        )

    def _timeliness(self, decided_at: datetime | None, first: datetime | None) -> Timeliness:
        if self._opened.not_assessed is not None:
            return "not_assessed"
        return timeliness(decided_at, first is not None, self._due.instant, self._as_of)

    def _submission(self, first: datetime | None) -> Submission | None:
        if first is None:
            return None
        return "on_time" if first < self._due.instant else "late"

    def _late_days(self, status: Timeliness, decided_at: datetime | None) -> int | None:
        """L16: 0 on time, blank where the deciding event never came or nobody is assessed."""
        if decided_at is None or status not in ("on_time", "late"):
            return None
        return max((local_date(decided_at, self._zone) - self._due.due).days, 0)

    def _seconds_past_due(self, first: datetime | None) -> float:
        """From the due instant to a late first submission, or so far while there is none (L17)."""
        if self._opened.not_assessed is not None:
            return 0.0
        return max(((first or self._as_of) - self._due.instant).total_seconds(), 0.0)

    def _marks(
        self,
        case: Case,
        status: Timeliness,
        submission: Submission | None,
        decided_at: datetime | None,
    ) -> tuple[Mark, ...]:
        found = set(case.marks)
        opened, first = self._opened, case.first
        if opened.deciding == "approval" and (submission, status) == ("on_time", "late"):
            found.add("submitted_on_time_approved_late")
        if self._differs_if_rolled(decided_at, first is not None, status):
            found.add("differs_if_rolled")
        if first and opened.closes_on and local_date(first.at, self._zone) < opened.closes_on:
            found.add("before_closing")
        if first and case.quarantined:
            found.add("quarantined_beside")
        return tuple(mark for mark in _MARKS if mark in found) if found else ()

    def _differs_if_rolled(
        self, decided_at: datetime | None, submitted: bool, status: Timeliness
    ) -> bool:
        """Whether the other of the two dates would give another status (A2)."""
        if self._due.other == self._due.instant or status == "not_assessed":
            return False
        return timeliness(decided_at, submitted, self._due.other, self._as_of) != status
