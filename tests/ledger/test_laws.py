"""Laws of the ledger, for any history."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cchc_gforms.events import (
    Accepted,
    Decided,
    Due,
    Entry,
    Event,
    Exempted,
    Extended,
    PeriodOpened,
    ReceivedInPerson,
    Revoked,
    RosterUnit,
    RowChanged,
    RowVanished,
    VersionSeen,
    Voided,
)
from cchc_gforms.ledger.explain import explain
from cchc_gforms.ledger.fold import fold
from cchc_gforms.ledger.rates import rates
from cchc_gforms.ledger.row import Ledger, Row
from tests.ledger.histories import (
    OPENINGS,
    decisions,
    facts,
    histories,
    moments,
    row_changes,
    special,
    versions,
)
from tests.ledger.notation import REVIEWERS, ZONE
from tests.ledger.slow_fold import SlowRow, slow_row

_LATER = datetime(2022, 7, 1, tzinfo=UTC)


def _ledger(events: list[Event], as_of: datetime = _LATER) -> Ledger:
    return fold(events, as_of=as_of, zone=ZONE, reviewers=REVIEWERS)


def _rows(ledger: Ledger) -> dict[tuple[str, str, str], Row]:
    return {(row.document, row.period, row.unit.code): row for row in ledger.rows}


@given(histories, st.data())
def test_order_and_repetition_do_not_matter(history: list[Event], data: st.DataObject) -> None:
    """L18."""
    shuffled = data.draw(st.permutations(history))
    repeated = data.draw(st.lists(st.sampled_from(history), max_size=10))
    assert _ledger([*shuffled, *repeated]) == _ledger(history)


@given(st.lists(versions(), min_size=2, max_size=8), st.data())
def test_one_id_told_in_two_ways_has_one_ledger(
    told: list[VersionSeen], data: st.DataObject
) -> None:
    """L18: whichever telling comes first."""
    events: list[Event] = [*OPENINGS, *told]
    assert _ledger(data.draw(st.permutations(events))) == _ledger(events)


@given(histories, facts, moments)
def test_what_happens_after_as_of_changes_nothing(
    history: list[Event], fact: Event, as_of: datetime
) -> None:
    """L19."""
    past = [event for event in history if event.at <= as_of]
    assert _ledger(history, as_of) == _ledger(past, as_of)
    if fact.at > as_of:
        assert _ledger([*history, fact], as_of) == _ledger(history, as_of)


@given(histories, facts)
def test_nothing_but_a_void_moves_a_first_submission_later(
    history: list[Event], fact: Event
) -> None:
    """L4: otherwise only an earlier version comes before it, sent, recorded or accepted.

    A revocation is not one more event: it takes the history back to what it was (L14).
    """
    assume(fact.id not in {event.id for event in history})
    assume(not isinstance(fact, Voided | Revoked))
    before, after = _rows(_ledger(history)), _rows(_ledger([*history, fact]))
    for key, row in before.items():
        first, now = row.first_submitted_at, after[key].first_submitted_at
        if now != first:
            assert isinstance(fact, VersionSeen | ReceivedInPerson | Accepted)
            assert now is not None
            assert first is None or now < first
            assert (fact.document, fact.period) == key[:2]


@given(histories, st.one_of(special(), decisions()), st.integers(0, 10**6))
def test_a_revoked_entry_leaves_no_trace_in_the_row(
    history: list[Event], entry: Entry, after: int
) -> None:
    """L14: but in the steps, which tell what happened."""
    assume(isinstance(entry, Decided | Extended | Exempted | Voided | Accepted))
    assume(entry.id not in {event.id for event in history})
    taken_back = Revoked(
        at=entry.at + timedelta(seconds=after),
        form_id="processing",
        response_id="takes it back",
        document=entry.document,
        period=entry.period,
        claimed_unit=entry.claimed_unit,
        unit_code=entry.unit_code,
        reviewer=REVIEWERS[0],
        target=entry.id,
    )
    assume(not any(isinstance(event, Revoked) for event in history))  # they may aim elsewhere
    before, now = _rows(_ledger(history)), _rows(_ledger([*history, entry, taken_back]))
    assert {key: replace(row, steps=()) for key, row in now.items()} == {
        key: replace(row, steps=()) for key, row in before.items()
    }


@settings(max_examples=int(os.environ.get("CCHC_HISTORIES", "500")))
@given(histories, moments)
def test_the_fold_agrees_with_the_rules_read_slowly(history: list[Event], as_of: datetime) -> None:
    for row in _ledger(history, as_of).rows:
        (opened,) = (one for one in OPENINGS if one.document == row.document)
        expected = slow_row(history, opened, row.unit.code, as_of, REVIEWERS)
        assert _as_slow(row) == expected


@given(histories, row_changes())
def test_what_becomes_of_a_row_is_marked_and_changes_nothing_else(
    history: list[Event], change: RowChanged
) -> None:
    """L3: what was harvested stays."""
    before, after = _rows(_ledger(history)), _rows(_ledger([*history, change]))
    own = {"row_vanished", "row_edited"}
    for key, row in before.items():
        now = after[key]
        left, kept = (tuple(m for m in one.marks if m not in own) for one in (row, now))
        assert replace(now, steps=(), marks=left) == replace(row, steps=(), marks=left)
        assert kept == left
        if key != (change.document, change.period, change.unit_code):
            assert now.marks == row.marks
        elif change.kind == "row_edited":
            assert "row_edited" in now.marks


@given(histories)
def test_every_event_is_in_a_row_or_among_the_anomalies(history: list[Event]) -> None:
    ledger = _ledger(history)
    in_rows = {id for row in ledger.rows for id in row.event_ids}
    strays = {anomaly.event.id for anomaly in ledger.anomalies}
    assert in_rows | strays == {event.id for event in history}


@given(histories)
def test_counts_in_rates_add_up(history: list[Event]) -> None:
    """L20."""
    rows = _ledger(history).rows
    found = rates(rows)
    assessed = [row for row in rows if row.timeliness not in ("exempt", "not_assessed")]
    assert found.completeness.denominator == len(assessed)
    assert found.on_time_of_expected.numerator == found.on_time_of_submitted.numerator
    statuses = [row.timeliness for row in assessed]
    others = sum(statuses.count(word) for word in ("late", "missing", "overdue", "not_due"))
    assert found.on_time_of_expected.numerator + others == len(assessed)
    assert found.completeness.numerator == found.on_time_of_submitted.denominator
    assert found.approved.numerator == found.first_pass.denominator


@given(histories, moments)
def test_days_late_are_nought_on_time_and_at_least_one_when_late(
    history: list[Event], as_of: datetime
) -> None:
    """L16."""
    for row in _ledger(history, as_of).rows:
        if row.timeliness == "late":
            assert row.late_days is not None
            assert row.late_days >= 1
        else:
            assert row.late_days == (0 if row.timeliness == "on_time" else None)
        assert (row.days_overdue is not None) == (row.timeliness in ("missing", "overdue"))


@given(histories)
def test_every_event_of_a_row_is_explained_with_a_rule(history: list[Event]) -> None:
    """L22."""
    for row in _ledger(history).rows:
        told = explain(row)
        assert [step.event for step in row.steps] == list(dict.fromkeys(one.event for one in told))
        assert all(one.text and one.rule.startswith("L") for one in told)


_any_moment = st.datetimes(timezones=st.just(UTC))
_words = st.text(max_size=5)
_any_version = st.builds(
    VersionSeen,
    at=_any_moment,
    form_id=_words,
    response_id=_words,
    document=st.sampled_from(["a", "b"]),
    period=st.just("p"),
    claimed_unit=_words,
    unit_code=st.one_of(st.none(), st.sampled_from(["u", "v"])),
    email=st.one_of(st.none(), _words),
)
_any_opening = st.builds(
    PeriodOpened,
    at=_any_moment,
    document=st.sampled_from(["a", "b"]),
    period=st.just("p"),
    due_on=st.dates(),
    due_on_rolled=st.dates(),
    effective=st.sampled_from(["due_on", "due_on_rolled"]),
    deciding=st.sampled_from(["first_submission", "approval"]),
    closes_on=st.one_of(st.none(), st.dates()),
    units=st.lists(
        st.builds(
            RosterUnit,
            code=st.sampled_from(["u", "v"]),
            name=_words,
            level=_words,
            due=st.one_of(st.none(), st.builds(Due, due_on=st.dates(), due_on_rolled=st.dates())),
        )
    ).map(tuple),
)


_any_entry: dict[str, st.SearchStrategy[Any]] = {
    "at": _any_moment,
    "form_id": _words,
    "response_id": _words,
    "document": st.sampled_from(["a", "b"]),
    "period": st.just("p"),
    "claimed_unit": _words,
    "unit_code": st.one_of(st.none(), st.sampled_from(["u", "v"])),
}
_any_aim: dict[str, st.SearchStrategy[Any]] = {
    "target_response_id": st.one_of(st.none(), _words),
    "target_at": st.one_of(st.none(), _any_moment),
}
_any_staff: st.SearchStrategy[Event] = st.one_of(
    st.builds(Extended, **_any_entry, due_on=st.dates(), everyone=st.booleans()),
    st.builds(ReceivedInPerson, **_any_entry, received_at=_any_moment),
    st.builds(Exempted, **_any_entry),
    st.builds(Voided, **_any_entry, **_any_aim),
    st.builds(Accepted, **_any_entry, **_any_aim, to_unit=st.sampled_from([None, "u", "w"])),
    st.builds(Revoked, **_any_entry, everyone=st.booleans()),
)
_any_event: st.SearchStrategy[Event] = st.one_of(
    _any_version, _any_opening, _any_staff, st.builds(RowVanished, **_any_entry)
)


@given(st.lists(_any_event, max_size=12), _any_moment, st.data())
def test_any_well_formed_events_give_a_ledger(
    events: list[Event], as_of: datetime, data: st.DataObject
) -> None:
    """Total, to the ends of the calendar; and still L18."""
    assert _ledger(data.draw(st.permutations(events)), as_of) == _ledger(events, as_of)


@given(histories, moments, st.integers(1, 10**9))
def test_the_clocks_never_run_backwards(
    history: list[Event], as_of: datetime, microseconds: int
) -> None:
    """L17: no moment of waiting is lost or given back."""
    later = as_of + timedelta(microseconds=microseconds)
    before, after = _rows(_ledger(history, as_of)), _rows(_ledger(history, later))
    for key, row in before.items():
        assert after[key].bureau_seconds >= row.bureau_seconds
        assert after[key].unit_seconds >= row.unit_seconds


def _as_slow(row: Row) -> SlowRow:
    return SlowRow(
        first=row.first_submitted_at,
        last=row.last_submitted_at,
        versions=row.versions,
        approved_at=row.approved_at,
        return_count=row.return_count,
        review=row.review,
        timeliness=row.timeliness,
        timeliness_original=row.timeliness_original,
        due=row.due,
        exempt=row.exempt is not None,
        late_days=row.late_days,
        days_overdue=row.days_overdue,
        bureau_seconds=row.bureau_seconds,
        unit_seconds=row.unit_seconds,
    )
