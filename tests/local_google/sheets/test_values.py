"""values.*: read, write, append and clear, as Google answers them (facts B)."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.local_google.sheets.book import Book, Sheets, grid

NUMBER = "UNFORMATTED_VALUE"


def refused(call: Any) -> tuple[int, str]:
    """Status and message with which Google refuses."""
    with pytest.raises(HttpError) as caught:
        call()
    return caught.value.resp.status, caught.value.reason


def test_an_empty_range_has_no_values(book: Book) -> None:
    assert book.range("A1:B2") == {"range": "Sheet1!A1:B2", "majorDimension": "ROWS"}


def test_trailing_blanks_are_dropped_and_blank_rows_between_are_empty_lists(book: Book) -> None:
    book.write("A1", [["1", "", ""], [], [], ["", "", "", "2", ""], ["", ""]])
    assert book.values("A1:Z10") == [["1"], [], [], ["", "", "", "2"]]
    assert book.range("A1:D4", majorDimension="COLUMNS") == {
        "range": "Sheet1!A1:D4",
        "majorDimension": "COLUMNS",
        "values": [["1"], [], [], ["", "", "", "2"]],
    }


def test_a_range_inside_the_data_counts_from_its_own_corner(book: Book) -> None:
    book.write("A1", [["a", "b", "c"], ["d", "e", "f"]])
    assert book.values("B1:C2") == [["b", "c"], ["e", "f"]]
    assert book.values("B2:C9", majorDimension="COLUMNS") == [["e"], ["f"]]


def test_the_three_renderings_of_the_same_cells(sheets: Sheets) -> None:
    book = sheets.book(title="x", locale="vi_VN", timeZone="Asia/Ho_Chi_Minh")
    book.write("A1", [["19/03/2022", "42,01", "TRUE", "=4/2", "văn bản", "12%"]], "USER_ENTERED")
    assert book.values("1:1") == [["19/03/2022", "42,01", "TRUE", "2", "văn bản", "12%"]]
    unformatted = [[44639, 42.01, True, 2, "văn bản", 0.12]]
    assert book.values("1:1", valueRenderOption=NUMBER) == unformatted
    formulas = [[44639, 42.01, True, "=4/2", "văn bản", 0.12]]
    assert book.values("1:1", valueRenderOption="FORMULA") == formulas
    dates = {"valueRenderOption": NUMBER, "dateTimeRenderOption": "FORMATTED_STRING"}
    assert book.values("A1:B1", **dates) == [["19/03/2022", 42.01]]


def test_raw_writes_text_as_it_is_and_user_entered_reads_it(book: Book) -> None:
    book.write("A1", [["=1+1", "0042", "TRUE", 42, True]])
    raw = [["=1+1", "0042", "TRUE", 42, True]]
    assert book.values("A1:E1", valueRenderOption="FORMULA") == raw
    book.write("A2", [["0042", "42.01"]], "USER_ENTERED")
    assert book.values("A2:B2") == [["42", "42.01"]]


def test_an_update_answers_the_written_rectangle_and_counts_blanks_too(book: Book) -> None:
    written = book.write("B2", [["a", "", "c", ""]] + [["", "", "", ""]] * 5)
    assert written == {
        "spreadsheetId": book.id,
        "updatedRange": "Sheet1!B2:E7",
        "updatedRows": 6,
        "updatedColumns": 4,
        "updatedCells": 24,
    }


def test_null_leaves_a_cell_and_empty_text_empties_it(book: Book) -> None:
    book.write("A1", [["a", "b", "c"]])
    book.write("A1", [[None, "", "d"]])
    assert book.values("A1:C1") == [["a", "", "d"]]


def test_values_come_back_when_asked_for(book: Book) -> None:
    options = {"includeValuesInResponse": True, "responseValueRenderOption": NUMBER}
    written = book.write("A1", [["7"]], "USER_ENTERED", **options)
    expected = {"range": "Sheet1!A1", "majorDimension": "ROWS", "values": [[7]]}
    assert written["updatedData"] == expected


def test_columns_are_written_down(book: Book) -> None:
    body = {"majorDimension": "COLUMNS", "values": [["a", "b"], ["c"]]}
    book.of_values("update", range="A1:B2", valueInputOption="RAW", body=body)
    assert book.values("A1:B2") == [["a", "c"], ["b"]]


@pytest.mark.parametrize(
    ("area", "values", "message"),
    [
        (
            "A1:B1",
            [["a"], ["b"]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]",
        ),
        (
            "A1:B1",
            [["a", "b", "c"]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]",
        ),
        (
            "A1001",
            [["a"]],
            "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            "Z1",
            [["a", "b"]],
            "Range (Sheet1!Z1:AA1) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        ("Không!A1", [["a"]], "Unable to parse range: Không!A1"),
        ("A1", [[{"a": 1}]], "Invalid values[0][0]: struct_value {'a': 1}"),
    ],
)
def test_a_write_that_does_not_fit_is_refused(
    book: Book, area: str, values: Any, message: str
) -> None:
    assert refused(lambda: book.write(area, values)) == (400, message)
    assert book.values("A1:B2") == []


def test_how_to_read_the_input_must_be_said(book: Book) -> None:
    body = {"data": [{"range": "A1", "values": [["a"]]}]}
    assert refused(lambda: book.of_values("batchUpdate", body=body)) == (
        400,
        "'valueInputOption' is required but not specified",
    )


def test_several_ranges_are_written_at_once_or_not_at_all(book: Book) -> None:
    body: dict[str, Any] = {
        "valueInputOption": "RAW",
        "data": [
            {"range": "A1:B1", "values": [["a", "b"]]},
            {"range": "B1:B2", "values": [["c"], ["d"]]},
        ],
    }
    answer = book.of_values("batchUpdate", body=body)
    totals = {key: value for key, value in answer.items() if key.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 2,
        "totalUpdatedCells": 4,
        "totalUpdatedSheets": 1,
    }
    assert [one["updatedRange"] for one in answer["responses"]] == ["Sheet1!A1:B1", "Sheet1!B1:B2"]
    body["data"] += [{"range": "C1", "values": [["x"]]}, {"range": "Y9:Z9", "values": [[1], [2]]}]
    assert refused(lambda: book.of_values("batchUpdate", body=body))[0] == 400
    assert book.values("A1:C2") == [["a", "c"], ["", "d"]]


def test_several_ranges_are_read_in_the_order_they_are_asked_for(book: Book) -> None:
    book.write("A1", [["a", "b"]])
    answer = book.of_values("batchGet", ranges=["B1", "A1:A2"])
    assert answer == {
        "spreadsheetId": book.id,
        "valueRanges": [
            {"range": "Sheet1!B1", "majorDimension": "ROWS", "values": [["b"]]},
            {"range": "Sheet1!A1:A2", "majorDimension": "ROWS", "values": [["a"]]},
        ],
    }


@pytest.mark.parametrize(
    ("area", "lands"),
    [
        ("Sheet1", "Sheet1!B7"),
        ("B4", "Sheet1!B7"),
        ("C5:D5", "Sheet1!B7"),
        ("B2:D4", "Sheet1!B7"),
        ("A3:G10", "Sheet1!B7"),
        ("A1", "Sheet1!A3"),
        ("E4", "Sheet1!E4"),
        ("A4", "Sheet1!A4"),
    ],
)
def test_an_append_finds_the_table_as_the_guide_says(book: Book, area: str, lands: str) -> None:
    book.write("A1:C2", [["x"] * 3] * 2)
    book.write("B4:D6", [["x"] * 3] * 3)
    assert book.append(area, [["mới"]])["updates"]["updatedRange"] == lands


def test_an_append_after_a_row_with_a_gap_lands_below_its_last_island(book: Book) -> None:
    first = book.append("Sheet1", [["x", "", "y"]])
    assert "tableRange" not in first
    assert first["updates"]["updatedRange"] == "Sheet1!A1:C1"
    second = book.append("Sheet1", [["x", "", "y"]])
    assert second["tableRange"] == "Sheet1!C1"
    assert second["updates"]["updatedRange"] == "Sheet1!C2:E2"


def test_an_append_to_the_first_cell_goes_below_its_island(book: Book) -> None:
    book.append("A1", [["x", "", "y"]])
    again = book.append("A1", [["x", "", "y"]])
    assert again["tableRange"] == "Sheet1!A1"
    assert again["updates"]["updatedRange"] == "Sheet1!A2:C2"


def test_an_append_grows_the_grid_and_an_update_does_not(book: Book) -> None:
    book.write("A1000", [["cuối"]])
    assert book.append("A1", [["a"]])["updates"]["updatedRange"] == "Sheet1!A1"
    book.append("A1000", [["b"], ["c"]])
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 1002
    assert book.values("A1000:A1002") == [["cuối"], ["b"], ["c"]]


def test_inserted_rows_push_down_what_lies_below(book: Book) -> None:
    book.write("A1:A4", [["a"], ["b"], [""], ["dưới"]])
    book.append("A1", [["c"], ["d"]], insertDataOption="INSERT_ROWS")
    assert book.values("A1:A6") == [["a"], ["b"], ["c"], ["d"], [], ["dưới"]]


def test_clearing_takes_values_and_leaves_formats(book: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    book.batch(
        {"repeatCell": {"range": grid(0, 1, 0, 1), "cell": bold, "fields": "userEnteredFormat"}}
    )
    book.write("A1", [["a", "b"]])
    answer = book.of_values("clear", range="A1:ZZ1", body={})
    assert answer == {"spreadsheetId": book.id, "clearedRange": "Sheet1!A1:Z1"}
    assert book.values("A1:B1") == []
    assert book.cells("A1")[0][0]["userEnteredFormat"] == bold["userEnteredFormat"]
    cleared = book.of_values("batchClear", body={"ranges": ["A1", "B2:C3"]})
    assert cleared["clearedRanges"] == ["Sheet1!A1", "Sheet1!B2:C3"]


SCALARS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(SCALARS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_written_raw_is_read_back_but_for_trailing_blanks(
    book: Book, rows: list[list[Any]]
) -> None:
    padded = [row + [""] * (4 - len(row)) for row in rows] + [[""] * 4] * (4 - len(rows))
    book.write("A1:D4", padded)
    read = book.values("A1:D4", valueRenderOption=NUMBER)
    again = [row + [""] * (4 - len(row)) for row in read] + [[""] * 4] * (4 - len(read))
    assert again == padded
    assert not read or read[-1]
    assert all(row[-1] != "" for row in read if row)
