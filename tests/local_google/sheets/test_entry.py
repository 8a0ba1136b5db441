"""USER_ENTERED: what a typed text becomes."""

from __future__ import annotations

from typing import Any

import pytest

from cchc_gforms.local_google.errors import ApiError
from cchc_gforms.local_google.sheets.entry import entered, raw
from cchc_gforms.local_google.sheets.locales import locale_of

VI, US = locale_of("vi_VN"), locale_of("en_US")
DAY = {"type": "DATE", "pattern": "dd/MM/yyyy"}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0042", {"numberValue": 42}),
        ("42,01", {"numberValue": 42.01}),
        ("-7", {"numberValue": -7}),
        ("+49", {"numberValue": 49}),
        ("1,5e3", {"numberValue": 1500}),
        ("TRUE", {"boolValue": True}),
        ("false", {"boolValue": False}),
        ("=1+1", {"formulaValue": "=1+1"}),
        ("+A1", {"formulaValue": "=A1"}),
        ("'=1+1", {"stringValue": "=1+1"}),
        ("'0042", {"stringValue": "0042"}),
        ("Trường Mầm non Mẫu 01", {"stringValue": "Trường Mầm non Mẫu 01"}),
        ("1.2.3", {"stringValue": "1.2.3"}),
        ("", {}),
        ("30/02/2022", {"stringValue": "30/02/2022"}),
        ("25:00", {"stringValue": "25:00"}),
        ("٣", {"stringValue": "٣"}),
    ],
)
def test_what_a_text_becomes_in_a_vietnamese_spreadsheet(typed: str, value: dict[str, Any]) -> None:
    assert entered(typed, VI) == {"userEnteredValue": value}


@pytest.mark.parametrize(
    ("typed", "number", "pattern"),
    [
        ("19/03/2022", 44639, "dd/MM/yyyy"),
        ("2022-03-19", 44639, "yyyy-mm-dd"),
        ("19/03/2022 12:00:00", 44639.5, "dd/MM/yyyy HH:mm:ss"),
        ("12:00", 0.5, "HH:mm:ss"),
        ("1.234", 1234, "#,##0"),
        ("12,5%", 0.125, "0.0%"),
    ],
)
def test_a_text_that_brings_its_format(typed: str, number: float, pattern: str) -> None:
    made = entered(typed, VI)
    assert made["userEnteredValue"] == {"numberValue": number}
    assert made["numberFormat"]["pattern"] == pattern


def test_day_and_month_are_read_as_the_locale_writes_them() -> None:
    assert entered("03/04/2022", VI)["userEnteredValue"] == {"numberValue": 44654}
    assert entered("03/04/2022", US)["userEnteredValue"] == {"numberValue": 44624}
    assert entered("03/04/2022", VI)["numberFormat"] == DAY


@pytest.mark.parametrize("value", ["=1+1", "0042", "TRUE", "+49"])
def test_raw_text_stays_text(value: str) -> None:
    assert raw(value) == {"stringValue": value}


def test_a_cell_holds_fifty_thousand_characters_and_no_more() -> None:
    assert raw("x" * 50_000) == {"stringValue": "x" * 50_000}
    with pytest.raises(ApiError, match="maximum of 50000 characters"):
        raw("x" * 50_001)
