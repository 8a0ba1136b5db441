"""Every method of gspread's Worksheet and Spreadsheet that asks the Sheets API."""

from __future__ import annotations

from typing import Any

import gspread
import pytest
from gspread.utils import (
    Dimension,
    MergeType,
    PasteOrientation,
    PasteType,
    TableDirection,
    ValidationConditionType,
    ValueInputOption,
    ValueRenderOption,
)

from tests.local_google.sheets.book import Book, Sheets

ROWS: list[list[Any]] = [
    ["Tên", "Số", "Ghi chú"],
    ["An", 3, "x"],
    ["Bình", 1, "y"],
    ["Chi", 2, "z"],
]


@pytest.fixture
def tab(shared: gspread.Spreadsheet) -> gspread.Worksheet:
    """Four rows in A1:C4."""
    tab = shared.sheet1
    tab.update(ROWS, "A1")
    return tab


def wire(tab: gspread.Worksheet) -> dict[str, Any]:
    found: dict[str, Any] = tab.spreadsheet.fetch_sheet_metadata()["sheets"][0]
    return found


def sizes(tab: gspread.Worksheet, name: str, area: str) -> list[dict[str, Any]]:
    params: dict[str, Any] = {"ranges": area, "includeGridData": True}
    data = tab.spreadsheet.fetch_sheet_metadata(params)["sheets"][0]["data"][0]
    found: list[dict[str, Any]] = data[name]
    return found


def test_reading(tab: gspread.Worksheet) -> None:
    assert tab.cell(2, 1).value == "An"
    assert [cell.value for cell in tab.range("A1:B2")] == ["Tên", "Số", "An", "3"]
    assert tab.row_values(2) == ["An", "3", "x"]
    assert tab.col_values(2, ValueRenderOption.unformatted) == ["Số", 3, 1, 2]
    assert tab.get_all_records()[1] == {"Tên": "Bình", "Số": 1, "Ghi chú": "y"}
    assert tab.get_all_cells()[26].value == "An"
    assert tab.batch_get(["A1:A2", "B2"], major_dimension=Dimension.cols) == [
        [["Tên", "An"]],
        [["3"]],
    ]
    assert [cell.address for cell in tab.findall("An")] == ["A2"]
    assert tab.get("A1:C9", pad_values=True, maintain_size=True)[8] == ["", "", ""]
    assert tab.expand("A1", TableDirection.table) == [[str(v) for v in row] for row in ROWS]


def test_writing(tab: gspread.Worksheet) -> None:
    tab.update_acell("A2", "Ân")
    tab.update_cell(2, 2, 9)
    cells = tab.range("A3:B3")
    for cell in cells:
        cell.value = "mới"
    tab.update_cells(cells)
    tab.append_rows([["Dung", 4], ["Em", 5]], ValueInputOption.user_entered)
    answer = tab.update(
        [["p", "q"]],
        "A8",
        major_dimension=Dimension.cols,
        include_values_in_response=True,
        response_value_render_option=ValueRenderOption.unformatted,
    )
    assert answer["updatedData"]["values"] == [["p", "q"]]
    assert tab.get("A2:B9") == [
        ["Ân", "9"], ["mới", "mới"], ["Chi", "2"], ["Dung", "4"], ["Em", "5"], [], ["p"], ["q"],
    ]  # fmt: skip


def test_rows_and_columns(tab: gspread.Worksheet) -> None:
    tab.insert_rows([["Giữa", 0]], row=2, inherit_from_before=True)
    tab.insert_cols([["Đầu", "1"]], col=1)
    assert tab.get("A1:C2") == [["Đầu", "Tên", "Số"], ["1", "Giữa", "0"]]
    tab.delete_columns(1)
    tab.delete_dimension(Dimension.rows, 2)
    tab.add_rows(5)
    tab.add_cols(2)
    assert tab.get("A1:C4") == [[str(value) for value in row] for row in ROWS]
    grid = wire(tab)["properties"]["gridProperties"]
    assert (grid["rowCount"], grid["columnCount"]) == (1005, 28)
    tab.resize(20, 4)
    tab.freeze(rows=1, cols=1)
    tab.hide_gridlines()
    assert wire(tab)["properties"]["gridProperties"] == {
        "rowCount": 20,
        "columnCount": 4,
        "frozenRowCount": 1,
        "frozenColumnCount": 1,
        "hideGridlines": True,
    }
    tab.show_gridlines()
    assert "hideGridlines" not in wire(tab)["properties"]["gridProperties"]


def test_hidden_lines_and_their_sizes(tab: gspread.Worksheet) -> None:
    tab.hide_columns(1, 2)
    tab.hide_rows(0, 1)
    assert sizes(tab, "columnMetadata", "A1:C1")[1]["hiddenByUser"] is True
    assert sizes(tab, "rowMetadata", "A1:A2")[0]["hiddenByUser"] is True
    tab.unhide_columns(1, 2)
    tab.unhide_rows(0, 1)
    assert "hiddenByUser" not in sizes(tab, "columnMetadata", "A1:C1")[1]
    tab.update_acell("A2", "một tên thật dài hơn cột")
    tab.columns_auto_resize(0, 1)
    tab.rows_auto_resize(0, 1)
    assert sizes(tab, "columnMetadata", "A1")[0]["pixelSize"] > 100


def test_groups(tab: gspread.Worksheet) -> None:
    tab.add_dimension_group_columns(1, 3)
    tab.add_dimension_group_rows(2, 5)
    columns = {"range": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 3}, "depth": 1}
    rows = {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 5}, "depth": 1}
    assert tab.list_dimension_group_columns() == [columns]
    assert tab.list_dimension_group_rows() == [rows]
    tab.delete_dimension_group_columns(1, 3)
    tab.delete_dimension_group_rows(2, 5)
    assert tab.list_dimension_group_columns() == []
    assert tab.list_dimension_group_rows() == []


def test_sorting_and_filters(tab: gspread.Worksheet) -> None:
    tab.freeze(rows=1)
    tab.sort((2, "asc"))
    assert tab.col_values(1) == ["Tên", "Bình", "Chi", "An"]
    tab.sort((1, "des"), range="A2:C4")
    assert tab.col_values(1) == ["Tên", "Chi", "Bình", "An"]
    tab.set_basic_filter()
    assert wire(tab)["basicFilter"]["range"]["endRowIndex"] == 1000
    tab.clear_basic_filter()
    assert "basicFilter" not in wire(tab)


def test_copies_and_cuts(tab: gspread.Worksheet) -> None:
    tab.copy_range("A1:B2", "E1")
    tab.copy_range("A1:B2", "E5", PasteType.values, PasteOrientation.transpose)
    tab.cut_range("C1:C4", "H1")
    assert tab.get("E1:F2") == [["Tên", "Số"], ["An", "3"]]
    assert tab.get("E5:F6") == [["Tên", "An"], ["Số", "3"]]
    assert tab.get("H1:H4") == [["Ghi chú"], ["x"], ["y"], ["z"]]
    assert tab.get("C1:C4") == [[]]


def test_merges(tab: gspread.Worksheet) -> None:
    tab.merge_cells("A6:B7", MergeType.merge_rows)
    tab.batch_merge([{"range": "D6:D7"}])
    assert len(wire(tab)["merges"]) == 3
    tab.unmerge_cells("A6:B7")
    assert len(wire(tab)["merges"]) == 1


def test_notes(shared: gspread.Spreadsheet) -> None:
    tab = shared.sheet1
    tab.insert_note("A1", "ghi chú 1")
    tab.insert_notes({"B2": "ghi chú 2", "C3": "ghi chú 3"})
    tab.update_note("A1", "sửa")
    assert tab.get_note("A1") == "sửa"
    assert tab.get_notes() == [["sửa"], ["", "ghi chú 2"], ["", "", "ghi chú 3"]]
    tab.clear_note("A1")
    tab.clear_notes(["B2", "C3"])
    assert tab.get_note("B2") == ""


def test_formats(tab: gspread.Worksheet) -> None:
    bold = {"textFormat": {"bold": True}}
    tab.format(["A1:C1", "A3"], bold)
    tab.batch_format([{"range": "B2:B4", "format": {"numberFormat": {"type": "PERCENT"}}}])
    assert tab.get("B2:B4") == [["300.00%"], ["100.00%"], ["200.00%"]]
    params: dict[str, Any] = {
        "ranges": "A1:A3",
        "fields": "sheets.data.rowData.values.userEnteredFormat",
    }
    data = tab.spreadsheet.fetch_sheet_metadata(params)["sheets"][0]["data"][0]["rowData"]
    assert data == [
        {"values": [{"userEnteredFormat": bold}]},
        {"values": [{}]},
        {"values": [{"userEnteredFormat": bold}]},
    ]


def test_validation(tab: gspread.Worksheet, book: Book) -> None:
    values = ["Có", "Không"]
    tab.add_validation("D2:D4", ValidationConditionType.one_of_list, values, showCustomUi=True)
    rule = book.cells("D2")[0][0]["dataValidation"]
    assert rule["condition"]["values"] == [{"userEnteredValue": value} for value in values]
    assert rule["showCustomUi"] is True


def test_names_and_protection(tab: gspread.Worksheet) -> None:
    book = tab.spreadsheet
    reply = tab.define_named_range("A2:A4", "Ten_goi")["replies"][0]
    name_id = reply["addNamedRange"]["namedRange"]["namedRangeId"]
    assert [one["name"] for one in book.list_named_ranges()] == ["Ten_goi"]
    assert [cell.value for cell in book.named_range("Ten_goi")] == ["An", "Bình", "Chi"]
    assert tab.get("Ten_goi") == [["An"], ["Bình"], ["Chi"]]
    tab.delete_named_range(name_id)
    assert book.list_named_ranges() == []
    made = tab.add_protected_range("A1:C1", ["an@cchc.example"], description="đầu bảng")
    protected_id = made["replies"][0]["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    listed = book.list_protected_ranges(tab.id)
    assert [one["protectedRangeId"] for one in listed] == [protected_id]
    tab.delete_protected_range(protected_id)
    assert book.list_protected_ranges(tab.id) == []


def test_tabs_of_a_spreadsheet(shared: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.update_tab_color("#ff0000")
    assert wire(tab)["properties"]["tabColorStyle"] == {"rgbColor": {"red": 1}}
    tab.clear_tab_color()
    assert "tabColorStyle" not in wire(tab)["properties"]
    copy = tab.duplicate(insert_sheet_index=1, new_sheet_name="Bản sao")
    assert copy.get("A1:B1") == [["Tên", "Số"]]
    other = shared.duplicate_sheet(tab.id, new_sheet_id=77)
    assert (other.id, other.title, other.index) == (77, "Copy of Sheet1", 0)
    shared.reorder_worksheets([tab, copy, other])
    assert [one.title for one in shared.worksheets()] == ["Sheet1", "Bản sao", "Copy of Sheet1"]
    copy.update_index(0)
    assert [one.title for one in shared.worksheets()] == ["Bản sao", "Sheet1", "Copy of Sheet1"]
    copy.hide()
    assert [one.title for one in shared.worksheets(exclude_hidden=True)] == [
        "Sheet1",
        "Copy of Sheet1",
    ]
    copy.show()
    shared.del_worksheet_by_id(77)
    assert shared.get_worksheet_by_id(copy.id).title == "Bản sao"


def test_a_copy_into_another_spreadsheet(tab: gspread.Worksheet, sheets: Sheets) -> None:
    other = sheets.book(title="Đích")
    made = tab.copy_to(other.id)
    assert made["title"] == "Copy of Sheet1"
    assert other.values("'Copy of Sheet1'!A1:B1") == [["Tên", "Số"]]


def test_the_spreadsheet(shared: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    shared.update_title("Tên mới")
    shared.update_timezone("Asia/Ho_Chi_Minh")
    shared.update_locale("vi_VN")
    properties = shared.fetch_sheet_metadata()["properties"]
    assert (properties["title"], properties["timeZone"], properties["locale"]) == (
        "Tên mới",
        "Asia/Ho_Chi_Minh",
        "vi_VN",
    )
    shared.values_update("A1", {"valueInputOption": "RAW"}, {"values": [["x"]]})
    append: dict[str, Any] = {"valueInputOption": "USER_ENTERED", "insertDataOption": "INSERT_ROWS"}
    shared.values_append("Sheet1!A1", append, {"values": [["1,5"]]})
    body = {"valueInputOption": "RAW", "data": [{"range": "B1", "values": [[7]]}]}
    shared.values_batch_update(body)
    assert shared.values_get("A1:B5")["values"][4] == ["1,5"]
    shared.values_clear("A1")
    shared.values_batch_clear(body={"ranges": ["B1", "A5"]})
    assert tab.get("A1:B1") == [[]]
    assert tab.get("A5") == [[]]
