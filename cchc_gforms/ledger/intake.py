"""Sorts events to the obligations they are about (L1); the rest are anomalies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeGuard

from cchc_gforms.events import (
    Decided,
    Entry,
    Event,
    NewsItem,
    PeriodOpened,
    ReceivedInPerson,
    RosterUnit,
    RowChanged,
    VersionSeen,
    to_json,
)
from cchc_gforms.ledger.row import Anomaly, AnomalyKind

Fact = VersionSeen | Decided | ReceivedInPerson
Told = VersionSeen | RowChanged | Entry
"""What concerns one document and period."""


class OpenPeriod:
    """A period's opening, the facts of each unit on its roster, and what else staff recorded.

    `strays` are facts that name no unit of the roster; a reviewer may still assign them (L13).
    `rows` is what became of rows of the Sheet.
    """

    __slots__ = ("facts", "opened", "rows", "special", "strays", "units")

    def __init__(self, opened: PeriodOpened) -> None:
        self.opened = opened
        self.units: dict[str, RosterUnit] = {unit.code: unit for unit in opened.units}
        self.facts: dict[str, list[Fact]] = {}
        self.special: list[Entry] = []
        self.strays: list[Fact] = []
        self.rows: list[RowChanged] = []

    @property
    def place(self) -> tuple[str, str, str]:
        """By document, date, period."""
        return self.opened.document, self.opened.due_on.isoformat(), self.opened.period

    def take(self, event: Told) -> None:
        if isinstance(event, RowChanged):
            self.rows.append(event)
            return
        if is_fact(event):
            if event.unit_code is not None and event.unit_code in self.units:
                self.facts.setdefault(event.unit_code, []).append(event)
            else:
                self.strays.append(event)
        if event.kind != "version_seen" and event.kind != "decided":
            self.special.append(event)

    def stray(self, event: Told | NewsItem) -> Anomaly:
        """Why an event is no row's."""
        kind: AnomalyKind = "unknown_unit" if event.unit_code is None else "not_expected"
        return Anomaly(kind, event, self.opened.document, self.opened.period, event.unit_code)


class Intake:
    """The events up to a moment (L19), sorted."""

    def __init__(self) -> None:
        self.periods: list[OpenPeriod] = []  # in the ledger's order
        self.anomalies: list[Anomaly] = []
        self.imported: set[str] = set()  # ids of the events of a back-fill


def is_fact(event: Event) -> TypeGuard[Fact]:
    """Whether the event is itself a version or a decision."""
    return event.kind in ("version_seen", "decided", "received_in_person")


def intake(events: Iterable[Event], as_of: datetime) -> Intake:
    """Open periods, and what belongs to none. News items are counted elsewhere (R33)."""
    found = Intake()
    openings: dict[tuple[str, str], PeriodOpened] = {}
    others: list[Told] = []
    for event in events:
        if event.at > as_of or event.kind == "news_item":
            continue
        if event.kind == "period_opened":
            key = event.document, event.period
            rival = openings.setdefault(key, event)
            if rival != event:
                openings[key] = min(rival, event, key=_frozen_first)
        elif event.kind == "unreadable":
            found.anomalies.append(Anomaly("unreadable", event))
        elif event.kind == "imported":
            found.imported.update(event.event_ids)
        else:
            others.append(event)
    periods = {key: OpenPeriod(opened) for key, opened in openings.items()}
    for other in others:
        period = periods.get((other.document, other.period))
        if period is not None:
            period.take(other)
        else:
            found.anomalies.append(
                Anomaly("never_opened", other, other.document, other.period, other.unit_code)
            )
    found.periods = sorted(periods.values(), key=lambda period: period.place)
    return found


def _frozen_first(opened: PeriodOpened) -> tuple[datetime, str]:
    return opened.at, to_json(opened)
