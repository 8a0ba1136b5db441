"""Named ranges in formulas, and looks that depend on what formulas give."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cchc_gforms.local_google.sheets import defaults
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook
from tests.local_google.sheets.book import Book, grid

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NAMED = [
    {"name": "điểm", "range": {"sheetId": 7, "startRowIndex": 1, "endRowIndex": 3,
                               "startColumnIndex": 0, "endColumnIndex": 1}},
    {"name": "cột", "range": {"sheetId": 7, "startColumnIndex": 0, "endColumnIndex": 1}},
    {"name": "mất", "range": {"sheetId": 99}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(điểm)", {"numberValue": 5}),
        ("=SUM(ĐIỂM)", {"numberValue": 5}),
        ("=SUM(cột)+1", {"numberValue": 7}),
        ("=ROWS(cột)", {"numberValue": 1000}),
    ],
)
def test_a_name_stands_for_its_range(formula: str, value: dict[str, Any]) -> None:
    assert shown(formula) == value


@pytest.mark.parametrize("name", ["mất", "chưa_có"])
def test_a_name_without_a_range_is_unknown(name: str) -> None:
    assert shown(f"=SUM({name})")["errorValue"] == {
        "type": "NAME",
        "message": f"Unknown range name: '{name.upper()}'.",
    }


def shown(formula: str) -> dict[str, Any]:
    sheet = Sheet({"properties": defaults.sheet_properties(0, "Sheet1")})
    data = Sheet({"properties": defaults.sheet_properties(7, "Số liệu")})
    for row, value in enumerate((1, 2, 3)):
        data.put(row, 0, {"userEnteredValue": {"numberValue": value}})
    sheet.put(0, 0, {"userEnteredValue": {"formulaValue": formula}})
    properties = defaults.spreadsheet_properties("x", "en_US", "Etc/GMT")
    workbook = Workbook("x", properties, [sheet, data], named_ranges=NAMED)
    found: dict[str, Any] = calculated(workbook, NOW).sheets[0].cell(0, 0)["effectiveValue"]
    return found


def test_a_conditional_format_looks_at_what_a_formula_gives(book: Book) -> None:
    red = {"red": 1, "green": 0, "blue": 0}
    condition = {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "5"}]}
    rule = {
        "ranges": [grid(0, 9, 0, 1)],
        "booleanRule": {"condition": condition, "format": {"backgroundColor": red}},
    }
    book.batch({"addConditionalFormatRule": {"rule": rule, "index": 0}})
    book.write("A1", [["=2+2"], ["={8;4}"]], "USER_ENTERED")
    looks = [row[0]["effectiveFormat"]["backgroundColor"] for row in book.cells("A1:A3")]
    assert [look == {"red": 1} for look in looks] == [False, True, False]
