"""The form's page over HTTP: who gets in, what a post does, what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from cchc_gforms.local_google.serve import Running
from tests.local_google.office import (
    MadeForm,
    Office,
    choice,
    grid,
    question,
    section,
    text,
    visitor,
)

MARK = "0000000a"


@pytest.fixture
def office(local_google: Running) -> Iterator[Office]:
    office = Office(local_google.url)
    yield office
    office.close()


@pytest.fixture
def stranger(local_google: Running) -> Iterator[requests.Session]:
    with visitor(local_google.url) as session:
        yield session


@pytest.fixture
def school(local_google: Running) -> Iterator[requests.Session]:
    with visitor(local_google.url, "mau01@truong.example") as session:
        yield session


def three_pages(office: Office, **settings: Any) -> MadeForm:
    return office.form(
        text(MARK, "Tên đơn vị", required=True),
        choice(
            "0000000b",
            "Đi đâu",
            "RADIO",
            {"value": "tiếp"},
            {"value": "cuối", "goToSectionId": "00000f02"},
            {"value": "gửi luôn", "goToAction": "SUBMIT_FORM"},
        ),
        section("00000f01", "Phần giữa", "Ngắn gọn"),
        text("0000000c", "Ở giữa", required=True, long=True),
        section("00000f02", "Phần cuối"),
        text("0000000d", "Ở cuối"),
        **settings,
    )


def test_a_post_of_entries_alone_submits_a_one_page_form(
    office: Office, stranger: requests.Session
) -> None:
    form = office.form(text(MARK, "Tên đơn vị", required=True))
    answer = stranger.post(form.post, data={"entry.10": "Trường Mẫu 01"})
    assert answer.status_code == 200
    assert "Câu trả lời của bạn đã được ghi lại." in answer.text
    assert office.answers(form) == [{MARK: ["Trường Mẫu 01"]}]


def test_every_kind_of_question_arrives_as_the_api_gives_it(
    office: Office, stranger: requests.Session
) -> None:
    form = office.form(
        text("00000001", "Đoạn văn", long=True),
        choice("00000002", "Một", "RADIO", "Cam", {"isOther": True}),
        choice("00000003", "Nhiều", "CHECKBOX", "Cam", "Quýt", {"isOther": True}),
        choice("00000004", "Danh sách", "DROP_DOWN", "Cam", "Quýt"),
        question("00000005", "Phạm vi", {"scaleQuestion": {"low": 1, "high": 5}}),
        question(
            "00000006", "Sao", {"ratingQuestion": {"ratingScaleLevel": 5, "iconType": "STAR"}}
        ),
        question("00000007", "Ngày", {"dateQuestion": {"includeYear": True}}),
        question("00000008", "Giờ", {"timeQuestion": {}}),
        question("00000009", "Lâu", {"timeQuestion": {"duration": True}}),
        grid("00000100", "Lưới", "RADIO", ["Đạt", "Chưa"], q00000011="Một", q00000012="Hai"),
        grid("00000200", "Lưới nhiều", "CHECKBOX", ["A", "B"], q00000013="Một"),
    )
    answer = stranger.post(
        form.post,
        data=[
            ("entry.1", "một\r\nhai"),
            ("entry.2", "__other_option__"),
            ("entry.2.other_option_response", "Mít"),
            ("entry.3", "Quýt"),
            ("entry.3", "__other_option__"),
            ("entry.3.other_option_response", "=1+1"),
            ("entry.3_sentinel", ""),
            ("entry.4", "Quýt"),
            ("entry.5", "5"),
            ("entry.6", "1"),
            ("entry.7_year", "2022"),
            ("entry.7_month", "3"),
            ("entry.7_day", "9"),
            ("entry.8_hour", "07"),
            ("entry.8_minute", "05"),
            ("entry.9_hour", "01"),
            ("entry.9_minute", "02"),
            ("entry.9_second", "03"),
            ("entry.17", "Đạt"),
            ("entry.19", "A"),
            ("entry.19", "B"),
        ],
    )
    assert answer.status_code == 200
    assert office.answers(form) == [
        {
            "00000001": ["một\nhai"],
            "00000002": ["Mít"],
            "00000003": ["Quýt", "=1+1"],
            "00000004": ["Quýt"],
            "00000005": ["5"],
            "00000006": ["1"],
            "00000007": ["2022-03-09"],
            "00000008": ["07:05"],
            "00000009": ["01:02:03"],
            "00000011": ["Đạt"],
            "00000013": ["A", "B"],
        }
    ]


HISTORIES: dict[str, tuple[dict[str, str], dict[str, list[str]]]] = {
    "the whole history submits everything at once": (
        {"pageHistory": "0,1,2", "entry.10": "X", "entry.12": "Y", "entry.13": "Z"},
        {"0000000a": ["X"], "0000000c": ["Y"], "0000000d": ["Z"]},
    ),
    "answers of a page left out vanish": (
        {"pageHistory": "0,2", "entry.10": "X", "entry.12": "Y", "entry.13": "Z"},
        {"0000000a": ["X"], "0000000d": ["Z"]},
    ),
    "no history is the first page alone": (
        {"entry.10": "X", "entry.12": "Y", "entry.13": "Z"},
        {"0000000a": ["X"]},
    ),
    "earlier pages may come as a partial response": (
        {
            "pageHistory": "0,1",
            "partialResponse": '[[[null,10,["X"],0]],null,"-1"]',
            "entry.12": "Y",
        },
        {"0000000a": ["X"], "0000000c": ["Y"]},
    ),
}


@pytest.mark.parametrize("case", HISTORIES.values(), ids=HISTORIES.keys())
def test_the_page_history_decides_which_answers_count(
    office: Office,
    stranger: requests.Session,
    case: tuple[dict[str, str], dict[str, list[str]]],
) -> None:
    fields, expected = case
    form = three_pages(office)
    assert stranger.post(form.post, data=fields).status_code == 200
    assert office.answers(form) == [expected]


BAD_POSTS: dict[str, tuple[dict[str, str], str]] = {
    "required left out": ({"entry.11": "tiếp"}, "Đây là câu hỏi bắt buộc."),
    "required blank": ({"entry.10": "  "}, "Đây là câu hỏi bắt buộc."),
    "no such option": ({"entry.10": "X", "entry.11": "khác"}, "Lựa chọn này không có"),
    "required on a visited page": (
        {"entry.10": "X", "pageHistory": "0,1"},
        "Đây là câu hỏi bắt buộc.",
    ),
    "history beyond the form": ({"entry.10": "X", "pageHistory": "0,3"}, "Không gửi được"),
    "history from the middle": ({"entry.10": "X", "pageHistory": "1"}, "Không gửi được"),
    "history of words": ({"entry.10": "X", "pageHistory": "tất cả"}, "Không gửi được"),
    "partial response of rubbish": ({"entry.10": "X", "partialResponse": "{"}, "Không gửi được"),
}


@pytest.mark.parametrize("case", BAD_POSTS.values(), ids=BAD_POSTS.keys())
def test_a_bad_post_is_400_and_nothing_is_kept(
    office: Office, stranger: requests.Session, case: tuple[dict[str, str], str]
) -> None:
    fields, said = case
    form = three_pages(office)
    answer = stranger.post(form.post, data=fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert office.answers(form) == []


def test_a_refused_page_keeps_what_was_typed(office: Office, stranger: requests.Session) -> None:
    form = office.form(
        text(MARK, "Tên đơn vị"), choice("0000000b", "Chọn", "RADIO", "Cam", required=True)
    )
    answer = stranger.post(form.post, data={"entry.10": '"><script>alert(1)</script>'})
    assert answer.status_code == 400
    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "<script>alert" not in answer.text


def hidden(page: str, name: str) -> str:
    """The value of a hidden field, as written in the page."""
    return page.split(f'name="{name}" value="')[1].split('"')[0].replace("&#34;", '"')


def test_without_a_script_each_page_is_a_post_and_nothing_is_kept_before_the_last(
    office: Office, stranger: requests.Session
) -> None:
    form = three_pages(office)
    first = stranger.post(
        form.post, data={"entry.10": "X", "entry.11": "cuối", "pageHistory": "0", "continue": "1"}
    )
    assert first.status_code == 200
    assert "Phần cuối" in first.text
    assert hidden(first.text, "pageHistory") == "0,2"
    assert json.loads(hidden(first.text, "partialResponse"))[0] == [
        [None, 10, ["X"], 0],
        [None, 11, ["cuối"], 0],
    ]
    assert office.answers(form) == []
    carried = {
        "pageHistory": "0,2",
        "partialResponse": hidden(first.text, "partialResponse"),
        "entry.13": "Z",
    }
    back = stranger.post(form.post, data={**carried, "back": "1"})
    assert 'value="X"' in back.text
    assert hidden(back.text, "pageHistory") == "0"
    done = stranger.post(form.post, data=carried)
    assert done.status_code == 200
    assert office.answers(form) == [
        {"0000000a": ["X"], "0000000b": ["cuối"], "0000000d": ["Z"]},
    ]


def test_an_option_that_submits_ends_the_form_there(
    office: Office, stranger: requests.Session
) -> None:
    form = three_pages(office)
    done = stranger.post(form.post, data={"entry.10": "X", "entry.11": "gửi luôn", "continue": "1"})
    assert "Câu trả lời của bạn đã được ghi lại." in done.text
    assert office.answers(form) == [{"0000000a": ["X"], "0000000b": ["gửi luôn"]}]


def test_a_prefilled_link_fills_pages_to_come_too(
    office: Office, stranger: requests.Session
) -> None:
    form = three_pages(office)
    query = "?usp=pp_url&entry.10=Tr%C6%B0%E1%BB%9Dng+M%E1%BA%ABu&entry.11=ti%E1%BA%BFp&entry.13=Z"
    page = stranger.get(form.view + query)
    assert 'value="Trường Mẫu"' in page.text
    assert 'value="tiếp" checked' in page.text
    assert json.loads(hidden(page.text, "partialResponse"))[0] == [[None, 13, ["Z"], 0]]


def test_verified_addresses_need_a_sign_in_and_are_recorded(
    office: Office, stranger: requests.Session, school: requests.Session
) -> None:
    form = office.form(text(MARK, "Tên"), email="VERIFIED")
    sent = stranger.get(f"{form.view}?usp=pp_url&entry.10=a+b", allow_redirects=False)
    assert sent.status_code == 302
    target = urlsplit(sent.headers["location"])
    assert target.path == "/signin"
    back = f"{urlsplit(form.view).path}?usp=pp_url&entry.10=a+b"
    assert parse_qs(target.query) == {"continue": [back]}
    assert stranger.post(form.post, data={"entry.10": "X"}).status_code == 401
    assert "mau01@truong.example" in school.get(form.view).text
    faked = {"entry.10": "X", "emailAddress": "khac@truong.example"}
    assert school.post(form.post, data=faked).status_code == 200
    assert [one["respondentEmail"] for one in office.responses(form)] == ["mau01@truong.example"]


def test_a_typed_address_is_asked_for_and_checked(
    office: Office, stranger: requests.Session
) -> None:
    form = office.form(text(MARK, "Tên"), email="RESPONDER_INPUT")
    assert 'name="emailAddress"' in stranger.get(form.view).text
    assert stranger.post(form.post, data={"entry.10": "X"}).status_code == 400
    wrong = {"entry.10": "X", "emailAddress": "không phải"}
    refused = stranger.post(form.post, data=wrong)
    assert refused.status_code == 400
    assert "Hãy nhập một địa chỉ email hợp lệ." in refused.text
    right = {"entry.10": "X", "emailAddress": "mau02@truong.example"}
    assert stranger.post(form.post, data=right).status_code == 200
    assert [one["respondentEmail"] for one in office.responses(form)] == ["mau02@truong.example"]


def test_a_form_that_collects_no_address_records_none(
    office: Office, school: requests.Session
) -> None:
    form = office.form(text(MARK, "Tên"), email="DO_NOT_COLLECT")
    school.post(form.post, data={"entry.10": "X", "emailAddress": "mau02@truong.example"})
    assert ["respondentEmail" in one for one in office.responses(form)] == [False]


def test_an_unpublished_form_is_not_there(office: Office, stranger: requests.Session) -> None:
    form = office.form(text(MARK, "Tên"), publish=False)
    assert stranger.get(form.view).status_code == 404
    assert "chưa được xuất bản" in stranger.get(form.view).text
    assert stranger.post(form.post, data={"entry.10": "X"}).status_code == 404
    assert office.answers(form) == []


def test_a_form_in_the_bin_is_not_there(office: Office, stranger: requests.Session) -> None:
    form = office.form(text(MARK, "Tên"))
    office.call("PATCH", f"/drive/v3/files/{form.form_id}", {"trashed": True})
    assert stranger.get(form.view).status_code == 404
    assert stranger.post(form.post, data={"entry.10": "X"}).status_code == 404


def test_a_closed_form_leads_to_its_closed_page(office: Office, stranger: requests.Session) -> None:
    form = office.form(text(MARK, "Tên"))
    office.publish(form.form_id, accepting=False)
    for sent in (
        stranger.get(form.view, allow_redirects=False),
        stranger.post(form.post, data={"entry.10": "X"}, allow_redirects=False),
    ):
        assert sent.status_code == 302
        assert sent.headers["location"].endswith("/closedform")
    assert "không còn nhận câu trả lời" in stranger.get(form.view).text
    assert office.answers(form) == []


def test_a_form_for_named_people_lets_in_only_them(
    office: Office, stranger: requests.Session, school: requests.Session
) -> None:
    form = office.form(text(MARK, "Tên"), respondents=("mau01@truong.example",))
    assert stranger.get(form.view, allow_redirects=False).status_code == 302
    assert stranger.post(form.post, data={"entry.10": "X"}).status_code == 401
    assert school.post(form.post, data={"entry.10": "X"}).status_code == 200
    with visitor(office.url, "mau02@truong.example") as other:
        assert other.get(form.view).status_code == 403
        assert other.post(form.post, data={"entry.10": "X"}).status_code == 403
    assert office.answers(form) == [{MARK: ["X"]}]


def test_a_published_form_without_a_grant_is_not_for_strangers(
    office: Office, school: requests.Session
) -> None:
    form = office.form(text(MARK, "Tên"), respondents=())
    assert school.get(form.view).status_code == 403


def test_the_form_id_leads_to_the_public_address(
    office: Office, stranger: requests.Session
) -> None:
    form = office.form(text(MARK, "Tên đơn vị"))
    page = stranger.get(f"{office.url}/forms/d/{form.form_id}/viewform?usp=sharing")
    assert page.url == f"{form.view}?usp=sharing"
    assert "Tên đơn vị" in page.text


def test_no_such_form_is_404(local_google: Running, stranger: requests.Session) -> None:
    url = f"{local_google.url}/forms/d/e/1FAIpQLSkhong/"
    assert stranger.get(url + "viewform").status_code == 404
    assert stranger.post(url + "formResponse", data={"entry.1": "X"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"entry.10=%FF", "application/x-www-form-urlencoded", 400),
        (b'{"entry.10": "X"}', "application/json", 400),
        (b"entry.10=" + b"a" * 10_000_000, "application/x-www-form-urlencoded", 413),
    ],
    ids=["not UTF-8", "not a form", "too long"],
)
def test_an_unreadable_body_is_refused(
    office: Office, stranger: requests.Session, body: bytes, kind: str, status: int
) -> None:
    form = office.form(text(MARK, "Tên"))
    answer = stranger.post(form.post, data=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert office.answers(form) == []


def test_a_long_answer_is_taken_whole(office: Office, stranger: requests.Session) -> None:
    form = office.form(text(MARK, "Tên", long=True))
    long = "Kết quả thực hiện nhiệm vụ. " * 4_000
    assert stranger.post(form.post, data={"entry.10": long}).status_code == 200
    assert office.answers(form) == [{MARK: [long]}]
