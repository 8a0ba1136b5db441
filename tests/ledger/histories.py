"""Random histories: few units, few moments, everything that can go wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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
    RowChanged,
    RowEdited,
    RowReturned,
    RowVanished,
    Unreadable,
    VersionSeen,
    Voided,
)
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
    units=(
        UNITS[0],
        UNITS[1].model_copy(
            update={
                "due": Due(
                    due_on=date(2022, 6, 5),
                    due_on_rolled=date(2022, 6, 6),
                    effective="due_on_rolled",
                )
            }
        ),
    ),
)
UNASSESSED = PLAN.model_copy(
    update={
        "document": "plan_result",
        "not_assessed": "mới ban hành",
        "reviewers": ("la@ngoai.example",),  # whom the list does not name any more
    }
)
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


def _entry(draw: st.DrawFn) -> dict[str, object]:
    document, period = draw(_subjects)
    return {
        "at": draw(moments),
        "form_id": "processing",
        "response_id": draw(_responses),
        "document": document,
        "period": period,
        "claimed_unit": "MN01",
        "unit_code": draw(_codes),
        "reviewer": draw(_deciders),
        "reason": draw(st.sampled_from(["", "mất mạng"])),
    }


def _aimed(draw: st.DrawFn) -> dict[str, object]:
    return {
        "target_response_id": draw(st.one_of(st.none(), _responses)),
        "target_at": draw(st.one_of(st.none(), st.none(), moments)),
    }


@st.composite
def special(draw: st.DrawFn) -> Entry:
    """Anything on record but versions and decisions; revocations of the last entry."""
    entry, kind = _entry(draw), draw(st.sampled_from(_SPECIAL))
    if kind is Extended:
        day = date(2022, 6, 1) + timedelta(days=draw(st.integers(0, 8)))
        return Extended.model_validate(entry | {"due_on": day, "everyone": draw(st.booleans())})
    if kind is ReceivedInPerson:
        return kind.model_validate(entry | {"received_at": draw(moments)})
    if kind is Voided:
        return kind.model_validate(entry | _aimed(draw))
    if kind is Accepted:
        to = {"to_unit": draw(st.sampled_from([None, "MN01", "MN02", "TH99"]))}
        return kind.model_validate(entry | _aimed(draw) | to)
    if kind is Revoked:
        return kind.model_validate(entry | {"everyone": draw(st.booleans())})
    return kind.model_validate(entry)


_SPECIAL: tuple[type[Entry], ...] = (
    Extended,
    ReceivedInPerson,
    Exempted,
    Voided,
    Accepted,
    Revoked,
)

unreadables = st.builds(
    Unreadable,
    at=moments,
    form_id=st.just("form"),
    response_id=_responses,
    problem=st.just("không rõ"),
)


@st.composite
def row_changes(draw: st.DrawFn) -> RowChanged:
    document, period = draw(_subjects)
    kinds: list[type[RowChanged]] = [RowVanished, RowReturned, RowEdited]
    kind = draw(st.sampled_from(kinds))
    subject = {
        "at": draw(moments),
        "form_id": document,
        "response_id": draw(_responses),
        "document": document,
        "period": period,
        "claimed_unit": "MN01",
        "unit_code": draw(_codes),
    }
    columns = {"columns": ("Số liệu",)} if kind is RowEdited else {}
    return kind.model_validate(subject | columns)


facts: st.SearchStrategy[Event] = st.one_of(
    versions(), decisions(), versions(), special(), special(), unreadables, row_changes()
)


def _known_by_id(events: list[Event]) -> list[Event]:
    """As the store gives them: one event an id, whatever it first said."""
    return list({event.id: event for event in events}.values())


@st.composite
def _some_history(draw: st.DrawFn) -> list[Event]:
    """Events, and revocations that name some of them by id."""
    events = _known_by_id(draw(st.lists(facts, max_size=14)))
    for target in draw(st.lists(st.sampled_from(events), max_size=2)) if events else []:
        named = _entry(draw) | {"target": target.id, "response_id": f"revokes {target.id[:8]}"}
        if isinstance(target, VersionSeen | Entry):
            named |= {"document": target.document, "period": target.period}
        events.append(Revoked.model_validate(named))
    return [*OPENINGS, *_known_by_id(events)]


histories: st.SearchStrategy[list[Event]] = _some_history()
