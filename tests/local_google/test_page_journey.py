"""The way through a form's sections, and the page histories that a post may claim."""

from __future__ import annotations

from typing import Any

import pytest

from cchc_gforms.local_google.forms.outline import Outline, outline
from cchc_gforms.local_google.pages.journey import next_section, on_the_way, read_history


def choice(item: str, kind: str, *options: dict[str, Any]) -> dict[str, Any]:
    question = {"questionId": item, "choiceQuestion": {"type": kind, "options": list(options)}}
    return {"itemId": item, "title": item, "questionItem": {"question": question}}


def text(item: str) -> dict[str, Any]:
    question = {"questionId": item, "textQuestion": {}}
    return {"itemId": item, "title": item, "questionItem": {"question": question}}


def section(item: str) -> dict[str, Any]:
    return {"itemId": item, "title": item, "pageBreakItem": {}}


FORM: Outline = outline(
    {
        "info": {"title": "Mẫu"},
        "items": [
            choice(
                "00000001",
                "RADIO",
                {"value": "tới C", "goToSectionId": "0000000c"},
                {"value": "gửi", "goToAction": "SUBMIT_FORM"},
                {"value": "lại", "goToAction": "RESTART_FORM"},
                {"value": "tiếp", "goToAction": "NEXT_SECTION"},
                {"value": "thường"},
                {"isOther": True, "goToSectionId": "0000000d"},
            ),
            choice(
                "00000002",
                "DROP_DOWN",
                {"value": "tới D", "goToSectionId": "0000000d"},
                {"value": "tiếp", "goToAction": "NEXT_SECTION"},
                {"value": "mất", "goToSectionId": "00000bad"},
            ),
            choice("00000003", "RADIO", {"value": "không rẽ"}),
            section("0000000b"),
            text("00000004"),
            section("0000000c"),
            text("00000005"),
            section("0000000d"),
            text("00000006"),
        ],
    }
)

WAYS: dict[str, tuple[int, dict[str, list[str]], int | None]] = {
    "nothing answered": (0, {}, 1),
    "an option names a section": (0, {"00000001": ["tới C"]}, 2),
    "an option submits": (0, {"00000001": ["gửi"]}, None),
    "an option restarts": (0, {"00000001": ["lại"]}, 0),
    "an option says next": (0, {"00000001": ["tiếp"]}, 1),
    "an option says nothing": (0, {"00000001": ["thường"]}, 1),
    "other has a way of its own": (0, {"00000001": ["chữ tự gõ"]}, 3),
    "the last branching answer decides": (0, {"00000001": ["gửi"], "00000002": ["tới D"]}, 3),
    "also when it says next": (0, {"00000001": ["gửi"], "00000002": ["tiếp"]}, 1),
    "a question that does not branch does not decide": (
        0,
        {"00000001": ["tới C"], "00000003": ["không rẽ"]},
        2,
    ),
    "a section that is gone counts as next": (0, {"00000002": ["mất"]}, 1),
    "answers of other sections do not count": (1, {"00000001": ["gửi"]}, 2),
    "the last section is followed by nothing": (3, {}, None),
}


@pytest.mark.parametrize("case", WAYS.values(), ids=WAYS.keys())
def test_the_next_section_follows_from_the_answers(
    case: tuple[int, dict[str, list[str]], int | None],
) -> None:
    at, answers, expected = case
    assert next_section(FORM, at, answers) == expected


HISTORIES: dict[str, list[int] | None] = {
    "0": [0],
    "0,1,2,3": [0, 1, 2, 3],
    "0,3": [0, 3],
    "0,1,0,2": [0, 1, 0, 2],
    "1": None,
    "1,2": None,
    "0,4": None,
    "0,-1": None,
    "0,,1": None,
    "0, 1": None,
    "": None,
    "a": None,
    "0,١": None,
    "0," + "9" * 5000: None,
}


@pytest.mark.parametrize(
    ("text", "expected"), HISTORIES.items(), ids=[key[:12] or "blank" for key in HISTORIES]
)
def test_a_page_history_names_sections_of_the_form_from_the_first(
    text: str, expected: list[int] | None
) -> None:
    assert read_history(FORM, text) == expected


def test_questions_of_the_visited_sections_come_once_and_in_order() -> None:
    ids = [question.id for question in on_the_way(FORM, [0, 3, 0])]
    assert ids == ["00000001", "00000002", "00000003", "00000006"]
