"""Events to ledger (L1–L19): pure, and total — any events give a ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import TypeGuard, get_args
from zoneinfo import ZoneInfo

from cchc_gforms.events import Event
from cchc_gforms.ledger.clerk import Clerk
from cchc_gforms.ledger.intake import OpenPeriod, Told, intake
from cchc_gforms.ledger.order import counts_from, place, telling
from cchc_gforms.ledger.review import Case
from cchc_gforms.ledger.reviewers import Reviewers
from cchc_gforms.ledger.row import Anomaly, Effect, Ledger, Row, Step, UncountedEffect
from cchc_gforms.ledger.settle import Record, settle
from cchc_gforms.ledger.standing import for_everyone

_UNCOUNTED = frozenset(get_args(UncountedEffect))

Steps = list[Step[Told]]


def fold(
    events: Iterable[Event],
    *,
    as_of: datetime,
    zone: ZoneInfo,
    reviewers: Reviewers | Collection[str],
) -> Ledger:
    """The ledger at `as_of` (aware). `zone` is the regime's; `reviewers` are who may decide."""
    as_of = as_of.astimezone(UTC)
    deciders = reviewers if isinstance(reviewers, Reviewers) else Reviewers.of(reviewers)
    found = intake(events, as_of)
    anomalies = found.anomalies
    rows: list[Row] = []
    for period in found.periods:
        clerk = Clerk(period.opened, as_of, zone, found.imported)
        some, more = work_out(period, clerk, deciders, sorted(period.units))
        rows += some
        anomalies += more
    return Ledger(as_of, tuple(rows), _by_time(anomalies))


def work_out(
    period: OpenPeriod, clerk: Clerk, reviewers: Reviewers, codes: Iterable[str]
) -> tuple[list[Row], list[Anomaly]]:
    """The rows of some units of a period, and what could not be counted."""
    deciders = reviewers.with_frozen(period.opened.reviewers)
    records, anomalies = settle(period, deciders)
    rows: list[Row] = []
    for code in codes:
        record = records[code]
        case = Case(period.units[code], deciders, record.admitted)
        steps = _work_through(case, record)
        rows.append(clerk.row(period.units[code], case, record, steps))
        anomalies += _uncounted(steps, code)
    return rows, anomalies


def _work_through(case: Case, record: Record) -> Steps:
    steps: Steps = [Step(fact, case.take(counts_from(fact), fact)) for fact in record.facts]
    if record.steps:
        steps = sorted([*steps, *record.steps], key=lambda step: place(step.event))
    return steps


def _uncounted(steps: Steps, code: str) -> list[Anomaly]:
    return [
        Anomaly(
            effect,
            step.event,
            step.event.document,
            step.event.period,
            None if for_everyone(step.event) else code,
        )
        for step in steps
        for effect in step.effects
        if _is_uncounted(effect)
    ]


def _is_uncounted(effect: Effect) -> TypeGuard[UncountedEffect]:
    return effect in _UNCOUNTED


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
