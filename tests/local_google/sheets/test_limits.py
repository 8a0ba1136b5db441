"""What the discovery document says in words only: each is refused, and leaves the file readable."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_google.sheets.book import Book, Sheets, grid

Body = dict[str, Any]
A1 = grid(0, 1, 0, 1)
RED = {"red": 1}


def repeat(style: Body, fields: str = "userEnteredFormat") -> Body:
    return {"repeatCell": {"range": A1, "cell": {"userEnteredFormat": style}, "fields": fields}}


def cells(cell: Body, fields: str) -> Body:
    return {"updateCells": {"range": A1, "rows": [{"values": [cell]}], "fields": fields}}


def banding(**colors: Any) -> Body:
    return {"addBanding": {"bandedRange": {"range": A1, "rowProperties": colors}}}


def conditional(style: Body) -> Body:
    rule = {"ranges": [A1], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": style}}
    return {"addConditionalFormatRule": {"rule": rule}}


def gradient(color: Body) -> Body:
    points = {"minpoint": {"type": "MIN", "color": color}, "maxpoint": {"type": "MAX"}}
    return {"addConditionalFormatRule": {"rule": {"ranges": [A1], "gradientRule": points}}}


def size(properties: Body, fields: str = "*") -> Body:
    lines = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    body = {"range": lines, "properties": properties, "fields": fields}
    return {"updateDimensionProperties": body}


def frozen(name: str) -> Body:
    grid_properties = {"gridProperties": {name: -1}, "sheetId": 0}
    body = {"properties": grid_properties, "fields": f"gridProperties.{name}"}
    return {"updateSheetProperties": body}


def validation(value: Body) -> Body:
    rule = {"condition": {"type": "DATE_AFTER", "values": [value]}}
    return {"setDataValidation": {"range": A1, "rule": rule}}


def sheet_metadata(kind: str) -> Body:
    location = {"spreadsheet": True, "locationType": kind}
    made = {"metadataKey": "k", "visibility": "DOCUMENT", "location": location}
    return {"createDeveloperMetadata": {"developerMetadata": made}}


TITLE = {"title": "Khác", "defaultFormat": {"wrapStrategy": "WRAP"}}
REFUSED: dict[str, Body] = {
    "a colour above 1": repeat({"backgroundColor": {"red": 1.5}}),
    "a colour below 0": repeat({"backgroundColorStyle": {"rgbColor": {"blue": -0.1}}}),
    "a colour that is no number": repeat({"backgroundColor": {"green": "NaN"}}),
    "an opacity above 1": repeat({"backgroundColor": {"alpha": 2}}),
    "a border's colour": {
        "updateBorders": {"range": A1, "top": {"style": "SOLID", "color": {"red": 255}}}
    },
    "a band's colour": banding(firstBandColor={"red": 255}, secondBandColor=RED),
    "a gradient's colour": gradient({"red": 255}),
    "one band alone": banding(firstBandColor=RED),
    "the second band alone": banding(secondBandColor=RED),
    "no height": size({"pixelSize": 0}),
    "a negative height": size({"pixelSize": -4}),
    "frozen rows": frozen("frozenRowCount"),
    "frozen columns": frozen("frozenColumnCount"),
    "a negative font": repeat({"textFormat": {"fontSize": -1}}),
    "an angle": repeat({"textRotation": {"angle": 500}}),
    "a padding": repeat({"padding": {"top": -5}}),
    "a format without type": repeat({"numberFormat": {"pattern": "0.0"}}),
    "a pattern left open": repeat({"numberFormat": {"type": "NUMBER", "pattern": "[[["}}),
    "a quote left open": repeat({"numberFormat": {"type": "NUMBER", "pattern": '0"cm'}}),
    "a date that moves": validation({"relativeDate": "TODAY"}),
    "a font in a condition": conditional({"textFormat": {"fontSize": 20}}),
    "an alignment in a condition": conditional({"horizontalAlignment": "CENTER"}),
    "a line under in a condition": conditional({"textFormat": {"underline": True}}),
    **{
        f"{name} by its mask": cells({name: {}} if name.startswith("eff") else {name: "x"}, name)
        for name in ("effectiveValue", "effectiveFormat", "formattedValue", "hyperlink")
    },
    "a shown text under a star": cells({"formattedValue": "x"}, "*"),
    "rows that a filter hides": size({"hiddenByFilter": True}, "hiddenByFilter"),
    "the default format": {
        "updateSpreadsheetProperties": {"properties": TITLE, "fields": "defaultFormat"}
    },
    "the default format under a star": {
        "updateSpreadsheetProperties": {
            "properties": {**TITLE, "locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"},
            "fields": "*",
        }
    },
    "a place of another type": sheet_metadata("SHEET"),
    "a start off the grid": {
        "updateCells": {"start": {"rowIndex": -1}, "rows": [{}], "fields": "note"}
    },
}


@pytest.mark.parametrize("request_", REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_and_changes_nothing(book: Book, request_: Body) -> None:
    before = book.get(includeGridData=True)
    status, message = book.refusal(request_)
    assert status == 400
    assert message.startswith(f"Invalid requests[0].{next(iter(request_))}: ")
    assert book.get(includeGridData=True) == before


def test_fractions_are_refused_as_not_here(book: Book) -> None:
    request = repeat({"numberFormat": {"type": "NUMBER", "pattern": "# ?/?"}})
    assert book.refusal(request)[0] == 501
    book.batch(repeat({"numberFormat": {"type": "DATE", "pattern": "d/m/yyyy"}}))


SORT = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
WITHOUT_A_PLACE: dict[str, Body] = {
    "repeatCell": {"cell": {"note": "x"}, "fields": "note"},
    "updateBorders": {"top": {"style": "SOLID"}},
    "deleteRange": {"shiftDimension": "ROWS"},
    "insertRange": {"shiftDimension": "ROWS"},
    "sortRange": {"sortSpecs": SORT},
    "randomizeRange": {},
    "setDataValidation": {},
    "mergeCells": {"mergeType": "MERGE_ALL"},
    "unmergeCells": {},
    "deleteDuplicates": {},
    "trimWhitespace": {},
    "textToColumns": {"delimiterType": "COMMA"},
    "copyPaste": {"source": A1, "pasteType": "PASTE_NORMAL"},
    "cutPaste": {"source": A1, "pasteType": "PASTE_NORMAL"},
    "setBasicFilter": {"filter": {}},
    "addFilterView": {"filter": {}},
    "addNamedRange": {"namedRange": {"name": "a"}},
    "addBanding": {"bandedRange": {"rowProperties": {"firstBandColor": RED}}},
    "addProtectedRange": {"protectedRange": {}},
    "addConditionalFormatRule": {
        "rule": {"booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
    },
    "addTable": {"table": {"name": "a"}},
    "deleteDimension": {},
    "insertDimension": {},
    "moveDimension": {},
    "updateDimensionProperties": {"properties": {"pixelSize": 9}, "fields": "pixelSize"},
    "autoResizeDimensions": {},
    "addDimensionGroup": {},
    "deleteSheet": {},
    "findReplace": {"find": "a", "replacement": "b"},
    "updateCells": {"rows": [], "fields": "note"},
}


@pytest.mark.parametrize("name", WITHOUT_A_PLACE)
def test_a_request_without_its_place_is_not_one_for_the_first_tab(book: Book, name: str) -> None:
    book.batch({"addSheet": {}})
    book.write("Sheet1!A1:A3", [["b"], ["a"], ["a"]])
    before = book.get(includeGridData=True)
    assert book.refusal({name: WITHOUT_A_PLACE[name]})[0] == 400
    assert book.get(includeGridData=True) == before


def test_a_place_that_names_nothing_is_the_first_tab(book: Book) -> None:
    """Zeros may be left out on the wire: an empty range is all of tab 0."""
    book.batch({"repeatCell": {"range": {}, "cell": {"note": "x"}, "fields": "note"}})
    assert book.cells("Z1000")[0][0]["note"] == "x"


def test_a_band_keeps_its_range(book: Book) -> None:
    colors = {"firstBandColor": RED, "secondBandColor": {"blue": 1}}
    band = {"bandedRangeId": 5, "rowProperties": colors}
    book.batch({"addBanding": {"bandedRange": {**band, "range": A1}}})
    update = {"updateBanding": {"bandedRange": band, "fields": "*"}}
    assert book.refusal(update)[0] == 400
    assert book.refusal({"updateBanding": {"bandedRange": band, "fields": "range"}})[0] == 400
    assert book.sheet()["bandedRanges"][0]["range"] == {
        name: index for name, index in A1.items() if name != "sheetId"
    }


def test_a_star_leaves_the_default_format(book: Book) -> None:
    before = book.get()["properties"]
    asked = {"title": "Khác", "locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"}
    book.batch({"updateSpreadsheetProperties": {"properties": asked, "fields": "*"}})
    found = book.get()["properties"]
    assert found["title"] == "Khác"
    assert found["defaultFormat"] == before["defaultFormat"]


def tab(**properties: Any) -> Body:
    return {"properties": properties}


def sized(rows: int, columns: int) -> Body:
    return {"gridProperties": {"rowCount": rows, "columnCount": columns}}


CELL = {"effectiveValue": {"numberValue": 1}, "formattedValue": "1"}
NOT_CREATED: dict[str, Body] = {
    "too many cells": {"sheets": [tab(**sized(1_000_000, 11))]},
    "too many cells together": {"sheets": [tab(title=n, **sized(600_000, 10)) for n in "ab"]},
    "too many columns": {"sheets": [tab(**sized(1, 18_279))]},
    "all tabs hidden": {"sheets": [tab(title="a", hidden=True), tab(title="b", hidden=True)]},
    "its id": {"spreadsheetId": "x"},
    "its address": {"spreadsheetUrl": "http://localhost/x"},
    "its default format": {"properties": {"defaultFormat": {"wrapStrategy": "WRAP"}}},
    "what a cell shows": {"sheets": [{"data": [{"rowData": [{"values": [CELL]}]}]}]},
    "a colour": {"sheets": [tab(tabColor={"red": 9})]},
}


@pytest.mark.parametrize("body", NOT_CREATED.values(), ids=NOT_CREATED.keys())
def test_a_spreadsheet_beyond_the_limits_is_not_created(sheets: Sheets, body: Body) -> None:
    with pytest.raises(HttpError) as refused:
        sheets.service.create(body=body).execute()
    assert refused.value.resp.status == 400


def test_a_spreadsheet_takes_what_the_limits_allow(sheets: Sheets) -> None:
    body = {"sheets": [tab(title="a", hidden=True), tab(title="b", **sized(1, 18_278))]}
    assert len(sheets.service.create(body=body).execute()["sheets"]) == 2
