"""Rows and columns: inserted, deleted, appended, sized; and all that moves with them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_google.sheets.book import Book, grid


def lines(start: int, end: int, dimension: str = "ROWS") -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def insert(start: int, end: int, dimension: str = "ROWS", **more: Any) -> dict[str, Any]:
    return {"insertDimension": {"range": lines(start, end, dimension), **more}}


def delete(start: int, end: int, dimension: str = "ROWS") -> dict[str, Any]:
    return {"deleteDimension": {"range": lines(start, end, dimension)}}


def size(book: Book) -> tuple[int, int]:
    properties = book.sheet()["properties"]["gridProperties"]
    return properties["rowCount"], properties["columnCount"]


def test_rows_inserted_and_deleted_move_the_cells_below(book: Book) -> None:
    book.write("A1:A3", [["a"], ["b"], ["c"]])
    book.batch(insert(1, 3))
    assert book.values("A1:A5") == [["a"], [], [], ["b"], ["c"]]
    assert size(book) == (1002, 26)
    book.batch(delete(0, 2))
    assert book.values("A1:A3") == [[], ["b"], ["c"]]
    assert size(book) == (1000, 26)


def test_columns_inserted_and_deleted_move_the_cells_beside(book: Book) -> None:
    book.write("A1:C1", [["a", "b", "c"]])
    book.batch(insert(1, 2, "COLUMNS"), delete(2, 3, "COLUMNS"))
    assert book.values("A1:C1") == [["a", "", "c"]]


def test_an_append_adds_blank_lines_at_the_end(book: Book) -> None:
    book.batch({"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 4}})
    assert size(book) == (1000, 30)


def test_every_range_moves_with_its_cells_and_goes_with_them(book: Book) -> None:
    red = {"rgbColor": {"red": 1}}
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "Trễ"}]}
    rule = {"condition": condition, "format": {"backgroundColorStyle": red}}
    series = {"series": {"sourceRange": {"sources": [grid(4, 9, 1, 2)]}}}
    spec = {"basicChart": {"chartType": "COLUMN", "series": [series]}}
    anchor = {"sheetId": 0, "rowIndex": 6, "columnIndex": 3}
    position = {"overlayPosition": {"anchorCell": anchor}}
    bands = {
        "range": grid(4, 9, 0, 5),
        "rowProperties": {"firstBandColorStyle": red, "secondBandColorStyle": red},
    }
    two = [grid(0, 2, 0, 1), grid(4, 9, 0, 5)]
    book.batch(
        {"mergeCells": {"range": grid(0, 2, 0, 2), "mergeType": "MERGE_ALL"}},
        {"mergeCells": {"range": grid(4, 9, 4, 5), "mergeType": "MERGE_ALL"}},
        {"setBasicFilter": {"filter": {"range": grid(4, 9, 0, 5)}}},
        {"addProtectedRange": {"protectedRange": {"range": grid(4, 9, 0, 5)}}},
        {"addBanding": {"bandedRange": bands}},
        {"addConditionalFormatRule": {"rule": {"ranges": two, "booleanRule": rule}}},
        {"addChart": {"chart": {"spec": spec, "position": position}}},
    )
    book.batch(delete(0, 3))
    found = book.sheet()
    moved = {"startRowIndex": 1, "endRowIndex": 6, "startColumnIndex": 0, "endColumnIndex": 5}
    column = {"startRowIndex": 1, "endRowIndex": 6, "startColumnIndex": 4, "endColumnIndex": 5}
    assert found["merges"] == [column]
    assert found["basicFilter"]["range"] == moved
    assert found["protectedRanges"][0]["range"] == moved
    assert found["bandedRanges"][0]["range"] == moved
    assert found["conditionalFormats"][0]["ranges"] == [moved]
    chart = found["charts"][0]
    sources = chart["spec"]["basicChart"]["series"][0]["series"]["sourceRange"]["sources"]
    assert (sources[0]["startRowIndex"], sources[0]["endRowIndex"]) == (1, 6)
    assert chart["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 3, "columnIndex": 3}
    book.batch(delete(1, 6))
    found = book.sheet()
    assert not {"merges", "basicFilter", "protectedRanges", "bandedRanges"} & found.keys()
    assert "conditionalFormats" not in found


def test_a_range_grows_by_rows_inserted_inside_and_not_by_rows_before_it(book: Book) -> None:
    book.batch({"setBasicFilter": {"filter": {"range": grid(2, 4, 0, 1)}}})
    book.batch(insert(3, 4), insert(2, 3))
    found = book.sheet()["basicFilter"]["range"]
    assert (found["startRowIndex"], found["endRowIndex"]) == (3, 6)


def test_metadata_sticks_to_its_row(book: Book) -> None:
    location = {"dimensionRange": lines(3, 4)}
    metadata = {"metadataKey": "q", "visibility": "DOCUMENT", "location": location}
    book.batch({"createDeveloperMetadata": {"developerMetadata": metadata}}, insert(0, 2))
    lookup = {"developerMetadataLookup": {"metadataKey": "q"}}
    gone = book.batch({"deleteDeveloperMetadata": {"dataFilter": lookup}})
    reply = gone["replies"][0]["deleteDeveloperMetadata"]["deletedDeveloperMetadata"][0]
    assert reply["location"]["dimensionRange"]["startIndex"] == 5


def test_new_lines_look_like_their_neighbour(book: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    cell = {"range": grid(0, 1, 0, 1), "cell": bold, "fields": "userEnteredFormat"}
    book.batch({"repeatCell": cell}, insert(1, 2, inheritFromBefore=True))
    assert book.cells("A2")[0][0]["userEnteredFormat"] == bold["userEnteredFormat"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (delete(0, 1000), "deleteDimension: You can't delete all the rows on the sheet."),
        (delete(5, 5), "deleteDimension: endIndex must be after startIndex."),
        (delete(999, 1001), "deleteDimension: Index 1001 is beyond the last row of: 1000"),
        (
            insert(0, 1, inheritFromBefore=True),
            "insertDimension: Cannot inherit from before the first row or column.",
        ),
        (
            {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 10**6}},
            "appendDimension: This action would increase the number of cells in the workbook "
            "above the limit of 10000000 cells.",
        ),
    ],
)
def test_lines_that_cannot_come_or_go_are_refused(
    book: Book, request_: dict[str, Any], message: str
) -> None:
    assert book.refusal(request_) == (400, f"Invalid requests[0].{message}")


def test_the_rows_that_are_not_frozen_cannot_all_be_deleted(book: Book) -> None:
    properties = {"gridProperties": {"frozenRowCount": 1}}
    fields = "gridProperties.frozenRowCount"
    book.batch({"updateSheetProperties": {"properties": properties, "fields": fields}})
    status, message = book.refusal(delete(1, 1000))
    assert (status, message) == (
        400,
        "Invalid requests[0].deleteDimension: Sorry, it is not possible to delete all "
        "non-frozen rows.",
    )


def test_sizes_are_set_and_told_with_the_cells(book: Book) -> None:
    body = {
        "range": lines(1, 2, "COLUMNS"),
        "properties": {"pixelSize": 180, "hiddenByUser": True},
        "fields": "pixelSize,hiddenByUser",
    }
    book.batch({"updateDimensionProperties": body})
    data = book.get(ranges=["A1:C1"], includeGridData=True)["sheets"][0]["data"][0]
    wide = {"pixelSize": 180, "hiddenByUser": True}
    assert data["columnMetadata"] == [{"pixelSize": 100}, wide, {"pixelSize": 100}]
    assert data["rowMetadata"] == [{"pixelSize": 21}]


def test_a_column_grows_to_its_longest_text(book: Book) -> None:
    book.write("A1", [["Trường Mầm non Mẫu 01, phường Mẫu, thành phố Mẫu"]])
    book.batch({"autoResizeDimensions": {"dimensions": lines(0, 2, "COLUMNS")}})
    data = book.get(ranges=["A1:B1"], includeGridData=True)["sheets"][0]["data"][0]
    first, second = (column["pixelSize"] for column in data["columnMetadata"])
    assert first > 100
    assert second == 100
