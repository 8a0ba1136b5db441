"""Spreadsheets and tabs: create, get, properties, addSheet, deleteSheet, and all or nothing."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from cchc_gforms.local_google.serve import Running
from tests.local_google.sheets.book import Book, Sheets, grid
from tests.local_google.sheets.conftest import token


def add(**properties: Any) -> dict[str, Any]:
    return {"addSheet": {"properties": properties}}


def update(fields: str, **properties: Any) -> dict[str, Any]:
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def titles(book: Book) -> list[str]:
    return [sheet["properties"]["title"] for sheet in book.get()["sheets"]]


def test_a_new_spreadsheet_is_as_google_makes_it(book: Book) -> None:
    found = book.get()
    assert list(found) == ["spreadsheetId", "properties", "sheets", "spreadsheetUrl"]
    assert found["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]
    properties = found["properties"]
    assert properties["title"] == "Sổ mẫu"
    assert properties["locale"] == "en_US"
    assert properties["timeZone"] == "Etc/GMT"
    assert properties["autoRecalc"] == "ON_CHANGE"
    assert len(properties["spreadsheetTheme"]["themeColors"]) == 9
    assert found["spreadsheetUrl"].endswith(f"/spreadsheets/d/{book.id}/edit")


def test_a_spreadsheet_is_made_with_its_sheets_and_their_cells(sheets: Sheets) -> None:
    cell = {"userEnteredValue": {"stringValue": "=1+1"}}
    body = {
        "properties": {"title": "x", "locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"},
        "sheets": [
            {
                "properties": {"title": "Một", "sheetId": 5, "gridProperties": {"rowCount": 3}},
                "data": [{"startRow": 1, "startColumn": 1, "rowData": [{"values": [cell]}]}],
            },
            {"properties": {"title": "Hai", "hidden": True}},
        ],
    }
    made = sheets.service.create(body=body).execute()
    first, second = (sheet["properties"] for sheet in made["sheets"])
    assert (first["sheetId"], first["gridProperties"]) == (5, {"rowCount": 3, "columnCount": 26})
    assert second["hidden"] is True
    assert Book(sheets, made["spreadsheetId"]).values("Một") == [[], ["", "=1+1"]]


@pytest.mark.parametrize(
    ("properties", "status"),
    [({"timeZone": "Asia/Nowhere"}, 400), ({"locale": "xx_YY"}, 501), ({"no": 1}, 400)],
)
def test_a_spreadsheet_of_an_unknown_zone_or_locale_is_not_made(
    sheets: Sheets, properties: dict[str, Any], status: int
) -> None:
    with pytest.raises(HttpError) as refused:
        sheets.service.create(body={"properties": properties}).execute()
    assert refused.value.resp.status == status


def test_an_unknown_spreadsheet_is_not_found(sheets: Sheets) -> None:
    with pytest.raises(HttpError) as refused:
        sheets.service.get(spreadsheetId="1" + "x" * 43).execute()
    assert refused.value.resp.status == 404
    assert refused.value.reason == "Requested entity was not found."


def test_ranges_leave_only_their_sheets_and_a_field_mask_keeps_empty_parents(book: Book) -> None:
    book.batch(add(title="Hai", sheetId=2))
    assert [s["properties"]["title"] for s in book.get(ranges=["Hai!A1"])["sheets"]] == ["Hai"]
    assert book.get(fields="sheets(properties(tabColor))") == {
        "sheets": [{"properties": {}}, {"properties": {}}]
    }


def test_a_tab_is_added_where_it_is_asked_for_with_the_id_it_is_given(book: Book) -> None:
    answer = book.batch(add(title="Đầu", sheetId=77, index=0), add())
    first, second = (reply["addSheet"]["properties"] for reply in answer["replies"])
    assert first == {
        "sheetId": 77,
        "title": "Đầu",
        "index": 0,
        "sheetType": "GRID",
        "gridProperties": {"rowCount": 1000, "columnCount": 26},
    }
    assert (second["title"], second["index"]) == ("Sheet3", 2)
    assert titles(book) == ["Đầu", "Sheet1", "Sheet3"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            [add(title="SHEET1")],
            'Invalid requests[0].addSheet: A sheet with the name "SHEET1" already exists. '
            "Please enter another name.",
        ),
        ([add(sheetId=0)], "Invalid requests[0].addSheet: Sheet with id 0 already exists."),
        (
            [{"deleteSheet": {"sheetId": 0}}],
            "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.",
        ),
        (
            [add(hidden=True, sheetId=2), {"deleteSheet": {"sheetId": 0}}],
            "Invalid requests[1].deleteSheet: You can't remove all the visible sheets in a "
            "document.",
        ),
        (
            [update("hidden", sheetId=0, hidden=True)],
            "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a "
            "document.",
        ),
        (
            [update("title", sheetId=9, title="x")],
            "Invalid requests[0].updateSheetProperties: No grid with id: 9",
        ),
        (
            [update("colour", sheetId=0)],
            "Invalid requests[0].updateSheetProperties: Invalid field: colour",
        ),
        (
            [{"updateSheetProperties": {"properties": {"sheetId": 0, "title": "x"}}}],
            "Invalid requests[0].updateSheetProperties: At least one field must be listed in "
            "'fields'. (Use '*' to indicate all fields.)",
        ),
        (
            [update("gridProperties.frozenRowCount", gridProperties={"frozenRowCount": 1000})],
            "Invalid requests[0].updateSheetProperties: You can't freeze all visible rows on the "
            "sheet.",
        ),
        (
            [update("gridProperties.rowCount", gridProperties={"rowCount": 400_000})],
            "Invalid requests[0].updateSheetProperties: This action would increase the number of "
            "cells in the workbook above the limit of 10000000 cells.",
        ),
        ([{}], "Invalid requests[0]: No request set."),
        ([], "Must specify at least one request."),
    ],
)
def test_what_cannot_be_done_to_tabs_is_refused_in_googles_words(
    book: Book, asked: list[dict[str, Any]], message: str
) -> None:
    assert book.refusal(*asked) == (400, message)


def test_a_batch_of_which_one_request_fails_changes_nothing(book: Book) -> None:
    book.write("A1", [["giữ"]])
    before = book.get(includeGridData=True)
    cells = {"rows": [{"values": [{"userEnteredValue": {"stringValue": "mới"}}]}]}
    status, message = book.refusal(
        add(title="Thừa"),
        {"updateCells": {"range": grid(0, 1, 0, 1), "fields": "userEnteredValue", **cells}},
        {"deleteSheet": {"sheetId": 404}},
    )
    assert (status, message) == (400, "Invalid requests[2].deleteSheet: No grid with id: 404")
    assert book.get(includeGridData=True) == before


def test_a_request_that_is_not_there_is_named(book: Book) -> None:
    status, message = book.refusal({"addDataSource": {"dataSource": {}}})
    assert status == 501
    assert "addDataSource" in message


def test_tab_properties_are_set_by_their_mask_and_defaults_vanish(book: Book) -> None:
    grid_properties = {"rowCount": 20, "columnCount": 5, "frozenRowCount": 1, "hideGridlines": True}
    book.batch(
        update(
            "title,gridProperties,tabColorStyle",
            sheetId=0,
            title="Tổng quan",
            gridProperties=grid_properties,
            tabColorStyle={"rgbColor": {"red": 1}},
        )
    )
    found = book.sheet()["properties"]
    assert found["title"] == "Tổng quan"
    assert found["gridProperties"] == grid_properties
    assert found["tabColor"] == {"red": 1}
    assert found["tabColorStyle"] == {"rgbColor": {"red": 1}}
    book.batch(
        update("gridProperties(frozenRowCount,hideGridlines)", gridProperties={"frozenRowCount": 0})
    )
    assert book.sheet()["properties"]["gridProperties"] == {"rowCount": 20, "columnCount": 5}


@pytest.mark.parametrize(
    ("sheet", "index", "order"),
    [
        (1, 2, ["B", "A", "C"]),
        (1, 3, ["B", "C", "A"]),
        (3, 0, ["C", "A", "B"]),
        (3, 2, ["A", "B", "C"]),
        (1, 1, ["A", "B", "C"]),
    ],
)
def test_a_tab_moves_to_a_place_counted_before_the_move(
    book: Book, sheet: int, index: int, order: list[str]
) -> None:
    book.batch(
        add(title="A", sheetId=1), add(title="B", sheetId=2), add(title="C", sheetId=3),
        {"deleteSheet": {"sheetId": 0}},
    )  # fmt: skip
    book.batch(update("index", sheetId=sheet, index=index))
    assert titles(book) == order


def test_shrinking_a_tab_cuts_off_what_lies_beyond(book: Book) -> None:
    book.write("A1:B3", [["a", "b"], ["c", "d"], ["e", "f"]])
    book.batch(
        update(
            "gridProperties(rowCount,columnCount)",
            gridProperties={"rowCount": 2, "columnCount": 1},
        )
    )
    assert book.range("Sheet1") == {
        "range": "Sheet1!A1:A2",
        "majorDimension": "ROWS",
        "values": [["a"], ["c"]],
    }


def test_a_new_title_renames_the_file_too(book: Book, server: Running) -> None:
    answer = book.batch(
        {"updateSpreadsheetProperties": {"properties": {"title": "Mới"}, "fields": "title"}},
        includeSpreadsheetInResponse=True,
    )
    assert answer["replies"] == [{}]
    assert answer["updatedSpreadsheet"]["properties"]["title"] == "Mới"
    file = requests.get(
        f"{server.url}/drive/v3/files/{book.id}",
        headers={"Authorization": f"Bearer {token(server.url)}"},
        timeout=10,
    )
    assert file.json()["name"] == "Mới"


def test_a_spreadsheet_cannot_lose_its_zone(book: Book) -> None:
    status, _ = book.refusal(
        {"updateSpreadsheetProperties": {"properties": {"title": "x"}, "fields": "*"}}
    )
    assert status == 400
    assert book.get()["properties"]["timeZone"] == "Etc/GMT"


def test_a_request_and_its_mask_may_be_written_in_snake_case(book: Book) -> None:
    """As gspread-pandas freezes rows; googleapiclient's own body goes out as it is given."""
    properties = {"sheet_id": 0, "grid_properties": {"frozen_row_count": 2}}
    mask = "grid_properties(frozen_row_count, frozen_column_count)"
    book.batch({"update_sheet_properties": {"properties": properties, "fields": mask}})
    grid_properties = {"rowCount": 1000, "columnCount": 26, "frozenRowCount": 2}
    assert book.sheet()["properties"]["gridProperties"] == grid_properties
