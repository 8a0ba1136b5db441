"""Formulas as clients write and read them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import gspread
import pytest
import requests
from gspread.utils import ValueRenderOption

from cchc_gforms.local_google.serve import Running
from tests.local_google.sheets.book import Book, Sheets, grid

UNFORMATTED = {"valueRenderOption": "UNFORMATTED_VALUE"}
FORMULA = {"valueRenderOption": "FORMULA"}


def formula(text: str) -> dict[str, Any]:
    return {"userEnteredValue": {"formulaValue": text}}


@pytest.fixture
def clock(server: Running) -> Iterator[None]:
    """24 November 2026, 20:00 UTC: the 25th in Viet Nam."""
    address = f"{server.url}/_control/clock"
    requests.post(address, json={"now": "2026-11-24T20:00:00Z"}, timeout=10).raise_for_status()
    yield
    requests.post(address, json={"release": True}, timeout=10).raise_for_status()


def test_gspread_writes_formulas_and_reads_what_they_give(shared: gspread.Spreadsheet) -> None:
    tab = shared.sheet1
    tab.update([["Đơn vị", "Số"], ["A", 2], ["B", 3]], "A1")
    tab.update([["=SUM(B2:B)", "=B2/0", '=IF(B3>2,"đạt","chưa")']], "D1", raw=False)
    assert tab.get("D1:F1") == [["5", "#DIV/0!", "đạt"]]
    assert tab.acell("D1", value_render_option=ValueRenderOption.formula).value == "=SUM(B2:B)"
    assert tab.get("D1", value_render_option=ValueRenderOption.unformatted) == [[5]]
    tab.update_acell("B2", 40)
    assert tab.acell("D1").value == "43"
    tab.update_acell("E2", "=D1*2")
    assert tab.acell("E2").value == "86"
    assert tab.get_all_records(head=1, expected_headers=["Đơn vị", "Số"])[0]["Số"] == 40


def test_references_follow_rows_that_gspread_inserts_and_deletes(
    shared: gspread.Spreadsheet,
) -> None:
    tab = shared.sheet1
    tab.update([[1], [2], [3]], "A1")
    tab.update([["=SUM(A1:A3)", "=A3"]], "C1", raw=False)
    other = shared.add_worksheet("Tổng hợp", rows=5, cols=3)
    other.update_acell("A1", "=SUM(Sheet1!A1:A3)+Sheet1!A1")
    tab.insert_row(["", "", ""], 3)
    assert tab.get("C1:D1", value_render_option=ValueRenderOption.formula) == [
        ["=SUM(A1:A4)", "=A4"]
    ]
    tab.update_acell("A3", 10)
    assert tab.get("C1:D1") == [["16", "3"]]
    assert other.acell("A1").value == "17"
    tab.delete_rows(4)
    assert tab.get("C1:D1") == [["13", "#REF!"]]
    tab.insert_cols([[""]], 1)
    assert tab.acell("D1", value_render_option=ValueRenderOption.formula).value == "=SUM(B1:B3)"
    tab.update_title("Sổ theo dõi")
    formula_now = other.acell("A1", value_render_option=ValueRenderOption.formula).value
    assert formula_now == "=SUM('Sổ theo dõi'!B1:B3)+'Sổ theo dõi'!B1"
    assert other.acell("A1").value == "14"
    shared.del_worksheet(tab)
    lost = other.acell("A1", value_render_option=ValueRenderOption.formula).value
    assert lost == "=SUM(#REF!)+#REF!"
    assert other.acell("A1").value == "#REF!"


def test_a_hostile_answer_written_raw_is_text_and_stays_text(book: Book) -> None:
    hostile = ['=IMPORTXML("http://127.0.0.1/","//a")', "=1+1", "+1+1", "'=1+1"]
    book.write("A1", [hostile])
    assert book.values("A1:D1") == [hostile]
    for found, text in zip(book.cells("A1:D1")[0], hostile, strict=True):
        assert found["userEnteredValue"] == found["effectiveValue"] == {"stringValue": text}
    book.write("A2", [["=A1", "=B1&C1", "=COUNTIF(A1:D1,B1)"]], "USER_ENTERED")
    assert book.values("A2:B2") == [[hostile[0], "=1+1+1+1"]]


def test_nothing_is_ever_fetched(book: Book) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        names = ("IMPORTXML", "IMPORTDATA", "IMPORTHTML", "IMPORTFEED", "IMPORTRANGE", "IMAGE")
        book.write("A1", [[f'={name}("{address}","x")' for name in names]], "USER_ENTERED")
        book.write("A2", [[f'=HYPERLINK("{address}","x")']], "USER_ENTERED")
        assert book.values("A1:F1") == [["#NAME?"] * 6]
        with pytest.raises(TimeoutError):
            listener.accept()


def test_an_error_goes_on_the_wire_with_its_type_and_message(book: Book) -> None:
    texts = ["=1/0", '="x"+1', "=NOPE()", "=A1000001", "=NA()", "=SQRT(-1)", "=1+", "=G1"]
    book.batch(
        {"updateCells": {
            "start": {"sheetId": 0}, "rows": [{"values": [formula(one) for one in texts]}],
            "fields": "userEnteredValue",
        }}
    )  # fmt: skip
    book.write("H1", [["=H1"]], "USER_ENTERED")
    found = book.cells("A1:H1")[0]
    shown = [
        "#DIV/0!", "#VALUE!", "#NAME?", "#REF!", "#N/A", "#NUM!", "#ERROR!", "#REF!",
    ]  # fmt: skip
    kinds = ["DIVIDE_BY_ZERO", "VALUE", "NAME", "REF", "N_A", "NUM", "ERROR", "REF"]
    assert [one["formattedValue"] for one in found] == shown
    assert [one["effectiveValue"]["errorValue"]["type"] for one in found] == kinds
    assert all(one["effectiveValue"]["errorValue"]["message"] for one in found)
    assert found[1]["effectiveValue"]["errorValue"]["message"] == (
        "Function ADD parameter 1 expects number values. "
        "But 'x' is a text and cannot be coerced to a number."
    )
    assert book.values("A1:C1", **UNFORMATTED) == [["#DIV/0!", "#VALUE!", "#NAME?"]]


def test_an_array_spreads_and_is_read_like_any_cells(book: Book) -> None:
    book.write("A1", [["=ARRAYFORMULA({1;2;3}*10)", '={"a","b"}']], "USER_ENTERED")
    assert book.values("A1:C3") == [["10", "a", "b"], ["20"], ["30"]]
    assert book.values("A1:C3", **FORMULA)[0][:2] == ["=ARRAYFORMULA({1;2;3}*10)", '={"a","b"}']
    spread = book.cells("A2")[0][0]
    assert "userEnteredValue" not in spread
    assert spread["effectiveValue"] == {"numberValue": 20}
    book.write("A3", [["chặn"]])
    blocked = book.cells("A1")[0][0]["effectiveValue"]["errorValue"]
    assert blocked["type"] == "REF"
    assert "overwrite data in A3" in blocked["message"]
    assert book.values("A1:A3") == [["#REF!"], [], ["chặn"]]


def test_values_are_appended_below_what_a_formula_spread(book: Book) -> None:
    book.write("A1", [["={1;2;3}"]], "USER_ENTERED")
    assert book.append("A1", [["mới"]])["updates"]["updatedRange"] == "Sheet1!A4"


def test_what_was_written_is_answered_as_it_is_shown(book: Book) -> None:
    written = book.write(
        "A1", [[2, "=A1*21"]], "USER_ENTERED", includeValuesInResponse=True,
        responseValueRenderOption="UNFORMATTED_VALUE",
    )  # fmt: skip
    assert written["updatedData"]["values"] == [[2, 42]]
    answer = book.batch(
        {"updateCells": {
            "start": {"sheetId": 0, "rowIndex": 1}, "rows": [{"values": [formula("=B1+1")]}],
            "fields": "userEnteredValue",
        }},
        includeSpreadsheetInResponse=True, responseIncludeGridData=True, responseRanges=["A2"],
    )  # fmt: skip
    [row] = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"]
    assert row["values"][0]["effectiveValue"] == {"numberValue": 43}


def test_a_link_shows_its_label_and_keeps_its_address(book: Book) -> None:
    book.write("A1", [['=HYPERLINK("https://truong.example/","Trường")']], "USER_ENTERED")
    found = book.cells("A1")[0][0]
    assert found["hyperlink"] == "https://truong.example/"
    assert found["effectiveValue"] == {"stringValue": "Trường"}
    assert found["formattedValue"] == "Trường"
    assert found["userEnteredValue"]["formulaValue"].startswith("=HYPERLINK(")


def test_today_is_the_day_of_the_spreadsheets_zone_and_looks_like_a_date(
    sheets: Sheets, clock: None
) -> None:
    home = sheets.book(title="x", locale="vi_VN", timeZone="Asia/Ho_Chi_Minh")
    away = sheets.book(title="x", locale="en_US", timeZone="Etc/GMT")
    for book in (home, away):
        book.write("A1", [["=TODAY()", "=NOW()", "=A1+1", "=A1-1"]], "USER_ENTERED")
    assert home.values("A1:D1") == [
        ["25/11/2026", "25/11/2026 03:00:00", "26/11/2026", "24/11/2026"]
    ]
    assert away.values("A1:D1") == [
        ["11/24/2026", "11/24/2026 20:00:00", "11/25/2026", "11/23/2026"]
    ]
    assert home.values("A1:B1", **UNFORMATTED) == [[46351, 46351.125]]
    look = home.cells("A1")[0][0]["effectiveFormat"]["numberFormat"]
    assert look == {"type": "DATE", "pattern": "dd/MM/yyyy"}


def test_a_formula_takes_the_look_of_what_it_reads(sheets: Sheets) -> None:
    book = sheets.book(title="x", locale="vi_VN", timeZone="Asia/Ho_Chi_Minh")
    book.write("A1", [["19/03/2022"], ["20/03/2022"], ["12,5%"]], "USER_ENTERED")
    texts = ["=A1", "=MAX(A1:A2)", "=A2-A1", "=A3*2"]
    book.write("C1", [texts], "USER_ENTERED")
    assert book.values("C1:F1") == [["19/03/2022", "20/03/2022", "1", "25,0%"]]
    more = ['=IF(Z1=1;"";A1+1)', "=IFERROR(1/0;A2)", "=VLOOKUP(44639;A1:A3;1;FALSE)", "={A1;A2}"]
    book.write("C2", [more], "USER_ENTERED")
    assert book.values("C2:F3") == [
        ["20/03/2022", "20/03/2022", "19/03/2022", "19/03/2022"],
        ["", "", "", "20/03/2022"],
    ]
    style = {"numberFormat": {"type": "NUMBER", "pattern": "0"}}
    book.batch(
        {"repeatCell": {
            "range": grid(0, 1, 2, 3), "cell": {"userEnteredFormat": style},
            "fields": "userEnteredFormat.numberFormat",
        }}
    )  # fmt: skip
    assert book.values("C1") == [["44639"]]


def test_a_vietnamese_spreadsheet_writes_formulas_its_way(sheets: Sheets) -> None:
    book = sheets.book(title="x", locale="vi_VN", timeZone="Asia/Ho_Chi_Minh")
    book.write("A1", [["1,5", "=SUM(A1;2,5)", "=SUM(A1,2)", '=A1&""']], "USER_ENTERED")
    assert book.values("A1:D1") == [["1,5", "4", "#ERROR!", "1,5"]]
    book.batch(
        {"updateSpreadsheetProperties": {"properties": {"locale": "en_US"}, "fields": "locale"}}
    )
    assert book.values("A1:B1", **FORMULA) == [[1.5, "=SUM(A1,2.5)"]]
    assert book.values("A1:B1") == [["1.5", "4"]]


def test_a_formula_in_a_cell_of_plain_text_is_still_a_formula(book: Book) -> None:
    style = {"numberFormat": {"type": "TEXT"}}
    book.batch(
        {"repeatCell": {
            "range": grid(0, 1, 0, 1), "cell": {"userEnteredFormat": style},
            "fields": "userEnteredFormat.numberFormat",
        }}
    )  # fmt: skip
    book.write("A1", [["=1+1"]], "USER_ENTERED")
    assert book.values("A1") == [["2"]]


def test_a_formula_of_the_deepest_nesting_is_computed_by_the_server(book: Book) -> None:
    deep = "=" + "IF(TRUE," * 99 + "7" + ")" * 99
    book.write("A1", [[deep, deep.replace("7", "IF(TRUE,IF(TRUE,7))")]], "USER_ENTERED")
    assert book.values("A1:B1") == [["7", "#ERROR!"]]


def test_columns_fit_what_formulas_show(book: Book) -> None:
    book.write("A1", [['=REPT("x",100)']], "USER_ENTERED")
    lines = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    book.batch({"autoResizeDimensions": {"dimensions": lines}})
    data = book.get(includeGridData=True, ranges=["A1"])["sheets"][0]["data"][0]
    assert data["columnMetadata"][0]["pixelSize"] > 400
