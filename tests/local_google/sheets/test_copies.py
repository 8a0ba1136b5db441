"""Copies of tabs, here and in another spreadsheet, and what data filters choose."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.local_google.sheets.book import Book, Sheets, grid
from tests.local_google.sheets.test_dimensions import lines
from tests.local_google.sheets.test_following import formulas, write_formulas
from tests.local_google.sheets.test_objects import add_rule, chart, rule


def duplicate(**parts: Any) -> dict[str, Any]:
    return {"duplicateSheet": {"sourceSheetId": 0, **parts}}


def filled(book: Book) -> Book:
    write_formulas(book, "A1:B2", [["1", "=A1*2"], ["2", "=SUM(Sheet1!A1:A2)"]])
    book.batch(
        {"mergeCells": {"range": grid(4, 5, 0, 2), "mergeType": "MERGE_ALL"}},
        {"addProtectedRange": {"protectedRange": {"range": grid(0, 1, 0, 1)}}},
        add_rule(rule(grid(0, 2, 0, 1), "NUMBER_GREATER", "1")),
        chart(8),
    )
    return book


def test_a_duplicate_has_all_but_the_protection_under_new_ids(book: Book) -> None:
    reply = filled(book).batch(duplicate(newSheetId=9, insertSheetIndex=1))["replies"][0]
    properties = reply["duplicateSheet"]["properties"]
    assert (properties["sheetId"], properties["title"], properties["index"]) == (
        9,
        "Copy of Sheet1",
        1,
    )
    made = book.sheet(1)
    assert made["properties"] == properties
    assert "protectedRanges" not in made
    assert made["merges"][0]["sheetId"] == 9
    assert made["conditionalFormats"][0]["ranges"][0]["sheetId"] == 9
    assert made["charts"][0]["chartId"] != 8
    assert made["charts"][0]["position"]["overlayPosition"]["anchorCell"]["sheetId"] == 9
    assert formulas(book, "'Copy of Sheet1'!A1:B2") == [
        [1, "=A1*2"],
        [2, "=SUM('Copy of Sheet1'!A1:A2)"],
    ]
    book.write("'Copy of Sheet1'!A1", [[7]])
    assert book.values("Sheet1!A1") == [["1"]]


def test_a_duplicate_without_an_index_stands_first(book: Book) -> None:
    book.batch(duplicate(newSheetName="Bản sao"), duplicate())
    titles = [one["properties"]["title"] for one in book.get()["sheets"]]
    assert titles == ["Copy of Sheet1", "Bản sao", "Sheet1"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"sourceSheetId": 5}, "No grid with id: 5"),
        ({"newSheetId": 0}, "already exists."),
        (
            {"newSheetName": "SHEET1"},
            'A sheet with the name "SHEET1" already exists. Please enter another name.',
        ),
    ],
)
def test_duplicates_that_cannot_be_are_refused(
    book: Book, parts: dict[str, Any], words: str
) -> None:
    status, message = book.refusal(duplicate(**parts))
    assert status == 400
    assert message.startswith("Invalid requests[0].duplicateSheet: ")
    assert message.endswith(words)


def copy_to(sheets: Sheets, source: Book, target: str, sheet_id: int = 0) -> dict[str, Any]:
    body = {"destinationSpreadsheetId": target}
    call = sheets.service.sheets().copyTo(spreadsheetId=source.id, sheetId=sheet_id, body=body)
    answer: dict[str, Any] = call.execute()
    return answer


def test_a_tab_is_copied_into_another_spreadsheet(book: Book, sheets: Sheets) -> None:
    other = sheets.book(title="Đích")
    made = copy_to(sheets, filled(book), other.id)
    assert (made["title"], made["index"]) == ("Copy of Sheet1", 1)
    assert other.sheet(1)["properties"] == made
    assert formulas(other, "'Copy of Sheet1'!A1:B2") == [
        [1, "=A1*2"],
        [2, "=SUM('Copy of Sheet1'!A1:A2)"],
    ]
    source = other.sheet(1)["charts"][0]["spec"]["basicChart"]["series"][0]["series"]
    assert source["sourceRange"]["sources"][0]["sheetId"] == made["sheetId"]


def test_a_copy_needs_both_ends(book: Book, sheets: Sheets) -> None:
    for target, sheet_id, status in ((book.id, 5, 400), ("khong-co", 0, 404)):
        with pytest.raises(HttpError) as refused:
            copy_to(sheets, book, target, sheet_id)
        assert refused.value.resp.status == status


def by_key(key: str) -> dict[str, Any]:
    return {"developerMetadataLookup": {"metadataKey": key}}


@pytest.fixture
def marked(book: Book) -> Book:
    """Six cells; row 2 and column B carry metadata, and so does the spreadsheet."""
    book.write("A1:C2", [["a", "b", "c"], ["d", "e", "f"]])
    places = {
        "hang": {"dimensionRange": lines(1, 2)},
        "cot": {"dimensionRange": lines(1, 2, "COLUMNS")},
        "tat-ca": {"spreadsheet": True},
    }
    for key, location in places.items():
        made = {"metadataKey": key, "visibility": "DOCUMENT", "location": location}
        book.batch({"createDeveloperMetadata": {"developerMetadata": made}})
    return book


def test_values_are_read_where_the_metadata_is(marked: Book) -> None:
    filters = [by_key("hang"), by_key("cot"), {"a1Range": "A1:B1"}]
    answer = marked.of_values("batchGetByDataFilter", body={"dataFilters": filters})
    found = {
        one["valueRange"]["range"]: (one["valueRange"].get("values"), one["dataFilters"])
        for one in answer["valueRanges"]
    }
    assert found == {
        "Sheet1!A2:Z2": ([["d", "e", "f"]], [filters[0]]),
        "Sheet1!B1:B1000": ([["b"], ["e"]], [filters[1]]),
        "Sheet1!A1:B1": ([["a", "b"]], [filters[2]]),
    }


def test_values_are_written_and_cleared_where_the_metadata_is(marked: Book) -> None:
    data = [{"dataFilter": by_key("hang"), "values": [["x", "y"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    answer = marked.of_values("batchUpdateByDataFilter", body=body)
    assert answer["totalUpdatedCells"] == 2
    assert answer["responses"] == [
        {
            "updatedRange": "Sheet1!A2:B2",
            "updatedRows": 1,
            "updatedColumns": 2,
            "updatedCells": 2,
            "dataFilter": by_key("hang"),
        }
    ]
    assert marked.values("A2:C2") == [["x", "y", "f"]]
    cleared = marked.of_values("batchClearByDataFilter", body={"dataFilters": [by_key("cot")]})
    assert cleared["clearedRanges"] == ["Sheet1!B1:B1000"]
    assert marked.values("A1:C2") == [["a", "", "c"], ["x", "", "f"]]


def test_what_does_not_fit_is_written_nowhere(marked: Book) -> None:
    data = [
        {"dataFilter": {"a1Range": "A1"}, "values": [["mới"]]},
        {"dataFilter": by_key("hang"), "values": [["x"], ["y"]]},
    ]
    with pytest.raises(HttpError) as refused:
        marked.of_values("batchUpdateByDataFilter", body={"valueInputOption": "RAW", "data": data})
    assert refused.value.resp.status == 400
    assert marked.values("A1") == [["a"]]


def test_the_spreadsheet_by_data_filter(marked: Book, sheets: Sheets) -> None:
    body = {"dataFilters": [{"gridRange": grid(1, 2, 0, 1)}], "includeGridData": True}
    found = sheets.service.getByDataFilter(spreadsheetId=marked.id, body=body).execute()
    data = found["sheets"][0]["data"][0]
    assert data["startRow"] == 1
    assert data["rowData"][0]["values"][0]["formattedValue"] == "d"


def test_a_filter_by_a_tab_that_is_gone_refuses_the_read(marked: Book, sheets: Sheets) -> None:
    """As the strictest reading has it: nothing of the tabs that are there either."""
    body = {"dataFilters": [{"gridRange": {"sheetId": 0}}, {"gridRange": {"sheetId": 404}}]}
    with pytest.raises(HttpError) as refused:
        sheets.service.getByDataFilter(spreadsheetId=marked.id, body=body).execute()
    assert (refused.value.resp.status, refused.value.reason) == (400, "No grid with id: 404")


@pytest.mark.parametrize(
    ("data_filter", "keys"),
    [
        ({"a1Range": "A2:A3"}, ["hang"]),
        ({"gridRange": grid(0, 9, 0, 9)}, ["hang", "cot"]),
        ({"developerMetadataLookup": {"metadataLocation": {"sheetId": 0}}}, ["hang", "cot"]),
        (
            {
                "developerMetadataLookup": {
                    "metadataLocation": {"dimensionRange": lines(1, 2)},
                    "locationMatchingStrategy": "EXACT_LOCATION",
                }
            },
            ["hang"],
        ),
        ({"developerMetadataLookup": {"metadataLocation": {"spreadsheet": True}}}, ["tat-ca"]),
        ({"developerMetadataLookup": {"locationType": "COLUMN"}}, ["cot"]),
    ],
)
def test_metadata_is_found_by_place(
    marked: Book, data_filter: dict[str, Any], keys: list[str]
) -> None:
    found = marked.of_metadata("search", body={"dataFilters": [data_filter]})
    matched = found["matchedDeveloperMetadata"]
    assert [one["developerMetadata"]["metadataKey"] for one in matched] == keys


def test_a_border_of_a_chart(book: Book) -> None:
    border = {"objectId": 8, "border": {"color": {"red": 1}}, "fields": "color"}
    book.batch(chart(8), {"updateEmbeddedObjectBorder": border})
    assert book.sheet()["charts"][0]["border"] == {
        "color": {"red": 1},
        "colorStyle": {"rgbColor": {"red": 1}},
    }
    assert book.refusal({"updateEmbeddedObjectBorder": border | {"objectId": 9}})[0] == 400
