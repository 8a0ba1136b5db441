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


@pytest.mark.parametrize(
    ("typed", "number", "kind", "pattern"),
    [
        ("$100.15", 100.15, "CURRENCY", '"$"#,##0.00'),
        ("$1,234", 1234, "CURRENCY", '"$"#,##0'),
        ("-$5", -5, "CURRENCY", '"$"#,##0'),
        ("$-5", -5, "CURRENCY", '"$"#,##0'),
        ("1,234.5", 1234.5, "NUMBER", "#,##0.00"),
        ("12.5%", 0.125, "PERCENT", "0.0%"),
        ("3/19/2022", 44639, "DATE", "M/d/yyyy"),
        ("3/19/22", 44639, "DATE", "M/d/yyyy"),
        ("3/19/99", 36238, "DATE", "M/d/yyyy"),
        ("Mar 19 2022", 44639, "DATE", "MMM d, yyyy"),
        ("March 19, 2022", 44639, "DATE", "MMM d, yyyy"),
        ("19 Mar 2022", 44639, "DATE", "d MMM yyyy"),
        ("3/19/2022 6:00 PM", 44639.75, "DATE_TIME", "M/d/yyyy H:mm:ss"),
        ("Mar 19, 2022 6:00 PM", 44639.75, "DATE_TIME", "M/d/yyyy H:mm:ss"),
        ("6:00 PM", 0.75, "TIME", "h:mm:ss am/pm"),
        ("3/19", 44639, "DATE", "M/d"),
        ("3-19", 44639, "DATE", "M/d"),
    ],
)
def test_what_an_american_spreadsheet_understands(
    typed: str, number: float, kind: str, pattern: str
) -> None:
    made = entered(typed, US, year=2022)
    assert made["userEnteredValue"]["numberValue"] == pytest.approx(number, abs=1e-9)
    assert made["numberFormat"] == {"type": kind, "pattern": pattern}


@pytest.mark.parametrize(
    ("typed", "number", "kind", "pattern"),
    [
        ("100.000 ₫", 100_000, "CURRENCY", '#,##0\\ "₫"'),
        ("₫1.234,5", 1234.5, "CURRENCY", '#,##0.00\\ "₫"'),
        ("19/03", 44639, "DATE", "dd/MM"),
        ("19.3", 44639, "DATE", "dd/MM"),
        ("19/3/22", 44639, "DATE", "dd/MM/yyyy"),
        ("19-03-2022 18:00", 44639.75, "DATE_TIME", "dd/MM/yyyy HH:mm:ss"),
    ],
)
def test_what_a_vietnamese_spreadsheet_understands(
    typed: str, number: float, kind: str, pattern: str
) -> None:
    made = entered(typed, VI, year=2022)
    assert made["userEnteredValue"]["numberValue"] == pytest.approx(number, abs=1e-9)
    assert made["numberFormat"] == {"type": kind, "pattern": pattern}


@pytest.mark.parametrize(
    "typed",
    [
        "$",
        "$x",
        "$5%",
        "$1e5",
        "5$5",
        "-$-5",
        "$$5",
        "Foo 19 2022",
        "13/19",
        "2/30",
        "19 Mar",
        "a1",
    ],
)
def test_what_stays_text_in_an_american_spreadsheet(typed: str) -> None:
    assert entered(typed, US, year=2022) == {"userEnteredValue": {"stringValue": typed}}


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
