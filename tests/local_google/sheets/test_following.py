"""What follows when rows, columns and cells move: formulas, names, filters, objects."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_google.sheets.book import Book, grid
from tests.local_google.sheets.test_dimensions import delete, insert, lines


def formulas(book: Book, area: str) -> list[list[Any]]:
    return book.values(area, valueRenderOption="FORMULA")


def write_formulas(book: Book, area: str, values: Any) -> None:
    book.write(area, values, "USER_ENTERED")


def move(start: int, end: int, to: int, dimension: str = "ROWS") -> dict[str, Any]:
    source = lines(start, end, dimension)
    return {"moveDimension": {"source": source, "destinationIndex": to}}


def name(label: str, area: dict[str, int], name_id: str = "n1") -> dict[str, Any]:
    made = {"namedRangeId": name_id, "name": label, "range": area}
    return {"addNamedRange": {"namedRange": made}}


def test_formulas_follow_rows_that_come_and_go(book: Book) -> None:
    write_formulas(book, "C1:C2", [["=SUM(A1:A9)"], ["=A5*2"]])
    book.batch(insert(2, 4))
    assert formulas(book, "C1:C2") == [["=SUM(A1:A11)"], ["=A7*2"]]
    book.batch(delete(4, 8))
    assert formulas(book, "C1:C2") == [["=SUM(A1:A7)"], ["=#REF!*2"]]


def test_a_move_is_counted_before_it(book: Book) -> None:
    """The example of the reference: 1 and 2 between 3 and 4."""
    book.write("A1:A5", [[0], [1], [2], [3], [4]])
    write_formulas(book, "C1", [["=A2+SUM(A1:A5)"]])
    book.batch(move(1, 3, 4))
    assert book.values("A1:A5") == [["0"], ["3"], ["1"], ["2"], ["4"]]
    assert formulas(book, "C1") == [["=A3+SUM(A1:A5)"]]
    book.batch(move(2, 4, 0))
    assert book.values("A1:A5") == [["1"], ["2"], ["0"], ["3"], ["4"]]


def test_columns_move_with_their_sizes_and_metadata(book: Book) -> None:
    book.write("A1:C1", [["a", "b", "c"]])
    wide = {"range": lines(0, 1, "COLUMNS"), "properties": {"pixelSize": 180}}
    location = {"dimensionRange": lines(0, 1, "COLUMNS")}
    metadata = {"metadataKey": "q", "visibility": "DOCUMENT", "location": location}
    book.batch(
        {"updateDimensionProperties": {**wide, "fields": "pixelSize"}},
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
        move(0, 1, 3, "COLUMNS"),
    )
    assert book.values("A1:C1") == [["b", "c", "a"]]
    data = book.get(ranges=["A1:C1"], includeGridData=True)["sheets"][0]["data"][0]
    assert [column["pixelSize"] for column in data["columnMetadata"]] == [100, 100, 180]
    assert [bool(column.get("developerMetadata")) for column in data["columnMetadata"]] == [
        False,
        False,
        True,
    ]


def test_a_named_range_is_read_by_name_and_follows_its_cells(book: Book) -> None:
    book.write("A1:B2", [[1, 2], [3, 4]])
    reply = book.batch(name("Bang_diem", grid(0, 2, 0, 2)))["replies"][0]
    made = {"namedRangeId": "n1", "name": "Bang_diem"}
    area = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    assert reply == {"addNamedRange": {"namedRange": made | {"range": area}}}
    assert book.range("bang_diem")["range"] == "Sheet1!A1:B2"
    book.batch(insert(1, 2))
    assert book.get()["namedRanges"][0]["range"] == area | {"endRowIndex": 3}
    write_formulas(book, "D1", [["=sum(bang_diem)+a1:a1"]])
    change = {"namedRange": {"namedRangeId": "n1", "name": "Diem"}, "fields": "name"}
    book.batch({"updateNamedRange": change})
    assert formulas(book, "D1") == [["=sum(Diem)+A1"]]
    assert book.values("Diem") == [["1", "2"], [], ["3", "4"]]
    book.batch({"deleteNamedRange": {"namedRangeId": "n1"}})
    assert "namedRanges" not in book.get()


def test_a_named_range_goes_before_a_sheet_of_that_name_that_is_not_quoted(book: Book) -> None:
    book.batch(name("Sheet1", grid(0, 1, 0, 1)))
    assert book.range("Sheet1")["range"] == "Sheet1!A1"
    assert book.range("'Sheet1'")["range"] == "Sheet1!A1:Z1000"


@pytest.mark.parametrize("label", ["A1", "R1C1", "2026", "có dấu cách", "true"])
def test_what_cannot_be_a_name_is_refused(book: Book, label: str) -> None:
    message = f"Invalid requests[0].addNamedRange: The name of the named range is invalid: {label}"
    assert book.refusal(name(label, grid(0, 1, 0, 1))) == (400, message)


def test_a_name_is_given_once(book: Book) -> None:
    book.batch(name("Ten", grid(0, 1, 0, 1)))
    assert book.refusal(name("ten", grid(1, 2, 0, 1), "n2")) == (
        400,
        "Invalid requests[0].addNamedRange: Cannot add named range with name ten, a named range "
        "with that name already exists.",
    )


def test_cells_are_inserted_and_deleted_and_their_band_moves(book: Book) -> None:
    book.write("A1:B3", [[1, "x"], [2, "y"], [3, "z"]])
    write_formulas(book, "D1", [["=A2+B2+SUM(A1:A3)"]])
    book.batch({"insertRange": {"range": grid(1, 2, 0, 1), "shiftDimension": "ROWS"}})
    assert book.values("A1:B4") == [["1", "x"], ["", "y"], ["2", "z"], ["3"]]
    assert formulas(book, "D1") == [["=A3+B2+SUM(A1:A4)"]]
    book.batch({"deleteRange": {"range": grid(0, 1, 0, 1), "shiftDimension": "COLUMNS"}})
    assert book.values("A1:B1") == [["x"]]
    assert book.refusal({"deleteRange": {"range": grid(0, 1, 0, 1)}}) == (
        400,
        "Invalid requests[0].deleteRange: No dimension specified.",
    )


def test_nothing_is_pushed_off_the_grid(book: Book) -> None:
    book.write("A1000", [["cuối"]])
    request = {"insertRange": {"range": grid(0, 1, 0, 1), "shiftDimension": "ROWS"}}
    assert book.refusal(request)[0] == 501
    assert book.values("A1000") == [["cuối"]]


def test_a_merge_is_not_torn_by_a_move(book: Book) -> None:
    book.batch({"mergeCells": {"range": grid(1, 3, 0, 1), "mergeType": "MERGE_ALL"}})
    assert book.refusal(move(2, 4, 0)) == (
        400,
        "Invalid requests[0].moveDimension: Sorry, it is not possible to move a row to a position "
        "that crosses a merged cell. Please unmerge and try again.",
    )
    book.batch(move(1, 3, 6))
    assert (book.sheet()["merges"][0]["startRowIndex"], len(book.sheet()["merges"])) == (4, 1)


def group(kind: str, start: int, end: int, dimension: str = "COLUMNS") -> dict[str, Any]:
    return {kind: {"range": lines(start, end, dimension)}}


def groups(book: Book, kind: str = "columnGroups") -> list[tuple[int, int, int]]:
    found = book.sheet().get(kind, [])
    return [(g["range"]["startIndex"], g["range"]["endIndex"], g["depth"]) for g in found]


@pytest.mark.parametrize(
    ("first", "second"),
    [((2, 4), (1, 5)), ((1, 5), (2, 4))],
)
def test_groups_nest_as_the_reference_says(
    book: Book, first: tuple[int, int], second: tuple[int, int]
) -> None:
    book.batch(group("addDimensionGroup", *first), group("addDimensionGroup", *second))
    assert groups(book) == [(1, 5, 1), (2, 4, 2)]
    book.batch(group("deleteDimensionGroup", 3, 5))
    assert groups(book) == [(1, 4, 1), (2, 3, 2)]


def test_groups_that_overlap_are_joined(book: Book) -> None:
    book.batch(group("addDimensionGroup", 1, 4), group("addDimensionGroup", 2, 5))
    assert groups(book) == [(1, 5, 1), (2, 4, 2)]


def test_a_group_is_collapsed_and_follows_its_rows(book: Book) -> None:
    made = book.batch(group("addDimensionGroup", 1, 3, "ROWS"))["replies"][0]
    span = {"dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    assert made["addDimensionGroup"]["dimensionGroups"] == [{"range": span, "depth": 1}]
    change = {"range": lines(1, 3), "depth": 1, "collapsed": True}
    book.batch({"updateDimensionGroup": {"dimensionGroup": change, "fields": "collapsed"}})
    data = book.get(ranges=["A1:A4"], includeGridData=True)["sheets"][0]["data"][0]
    hidden = [row.get("hiddenByUser", False) for row in data["rowMetadata"]]
    assert hidden == [False, True, True, False]
    book.batch(insert(0, 1))
    assert book.sheet()["rowGroups"] == [
        {"range": span | {"startIndex": 2, "endIndex": 4}, "depth": 1, "collapsed": True}
    ]
    assert book.refusal(group("deleteDimensionGroup", 5, 6, "ROWS"))[0] == 400


def test_a_sheet_that_is_deleted_takes_what_names_it(book: Book) -> None:
    book.batch({"addSheet": {"properties": {"sheetId": 7, "title": "Đơn vị"}}})
    write_formulas(book, "A1", [["='Đơn vị'!B2+A2"]])
    place = {"spreadsheet": True}
    kept = {"metadataKey": "k", "visibility": "DOCUMENT", "location": place}
    gone = kept | {"location": {"sheetId": 7}}
    book.batch(
        name("Ten", grid(0, 1, 0, 1, 7)),
        {"createDeveloperMetadata": {"developerMetadata": kept}},
        {"createDeveloperMetadata": {"developerMetadata": gone}},
    )
    change = {"properties": {"sheetId": 7, "title": "Trường"}, "fields": "title"}
    book.batch({"updateSheetProperties": change})
    assert formulas(book, "A1") == [["='Trường'!B2+A2"]]
    book.batch({"deleteSheet": {"sheetId": 7}})
    assert formulas(book, "A1") == [["=#REF!+A2"]]
    found = book.get()
    assert "namedRanges" not in found
    assert len(found["developerMetadata"]) == 1
