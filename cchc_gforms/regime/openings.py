"""The obligations of a year as events: roster and due dates frozen (L1)."""

from __future__ import annotations

from datetime import date, datetime

from cchc_gforms.events import PeriodOpened, RosterUnit
from cchc_gforms.regime.periods import Period
from cchc_gforms.regime.roster import Roster
from cchc_gforms.regime.year import Document, ReportingYear


def openings(year: ReportingYear, at: datetime) -> list[PeriodOpened]:
    """One opening per document and period, in the regime's order.

    Owed by the units valid on the closing date (A23), or on the due date of a document that
    reports on no data.
    """
    return [
        _opening(year, document, period, at)
        for document in year.documents
        for period in document.periods
    ]


def _opening(year: ReportingYear, document: Document, period: Period, at: datetime) -> PeriodOpened:
    due = year.due(document.id, period.id)
    has_data = document.rules.has_data
    return PeriodOpened(
        at=at,
        document=document.id,
        period=period.id,
        due_on=due.due_on,
        due_on_rolled=due.due_on_rolled,
        effective=due.effective,
        deciding=document.rules.deciding,
        advisory=document.rules.advisory,
        not_assessed=year.not_assessed(document.id, period.id),
        window_from=period.window_from if has_data else None,
        closes_on=period.closes_on if has_data else None,
        units=_frozen(year.roster, period.closes_on if has_data else due.counted),
    )


def _frozen(roster: Roster, day: date) -> tuple[RosterUnit, ...]:
    return tuple(
        RosterUnit(code=unit.code, name=unit.name, level=unit.level, emails=unit.emails)
        for unit in roster.on(day)
    )
