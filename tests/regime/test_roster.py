"""Which unit an answer names: its code, else its exact name, else none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.events import RosterUnit
from cchc_gforms.regime.roster import Roster, Unit

_ROSTER = Roster(
    (
        Unit("MN01", "Trường Mầm non Mẫu 01", "preschool", ("mn01@truong.example",)),
        Unit("MN02", "Trường Mầm non Mẫu 02", "preschool", earlier_names=("Trường Mẫu giáo Đỏ",)),
        Unit("TH01", "Trường Tiểu học Đỗ Mẫu", "primary", earlier_names=("Trường Cũ",)),
        Unit("TH02", "Trường Tiểu học Mẫu 02", "primary", earlier_names=("Trường Cũ",)),
        Unit("TH-03", "Trường Tiểu học A - B", "primary"),
    )
)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("MN01 – Trường Mầm non Mẫu 01", "MN01"),
        ("MN01 - Trường Mầm non Mẫu 01", "MN01"),
        ("  mn01  ", "MN01"),
        ("MN01 – Trường Mầm non đã đổi tên", "MN01"),
        ("Trường Mầm non Mẫu 01", "MN01"),
        ("TRƯỜNG  MẦM NON\u00a0MẪU 01", "MN01"),
        (unicodedata.normalize("NFD", "Trường Mầm non Mẫu 01"), "MN01"),
        ("Trường Mẫu giáo đỏ", "MN02"),
        ("Trường Tiểu học Ðỗ Mẫu", "TH01"),  # Icelandic eth, as some keyboards and OCR give it
        ("TH-03 – Trường Tiểu học A - B", "TH-03"),
        ("Trường Tiểu học A - B", "TH-03"),
        ("TH02 – Trường Cũ", "TH02"),
    ],
)
def test_an_answer_names_a_unit(answer: str, code: str) -> None:
    assert _ROSTER.find(answer) == code


@pytest.mark.parametrize(
    "answer",
    [
        "",
        " ",
        "MN99",
        "MN",
        "Trường Mầm non Mẫu",
        "Trường Cũ",  # two units had this name
        "MN01 – Trường Mầm non Mẫu 02",  # one unit by code, another by name
        "mn01@truong.example",
        '=HYPERLINK("https://la.example")',
        "MN01\u0000",
    ],
)
def test_an_answer_that_names_none_or_several_is_not_guessed(answer: str) -> None:
    assert _ROSTER.find(answer) is None


@pytest.mark.parametrize("unit", _ROSTER.units, ids=lambda unit: unit.code)
def test_the_option_of_a_unit_names_that_unit(unit: Unit) -> None:
    assert _ROSTER.find(_ROSTER.choice(unit)) == unit.code


def test_an_option_is_code_and_name() -> None:
    assert _ROSTER.choice(_ROSTER.units[0]) == "MN01 – Trường Mầm non Mẫu 01"


@given(st.text())
def test_any_answer_names_one_unit_or_none(answer: str) -> None:
    assert _ROSTER.find(answer) in {None, *(unit.code for unit in _ROSTER.units)}


_OWNED = Roster(
    (
        Unit("MN01", "Trường Mầm non Mẫu 01", "preschool", ("mn01@truong.example",)),
        Unit("MN02", "Trường Mầm non Mẫu 02", "preschool", ("mn02@truong.example",)),
        Unit("TH01", "Trường Tiểu học Đỏ", "primary", earlier_names=("Trường Cũ",)),
        Unit("TH02", "Trường Tiểu học Xanh", "primary", ("th02@truong.example",), None, None,
             ("Trường Cũ",)),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "email", "code"),
    [
        ("MN01", "mn02@truong.example", "MN01"),  # the code comes first; the fold sees to L13
        ("trường chúng tôi", "mn02@truong.example", "MN02"),
        ("", "mn02@truong.example", "MN02"),
        ("Trường Cũ", "th02@truong.example", "TH02"),  # the address tells the two apart
        ("Trường Mầm non Mẫu 01", "la@ngoai.example", "MN01"),
        ("Trường Mầm non Mẫu 01", "mn02@truong.example", None),  # one by name, one by address
        ("trường chúng tôi", "la@ngoai.example", None),
        ("Trường Cũ", None, None),
        ("", "", None),
    ],
)
def test_code_then_address_then_name_and_nothing_guessed(
    answer: str, email: str | None, code: str | None
) -> None:
    assert _OWNED.find(answer, email) == code


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ("Truong Mam non Mau 1", ("MN01",)),
        ("Mầm non Mẫu 02", ("MN02",)),
        ("mn 1", ("MN01",)),
        ("TRƯỜNG CŨ.", ("TH01", "TH02")),
        ("MN-02 – gì đó", ("MN02",)),
        ("Trường", ()),
        ("", ()),
        ("Trường khác hẳn", ()),
    ],
)
def test_what_may_have_been_meant_is_told_to_a_person(answer: str, codes: tuple[str, ...]) -> None:
    assert _OWNED.alike(answer) == codes


def test_units_are_recognised_as_they_were_frozen_and_by_names_they_got_since() -> None:
    frozen = [
        RosterUnit(code="TH01", name="Trường Tiểu học Trắng", level="primary"),
        RosterUnit(
            code="TH09", name="Trường đã sáp nhập", level="primary", emails=("x@y.example",)
        ),
    ]
    merged = _OWNED.with_frozen(frozen)
    assert merged.find("Trường Tiểu học Trắng") == "TH01"
    assert merged.find("Trường Tiểu học Đỏ") == "TH01"
    assert merged.find("TH09 – Trường đã sáp nhập") == "TH09"
    assert merged.find("", "x@y.example") == "TH09"
    assert merged.find("MN01") == "MN01"
