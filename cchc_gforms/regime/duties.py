"""What is owed in a year, document by document and period by period, and by when. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cchc_gforms.regime.calendar import WorkCalendar
from cchc_gforms.regime.deadlines import DueDates, as_rolled, due_dates, fixed_due_dates
from cchc_gforms.regime.model import DocumentKind, DueRule, Regime
from cchc_gforms.regime.periods import Period, period_of, period_of_request
from cchc_gforms.regime.roster import Roster, Unit
from cchc_gforms.regime.year_file import Request, YearFile

Channel = Literal["online", "in_person", "either"]


@dataclass(frozen=True, slots=True)
class Duty:
    """One document owed for one period, or on one request (A13); each unit expected owes it.

    `due_by_level` are the levels of school with dates of their own. `due` is None while it waits
    for the bureau's plan to be issued (R14).
    """

    document: str
    rules: DocumentKind
    period: Period
    request: Request | None
    due: DueDates | None
    due_by_level: Mapping[str, DueDates]

    @property
    def key(self) -> tuple[str, str]:
        """Ids of document and period."""
        return self.document, self.period.id

    @property
    def window(self) -> tuple[date, date] | None:
        """The data window, both days included; None for a document that reports on no data."""
        has_data = self.rules.has_data if self.request is None else True
        if not has_data or self.period.window_from is None or self.period.closes_on is None:
            return None
        return self.period.window_from, self.period.closes_on

    @property
    def channel(self) -> Channel:
        """How it is to be handed in (R5, R16)."""
        return self.request.channel if self.request else "online"

    @property
    def last_due(self) -> date:
        """The last of its due dates that count; the end of time while it has none."""
        dues = [one.counted for one in (self.due, *self.due_by_level.values()) if one]
        return max(dues, default=date.max)

    def due_of(self, level: str) -> DueDates | None:
        """When a unit of that level owes it."""
        return self.due_by_level.get(level) or self.due

    def expected(self, roster: Roster) -> tuple[Unit, ...]:
        """The units that owe it: of the document's levels and the request's audience, and valid on
        the day that tells (see `counted_on`)."""
        return tuple(
            unit
            for unit in roster.units
            if self.concerns(unit)
            and (day := self.counted_on(unit.level)) is not None
            and unit.valid_on(day)
        )

    def concerns(self, unit: Unit) -> bool:
        """Whether a unit of its level, or this very one, is to owe it at all."""
        audience = self.request.audience if self.request else None
        return (not self.rules.levels or unit.level in self.rules.levels) and (
            audience is None or audience.has(unit.level, unit.code)
        )

    def opens_on(self, days_before: int | None) -> date | None:
        """The day from which it is opened by itself (see `Regime`); None for at once.

        What starts with an act of the bureau (its plan, a request) is open once that is known.
        """
        rules = self.rules.due_rules(self.period.kind)
        by_act = self.request or any(one.after == "plan_issued" for one in rules)
        if days_before is None or by_act or self.due is None:
            return None
        dues = (self.due, *self.due_by_level.values())
        turns_on = self.window[1] if self.window else min(one.counted for one in dues)
        return turns_on - timedelta(days=days_before)

    def counted_on(self, level: str) -> date | None:
        """The day on which a unit must be valid to owe it: the closing date, or the due date of a
        document that reports on no data (A23); None while it has none."""
        if self.window:
            return self.window[1]
        due = self.due_of(level)
        return due.counted if due else None


def duties(regime: Regime, year: YearFile) -> Iterator[Duty]:
    """Every duty of a year, in the order of the regime file."""
    calendar = WorkCalendar(regime.calendar)
    for document, rules in regime.documents.items():
        if rules.by_request:
            for request in year.requests:
                if request.document == document:
                    request = _with_level_ids(request, regime)
                    period = period_of_request(request, year.year)
                    due = as_rolled(request.due_on, request.roll, calendar)
                    yield Duty(document, rules, period, request, due, {})
        else:
            for kind in rules.periods:
                period = period_of(kind, regime.periods[kind], year.year)
                yield _by_rules(document, rules, period, year, calendar)


def _with_level_ids(request: Request, regime: Regime) -> Request:
    """The audience's levels by id, however the file names them (`primary` or TH)."""
    if request.audience is None:
        return request
    ids = {level.code: id for id, level in regime.levels.items()}
    levels = tuple(ids.get(level, level) for level in request.audience.levels)
    audience = request.audience.model_copy(update={"levels": levels})
    return request.model_copy(update={"audience": audience})


def _by_rules(
    document: str, rules: DocumentKind, period: Period, year: YearFile, calendar: WorkCalendar
) -> Duty:
    due_rules = rules.due_rules(period.kind)
    if year.plan is None and any(rule.after == "plan_issued" for rule in due_rules):
        return Duty(document, rules, period, None, None, {})
    by_level = {
        level: _dates(rule, period, year, calendar)
        for level, rule in rules.level_rules(period.kind).items()
    }
    return Duty(
        document, rules, period, None, _dates(due_rules[0], period, year, calendar), by_level
    )


def _dates(rule: DueRule, period: Period, year: YearFile, calendar: WorkCalendar) -> DueDates:
    if rule.on is not None:
        return fixed_due_dates(rule, year.year, period.closes_on, calendar)
    if rule.after == "plan_issued":
        assert year.plan is not None, "what waits for the plan has no dates yet"
        return due_dates(rule, year.plan.issued_on, calendar)
    assert period.closes_on is not None, "the regime's periods have a closing date"
    return due_dates(rule, period.closes_on, calendar)
