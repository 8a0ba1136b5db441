"""Writes the row of a unit once its events have been taken (L8, L10, L11, L15, L16)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, get_args
from zoneinfo import ZoneInfo

from cchc_gforms.events import Event, PeriodOpened, RosterUnit
from cchc_gforms.ledger.due import Deadline, deadline, frozen_due, local_date, timeliness
from cchc_gforms.ledger.order import in_order
from cchc_gforms.ledger.review import Case
from cchc_gforms.ledger.row import Mark, Row, Step, Submission, Timeliness
from cchc_gforms.ledger.settle import Record

_MARKS: Final[tuple[Mark, ...]] = get_args(Mark)


@dataclass(frozen=True, slots=True)
class _Judged:
    """The times that a row is judged by, and against which deadline."""

    first: datetime | None
    decided: datetime | None
    original: Deadline
    due: Deadline  # the same, or as extended (L10)
    unassessed: Timeliness | None

    def timeliness(self, instant: datetime, as_of: datetime) -> Timeliness:
        """Against a due instant (L15)."""
        return self.unassessed or timeliness(self.decided, self.first is not None, instant, as_of)


class Clerk:
    """Writes the rows of one period as they stand at `as_of` (UTC).

    `imported` are the ids of the events that a back-fill brought.
    """

    def __init__(
        self,
        opened: PeriodOpened,
        as_of: datetime,
        zone: ZoneInfo,
        imported: Collection[str] = (),
    ) -> None:
        self._opened = opened
        self._as_of = as_of
        self._today = local_date(as_of, zone)
        self._zone = zone
        self._imported = imported
        self._opening: Step[Event] = Step(opened, ("opened",))

    def row(
        self, unit: RosterUnit, case: Case, record: Record, steps: Sequence[Step[Event]]
    ) -> Row:
        """The row of `unit`; runs the case's clocks up to `as_of`."""
        opened, frozen = self._opened, frozen_due(self._opened, unit)
        approval = case.approved
        judged = self._judged(unit, case, record)
        status = judged.timeliness(judged.due.instant, self._as_of)
        due = judged.due.due
        told = case.last if case.last and case.last.kind == "version_seen" else None
        case.run_clocks(self._as_of)
        return Row(
            unit=unit,
            document=opened.document,
            period=opened.period,
            window_from=opened.window_from,
            closes_on=opened.closes_on,
            due_on=frozen.due_on,
            due_on_rolled=frozen.due_on_rolled,
            rolled_because=frozen.rolled_because,
            due_original=judged.original.due,
            due=due,
            extension_reason=record.extension.reason if record.extension else None,
            deciding=opened.deciding,
            advisory=opened.advisory,
            channel=opened.channel,
            source_document=opened.source_document,
            document_label=opened.document_label,
            title=opened.title,
            not_assessed=opened.not_assessed,
            exempt=record.exempted.reason if record.exempted else None,
            first_submitted_at=case.first_at,
            last_submitted_at=case.last_at,
            versions=case.versions,
            submission=_submission(judged),
            decided_at=judged.decided,
            approved_at=approval.at if approval else None,
            approved_by=(approval.reviewer or approval.recorded_by) if approval else None,
            timeliness=status,
            timeliness_original=judged.timeliness(judged.original.instant, self._as_of),
            review="quarantined" if case.first is None and case.quarantined else case.review,
            late_days=self._late_days(judged, status),
            days_overdue=(self._today - due).days if status in ("missing", "overdue") else None,
            return_count=case.returns,
            return_reasons=tuple(case.reasons),
            marks=self._marks(case, record, judged, status),
            flags=told.flags if told else (),
            evidence=told.evidence if told else None,
            left_out=told.left_out if told else (),
            bureau_seconds=case.bureau.total_seconds(),
            unit_seconds=case.unit.total_seconds() + self._seconds_past_due(judged),
            steps=(self._opening, *steps),
        )

    def _judged(self, unit: RosterUnit, case: Case, record: Record) -> _Judged:
        opened, first = self._opened, case.first_at
        approved_at = case.approved.at if case.approved else None
        due = original = deadline(opened, unit, self._zone)
        unassessed: Timeliness | None = None
        if record.extension is not None:
            due = due.extended(record.extension.due_on, self._zone)
        if record.exempted is not None:
            unassessed = "exempt"
        elif opened.not_assessed is not None:
            unassessed = "not_assessed"
        decided = first if opened.deciding == "first_submission" else approved_at
        return _Judged(first, decided, original, due, unassessed)

    def _late_days(self, judged: _Judged, status: Timeliness) -> int | None:
        """L16: 0 on time, blank where the deciding event never came or nobody is assessed."""
        if judged.decided is None or status not in ("on_time", "late"):
            return None
        return max((local_date(judged.decided, self._zone) - judged.due.due).days, 0)

    def _seconds_past_due(self, judged: _Judged) -> float:
        """From the due instant to a late first submission, or so far while there is none (L17)."""
        if judged.unassessed is not None:
            return 0.0
        late = (judged.first or self._as_of) - judged.due.instant
        return max(late.total_seconds(), 0.0)

    def _marks(
        self, case: Case, record: Record, judged: _Judged, status: Timeliness
    ) -> tuple[Mark, ...]:
        found = set(case.marks)
        opened, first = self._opened, case.first_at
        if opened.deciding == "approval" and (_submission(judged), status) == ("on_time", "late"):
            found.add("submitted_on_time_approved_late")
        if self._differs_if_rolled(judged, status):
            found.add("differs_if_rolled")
        if first and opened.closes_on and local_date(first, self._zone) < opened.closes_on:
            found.add("before_closing")
        if first and case.quarantined:
            found.add("quarantined_beside")
        found.update(self._marks_of_record(record, judged, status))
        return tuple(mark for mark in _MARKS if mark in found) if found else ()

    def _marks_of_record(
        self, record: Record, judged: _Judged, status: Timeliness
    ) -> Iterator[Mark]:
        if record.extension is not None:
            yield "extended"
            original = judged.timeliness(judged.original.instant, self._as_of)
            if (status, original) == ("on_time", "late"):
                yield "late_by_original"
        if any("version_voided" in step.effects for step in record.steps):
            yield "voided"
        yield from self._marks_of_rows(record)
        if self._imported:
            events = (*record.facts, *(step.event for step in record.steps))
            if any(event.id in self._imported for event in events):
                yield "imported"

    def _marks_of_rows(self, record: Record) -> Iterator[Mark]:
        """A row that came back is not gone; one that was changed stays marked."""
        gone: dict[str, bool] = {}
        for event in in_order([one.event for one in record.steps]):
            if event.kind == "row_edited":
                yield "row_edited"
            elif event.kind in ("row_vanished", "row_returned"):
                gone[f"{event.form_id} {event.response_id}"] = event.kind == "row_vanished"
        if any(gone.values()):
            yield "row_vanished"

    def _differs_if_rolled(self, judged: _Judged, status: Timeliness) -> bool:
        """Whether the other of the two dates would give another status (A2)."""
        other = judged.due.other
        if other == judged.due.instant:
            return False
        return judged.timeliness(other, self._as_of) != status


def _submission(judged: _Judged) -> Submission | None:
    if judged.first is None:
        return None
    return "on_time" if judged.first < judged.due.instant else "late"
