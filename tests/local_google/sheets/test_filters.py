"""Basic filters, filter views, slicers and data validation, read back as they were stored."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_google.sheets.book import Book, grid
from tests.local_google.sheets.test_dimensions import delete, insert
from tests.local_google.sheets.test_following import formulas, write_formulas

HEADER = [["Đơn vị", "Kết quả", "Ngày"]]
ROWS = [["A", "Đạt", 3], ["B", "Trễ", 1], ["C", "Đạt", 2], ["D", "", 4]]


def spec(column: int, **criteria: Any) -> dict[str, Any]:
    return {"columnIndex": column, "filterCriteria": criteria}


def hide(column: int, *texts: str) -> dict[str, Any]:
    return spec(column, hiddenValues=list(texts))


def greater(value: str) -> dict[str, Any]:
    return {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": value}]}


def set_filter(area: dict[str, int], **more: Any) -> dict[str, Any]:
    return {"setBasicFilter": {"filter": {"range": area, **more}}}


def hidden(book: Book) -> list[int]:
    data = book.get(ranges=["A1:A10"], includeGridData=True)["sheets"][0]["data"][0]
    sizes = enumerate(data["rowMetadata"])
    return [row for row, size in sizes if size.get("hiddenByFilter")]


@pytest.fixture
def listed(book: Book) -> Book:
    """A header and four rows in A1:C5."""
    book.write("A1:C5", HEADER + ROWS)
    return book


AREA = grid(0, 5, 0, 3)


@pytest.mark.parametrize(
    ("specs", "rows"),
    [
        ([hide(1, "Trễ")], [2]),
        ([hide(1, "")], [4]),
        ([spec(2, condition=greater("2"))], [2, 3]),
        ([hide(1, "Trễ"), spec(2, condition=greater("2"))], [2, 3]),
        ([spec(1, condition={"type": "NOT_BLANK"})], [4]),
    ],
)
def test_a_filter_hides_the_rows_that_fail(listed: Book, specs: Any, rows: list[int]) -> None:
    listed.batch(set_filter(AREA, filterSpecs=specs))
    assert hidden(listed) == rows
    listed.batch({"clearBasicFilter": {"sheetId": 0}})
    assert hidden(listed) == []
    assert "basicFilter" not in listed.sheet()


def test_criteria_are_answered_in_both_forms(listed: Book) -> None:
    listed.batch(set_filter(AREA, criteria={"1": {"hiddenValues": ["Trễ"]}}))
    found = listed.sheet()["basicFilter"]
    assert found["criteria"] == {"1": {"hiddenValues": ["Trễ"]}}
    assert found["filterSpecs"] == [hide(1, "Trễ")]
    assert hidden(listed) == [2]


def test_a_filter_sorts_under_its_header(listed: Book) -> None:
    orders = [{"dimensionIndex": 2, "sortOrder": "ASCENDING"}]
    listed.batch(set_filter(AREA, sortSpecs=orders))
    assert [row[0] for row in listed.values("A1:A5")] == ["Đơn vị", "B", "C", "A", "D"]


def test_a_filter_and_its_hidden_rows_follow(listed: Book) -> None:
    listed.batch(set_filter(AREA, filterSpecs=[hide(1, "Trễ"), spec(2, condition=greater("0"))]))
    listed.batch(insert(0, 1), insert(0, 1, "COLUMNS"), delete(3, 4, "COLUMNS"))
    found = listed.sheet()["basicFilter"]
    assert found["filterSpecs"] == [hide(2, "Trễ")]
    assert list(found["criteria"]) == ["2"]
    assert hidden(listed) == [3]


@pytest.mark.parametrize(
    ("specs", "status"),
    [
        ([hide(3, "x")], 400),
        ([spec(1, condition={"type": "NUMBER_GREATER"})], 400),
        ([spec(1, condition={"type": "TEXT_IS_EMAIL"})], 400),
        ([spec(1, condition={"type": "CUSTOM_FORMULA"})], 400),
        ([spec(1, condition={"type": "FILTER_EXPRESSION"})], 501),
        ([spec(1, visibleBackgroundColor={"red": 1})], 501),
    ],
)
def test_a_filter_that_cannot_be_is_refused(listed: Book, specs: Any, status: int) -> None:
    refused, message = listed.refusal(set_filter(AREA, filterSpecs=specs))
    assert refused == status
    assert "basicFilter" not in listed.sheet()
    assert message


def view(**parts: Any) -> dict[str, Any]:
    made = {"filterViewId": 3, "title": "Trễ hạn", "range": AREA, **parts}
    return {"addFilterView": {"filter": made}}


def test_a_filter_view_is_added_changed_duplicated_and_deleted(listed: Book) -> None:
    area = {name: end for name, end in AREA.items() if name != "sheetId"}
    reply = listed.batch(view(filterSpecs=[hide(1, "Đạt")]))["replies"][0]
    both = {"criteria": {"1": {"hiddenValues": ["Đạt"]}}, "filterSpecs": [hide(1, "Đạt")]}
    made = {"filterViewId": 3, "title": "Trễ hạn", "range": area, **both}
    assert reply == {"addFilterView": {"filter": made}}
    assert listed.sheet()["filterViews"] == [made]
    assert hidden(listed) == []
    change = {"filterViewId": 3, "criteria": {"2": {"condition": greater("1")}}}
    listed.batch({"updateFilterView": {"filter": change, "fields": "criteria"}})
    assert listed.sheet()["filterViews"][0]["filterSpecs"] == [spec(2, condition=greater("1"))]
    copy = listed.batch({"duplicateFilterView": {"filterId": 3}})["replies"][0]
    copied = copy["duplicateFilterView"]["filter"]
    assert copied["title"] == "Copy of Trễ hạn"
    assert copied["filterViewId"] != 3
    listed.batch({"deleteFilterView": {"filterId": 3}})
    assert listed.sheet()["filterViews"] == [copied]


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (view(), "A filter view with id 3 already exists."),
        ({"addFilterView": {"filter": {"title": "x"}}}, "Filter view must specify a range."),
        ({"deleteFilterView": {"filterId": 9}}, "No filter view with ID: 9"),
        ({"duplicateFilterView": {"filterId": 9}}, "No filter view with ID: 9"),
        (
            {"updateFilterView": {"filter": {"filterViewId": 3}}},
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
    ],
)
def test_filter_views_that_cannot_be_are_refused(
    listed: Book, request_: dict[str, Any], words: str
) -> None:
    listed.batch(view())
    name = next(iter(request_))
    assert listed.refusal(request_) == (400, f"Invalid requests[0].{name}: {words}")


def slicer(**parts: Any) -> dict[str, Any]:
    made = {
        "slicerId": 5,
        "spec": {"dataRange": AREA, "columnIndex": 1, "title": "Kết quả", **parts},
        "position": {"overlayPosition": {"anchorCell": {"sheetId": 0, "columnIndex": 4}}},
    }
    return {"addSlicer": {"slicer": made}}


def test_a_slicer_is_added_changed_moved_and_deleted(listed: Book) -> None:
    made = listed.batch(slicer())["replies"][0]["addSlicer"]["slicer"]
    area = {name: end for name, end in AREA.items() if name != "sheetId"}
    assert made["spec"] == {"dataRange": area, "columnIndex": 1, "title": "Kết quả"}
    assert listed.sheet()["slicers"] == [made]
    change = {"filterCriteria": {"hiddenValues": ["Trễ"]}, "backgroundColor": {"red": 1}}
    fields = "filterCriteria,backgroundColor"
    listed.batch({"updateSlicerSpec": {"slicerId": 5, "spec": change, "fields": fields}})
    listed.batch(insert(0, 1, "COLUMNS"), insert(2, 3, "COLUMNS"))
    found = listed.sheet()["slicers"][0]
    assert found["spec"]["title"] == "Kết quả"
    assert found["spec"]["filterCriteria"] == {"hiddenValues": ["Trễ"]}
    assert found["spec"]["backgroundColorStyle"] == {"rgbColor": {"red": 1}}
    # The range lies in B1:E5 now, with a blank column between the first two.
    assert found["spec"]["columnIndex"] == 2
    assert found["position"]["overlayPosition"]["anchorCell"] == {"columnIndex": 6}
    position = {"overlayPosition": {"anchorCell": {"rowIndex": 7}, "widthPixels": 201}}
    move = {"objectId": 5, "newPosition": position, "fields": "anchorCell,widthPixels"}
    listed.batch({"updateEmbeddedObjectPosition": move})
    placed = listed.sheet()["slicers"][0]["position"]["overlayPosition"]
    assert (placed["anchorCell"], placed["widthPixels"]) == ({"rowIndex": 7}, 201)
    listed.batch({"deleteEmbeddedObject": {"objectId": 5}})
    assert "slicers" not in listed.sheet()


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (slicer(), "An embedded object with id 5 already exists."),
        ({"addSlicer": {"slicer": {"spec": {}}}}, "Slicer must specify a dataRange."),
        (
            {"updateSlicerSpec": {"slicerId": 9, "spec": {}, "fields": "title"}},
            "No embedded object with ID: 9",
        ),
        (
            {"updateSlicerSpec": {"slicerId": 5, "spec": {"columnIndex": 3}, "fields": "*"}},
            "Slicer must specify a dataRange.",
        ),
        (
            {
                "updateSlicerSpec": {
                    "slicerId": 5,
                    "spec": {"columnIndex": 3},
                    "fields": "columnIndex",
                }
            },
            "Column 3 is outside the range.",
        ),
    ],
)
def test_slicers_that_cannot_be_are_refused(
    listed: Book, request_: dict[str, Any], words: str
) -> None:
    listed.batch(slicer())
    name = next(iter(request_))
    assert listed.refusal(request_) == (400, f"Invalid requests[0].{name}: {words}")


def validate(kind: str, *values: str) -> dict[str, Any]:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    rule = {"condition": condition, "strict": True, "inputMessage": "Chọn"}
    return {"setDataValidation": {"range": grid(0, 2, 0, 1), "rule": rule}}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("NUMBER_GREATER", ["10"]),
        ("NUMBER_BETWEEN", ["1", "=$B$1"]),
        ("TEXT_CONTAINS", ["x"]),
        ("TEXT_IS_EMAIL", []),
        ("DATE_ON_OR_AFTER", ["2026-01-31"]),
        ("ONE_OF_RANGE", ["=Sheet1!B1:B9"]),
        ("ONE_OF_LIST", ["Có", "Không"]),
        ("CUSTOM_FORMULA", ["=$B$1>1"]),
        ("BOOLEAN", ["Có", "Không"]),
    ],
)
def test_each_kind_of_validation_is_kept(book: Book, kind: str, values: list[str]) -> None:
    book.batch(validate(kind, *values))
    rules = [row[0]["dataValidation"] for row in book.cells("A1:A2")]
    wire = [{"userEnteredValue": value} for value in values]
    condition = {"type": kind} | ({"values": wire} if wire else {})
    assert rules == [{"condition": condition, "strict": True, "inputMessage": "Chọn"}] * 2
    book.batch({"setDataValidation": {"range": grid(0, 2, 0, 1)}})
    assert book.cells("A1:A2") == []


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("NUMBER_GREATER", [], "got 0 values"),
        ("NUMBER_GREATER", ["mười"], "Invalid ConditionValue.userEnteredValue: mười"),
        ("DATE_IS_VALID", ["1"], "got 1 values"),
        ("BOOLEAN", ["a", "b", "c"], "got 3 values"),
        ("BLANK", [], "not supported by data validation"),
        ("CUSTOM_FORMULA", ["B1>1"], "Invalid ConditionValue.userEnteredValue: B1>1"),
    ],
)
def test_a_validation_that_cannot_be_is_refused(
    book: Book, kind: str, values: list[str], words: str
) -> None:
    status, message = book.refusal(validate(kind, *values))
    assert status == 400
    assert words in message


def test_a_validation_follows_the_cells_it_names(book: Book) -> None:
    write_formulas(book, "D1", [["=SUM(B1:B9)"]])
    book.batch(validate("ONE_OF_RANGE", "=Sheet1!B3:B9"), insert(2, 3))
    rule = book.cells("A1")[0][0]["dataValidation"]
    assert rule["condition"]["values"] == [{"userEnteredValue": "=Sheet1!B4:B10"}]
    assert formulas(book, "D1") == [["=SUM(B1:B10)"]]
