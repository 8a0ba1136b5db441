"""Due dates: counted from an event or fixed, as written and as rolled (A1, A2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from cchc_gforms.regime.calendar import WorkCalendar
from cchc_gforms.regime.model import DueRule, Roll
from cchc_gforms.regime.periods import due_day

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDates:
    """The date as written, the date if rolled off non-working days, and the one that counts.

    `rolled_because` names the days passed over; None when the two dates are the same.
    """

    due_on: date
    due_on_rolled: date
    effective: Literal["due_on", "due_on_rolled"]
    rolled_because: str | None = None

    @property
    def counted(self) -> date:
        return self.due_on if self.effective == "due_on" else self.due_on_rolled


def due_dates(rule: DueRule, event_on: date, calendar: WorkCalendar) -> DueDates:
    """Due dates after an event on `event_on`, which is itself not counted."""
    days = rule.days or 0
    if rule.counting == "working_days":
        named = calendar.plus_workdays(event_on, days)
    else:
        named = event_on + timedelta(days=days)
    if rule.limit == "not_later_than":
        return as_rolled(named, rule.roll, calendar)
    if rule.roll == "previous_working_day":
        return as_rolled(named - _A_DAY, rule.roll, calendar)
    # What is named is the first day that is too late: it is that day which may be rolled on.
    due = as_rolled(named, rule.roll, calendar)
    return replace(due, due_on=named - _A_DAY, due_on_rolled=due.due_on_rolled - _A_DAY)


def fixed_due_dates(
    rule: DueRule, year: int, closes_on: date | None, calendar: WorkCalendar
) -> DueDates:
    """Due dates of a rule that names the day itself (`on`); `closes_on` tells the month of one that
    is the period's."""
    assert rule.on is not None, "for rules with a day of the calendar only"
    return due_dates(rule, due_day(rule.on, year, closes_on), calendar)


def as_rolled(written: date, roll: Roll, calendar: WorkCalendar) -> DueDates:
    """A written due date with its rolled one beside it: where it is never rolled, the later one."""
    effective: Literal["due_on", "due_on_rolled"] = "due_on" if roll == "none" else "due_on_rolled"
    step = -_A_DAY if roll == "previous_working_day" else _A_DAY
    rolled, why = calendar.rolled(written, step), calendar.why_rolled(written, step)
    return DueDates(written, rolled, effective, why)
