"""Ids, the wire shape, and answers back to keys."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.spec.compile import compile_form, decode, with_uploads
from cchc_gforms.spec.ids import entry_id, item_id, question_id, row_key, section_id
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.spec.prefill import prefilled
from tests.google.discovery import wrong_in
from tests.spec.test_specs import TITLES, specs


def grid_form() -> FormSpec:
    rows = [{"key": "a", "title": "Một"}, {"key": "b", "title": "Hai"}]
    grid = {
        "key": "g", "type": "radio_grid", "title": "Bảng", "rows": rows, "columns": ["Có", "Không"],
    }  # fmt: skip
    scale = {"key": "s", "type": "scale", "title": "Mức", "low": 0, "high": 3}
    return form_of(grid, scale)


def form_of(*items: dict[str, Any]) -> FormSpec:
    section = {"key": "p", "title": "P", "items": items}
    return FormSpec.model_validate(
        {
            "name": "x/2022-q1", "document": "x", "period": "2022-q1", "title": "X",
            "description": "", "collect_email": "none", "sections": [section],
        }
    )  # fmt: skip


KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "text": ({}, {"textQuestion": {}}),
    "paragraph": ({}, {"textQuestion": {"paragraph": True}}),
    "date": ({}, {"dateQuestion": {"includeYear": True}}),
    "time": ({}, {"timeQuestion": {}}),
    "duration": ({}, {"timeQuestion": {"duration": True}}),
    "radio": (
        {"choices": ["Có", {"value": "Không", "go_to": "next"}]},
        {
            "choiceQuestion": {
                "type": "RADIO",
                "options": [{"value": "Có"}, {"value": "Không", "goToAction": "NEXT_SECTION"}],
            }
        },
    ),
    "checkbox": (
        {"choices": ["Có"], "other": True},
        {"choiceQuestion": {"type": "CHECKBOX", "options": [{"value": "Có"}, {"isOther": True}]}},
    ),
    "dropdown": (
        {"choices": [{"value": "Có", "go_to": "submit"}], "required": True},
        {
            "required": True,
            "choiceQuestion": {
                "type": "DROP_DOWN",
                "options": [{"value": "Có", "goToAction": "SUBMIT_FORM"}],
            },
        },
    ),
    "scale": (
        {"low": 1, "high": 5, "low_label": "Kém"},
        {"scaleQuestion": {"low": 1, "high": 5, "lowLabel": "Kém"}},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_is_what_google_calls_it(kind: str) -> None:
    written, wanted = KINDS[kind]
    compiled = compile_form(form_of({"key": "unit", "type": kind, "title": "Q", **written}))
    assert compiled.items[1] == {
        "itemId": "7683056d",
        "title": "Q",
        "questionItem": {"question": {"questionId": "744f5ed8", **wanted}},
    }
    assert wrong_in("forms.v1", "Form", compiled.wire) == []


@pytest.mark.parametrize("name", TITLES)
def test_google_knows_every_field_of_every_form(name: str) -> None:
    assert wrong_in("forms.v1", "Form", compile_form(specs()[name]).wire) == []


def test_ids_are_what_they_always_were() -> None:
    """Computed once with sha256sum; a change would detach every answer ever given."""
    assert question_id("unit") == "744f5ed8"
    assert item_id("unit") == "7683056d"
    assert section_id("identity") == "6bb221e7"
    assert question_id(row_key("targets", "a")) == "7bdc4ace"


def test_the_number_of_an_answers_field_is_the_id_in_decimal() -> None:
    """Facts 7.2: 744f5ed8h."""
    assert entry_id("unit") == 1951358680


@given(st.text(min_size=1))
def test_every_id_is_one_that_google_takes(key: str) -> None:
    """Facts 2.8: eight lower-case hex digits, 00000001 to 7fffffff."""
    for id in (question_id(key), item_id(key), section_id(key)):
        assert len(id) == 8
        assert id == id.lower()
        assert 1 <= int(id, 16) <= 0x7FFFFFFF
    assert entry_id(key) == int(question_id(key), 16)


def test_a_prefilled_link_is_encoded_as_a_form() -> None:
    spec = specs()["processing/2022"]
    unit = spec.item("unit")
    assert unit is not None
    uri = "https://docs.google.com/forms/d/e/X/viewform"
    link = prefilled(spec, uri, [(unit, "MN01 – Mẫu & 1")])
    assert link == (
        "https://docs.google.com/forms/d/e/X/viewform?usp=pp_url"
        "&entry.1951358680=MN01+%E2%80%93+M%E1%BA%ABu+%26+1"
    )


def test_a_prefilled_link_asks_a_moved_question_by_its_first_id() -> None:
    spec = specs()["processing/2022"]
    unit = spec.item("unit")
    assert unit is not None
    renamed = spec.model_copy(update={"moved": {"unit": "school"}})
    assert f"entry.{entry_id('school')}=MN01" in prefilled(renamed, "https://x", [(unit, "MN01")])


def test_answers_come_back_by_key_and_unknown_ones_by_id() -> None:
    compiled = compile_form(specs()["processing/2022"])
    said = {
        question_id("reason"): {"textAnswers": {"answers": [{"value": "Thiếu số liệu"}]}},
        "0badcafe": {"textAnswers": {"answers": [{"value": "a"}, {"value": "b"}]}},
    }
    assert decode(compiled, said) == {"reason": ("Thiếu số liệu",), "?0badcafe": ("a", "b")}


def test_a_grid_has_an_answer_and_a_column_a_row() -> None:
    compiled = compile_form(grid_form())
    assert dict(compiled.columns) == {"Bảng [Một]": "g/a", "Bảng [Hai]": "g/b", "Mức": "s"}
    said = {question_id("g/b"): {"textAnswers": {"answers": [{"value": "Có"}]}}}
    assert decode(compiled, said) == {"g/b": ("Có",)}
    group = compiled.items[1]["questionGroupItem"]
    assert [row["rowQuestion"]["title"] for row in group["questions"]] == ["Một", "Hai"]
    assert wrong_in("forms.v1", "Form", compiled.wire) == []


def test_what_is_nought_is_left_out_as_google_leaves_it_out() -> None:
    scale = compile_form(grid_form()).items[2]["questionItem"]["question"]["scaleQuestion"]
    assert scale == {"high": 3}


def test_the_first_section_has_a_text_and_the_others_a_page_break() -> None:
    kinds = [
        next(name for name in item if name.endswith("Item"))
        for item in compile_form(specs()["processing/2022"]).items
    ]
    heads = [kind for kind in kinds if kind != "questionItem"]
    assert heads == ["textItem", *["pageBreakItem"] * 7]
    assert kinds[:5] == ["textItem", *["questionItem"] * 3, "pageBreakItem"]


def test_an_uploaded_file_is_read_under_the_key_that_its_question_was_given() -> None:
    """Before and after the key moved; an id of another key is nobody's."""
    upload = {"key": "scan", "type": "file_upload", "title": "Bản scan"}
    text = {"key": "so", "type": "text", "title": "Số"}
    spec = form_of(upload, text).model_copy(update={"moved": {"scan": "plan_scan"}})
    file = {"fileId": "1A", "fileName": "a.pdf", "mimeType": "application/pdf"}
    answers = {
        "5a5a5a5a": {"fileUploadAnswers": {"answers": [file, {**file, "fileId": "1B"}]}},
        question_id("so"): {"textAnswers": {"answers": [{"value": "25"}]}},
    }
    for known in ("scan", "plan_scan"):
        compiled = with_uploads(compile_form(spec), spec, {"5a5a5a5a": known})
        assert decode(compiled, answers) == {"scan": ("1A", "1B"), "so": ("25",)}
    strange = with_uploads(compile_form(spec), spec, {"5a5a5a5a": "so"})
    assert decode(strange, answers) == {"?5a5a5a5a": ("1A", "1B"), "so": ("25",)}
