"""What a person reads of a change: every part of a question has a name."""

from __future__ import annotations

from typing import Any

import pytest

from cchc_gforms.generator.changes import ChangeItem
from cchc_gforms.generator.image import Image, Item
from cchc_gforms.generator.wording import said


def choosing(*options: str | dict[str, str]) -> dict[str, Any]:
    made = [{"value": one} if isinstance(one, str) else one for one in options]
    return {"choiceQuestion": {"type": "RADIO", "options": made}}


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "a date asks for the year too": (
        {"dateQuestion": {}},
        {"dateQuestion": {"includeYear": True}},
        "hỏi năm: “không có” → “có”",
    ),
    "a scale ends elsewhere": (
        {"scaleQuestion": {"low": 1, "high": 5}},
        {"scaleQuestion": {"low": 1, "high": 10}},
        "mức cao nhất: “5” → “10”",
    ),
    "a rating has another sign": (
        {"ratingQuestion": {"ratingScaleLevel": 5, "iconType": "STAR"}},
        {"ratingQuestion": {"ratingScaleLevel": 5, "iconType": "HEART"}},
        "biểu tượng: “ngôi sao” → “trái tim”",
    ),
    "what Google adds one day": (
        {"textQuestion": {}},
        {"textQuestion": {"colour": "RED"}},
        "phần “colour”: “không có” → “RED”",
    ),
    "an option is called otherwise": (
        choosing("Đạt", "Chưa rõ"),
        choosing("Đạt", "Chưa đến hạn"),
        "lựa chọn: đổi “Chưa rõ” thành “Chưa đến hạn”",
    ),
    "one comes and one goes": (
        choosing("Đạt", "Chưa rõ"),
        choosing("Chưa rõ", "Khác", "Đến hạn"),
        "lựa chọn: thêm “Khác”, “Đến hạn”; bỏ “Đạt”",
    ),
    "options lead elsewhere: to a page by its title, by its place, or to none": (
        choosing("Đạt", "Hỏng", "Chưa", "Hoãn"),
        choosing(
            "Đạt",
            {"value": "Hỏng", "goToSectionId": "p1"},
            {"value": "Chưa", "goToSectionId": "p2"},
            {"value": "Hoãn", "goToSectionId": "p"},
        ),
        "lựa chọn: đổi “Hỏng” thành “Hỏng (sang mục “Nguyên nhân”)”; đổi “Chưa” thành “Chưa (sang "
        "mục ở vị trí 3)”; đổi “Hoãn” thành “Hoãn (sang mục không còn nữa)”",
    ),
}
PAGES = (
    Item("p1", "pageBreakItem", "Nguyên nhân", "", {"pageBreakItem": {}}, is_section=True),
    Item("p2", "pageBreakItem", "", "", {"pageBreakItem": {}}, is_section=True),
)


def asking(question: dict[str, Any]) -> Item:
    body = {"questionItem": {"question": {"questionId": "0000000a", **question}}}
    return Item("i", next(iter(question)), "Câu", "", body, questions={"0000000a": "Câu"})


@pytest.mark.parametrize(("before", "after", "words"), CASES.values(), ids=CASES)
def test_what_changes_in_a_question_is_said_in_words(
    before: dict[str, Any], after: dict[str, Any], words: str
) -> None:
    was, now = asking(before), asking(after)
    told = said(ChangeItem(0, now, ("body",), was), Image("", "", "", (now, *PAGES)))
    assert [str(one) for one in told.fields] == [words]
