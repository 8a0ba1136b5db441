"""Sorts events to the obligations they are about (L1); the rest are anomalies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cchc_gforms.events import Decided, Event, PeriodOpened, RosterUnit, VersionSeen, to_json
from cchc_gforms.ledger.row import Anomaly, AnomalyKind

Facts = list[VersionSeen | Decided]


class OpenPeriod:
    """A period's opening, with the facts of each unit on its frozen roster."""

    __slots__ = ("facts", "opened", "units")

    def __init__(self, opened: PeriodOpened) -> None:
        self.opened = opened
        self.units: dict[str, RosterUnit] = {unit.code: unit for unit in opened.units}
        self.facts: dict[str, Facts] = {}

    @property
    def place(self) -> tuple[str, str, str]:
        """By document, date, period."""
        return self.opened.document, self.opened.due_on.isoformat(), self.opened.period


def intake(events: Iterable[Event], as_of: datetime) -> tuple[list[OpenPeriod], list[Anomaly]]:
    """Open periods in the ledger's order, and what belongs to none. Nothing after `as_of` (L19)."""
    openings: dict[tuple[str, str], PeriodOpened] = {}
    facts: Facts = []
    anomalies: list[Anomaly] = []
    for event in events:
        if event.at > as_of:
            continue
        if event.kind == "period_opened":
            key = event.document, event.period
            rival = openings.setdefault(key, event)
            if rival != event:
                openings[key] = min(rival, event, key=_frozen_first)
        elif event.kind == "unreadable":
            anomalies.append(Anomaly("unreadable", event))
        else:
            facts.append(event)
    periods = {key: OpenPeriod(opened) for key, opened in openings.items()}
    for fact in facts:
        period = periods.get((fact.document, fact.period))
        unit = fact.unit_code
        if period is not None and unit is not None and unit in period.units:
            period.facts.setdefault(unit, []).append(fact)
        else:
            anomalies.append(_stray(fact, period))
    return sorted(periods.values(), key=lambda period: period.place), anomalies


def _frozen_first(opened: PeriodOpened) -> tuple[datetime, str]:
    return opened.at, to_json(opened)


def _stray(fact: VersionSeen | Decided, period: OpenPeriod | None) -> Anomaly:
    kind: AnomalyKind = "not_expected"
    if period is None:
        kind = "never_opened"
    elif fact.unit_code is None:
        kind = "unknown_unit"
    return Anomaly(kind, fact, fact.document, fact.period, fact.unit_code)
