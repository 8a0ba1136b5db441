"""Tables: added, typed, grown, changed and deleted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_google.sheets.book import Book, grid
from tests.local_google.sheets.test_dimensions import delete, insert

LIST = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Mở"}]}}


def table(*columns: dict[str, Any], **parts: Any) -> dict[str, Any]:
    made = {"tableId": "t1", "name": "Theo_doi", "range": grid(0, 3, 0, 2), **parts}
    return {"addTable": {"table": made | {"columnProperties": list(columns)}}}


def update(fields: str, **parts: Any) -> dict[str, Any]:
    return {"updateTable": {"table": {"tableId": "t1", **parts}, "fields": fields}}


def append(*values: str) -> dict[str, Any]:
    cells = [{"userEnteredValue": {"stringValue": value}} for value in values]
    rows = [{"values": cells}]
    return {"appendCells": {"tableId": "t1", "rows": rows, "fields": "userEnteredValue"}}


def columns(book: Book) -> list[tuple[Any, ...]]:
    found = book.sheet()["tables"][0]["columnProperties"]
    return [(c.get("columnIndex", 0), c["columnName"], c.get("columnType")) for c in found]


def test_every_column_gets_a_name_from_its_header_or_a_number(book: Book) -> None:
    """As seen of Google: a typed column without a name is `Column 1`, over its header cell."""
    book.write("A1:B1", [["Đơn vị", "cũ"]])
    typed = {"columnIndex": 1, "columnType": "DROPDOWN", "dataValidationRule": LIST}
    reply = book.batch(table(typed))["replies"][0]["addTable"]["table"]
    assert reply == {
        "tableId": "t1",
        "name": "Theo_doi",
        "range": {
            "startRowIndex": 0,
            "endRowIndex": 3,
            "startColumnIndex": 0,
            "endColumnIndex": 2,
        },
        "columnProperties": [
            {"columnName": "Đơn vị"},
            typed | {"columnName": "Column 1"},
        ],
    }
    assert book.sheet()["tables"] == [reply]
    assert book.values("A1:B1") == [["Đơn vị", "Column 1"]]


def test_what_is_written_into_a_header_names_its_column(book: Book) -> None:
    book.batch(table())
    book.write("A1:B1", [["Mã", "=1+2"]], "USER_ENTERED")
    assert [name for _, name, _ in columns(book)] == ["Mã", "Column 2"]
    assert book.values("B1", valueRenderOption="FORMULA") == [["Column 2"]]


def test_an_update_replaces_the_columns_as_a_whole(book: Book) -> None:
    book.write("A1:B1", [["Mã", "Ngày"]])
    book.batch(table({"columnIndex": 1, "columnName": "Ngày", "columnType": "DATE"}))
    named = {"columnIndex": 0, "columnName": "Mã số", "columnType": "TEXT"}
    book.batch(update("columnProperties,name", name="Khác", columnProperties=[named]))
    assert columns(book) == [(0, "Mã số", "TEXT"), (1, "Ngày", None)]
    assert book.values("A1") == [["Mã số"]]
    assert book.sheet()["tables"][0]["name"] == "Khác"


def test_a_checkbox_column_knows_only_true_and_false(book: Book) -> None:
    book.write("A1:B3", [["Mã", "Xong"], ["a", "TRUE"], ["b", True]])
    book.batch(table({"columnIndex": 1, "columnName": "Xong", "columnType": "BOOLEAN"}))
    shown = book.values("B2:B3", valueRenderOption="UNFORMATTED_VALUE")
    assert shown == [[False], [True]]


def test_rows_are_appended_into_the_free_ones_then_the_table_grows(book: Book) -> None:
    book.write("A1:A4", [["Mã"], ["a"], [""], ["dưới bảng"]])
    book.write("D4", [["bên cạnh"]])
    done = {"columnIndex": 1, "columnName": "Xong", "columnType": "BOOLEAN"}
    book.batch(table(done), append("b"))
    assert book.sheet()["tables"][0]["range"]["endRowIndex"] == 3
    book.batch(append("c"))
    assert book.sheet()["tables"][0]["range"]["endRowIndex"] == 4
    assert book.values("A1:D5") == [
        ["Mã", "Xong"],
        ["a", "FALSE"],
        ["b", "FALSE"],
        ["c", "FALSE", "", "bên cạnh"],
        ["dưới bảng"],
    ]


def test_a_table_follows_rows_and_columns(book: Book) -> None:
    book.write("A1:B1", [["Mã", "Ngày"]])
    book.batch(table(), insert(0, 1), insert(1, 2, "COLUMNS"))
    assert columns(book) == [(0, "Mã", None), (1, "Column 1", None), (2, "Ngày", None)]
    assert book.values("A2:C2") == [["Mã", "Column 1", "Ngày"]]
    book.batch(delete(0, 1, "COLUMNS"))
    assert columns(book) == [(0, "Column 1", None), (1, "Ngày", None)]


def test_a_table_goes_with_its_contents(book: Book) -> None:
    book.write("A1:C2", [["Mã", "Ngày", "ngoài"], ["a", "b", "ngoài"]])
    book.batch(table(), {"deleteTable": {"tableId": "t1"}})
    assert "tables" not in book.sheet()
    assert book.values("A1:C2") == [["", "", "ngoài"], ["", "", "ngoài"]]


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (
            table({"columnType": "DROPDOWN"}, tableId="t2", range=grid(5, 8, 0, 2), name="Hai"),
            "Condition must be set for dropdown column type.",
        ),
        (
            table(
                {"columnType": "DOUBLE", "dataValidationRule": LIST},
                tableId="t2",
                range=grid(5, 8, 0, 2),
                name="Hai",
            ),
            "Cannot set condition for non-dropdown column type.",
        ),
        (
            table(tableId="t2", range=grid(2, 4, 1, 4)),
            "You cannot add alternating background colors to a range that already has "
            "alternating background colors.",
        ),
        (table(range=grid(5, 8, 0, 2)), "A table with id t1 already exists."),
        (
            table(tableId="t2", range=grid(5, 8, 0, 2), name="theo_doi"),
            "A table with the name theo_doi already exists.",
        ),
        (
            update("columnProperties", columnProperties=[{"columnIndex": 1}]),
            "Table header row cell must have a value.",
        ),
        ({"deleteTable": {"tableId": "t9"}}, "No table with ID: t9"),
        (
            {"appendCells": {"tableId": "t9", "fields": "userEnteredValue"}},
            "No table with ID: t9",
        ),
    ],
)
def test_tables_that_cannot_be_are_refused(
    book: Book, request_: dict[str, Any], words: str
) -> None:
    book.batch(table())
    name = next(iter(request_))
    assert book.refusal(request_) == (400, f"Invalid requests[0].{name}: {words}")
