"""Responses of the processing form that say too little or two things at once: never guessed."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cchc_gforms.events import (
    Answers,
    Extended,
    ReceivedInPerson,
    Revoked,
    Unreadable,
    VersionSeen,
    Voided,
)
from cchc_gforms.harvester.decisions import Files
from cchc_gforms.harvester.observe import Reader, Sighting
from cchc_gforms.harvester.sheet import normal
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.load import load
from tests.office import SPECS

YEAR = load_regime(SPECS, 2022)
FORMS = {spec.name: spec for spec in load(SPECS, YEAR)}
REPORT = YEAR.label("periodic_report", "2022-h1")
FILES = Files(YEAR.roster, {}, {normal(REPORT): ("periodic_report", "2022-h1")}, YEAR.zone)
AT = datetime(2022, 6, 5, 2, tzinfo=UTC)

FIRST = {"unit": "MN01 – Trường Mầm non Mẫu 01", "document": REPORT}
RETURN = {**FIRST, "action": "Chuyển trả"}
EXTEND = {
    **FIRST,
    "action": "Gia hạn",
    "extend_to": "2022-06-10",
    "extend_reason": "Mất mạng",
    "extend_scope": "Chỉ đơn vị đã chọn",
}
RECEIVE = {
    **FIRST,
    "action": "Nhận trực tiếp",
    "received_on": "2022-06-02",
    "received_at": "08:30",
}
EXEMPT = {**FIRST, "action": "Miễn", "exempt_reason": "Trường mới"}
VOID = {**FIRST, "action": "Hủy một bản", "void_reason": "Gửi thử", "void_which": "Bản gần nhất"}
NAMED = {
    **VOID,
    "void_which": "Bản nộp vào ngày và giờ ghi dưới đây",
    "void_on": "2022-06-02",
    "void_at": "08:30",
}
ACCEPT = {**FIRST, "action": "Xác nhận bản gửi từ địa chỉ lạ"}
REVOKE = {
    **FIRST,
    "action": "Rút lại mục gần nhất",
    "revoke_reason": "Nhầm",
    "revoke_scope": "Mục của riêng đơn vị đã chọn",
}
WHOLE = [RETURN, EXTEND, RECEIVE, EXEMPT, VOID, NAMED, ACCEPT, REVOKE]


def seen(said: dict[str, str]) -> Sighting:
    answers: Answers = {key: (value,) for key, value in said.items() if value}
    return Sighting("r1", AT, "duyet1@phonggd.example", answers, answers, "both")


def read(said: dict[str, str], files: Files = FILES) -> object:
    return Reader("form", FORMS["processing/2022"], files).event(seen(said))


@pytest.mark.parametrize("said", WHOLE, ids=lambda said: said["action"])
def test_what_is_whole_is_read(said: dict[str, str]) -> None:
    """So that each case below fails for what it leaves out alone; L6: a return needs no reason."""
    assert not isinstance(read(said), Unreadable)


WRONG = [
    (FIRST, "không nêu quyết định"),
    ({**FIRST, "action": "Phê duyệt"}, "không có việc nào tên “Phê duyệt”"),
    ({**RETURN, "document": ""}, "không nêu văn bản"),
    ({**RETURN, "document": "Báo cáo lạ"}, "không có văn bản nào tên “Báo cáo lạ”"),
    ({**RETURN, "unit": ""}, "không nêu đơn vị"),
    ({**EXTEND, "unit": ""}, "không nêu đơn vị"),
    ({**EXTEND, "extend_to": ""}, "thiếu “Hạn mới”"),
    ({**EXTEND, "extend_to": "10/6/2022"}, "“Hạn mới”: không đọc được ngày “10/6/2022”"),
    ({**EXTEND, "extend_to": "2022-06-31"}, "“Hạn mới”: không đọc được ngày “2022-06-31”"),
    ({**EXTEND, "extend_to": "20220610"}, "“Hạn mới”: không đọc được ngày “20220610”"),
    ({**EXTEND, "extend_reason": "  "}, "thiếu “Lý do gia hạn”"),
    ({**EXTEND, "extend_scope": ""}, "thiếu “Phạm vi gia hạn”"),
    ({**EXTEND, "extend_scope": "Tất cả"}, "“Phạm vi gia hạn”: không có lựa chọn “Tất cả”"),
    ({**RECEIVE, "received_on": ""}, "thiếu “Ngày nhận”"),
    ({**RECEIVE, "received_at": ""}, "thiếu “Giờ nhận”"),
    ({**RECEIVE, "received_at": "24:00"}, "“Giờ nhận”: không đọc được giờ “24:00”"),
    ({**RECEIVE, "received_at": "8h30"}, "“Giờ nhận”: không đọc được giờ “8h30”"),
    ({**RECEIVE, "received_on": "0001-01-01", "received_at": "00:00"}, "ngày quá xa"),
    ({**EXEMPT, "exempt_reason": ""}, "thiếu “Lý do miễn”"),
    ({**VOID, "void_reason": ""}, "thiếu “Lý do hủy”"),
    ({**VOID, "void_which": ""}, "thiếu “Bản bị hủy”"),
    ({**VOID, "void_on": "2022-06-02"}, "hủy bản gần nhất nhưng lại nêu ngày, giờ"),
    ({**NAMED, "void_on": ""}, "thiếu “Ngày nộp của bản bị hủy”"),
    ({**NAMED, "void_at": ""}, "thiếu “Giờ nộp của bản bị hủy”"),
    ({**ACCEPT, "accept_to_unit": "Trường lạ"}, "không nhận ra đơn vị “Trường lạ”"),
    ({**REVOKE, "revoke_reason": ""}, "thiếu “Lý do rút lại”"),
    ({**REVOKE, "revoke_scope": ""}, "thiếu “Phạm vi rút lại”"),
    ({**EXEMPT, "reason": "Thiếu"}, "chọn “Miễn” nhưng lại điền trang “Chuyển trả”"),
    (
        {**FIRST, "action": "Duyệt", "extend_to": "2022-06-10"},
        "chọn “Duyệt” nhưng lại điền trang “Gia hạn”",
    ),
]


@pytest.mark.parametrize(("said", "problem"), WRONG, ids=[problem for _, problem in WRONG])
def test_it_is_said_why_a_response_cannot_be_read(said: dict[str, str], problem: str) -> None:
    event = read(said)
    assert isinstance(event, Unreadable)
    assert problem in event.problem
    assert event.answers == seen(said).answers


def test_what_concerns_everyone_is_no_units() -> None:
    """L10, L14: whichever unit was chosen on the first page, or none."""
    extension = read({**EXTEND, "extend_scope": "Mọi đơn vị phải nộp văn bản này", "unit": ""})
    assert isinstance(extension, Extended)
    assert (extension.everyone, extension.unit_code) == (True, None)
    assert extension.due_on == date(2022, 6, 10)
    revocation = read({**REVOKE, "revoke_scope": "Mục chung cho mọi đơn vị"})
    assert isinstance(revocation, Revoked)
    assert (revocation.everyone, revocation.unit_code) == (True, None)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("Asia/Ho_Chi_Minh", datetime(2022, 6, 2, 1, 30, tzinfo=UTC)),
        ("Europe/Paris", datetime(2022, 6, 2, 6, 30, tzinfo=UTC)),
    ],
)
def test_stated_times_are_of_the_regimes_zone(zone: str, utc: datetime) -> None:
    files = dataclasses.replace(FILES, zone=ZoneInfo(zone))
    receipt, void = read(RECEIVE, files), read(NAMED, files)
    assert isinstance(receipt, ReceivedInPerson)
    assert receipt.received_at == utc
    assert isinstance(void, Voided)
    assert (void.target_at, void.target_response_id) == (utc, None)


@pytest.mark.parametrize(
    ("day", "clock"), [("2022-10-30", "02:30"), ("2022-03-27", "02:30")], ids=["twice", "never"]
)
def test_a_wall_clock_time_that_is_not_one_moment_is_not_guessed(day: str, clock: str) -> None:
    """Where clocks are put back and forward."""
    files = dataclasses.replace(FILES, zone=ZoneInfo("Europe/Paris"))
    event = read({**RECEIVE, "received_on": day, "received_at": clock}, files)
    assert isinstance(event, Unreadable)
    assert "hai lần hoặc không có" in event.problem


def test_a_news_item_that_names_nothing_is_unreadable() -> None:
    event = Reader("form", FORMS["news/2022"], FILES).event(seen({"unit": FIRST["unit"]}))
    assert isinstance(event, Unreadable)
    assert "tên hoặc liên kết" in event.problem


@pytest.mark.parametrize(
    ("collected", "email", "code"),
    [
        ("verified", "mn01@truong.example", "MN01"),
        ("responder_input", None, None),
        ("none", None, None),
    ],
)
def test_only_a_verified_address_says_who_sent_it(
    collected: str, email: str | None, code: str | None
) -> None:
    """L13: an address that anybody may type in neither names a unit nor puts one in quarantine."""
    spec = FORMS["periodic_report/2022-h1"].model_copy(update={"collect_email": collected})
    answers: Answers = {"unit": ("trường chúng tôi",)}
    sent = Sighting("r1", AT, "mn01@truong.example", answers, answers, "both")
    event = Reader("form", spec, FILES).event(sent)
    assert isinstance(event, VersionSeen)
    assert (event.email, event.unit_code) == (email, code)
