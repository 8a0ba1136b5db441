"""Events to ledger (L1–L19): pure, and total — any events give a ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from cchc_gforms.events import Decided, Event, VersionSeen
from cchc_gforms.ledger.clerk import Clerk
from cchc_gforms.ledger.intake import Facts, intake
from cchc_gforms.ledger.order import in_order, telling
from cchc_gforms.ledger.review import Case
from cchc_gforms.ledger.row import Anomaly, AnomalyKind, Effect, Ledger, Row, Step

_UNCOUNTED: Final[Mapping[Effect, AnomalyKind]] = {
    "version_quarantined": "version_quarantined",
    "decision_quarantined": "decision_quarantined",
    "decision_without_version": "decision_without_version",
}


def fold(
    events: Iterable[Event], *, as_of: datetime, zone: ZoneInfo, reviewers: Collection[str]
) -> Ledger:
    """The ledger at `as_of` (aware). `zone` is the regime's; `reviewers` are who may decide."""
    as_of = as_of.astimezone(UTC)
    deciders = frozenset(reviewer.lower() for reviewer in reviewers)
    periods, anomalies = intake(events, as_of)
    rows: list[Row] = []
    for period in periods:
        clerk = Clerk(period.opened, as_of, zone)
        for code in sorted(period.units):
            unit = period.units[code]
            case = Case(unit, deciders)
            steps = _work_through(case, period.facts.get(code, []))
            rows.append(clerk.row(unit, case, steps))
            anomalies += _uncounted(steps, code)
    return Ledger(as_of, tuple(rows), _by_time(anomalies))


def _work_through(case: Case, facts: Facts) -> list[Step[VersionSeen | Decided]]:
    return [
        Step(fact, case.submit(fact) if fact.kind == "version_seen" else case.decide(fact))
        for fact in in_order(facts)
    ]


def _uncounted(steps: list[Step[VersionSeen | Decided]], code: str) -> list[Anomaly]:
    return [
        Anomaly(_UNCOUNTED[effect], step.event, step.event.document, step.event.period, code)
        for step in steps
        for effect in step.effects
        if effect in _UNCOUNTED
    ]


def _by_time(anomalies: list[Anomaly]) -> tuple[Anomaly, ...]:
    """Each event once, by time (L18)."""
    once: dict[tuple[datetime, str, str, str], Anomaly] = {}
    for anomaly in anomalies:
        event = anomaly.event
        key = event.at, event.kind, event.form_id, event.response_id
        known = once.setdefault(key, anomaly)
        if known != anomaly:
            once[key] = max(known, anomaly, key=lambda one: (telling(one.event), one.kind))
    return tuple(once[key] for key in sorted(once))
