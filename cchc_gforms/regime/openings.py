"""Periods as events: roster and due dates frozen when a period is opened (L1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from cchc_gforms.events import Due, PeriodOpened, RosterUnit
from cchc_gforms.regime.deadlines import DueDates
from cchc_gforms.regime.duties import Duty
from cchc_gforms.regime.year import ReportingYear


def openings(
    year: ReportingYear, at: datetime, which: Iterable[Duty] | None = None
) -> list[PeriodOpened]:
    """One opening a duty, of some or of all of the year, in their order."""
    return [_opening(year, duty, at) for duty in (year.duties if which is None else which)]


def due_to_open(
    year: ReportingYear, at: datetime, opened: Collection[tuple[str, str]] = ()
) -> list[Duty]:
    """The duties not opened yet that open by themselves: their day to be opened has come (see
    `Duty.opens_on`), and not all of their due dates have passed."""
    today = at.astimezone(year.zone).date()
    before = year.regime.opens_days_before
    return [
        duty
        for duty in year.duties
        if duty.key not in opened
        and ((day := duty.opens_on(before)) is None or day <= today)
        and today <= duty.last_due
    ]


def too_late_to_open(
    year: ReportingYear, at: datetime, opened: Collection[tuple[str, str]]
) -> list[Duty]:
    """The duties not opened before they were due. Whether anybody is held to them is for people to
    decide: opened by itself, such a period would find every unit late."""
    today = at.astimezone(year.zone).date()
    return [duty for duty in year.duties if duty.key not in opened and duty.last_due < today]


def _opening(year: ReportingYear, duty: Duty, at: datetime) -> PeriodOpened:
    due = year.due(*duty.key)
    window = duty.window
    return PeriodOpened(
        at=at,
        document=duty.document,
        period=duty.period.id,
        due_on=due.due_on,
        due_on_rolled=due.due_on_rolled,
        effective=due.effective,
        rolled_because=due.rolled_because,
        deciding=duty.rules.deciding,
        advisory=duty.rules.advisory,
        not_assessed=year.not_assessed(*duty.key),
        channel=duty.channel,
        source_document=duty.request.source_document if duty.request else None,
        window_from=window[0] if window else None,
        closes_on=window[1] if window else None,
        document_label=year.document_label(duty.document),
        title=duty.period.title,
        reviewers=tuple(one.email for one in year.regime.reviewers),
        units=tuple(
            RosterUnit(
                code=unit.code,
                name=unit.name,
                level=unit.level,
                emails=unit.emails,
                earlier_names=unit.earlier_names,
                cluster=unit.cluster,
                due=_own(duty.due_by_level.get(unit.level)),
            )
            for unit in duty.expected(year.roster)
        ),
    )


def _own(due: DueDates | None) -> Due | None:
    if due is None:
        return None
    return Due(
        due_on=due.due_on,
        due_on_rolled=due.due_on_rolled,
        effective=due.effective,
        rolled_because=due.rolled_because,
    )
