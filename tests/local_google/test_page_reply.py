"""Posts to `formResponse` read against a form: pages, carried answers, faults."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cchc_gforms.local_google.forms.outline import outline
from cchc_gforms.local_google.pages.entries import Entry
from cchc_gforms.local_google.pages.reply import (
    Action,
    BadPost,
    check,
    is_address,
    partial_response,
    read_answers,
    read_link,
    read_post,
)


def asked(item: str, details: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    question = {"questionId": item, "required": required, **details}
    return {"itemId": item, "title": item, "questionItem": {"question": question}}


CHECKBOX = {
    "choiceQuestion": {"type": "CHECKBOX", "options": [{"value": "Cam"}, {"value": "Quýt"}]}
}
FORM = outline(
    {
        "info": {"title": "Mẫu"},
        "items": [
            asked("0000000a", {"textQuestion": {}}, required=True),
            asked("0000000b", CHECKBOX),
            {"itemId": "00000fff", "pageBreakItem": {}},
            asked("0000000c", {"textQuestion": {"paragraph": True}}),
            asked("0000000d", {"timeQuestion": {}}),
        ],
    }
)


def values(entry: Entry) -> tuple[str, ...]:
    return entry.values


def test_a_post_of_entries_alone_is_a_submission_of_the_first_page() -> None:
    reply = read_post(FORM, {"entry.10": ["một"]})
    assert (reply.history, reply.action) == ((0,), Action.SUBMIT)
    assert {key: values(entry) for key, entry in reply.entries.items()} == {"0000000a": ("một",)}


def test_one_post_may_carry_the_entries_of_every_page() -> None:
    reply = read_post(
        FORM, {"entry.10": ["một"], "entry.12": ["hai"], "pageHistory": ["0,1"], "fvv": ["1"]}
    )
    assert reply.history == (0, 1)
    assert {key: values(entry) for key, entry in reply.entries.items()} == {
        "0000000a": ("một",),
        "0000000c": ("hai",),
    }


def test_answers_of_earlier_pages_come_in_the_partial_response() -> None:
    partial = json.dumps([[[None, 10, ["một"], 0], [None, 11, ["Cam", "Quýt"], 0]], None, "-77"])
    reply = read_post(
        FORM, {"partialResponse": [partial], "entry.12": ["hai"], "pageHistory": ["0,1"]}
    )
    assert {key: values(entry) for key, entry in reply.entries.items()} == {
        "0000000a": ("một",),
        "0000000b": ("Cam", "Quýt"),
        "0000000c": ("hai",),
    }


def test_a_box_cleared_on_the_current_page_stays_cleared() -> None:
    partial = json.dumps([[[None, 10, ["một"], 0], [None, 11, ["Cam"], 0]], None, ""])
    reply = read_post(
        FORM,
        {"partialResponse": [partial], "entry.10": ["một"], "entry.11_sentinel": [""]},
    )
    assert values(reply.entries["0000000b"]) == ()


def test_what_is_written_into_the_next_page_is_read_back_from_it() -> None:
    first = read_post(FORM, {"entry.10": ['"một"\n<hai>'], "entry.11": ["Quýt"], "fbzx": ["-5"]})
    shown = partial_response(FORM, read_post(FORM, {"pageHistory": ["0,1"]}))
    assert shown == '[null, null, ""]'
    carried = partial_response(FORM, type(first)((0, 1), first.entries, fbzx=first.fbzx))
    assert json.loads(carried) == [
        [[None, 10, ['"một"\n<hai>'], 0], [None, 11, ["Quýt"], 0]],
        None,
        "-5",
    ]
    again = read_post(FORM, {"partialResponse": [carried], "pageHistory": ["0,1"]})
    assert dict(again.entries) == dict(first.entries)


@pytest.mark.parametrize(
    "fields",
    [
        {"pageHistory": ["1"]},
        {"pageHistory": ["0,2"]},
        {"pageHistory": ["0;1"]},
        {"partialResponse": ["{"]},
        {"partialResponse": ["7"]},
        {"partialResponse": ['[[[null,10,"một",0]]]']},
        {"partialResponse": ["[[[null,10,[1],0]]]"]},
        {"partialResponse": ["[[7]]"]},
        {"partialResponse": ["[[[null,1e999,[],0]]]"]},
        {"partialResponse": ["[" * 100_000]},
    ],
    ids=lambda fields: str(fields)[:44],
)
def test_a_post_that_no_page_makes_is_refused(fields: dict[str, list[str]]) -> None:
    with pytest.raises(BadPost):
        read_post(FORM, fields)


@pytest.mark.parametrize(
    ("fields", "action"),
    [
        ({"continue": ["1"]}, Action.NEXT),
        ({"back": ["1"]}, Action.BACK),
        ({"submit": ["Submit"]}, Action.SUBMIT),
        ({}, Action.SUBMIT),
    ],
    ids=["continue", "back", "submit", "none"],
)
def test_the_button_says_what_happens(fields: dict[str, list[str]], action: Action) -> None:
    assert read_post(FORM, fields).action is action


def test_faults_are_told_by_question() -> None:
    reply = read_post(
        FORM, {"entry.11": ["Mít"], "entry.13_hour": ["25"], "entry.13_minute": ["0"]}
    )
    checked = check(FORM.questions(), reply.entries)
    assert checked.answers == {}
    assert checked.faults == {
        "0000000a": "Đây là câu hỏi bắt buộc. Hãy trả lời.",
        "0000000b": "Lựa chọn này không có trong câu hỏi. Hãy chọn lại.",
        "0000000d": "Giờ không hợp lệ. Hãy điền giờ từ 0 đến 23 và phút từ 0 đến 59.",
    }


def test_a_link_fills_what_fits_and_leaves_out_what_does_not() -> None:
    reply = read_link(
        FORM,
        {
            "usp": ["pp_url"],
            "entry.10": ["một"],
            "entry.11": ["Mít"],
            "entry.13": ["08:05"],
            "entry.99": ["thừa"],
        },
    )
    assert check(FORM.questions(), reply.entries).answers == {
        "0000000a": ["một"],
        "0000000d": ["08:05"],
    }


def test_an_earlier_response_fills_its_boxes() -> None:
    earlier = {"0000000b": ["Cam"], "0000000d": ["23:59"], "0000dead": ["câu hỏi đã xóa"]}
    reply = read_answers(FORM, earlier, "mau@truong.example")
    assert reply.email == "mau@truong.example"
    assert check(FORM.questions(), reply.entries).answers == {
        "0000000b": ["Cam"],
        "0000000d": ["23:59"],
    }


@pytest.mark.parametrize("text", ["a@b.example", "a.b+c@mau.truong.example"])
def test_an_address_is_taken(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["", "a", "a@b", "@b.example", "a@b..example", "a@b@c.example", "a b@c.example"]
)
def test_what_is_no_address_is_not_taken(text: str) -> None:
    assert not is_address(text)
