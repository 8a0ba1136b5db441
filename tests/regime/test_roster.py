"""Which unit an answer names: its code, else its exact name, else none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@settings(deadline=None)
@given(st.text())
def test_any_answer_names_one_unit_or_none(answer: str) -> None:
    assert _ROSTER.find(answer) in {None, *(unit.code for unit in _ROSTER.units)}
