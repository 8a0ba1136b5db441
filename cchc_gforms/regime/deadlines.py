"""Due dates: counted from an event, as written and as rolled (A1, A2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cchc_gforms.regime.calendar import WorkCalendar
from cchc_gforms.regime.model import DueRule


@dataclass(frozen=True, slots=True)
class DueDates:
    """The date as written, the date if rolled off non-working days, and the one that counts."""

    due_on: date
    due_on_rolled: date
    effective: Literal["due_on", "due_on_rolled"]

    @property
    def counted(self) -> date:
        return self.due_on if self.effective == "due_on" else self.due_on_rolled


def due_dates(rule: DueRule, event_on: date, calendar: WorkCalendar) -> DueDates:
    """Due dates after an event on `event_on`, which is itself not counted."""
    if rule.counting == "working_days":
        written = calendar.plus_workdays(event_on, rule.days)
    else:
        written = event_on + timedelta(days=rule.days)
    effective: Literal["due_on", "due_on_rolled"] = (
        "due_on" if rule.roll == "none" else "due_on_rolled"
    )
    return DueDates(written, calendar.rolled(written), effective)
