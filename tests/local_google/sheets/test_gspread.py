"""gspread 6, unmodified, but for the host that its HTTP client asks."""

from __future__ import annotations

import gspread
import pytest


def test_tabs_are_listed_added_renamed_and_deleted(shared: gspread.Spreadsheet) -> None:
    made = shared.add_worksheet("Sổ theo dõi", rows=20, cols=5)
    assert [tab.title for tab in shared.worksheets()] == ["Sheet1", "Sổ theo dõi"]
    assert (made.row_count, made.col_count) == (20, 5)
    made.update_title("Đơn vị")
    assert shared.worksheet("Đơn vị").id == made.id
    shared.del_worksheet(made)
    assert [tab.title for tab in shared.worksheets()] == ["Sheet1"]


def test_values_are_written_appended_read_and_cleared(shared: gspread.Spreadsheet) -> None:
    tab = shared.sheet1
    tab.update([["STT", "Đơn vị"], ["0042", "Trường Mầm non Mẫu 01"]], "A1")
    tab.append_row(["=1+1", "Trường Mầm non Mẫu 02"], table_range="A1")
    expected = [
        ["STT", "Đơn vị"],
        ["0042", "Trường Mầm non Mẫu 01"],
        ["=1+1", "Trường Mầm non Mẫu 02"],
    ]
    assert tab.get() == expected
    assert tab.get_all_values() == expected
    assert tab.acell("B2").value == "Trường Mầm non Mẫu 01"
    assert tab.col_values(1) == ["STT", "0042", "=1+1"]
    found = tab.find("Trường Mầm non Mẫu 02")
    assert found is not None
    assert (found.row, found.col) == (3, 2)
    tab.batch_clear(["A2:A3"])
    assert tab.col_values(1) == ["STT"]
    tab.clear()
    assert tab.get_all_values() == [[]]


def test_a_batch_of_ranges_is_read_and_written_at_once(shared: gspread.Spreadsheet) -> None:
    tab = shared.sheet1
    tab.batch_update([{"range": "A1:B1", "values": [[1, 2]]}, {"range": "A2", "values": [["x"]]}])
    read = shared.values_batch_get(["A1:B2", "Sheet1!A2"], params={"majorDimension": "COLUMNS"})
    assert [one.get("values") for one in read["valueRanges"]] == [[["1", "x"], ["2"]], [["x"]]]


def test_rows_formats_filters_and_freezes(shared: gspread.Spreadsheet) -> None:
    tab = shared.sheet1
    tab.update([["b"]], "A1")
    tab.insert_row(["a"], 1)
    tab.delete_rows(2)
    assert tab.get_all_values() == [["a"]]
    tab.format("A1", {"textFormat": {"bold": True}})
    tab.freeze(rows=1)
    tab.set_basic_filter("A1:B5")
    tab.merge_cells("C1:D1")
    tab.add_protected_range("A1:A1", [])
    tab.resize(rows=10, cols=6)
    tab.hide_columns(1, 2)
    found = shared.fetch_sheet_metadata()["sheets"][0]
    assert found["properties"]["gridProperties"] == {
        "rowCount": 10,
        "columnCount": 6,
        "frozenRowCount": 1,
    }
    assert {"basicFilter", "merges", "protectedRanges"} <= found.keys()
    tab.clear_basic_filter()
    assert "basicFilter" not in shared.fetch_sheet_metadata()["sheets"][0]


def test_a_refusal_is_gspreads_own_error(shared: gspread.Spreadsheet) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range: Không!A1"):
        shared.values_get("Không!A1")
    with pytest.raises(gspread.exceptions.WorksheetNotFound):
        shared.worksheet("Không")


def test_a_spreadsheet_is_created_as_gspread_does_it(client: gspread.Client) -> None:
    made = client.create("Bảng mới")
    assert [tab.title for tab in made.worksheets()] == ["Sheet1"]
    assert made.title == "Bảng mới"
