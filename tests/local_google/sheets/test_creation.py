"""`spreadsheets.create` with all that a sheet can have."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_google.sheets.book import Book, Sheets, grid
from tests.local_google.sheets.test_dimensions import lines
from tests.local_google.sheets.test_objects import rule


def create(sheets: Sheets, *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"properties": {"title": "Mới"}, "sheets": list(parts), **more}
    made: dict[str, Any] = sheets.service.create(body=body).execute()
    return made


def test_what_lies_over_the_cells_is_created_with_them(sheets: Sheets) -> None:
    first = {
        "properties": {"sheetId": 3, "title": "Một"},
        "data": [{"rowData": [{"values": [{"userEnteredValue": {"stringValue": "đầu"}}]}]}],
        "merges": [grid(1, 3, 0, 2, 3)],
        "conditionalFormats": [rule(grid(0, 9, n, n + 1, 3), "NOT_BLANK") for n in range(2)],
        "basicFilter": {"range": grid(0, 9, 0, 3, 3)},
        "filterViews": [{"filterViewId": 6, "range": grid(0, 9, 0, 3, 3), "title": "Xem"}],
        "protectedRanges": [{"protectedRangeId": 4, "range": {"sheetId": 3}}],
        "rowGroups": [{"range": lines(4, 6) | {"sheetId": 3}, "depth": 1, "collapsed": True}],
        "tables": [{"tableId": "t", "name": "Bang", "range": grid(20, 25, 0, 2, 3)}],
    }
    second = {"properties": {"sheetId": 8, "title": "Hai"}}
    named = {"namedRangeId": "n", "name": "Ten", "range": grid(0, 1, 0, 1, 8)}
    made = create(sheets, first, second, namedRanges=[named])
    one, two = made["sheets"]
    assert [sheet["properties"]["title"] for sheet in (one, two)] == ["Một", "Hai"]
    assert one["merges"] == [grid(1, 3, 0, 2, 3)]
    columns = [r["ranges"][0]["startColumnIndex"] for r in one["conditionalFormats"]]
    assert columns == [0, 1]
    assert one["basicFilter"]["range"] == grid(0, 9, 0, 3, 3)
    assert one["filterViews"][0]["title"] == "Xem"
    assert one["protectedRanges"][0]["protectedRangeId"] == 4
    assert one["rowGroups"][0]["collapsed"] is True
    assert one["tables"][0]["name"] == "Bang"
    assert made["namedRanges"] == [named]
    book = Book(sheets, made["spreadsheetId"])
    assert book.get()["sheets"] == made["sheets"]
    assert book.values("Một!A1") == [["đầu"]]


def test_a_spreadsheet_that_cannot_be_is_not_created(sheets: Sheets) -> None:
    wrong = {"properties": {"sheetId": 3}, "merges": [grid(0, 1, 0, 1, 404)]}
    with pytest.raises(HttpError) as refused:
        create(sheets, wrong)
    assert (refused.value.resp.status, refused.value.reason) == (400, "No grid with id: 404")
