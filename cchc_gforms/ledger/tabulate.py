"""Events to figures: plain histories as arrays, the rest by the fold (see `figures`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from cchc_gforms.events import Decided, Entry, Event, RosterUnit, VersionSeen
from cchc_gforms.ledger.clerk import Clerk
from cchc_gforms.ledger.due import deadline
from cchc_gforms.ledger.figures import (
    APPROVE,
    NEVER,
    OTHER,
    RETURN,
    REVIEWS,
    SUBMIT,
    TIMELINESS,
    Events,
    Figures,
    Owed,
    figures,
)
from cchc_gforms.ledger.fold import work_out
from cchc_gforms.ledger.intake import OpenPeriod, intake
from cchc_gforms.ledger.reviewers import Reviewers
from cchc_gforms.ledger.row import Review, Row, Timeliness

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

Key = tuple[str, str, str]
"""Document, period, unit code."""


class Summary(NamedTuple):
    """As much of a row as its figures tell; what rates and filters ask of one."""

    unit: RosterUnit
    document: str
    period: str
    document_label: str
    title: str
    timeliness: Timeliness
    review: Review
    first_submitted_at: int | None  # microseconds since 1970
    approved_at: int | None
    return_count: int


class Table:
    """The obligations of some events in the ledger's order, and their figures at `as_of`."""

    def __init__(
        self,
        events: Iterable[Event],
        *,
        as_of: datetime,
        zone: ZoneInfo,
        reviewers: Reviewers | Collection[str],
    ) -> None:
        self._as_of = as_of.astimezone(UTC)
        self._zone = zone
        self._deciders = reviewers if isinstance(reviewers, Reviewers) else Reviewers.of(reviewers)
        self._periods = intake(events, self._as_of).periods
        self._keys = [(period, code) for period in self._periods for code in sorted(period.units)]
        self._place = {_key(period, code): place for place, (period, code) in enumerate(self._keys)}
        self.keys: list[Key] = list(self._place)
        self.events = self._tabulated()
        self.owed = self._owed()

    def figures(self) -> Figures:
        """What the fold says, for every obligation."""
        found = figures(self.events, self.owed, micros(self._as_of), self._zone)
        self.fill_in(found)
        return found

    def summaries(self) -> list[Summary]:
        """Every obligation in short, in the ledger's order."""
        found = self.figures()
        columns = (found.timeliness, found.review, found.first, found.approved, found.returns)
        return [
            Summary(
                period.units[code],
                period.opened.document,
                period.opened.period,
                period.opened.document_label,
                period.opened.title,
                TIMELINESS[timeliness],
                REVIEWS[review],
                None if first == NEVER else first,
                None if approved == NEVER else approved,
                returns,
            )
            for (period, code), timeliness, review, first, approved, returns in zip(
                self._keys, *(column.tolist() for column in columns), strict=True
            )
        ]

    def fill_in(self, found: Figures) -> None:
        """The fold's figures for the obligations that are not plain."""
        codes: dict[int, list[str]] = {}
        periods = {id(period): period for period in self._periods}
        for place in np.flatnonzero(found.exact):
            period, code = self._keys[place]
            codes.setdefault(id(period), []).append(code)
        for which, some in codes.items():
            period = periods[which]
            clerk = Clerk(period.opened, self._as_of, self._zone)
            for row in work_out(period, clerk, self._deciders, some)[0]:
                _write(found, self._place[_key(period, row.unit.code)], row)

    def _tabulated(self) -> Events:
        seen = [
            (self._place[_key(period, code)], at, action)
            for period in self._periods
            for code, at, action in self._actions(period)
        ]
        places, ats, actions = zip(*seen, strict=True) if seen else ((), (), ())
        return Events(
            np.array(places, np.int32), np.array(ats, np.int64), np.array(actions, np.int8)
        )

    def _actions(self, period: OpenPeriod) -> Iterator[tuple[str, int, int]]:
        deciders = self._deciders.with_frozen(period.opened.reviewers)
        for code, facts in period.facts.items():
            emails = period.units[code].emails
            for fact in facts:
                yield code, micros(fact.at), _action(fact, emails, deciders)
        for entry in period.special:
            concerned = period.units if _may_reach_all(entry) else (entry.unit_code,)
            for one in concerned:
                if one is not None and one in period.units:
                    yield one, micros(entry.at), OTHER

    def _owed(self) -> Owed:
        mine = [
            (period.opened, deadline(period.opened, period.units[code], self._zone))
            for period, code in self._keys
        ]
        return Owed(
            due=np.array([micros(due.instant) for _, due in mine], np.int64),
            due_day=np.array([_days(due.due) for _, due in mine], np.int64),
            by_approval=np.array([opened.deciding == "approval" for opened, _ in mine], np.bool_),
            not_assessed=np.array([o.not_assessed is not None for o, _ in mine], np.bool_),
        )


def _action(fact: VersionSeen | Entry, emails: Collection[str], reviewers: Reviewers) -> int:
    if isinstance(fact, VersionSeen):
        return SUBMIT if fact.email is None or fact.email in emails else OTHER
    if isinstance(fact, Decided) and (
        fact.reviewer is None or reviewers.has(fact.reviewer, fact.at)
    ):
        return APPROVE if fact.action == "approve" else RETURN
    return OTHER


def micros(instant: datetime) -> int:
    """Microseconds since 1970, exactly."""
    return (instant - _EPOCH) // _MICROSECOND


def _days(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def _key(period: OpenPeriod, code: str) -> Key:
    return period.opened.document, period.opened.period, code


def _may_reach_all(entry: Entry) -> bool:
    """Whether an entry may change the row of another unit than it names."""
    if entry.kind == "accepted":
        return True
    if entry.kind == "extended":
        return entry.everyone
    return entry.kind == "revoked" and (entry.everyone or entry.target is not None)


def _write(found: Figures, place: int, row: Row) -> None:
    def instant(at: datetime | None) -> int:
        return NEVER if at is None else micros(at)

    found.first[place] = instant(row.first_submitted_at)
    found.last[place] = instant(row.last_submitted_at)
    found.approved[place] = instant(row.approved_at)
    found.versions[place] = row.versions
    found.returns[place] = row.return_count
    found.review[place] = REVIEWS.index(row.review)
    found.timeliness[place] = TIMELINESS.index(row.timeliness)
    found.late_days[place] = NEVER if row.late_days is None else row.late_days
    found.days_overdue[place] = NEVER if row.days_overdue is None else row.days_overdue
    found.bureau[place] = round(row.bureau_seconds * 1_000_000)
    found.unit[place] = round(row.unit_seconds * 1_000_000)
