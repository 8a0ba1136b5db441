"""Random histories: few units, few moments, everything that can go wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from cchc_gforms.events import Decided, Event, PeriodOpened, Unreadable, VersionSeen
from tests.ledger.notation import REVIEWERS, UNITS

_DUE_INSTANT = datetime(2022, 6, 3, 17, tzinfo=UTC)  # 04/06/2022 00:00 in Viet Nam

REPORT = PeriodOpened(
    at=datetime(2022, 1, 1, tzinfo=UTC),
    document="periodic_report",
    period="2022-h1",
    due_on=date(2022, 6, 3),
    due_on_rolled=date(2022, 6, 3),
    deciding="first_submission",
    window_from=date(2021, 12, 1),
    closes_on=date(2022, 6, 1),
    units=UNITS,
)
PLAN = PeriodOpened(
    at=datetime(2022, 1, 1, tzinfo=UTC),
    document="annual_plan",
    period="2022-year",
    due_on=date(2022, 6, 3),
    due_on_rolled=date(2022, 6, 6),
    deciding="approval",
    units=UNITS,
)
UNASSESSED = PLAN.model_copy(update={"document": "plan_result", "not_assessed": "mới ban hành"})
OPENINGS = (REPORT, PLAN, UNASSESSED)

moments = st.one_of(
    st.sampled_from(
        [_DUE_INSTANT + timedelta(milliseconds=step) for step in (-2, -1, 0, 1, 3_600_000)]
    ),
    st.integers(-100, 100).map(lambda hours: _DUE_INSTANT + timedelta(hours=hours)),
)
_subjects = st.sampled_from(
    [(opened.document, opened.period) for opened in OPENINGS] + [("periodic_report", "2021-h1")]
)
_codes = st.sampled_from(["MN01", "MN01", "MN01", "MN02", "TH99", None])
_addresses = st.sampled_from(["mn01@truong.example", "mn02@truong.example", None])
_deciders = st.sampled_from([*REVIEWERS, "la@ngoai.example", None])
_responses = st.sampled_from(["r1", "r2", "r3"])


@st.composite
def versions(draw: st.DrawFn) -> VersionSeen:
    document, period = draw(_subjects)
    return VersionSeen(
        at=draw(moments),
        form_id=document,
        response_id=draw(_responses),
        document=document,
        period=period,
        claimed_unit="MN01",
        unit_code=draw(_codes),
        email=draw(_addresses),
        source=draw(st.sampled_from(["both", "api_only", "sheet_only"])),
        flags=draw(st.sampled_from([(), ("evidence_missing",)])),
    )


@st.composite
def decisions(draw: st.DrawFn) -> Decided:
    document, period = draw(_subjects)
    return Decided(
        at=draw(moments),
        form_id="processing",
        response_id=draw(_responses),
        action=draw(st.sampled_from(["approve", "return"])),
        document=document,
        period=period,
        claimed_unit="MN01",
        unit_code=draw(_codes),
        reviewer=draw(_deciders),
        reason=draw(st.sampled_from(["", "thiếu số liệu", "  "])),
    )


unreadables = st.builds(
    Unreadable,
    at=moments,
    form_id=st.just("form"),
    response_id=_responses,
    problem=st.just("không rõ"),
)

facts: st.SearchStrategy[Event] = st.one_of(versions(), decisions(), versions(), unreadables)


def _known_by_id(events: list[Event]) -> list[Event]:
    """As the store gives them: one event an id, whatever it first said."""
    return list({event.id: event for event in events}.values())


histories: st.SearchStrategy[list[Event]] = st.lists(facts, max_size=14).map(
    lambda events: [*OPENINGS, *_known_by_id(events)]
)
