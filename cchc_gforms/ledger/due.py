"""Dates and instants of an opened period (L2, L10, L15, L16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cchc_gforms.events import Due, PeriodOpened, RosterUnit
from cchc_gforms.ledger.row import Timeliness

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The due dates of a row as exclusive instants, in UTC."""

    due: date
    instant: datetime  # of `due`, the date that counts
    other: datetime  # of the date that would count with the opposite rolling rule

    def extended(self, due: date, zone: ZoneInfo) -> Deadline:
        """The deadline after an extension, whatever the rolling rule (L10)."""
        instant = end_of(due, zone)
        return Deadline(due, instant, instant)


def frozen_due(opened: PeriodOpened, unit: RosterUnit) -> PeriodOpened | Due:
    """The due dates of a unit: its own, or the period's."""
    return unit.due or opened


def original_due(opened: PeriodOpened, unit: RosterUnit) -> date:
    """The date that counts before any extension (A2)."""
    frozen = frozen_due(opened, unit)
    return frozen.due_on if frozen.effective == "due_on" else frozen.due_on_rolled


def deadline(opened: PeriodOpened, unit: RosterUnit, zone: ZoneInfo) -> Deadline:
    """The deadline as frozen at the opening."""
    frozen = frozen_due(opened, unit)
    due = original_due(opened, unit)
    other = frozen.due_on_rolled if frozen.effective == "due_on" else frozen.due_on
    return Deadline(due, end_of(due, zone), end_of(other, zone))


@lru_cache(maxsize=1024)
def end_of(day: date, zone: ZoneInfo) -> datetime:
    """00:00 local time of the day after, in UTC: the first instant that is late (L2)."""
    try:
        midnight = datetime.combine(day + timedelta(days=1), time(), zone)
        return midnight.astimezone(UTC)
    except OverflowError:  # at the ends of the calendar
        return _LATEST if day.year > 1 else _EARLIEST


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date on the wall calendar at an instant."""
    try:
        return instant.astimezone(zone).date()
    except OverflowError:  # at the ends of the calendar
        return instant.date()


def timeliness(
    decided_at: datetime | None, submitted: bool, due: datetime, as_of: datetime
) -> Timeliness:
    """L15 by the deciding event, for a row that is assessed."""
    if decided_at is not None:
        return "on_time" if decided_at < due else "late"
    if as_of < due:
        return "not_due"
    return "overdue" if submitted else "missing"
