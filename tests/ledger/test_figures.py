"""The figures of many obligations at once are those of the fold, row by row."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_gforms.events import Decided, Event, VersionSeen
from cchc_gforms.ledger.figures import (
    APPROVE,
    NEVER,
    RETURN,
    REVIEWS,
    SUBMIT,
    TIMELINESS,
    Events,
    Figures,
    Owed,
    figures,
)
from cchc_gforms.ledger.fold import fold
from cchc_gforms.ledger.rates import rates
from cchc_gforms.ledger.row import Row
from cchc_gforms.ledger.running import Running
from cchc_gforms.ledger.select import Selection
from cchc_gforms.ledger.tabulate import Table, micros
from tests.ledger.histories import OPENINGS, decisions, histories, moments, versions
from tests.ledger.notation import REVIEWERS, ZONE

plain = st.lists(st.one_of(versions(), decisions()), max_size=20).map(
    lambda facts: [*OPENINGS, *{fact.id: _counted(fact) for fact in facts}.values()]
)


def _counted(fact: VersionSeen | Decided) -> VersionSeen | Decided:
    """For one unit, from its own address or a reviewer's: a plain history, mostly."""
    who = {"email": None} if isinstance(fact, VersionSeen) else {"reviewer": None}
    return fact.model_copy(update={"unit_code": "MN01", **who})


def _wanted(row: Row) -> tuple[object, ...]:
    return (
        row.first_submitted_at,
        row.last_submitted_at,
        row.approved_at,
        row.versions,
        row.return_count,
        row.review,
        row.timeliness,
        row.late_days,
        row.days_overdue,
        round(row.bureau_seconds * 1_000_000),
        round(row.unit_seconds * 1_000_000),
    )


def _found(found: Figures, place: int) -> tuple[object, ...]:
    def instant(value: np.int64) -> datetime | None:
        since = timedelta(microseconds=int(value)) if value != NEVER else None
        return since if since is None else datetime(1970, 1, 1, tzinfo=UTC) + since

    def number(value: np.int64) -> int | None:
        return None if value == NEVER else int(value)

    return (
        instant(found.first[place]),
        instant(found.last[place]),
        instant(found.approved[place]),
        int(found.versions[place]),
        int(found.returns[place]),
        REVIEWS[found.review[place]],
        TIMELINESS[found.timeliness[place]],
        number(found.late_days[place]),
        number(found.days_overdue[place]),
        int(found.bureau[place]),
        int(found.unit[place]),
    )


@settings(max_examples=300)
@given(st.one_of(plain, histories), moments)
def test_figures_are_those_of_the_fold(history: list[Event], as_of: datetime) -> None:
    table = Table(history, as_of=as_of, zone=ZONE, reviewers=REVIEWERS)
    rows = fold(history, as_of=as_of, zone=ZONE, reviewers=REVIEWERS).rows
    found = table.figures()
    assert table.keys == [(row.document, row.period, row.unit.code) for row in rows]
    assert [_found(found, place) for place in range(len(rows))] == [_wanted(row) for row in rows]


@given(st.one_of(plain, histories), moments)
def test_rates_from_figures_are_those_of_the_rows(history: list[Event], as_of: datetime) -> None:
    """L20."""
    ledger = fold(history, as_of=as_of, zone=ZONE, reviewers=REVIEWERS)
    short = Table(history, as_of=as_of, zone=ZONE, reviewers=REVIEWERS).summaries()
    assert rates(short) == rates(ledger.rows)
    for status in {row.timeliness for row in ledger.rows} | {row.review for row in ledger.rows}:
        chosen = Selection(statuses=[status])
        assert [(one.document, one.unit.code) for one in chosen.of(short)] == [
            (row.document, row.unit.code) for row in chosen.of(ledger.rows)
        ]


def test_a_plain_history_is_not_left_to_the_fold() -> None:
    sent = VersionSeen(
        at=datetime(2022, 6, 1, tzinfo=UTC), form_id="f", response_id="r",
        document="periodic_report", period="2022-h1", claimed_unit="MN01", unit_code="MN01",
    )  # fmt: skip
    as_of = datetime(2022, 7, 1, tzinfo=UTC)
    table = Table([*OPENINGS, sent], as_of=as_of, zone=ZONE, reviewers=REVIEWERS)
    found = figures(table.events, table.owed, micros(as_of), ZONE)
    assert not found.exact.any()
    assert int(found.versions.sum()) == 1


@given(plain, moments, st.integers(0, 20), st.integers(0, 20))
def test_adding_events_gives_what_all_at_once_would(
    history: list[Event], as_of: datetime, begin: int, more: int
) -> None:
    table = Table(history, as_of=as_of, zone=ZONE, reviewers=REVIEWERS)
    running = Running(_some(table.events, 0, begin), table.owed, micros(as_of), ZONE)
    running.add(_some(table.events, begin, begin + more))
    running.add(_some(table.events, begin + more, None))
    whole = figures(table.events, table.owed, micros(as_of), ZONE)
    for field in fields(Figures):
        now, wanted = getattr(running.figures, field.name), getattr(whole, field.name)
        assert np.array_equal(now, wanted), field.name


def _some(events: Events, begin: int, end: int | None) -> Events:
    part = slice(begin, end)
    return Events(events.obligation[part], events.at[part], events.action[part])


def test_histories_too_long_to_pack_are_sorted_all_the_same() -> None:
    """A submission, its return far later, and an approval between the two, out of order."""
    far = 2**60
    events = Events(
        np.array([0, 0, 0], np.int32),
        np.array([far, 5, 0]),
        np.array([RETURN, APPROVE, SUBMIT], np.int8),
    )
    nobody = np.zeros(1, np.bool_)
    owed = Owed(np.array([10]), np.array([0]), by_approval=~nobody, not_assessed=nobody)
    found = figures(events, owed, far, ZONE)
    assert (int(found.first[0]), int(found.approved[0])) == (0, NEVER)
    assert REVIEWS[found.review[0]] == "returned"
