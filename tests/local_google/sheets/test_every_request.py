"""Each kind of batchUpdate request: it changes what `spreadsheets.get` tells, and is refused whole.

Nothing answers `{}` and does nothing; a kind without an entry here fails the first test.
"""

from __future__ import annotations

from typing import Any

import pytest

from cchc_gforms.local_google.discovery import document
from cchc_gforms.local_google.sheets.batch import CHANGES
from tests.local_google.sheets.book import Book, grid

Body = dict[str, Any]

A1 = grid(0, 1, 0, 1)
LIST = grid(0, 5, 0, 3)
FREE = grid(20, 24, 0, 2)
NO_SHEET = {"sheetId": 404, "startRowIndex": 0, "endRowIndex": 1}
RED = {"rgbColor": {"red": 1}}


def lines(start: int, end: int, dimension: str = "ROWS", sheet: int = 0) -> Body:
    return {"sheetId": sheet, "dimension": dimension, "startIndex": start, "endIndex": end}


def text(value: str) -> Body:
    return {"userEnteredValue": {"stringValue": value}}


def rule(area: Body) -> Body:
    condition = {"type": "NOT_BLANK"}
    look = {"backgroundColorStyle": RED}
    return {"ranges": [area], "booleanRule": {"condition": condition, "format": look}}


def position(row: int = 8, sheet: int = 0) -> Body:
    return {"overlayPosition": {"anchorCell": {"sheetId": sheet, "rowIndex": row}}}


def chart(kind: str = "COLUMN") -> Body:
    series = {"series": {"sourceRange": {"sources": [grid(0, 5, 2, 3)]}}}
    return {"basicChart": {"chartType": kind, "series": [series]}}


def metadata(key: str = "k", **more: Any) -> Body:
    return {
        "metadataKey": key,
        "visibility": "DOCUMENT",
        "location": {"spreadsheet": True},
        **more,
    }


def lookup(number: int) -> Body:
    return {"developerMetadataLookup": {"metadataId": number}}


SIZE = {"rowCount": 90, "columnCount": 6}
SETUP: list[Body] = [
    {
        "updateSheetProperties": {
            "properties": {"sheetId": 0, "gridProperties": SIZE},
            "fields": "gridProperties",
        }
    },
    {"addSheet": {"properties": {"sheetId": 7, "title": "Hai", "gridProperties": SIZE}}},
    {"mergeCells": {"range": grid(10, 12, 0, 2), "mergeType": "MERGE_ALL"}},
    {"addFilterView": {"filter": {"filterViewId": 3, "range": LIST}}},
    {"addProtectedRange": {"protectedRange": {"protectedRangeId": 4, "range": A1}}},
    {"addSlicer": {"slicer": {"slicerId": 5, "spec": {"dataRange": LIST}, "position": position()}}},
    {"addChart": {"chart": {"chartId": 8, "spec": chart(), "position": position()}}},
    {
        "addBanding": {
            "bandedRange": {
                "bandedRangeId": 6,
                "range": grid(13, 15, 0, 2),
                "rowProperties": {"firstBandColorStyle": RED, "secondBandColorStyle": RED},
            }
        }
    },
    {"addNamedRange": {"namedRange": {"namedRangeId": "n1", "name": "Ten", "range": A1}}},
    {"addDimensionGroup": {"range": lines(2, 4)}},
    {"addTable": {"table": {"tableId": "t1", "name": "Bang", "range": grid(16, 18, 0, 2)}}},
    {"createDeveloperMetadata": {"developerMetadata": metadata(metadataId=9)}},
    {"addConditionalFormatRule": {"rule": rule(LIST)}},
    {"addConditionalFormatRule": {"rule": rule(A1), "index": 1}},
    {"setBasicFilter": {"filter": {"range": LIST}}},
]

# Of each kind: a request that is taken, and one that is refused.
REQUESTS: dict[str, tuple[Body, Body]] = {
    "addBanding": (
        {
            "bandedRange": {
                "range": FREE,
                "rowProperties": {"firstBandColorStyle": RED, "secondBandColorStyle": RED},
            }
        },
        {"bandedRange": {"range": FREE}},
    ),
    "addChart": (
        {"chart": {"spec": chart(), "position": position()}},
        {"chart": {"spec": {}, "position": position()}},
    ),
    "addConditionalFormatRule": ({"rule": rule(A1)}, {"rule": rule(A1), "index": 9}),
    "addDimensionGroup": ({"range": lines(6, 8)}, {"range": lines(6, 6)}),
    "addFilterView": ({"filter": {"range": LIST}}, {"filter": {}}),
    "addNamedRange": (
        {"namedRange": {"name": "Hai_ten", "range": A1}},
        {"namedRange": {"name": "ten", "range": A1}},
    ),
    "addProtectedRange": ({"protectedRange": {"range": A1}}, {"protectedRange": {}}),
    "addSheet": ({"properties": {"title": "Ba"}}, {"properties": {"title": "hai"}}),
    "addSlicer": (
        {"slicer": {"spec": {"dataRange": LIST}, "position": position()}},
        {"slicer": {"spec": {}, "position": position()}},
    ),
    "addTable": ({"table": {"range": FREE}}, {"table": {"range": LIST, "tableId": "t1"}}),
    "appendCells": (
        {"sheetId": 0, "rows": [{"values": [text("x")]}], "fields": "userEnteredValue"},
        {"sheetId": 0, "rows": [{"values": [text("x")]}], "fields": ""},
    ),
    "appendDimension": (
        {"sheetId": 0, "dimension": "ROWS", "length": 1},
        {"sheetId": 0, "dimension": "ROWS"},
    ),
    "autoResizeDimensions": (
        {"dimensions": lines(1, 2, "COLUMNS")},
        {"dimensions": lines(1, 99, "COLUMNS")},
    ),
    "clearBasicFilter": ({"sheetId": 0}, {"sheetId": 404}),
    "copyPaste": (
        {"source": A1, "destination": FREE, "pasteType": "PASTE_NORMAL"},
        {"source": A1, "destination": grid(11, 12, 0, 1)},
    ),
    "createDeveloperMetadata": (
        {"developerMetadata": metadata()},
        {"developerMetadata": metadata(metadataId=9)},
    ),
    "cutPaste": (
        {"source": grid(1, 2, 0, 1), "destination": {"rowIndex": 30}},
        {"source": grid(1, 2, 0, 1), "destination": {"rowIndex": 90}},
    ),
    "deleteBanding": ({"bandedRangeId": 6}, {"bandedRangeId": 404}),
    "deleteConditionalFormatRule": ({"sheetId": 0}, {"sheetId": 0, "index": 9}),
    "deleteDeveloperMetadata": ({"dataFilter": lookup(9)}, {"dataFilter": {}}),
    "deleteDimension": ({"range": lines(1, 2)}, {"range": lines(0, 90)}),
    "deleteDimensionGroup": ({"range": lines(2, 4)}, {"range": lines(50, 60)}),
    "deleteDuplicates": ({"range": LIST}, {"range": NO_SHEET}),
    "deleteEmbeddedObject": ({"objectId": 8}, {"objectId": 404}),
    "deleteFilterView": ({"filterId": 3}, {"filterId": 404}),
    "deleteNamedRange": ({"namedRangeId": "n1"}, {"namedRangeId": "n404"}),
    "deleteProtectedRange": ({"protectedRangeId": 4}, {"protectedRangeId": 404}),
    "deleteRange": (
        {"range": grid(1, 2, 0, 1), "shiftDimension": "COLUMNS"},
        {"range": grid(1, 2, 0, 1)},
    ),
    "deleteSheet": ({"sheetId": 7}, {"sheetId": 404}),
    "deleteTable": ({"tableId": "t1"}, {"tableId": "t404"}),
    "duplicateFilterView": ({"filterId": 3}, {"filterId": 404}),
    "duplicateSheet": ({"sourceSheetId": 7}, {"sourceSheetId": 404}),
    "findReplace": (
        {"find": "hai", "replacement": "2", "sheetId": 0},
        {"find": "hai", "replacement": "2"},
    ),
    "insertDimension": ({"range": lines(1, 2)}, {"range": lines(91, 92)}),
    "insertRange": (
        {"range": grid(1, 2, 0, 1), "shiftDimension": "COLUMNS"},
        {"range": grid(1, 2, 0, 1)},
    ),
    "mergeCells": (
        {"range": FREE, "mergeType": "MERGE_ALL"},
        {"range": grid(11, 14, 0, 1), "mergeType": "MERGE_ALL"},
    ),
    "moveDimension": (
        {"source": lines(1, 2), "destinationIndex": 4},
        {"source": lines(1, 2), "destinationIndex": 11},
    ),
    "pasteData": (
        {"coordinate": {"rowIndex": 20}, "data": "a;b", "delimiter": ";"},
        {"coordinate": {"rowIndex": 1000}, "data": "a;b", "delimiter": ";"},
    ),
    "randomizeRange": ({"range": grid(40, 80, 0, 1)}, {"range": grid(10, 14, 0, 1)}),
    "repeatCell": (
        {"range": FREE, "cell": text("x"), "fields": "userEnteredValue"},
        {"range": FREE, "cell": text("x"), "fields": "khong"},
    ),
    "setBasicFilter": (
        {"filter": {"range": LIST, "criteria": {"0": {"hiddenValues": ["hai"]}}}},
        {"filter": {"range": LIST, "criteria": {"7": {"hiddenValues": ["hai"]}}}},
    ),
    "setDataValidation": (
        {"range": FREE, "rule": {"condition": {"type": "BOOLEAN"}}},
        {"range": FREE, "rule": {"condition": {"type": "BLANK"}}},
    ),
    "sortRange": (
        {
            "range": grid(1, 5, 0, 3),
            "sortSpecs": [{"dimensionIndex": 2, "sortOrder": "ASCENDING"}],
        },
        {"range": LIST, "sortSpecs": [{"dimensionIndex": 7, "sortOrder": "ASCENDING"}]},
    ),
    "textToColumns": (
        {"source": grid(5, 6, 0, 1), "delimiterType": "COMMA"},
        {"source": grid(5, 6, 0, 2), "delimiterType": "COMMA"},
    ),
    "trimWhitespace": ({"range": LIST}, {"range": NO_SHEET}),
    "unmergeCells": ({"range": grid(10, 12, 0, 2)}, {"range": NO_SHEET}),
    "updateBanding": (
        {"bandedRange": {"bandedRangeId": 6, "range": FREE}, "fields": "range"},
        {"bandedRange": {"bandedRangeId": 404, "range": FREE}, "fields": "range"},
    ),
    "updateBorders": ({"range": FREE, "top": {"style": "SOLID"}}, {"range": NO_SHEET}),
    "updateCells": (
        {"range": A1, "rows": [{"values": [text("x")]}], "fields": "userEnteredValue"},
        {"range": A1, "rows": [{"values": [text("x")] * 2}], "fields": "userEnteredValue"},
    ),
    "updateChartSpec": (
        {"chartId": 8, "spec": chart("LINE")},
        {"chartId": 5, "spec": chart("LINE")},
    ),
    "updateConditionalFormatRule": ({"rule": rule(FREE)}, {"rule": rule(FREE), "index": 9}),
    "updateDeveloperMetadata": (
        {
            "dataFilters": [lookup(9)],
            "developerMetadata": metadata("khác"),
            "fields": "metadataKey",
        },
        {"dataFilters": [lookup(9)], "developerMetadata": {}, "fields": "metadataKey"},
    ),
    "updateDimensionGroup": (
        {"dimensionGroup": {"range": lines(2, 4), "depth": 1, "collapsed": True}, "fields": "*"},
        {"dimensionGroup": {"range": lines(2, 4), "depth": 2}, "fields": "collapsed"},
    ),
    "updateDimensionProperties": (
        {"range": lines(0, 1), "properties": {"pixelSize": 50}, "fields": "pixelSize"},
        {"range": lines(0, 1), "properties": {"pixelSize": 50}, "fields": ""},
    ),
    "updateEmbeddedObjectBorder": (
        {"objectId": 8, "border": {"colorStyle": RED}, "fields": "colorStyle"},
        {"objectId": 5, "border": {"colorStyle": RED}, "fields": "colorStyle"},
    ),
    "updateEmbeddedObjectPosition": (
        {"objectId": 5, "newPosition": position(9), "fields": "anchorCell"},
        {"objectId": 5, "newPosition": position(9, 404), "fields": "anchorCell"},
    ),
    "updateFilterView": (
        {"filter": {"filterViewId": 3, "title": "Khác"}, "fields": "title"},
        {"filter": {"filterViewId": 3}, "fields": "range"},
    ),
    "updateNamedRange": (
        {"namedRange": {"namedRangeId": "n1", "range": FREE}, "fields": "range"},
        {"namedRange": {"namedRangeId": "n1", "name": "A1"}, "fields": "name"},
    ),
    "updateProtectedRange": (
        {"protectedRange": {"protectedRangeId": 4, "range": FREE}, "fields": "range"},
        {"protectedRange": {"protectedRangeId": 404, "range": FREE}, "fields": "range"},
    ),
    "updateSheetProperties": (
        {"properties": {"sheetId": 7, "title": "Khác"}, "fields": "title"},
        {"properties": {"sheetId": 7, "title": "sheet1"}, "fields": "title"},
    ),
    "updateSlicerSpec": (
        {"slicerId": 5, "spec": {"title": "Khác"}, "fields": "title"},
        {"slicerId": 8, "spec": {"title": "Khác"}, "fields": "title"},
    ),
    "updateSpreadsheetProperties": (
        {"properties": {"title": "Khác"}, "fields": "title"},
        {"properties": {"title": ""}, "fields": "title"},
    ),
    "updateTable": (
        {"table": {"tableId": "t1", "name": "Khác"}, "fields": "name"},
        {"table": {"tableId": "t1", "range": LIST | {"startRowIndex": 12}}, "fields": "range"},
    ),
}


def test_every_kind_that_is_answered_is_tried_here() -> None:
    assert REQUESTS.keys() == CHANGES.keys()
    assert CHANGES.keys() <= document("sheets")["schemas"]["Request"]["properties"].keys()


@pytest.fixture
def full(book: Book) -> Book:
    """A spreadsheet that has one of everything."""
    book.write(
        "A1:C6",
        [
            ["tên", "một chữ rất dài, dài hơn cột của nó", "số"],
            ["hai", "x", 4],
            ["hai", " y ", 3],
            ["ba", "z", 2],
            ["ba", "z", 2],
            ["một,hai"],
        ],
    )
    book.write("A41:A80", [[number] for number in range(40)])
    book.batch(*SETUP)
    return book


@pytest.mark.parametrize("name", sorted(REQUESTS))
def test_it_changes_the_spreadsheet_and_a_failed_batch_changes_nothing(
    full: Book, name: str
) -> None:
    taken, refused = REQUESTS[name]
    before = full.get(includeGridData=True)
    status, message = full.refusal({name: taken}, {name: refused})
    assert status == 400
    assert message.startswith(f"Invalid requests[1].{name}: ")
    assert full.get(includeGridData=True) == before
    answer = full.batch({name: taken})
    assert full.get(includeGridData=True) != before
    replies = document("sheets")["schemas"]["Response"]["properties"]
    assert list(answer["replies"][0]) == ([name] if name in replies else [])


def test_the_kinds_that_are_not_answered_are_refused_by_name(book: Book) -> None:
    known = document("sheets")["schemas"]["Request"]["properties"].keys()
    left_out = {
        "addCommentReply", "deleteComment", "deleteCommentReply", "insertComment",
        "updateCommentPost", "addDataSource", "cancelDataSourceRefresh", "deleteDataSource",
        "refreshDataSource", "updateDataSource", "autoFill",
    }  # fmt: skip
    assert known - CHANGES.keys() == left_out
    for name in left_out:
        status, message = book.refusal({name: {}})
        assert status == 501
        assert name in message
