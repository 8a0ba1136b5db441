"""copyPaste, cutPaste, sortRange and the other requests that rearrange cells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_google.sheets.book import Book, grid
from tests.local_google.sheets.test_following import formulas, write_formulas
from tests.local_google.sheets.test_objects import add_rule, rule

BOLD = {"textFormat": {"bold": True}}


def copy(source: dict[str, int], to: dict[str, int], kind: str = "NORMAL", **more: Any) -> Any:
    return {
        "copyPaste": {"source": source, "destination": to, "pasteType": f"PASTE_{kind}", **more}
    }


def cut(source: dict[str, int], row: int, column: int, sheet: int = 0) -> dict[str, Any]:
    corner = {"sheetId": sheet, "rowIndex": row, "columnIndex": column}
    return {"cutPaste": {"source": source, "destination": corner, "pasteType": "PASTE_NORMAL"}}


def sort(area: dict[str, int], *specs: tuple[int, str]) -> dict[str, Any]:
    orders = [{"dimensionIndex": column, "sortOrder": order} for column, order in specs]
    return {"sortRange": {"range": area, "sortSpecs": orders}}


def make_bold(area: dict[str, int]) -> dict[str, Any]:
    cell = {"userEnteredFormat": BOLD}
    return {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat"}}


def test_a_copy_brings_values_formulas_formats_merges_and_rules(book: Book) -> None:
    write_formulas(book, "A1:B2", [["1", "=A1*2"], ["3", "=$A$1+A2"]])
    book.batch(
        make_bold(grid(0, 1, 0, 1)),
        {"mergeCells": {"range": grid(2, 3, 0, 2), "mergeType": "MERGE_ALL"}},
        add_rule(rule(grid(0, 2, 0, 2), "NUMBER_GREATER", "2")),
        copy(grid(0, 3, 0, 2), grid(4, 5, 3, 4)),
    )
    assert formulas(book, "D5:E6") == [[1, "=D5*2"], [3, "=$A$1+D6"]]
    assert book.cells("D5")[0][0]["userEnteredFormat"] == BOLD
    found = book.sheet()
    columns = {"startColumnIndex": 3, "endColumnIndex": 5}
    assert found["merges"][1] == {"startRowIndex": 6, "endRowIndex": 7} | columns
    assert found["conditionalFormats"][0]["ranges"] == [
        {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2},
        {"startRowIndex": 4, "endRowIndex": 6} | columns,
    ]


def test_a_copy_fills_a_destination_that_is_a_multiple(book: Book) -> None:
    book.write("A1:B1", [["a", "b"]])
    book.batch(copy(grid(0, 1, 0, 2), grid(2, 4, 0, 4)), copy(grid(0, 1, 0, 2), grid(5, 6, 0, 3)))
    assert book.values("A3:D6") == [["a", "b", "a", "b"], ["a", "b", "a", "b"], [], ["a", "b"]]


@pytest.mark.parametrize(
    ("kind", "value", "style", "validated"),
    [
        ("NORMAL", "x", True, True),
        ("VALUES", "x", False, False),
        ("FORMULA", "x", False, False),
        ("FORMAT", None, True, False),
        ("NO_BORDERS", "x", True, True),
        ("DATA_VALIDATION", None, False, True),
        ("CONDITIONAL_FORMATTING", None, False, False),
    ],
)
def test_the_kind_of_paste_says_what_is_taken_over(
    book: Book, kind: str, value: str | None, style: bool, validated: bool
) -> None:
    book.write("A1", [["x"]])
    condition = {"type": "BOOLEAN"}
    book.batch(
        make_bold(grid(0, 1, 0, 1)),
        {"setDataValidation": {"range": grid(0, 1, 0, 1), "rule": {"condition": condition}}},
        copy(grid(0, 1, 0, 1), grid(0, 1, 1, 2), kind),
    )
    row = book.cells("A1:B1")[0]
    cell = row[1] if len(row) > 1 else {}
    assert cell.get("userEnteredValue") == ({"stringValue": value} if value else None)
    assert ("userEnteredFormat" in cell, "dataValidation" in cell) == (style, validated)


def test_a_transposed_copy(book: Book) -> None:
    book.write("A1:C2", [[1, 2, 3], [4, 5, 6]])
    book.batch(copy(grid(0, 2, 0, 3), grid(4, 5, 0, 1), pasteOrientation="TRANSPOSE"))
    assert book.values("A5:B7") == [["1", "4"], ["2", "5"], ["3", "6"]]


def test_what_is_cut_moves_with_all_that_names_it(book: Book) -> None:
    book.batch({"addSheet": {"properties": {"sheetId": 7, "title": "Kho_2"}}})
    write_formulas(book, "A1:C2", [["1", "=A1+C2", "=SUM(A1:B1)"], ["", "", "5"]])
    named = {"namedRangeId": "n", "name": "Ten", "range": grid(0, 1, 0, 2)}
    book.batch({"addNamedRange": {"namedRange": named}}, cut(grid(0, 1, 0, 2), 3, 1, sheet=7))
    assert formulas(book, "A1:C1") == [["", "", "=SUM(Kho_2!B4:C4)"]]
    assert formulas(book, "Kho_2!B4:C4") == [[1, "=B4+Sheet1!C2"]]
    assert book.range("Ten")["range"] == "Kho_2!B4:C4"


def test_a_paste_does_not_tear_a_merge_nor_leave_the_grid(book: Book) -> None:
    book.batch({"mergeCells": {"range": grid(4, 6, 0, 2), "mergeType": "MERGE_ALL"}})
    tears = "You can't perform a paste that partially intersects a merge."
    assert book.refusal(copy(grid(0, 1, 0, 1), grid(4, 5, 0, 1)))[1] == (
        f"Invalid requests[0].copyPaste: {tears}"
    )
    assert book.refusal(cut(grid(4, 5, 0, 2), 8, 0))[1] == f"Invalid requests[0].cutPaste: {tears}"
    status, message = book.refusal(cut(grid(0, 2, 0, 1), 999, 0))
    assert status == 400
    assert "exceeds grid limits. Max rows: 1000, max columns: 26" in message


def test_rows_are_sorted_numbers_texts_booleans_blanks(book: Book) -> None:
    book.write("A1:B6", [["b", 1], [10, 2], ["", 3], [True, 4], [2, 5], ["A", 6]])
    area = grid(0, 6, 0, 2)
    book.batch(sort(area, (0, "ASCENDING")))
    assert book.values("B1:B6") == [["5"], ["2"], ["6"], ["1"], ["4"], ["3"]]
    book.batch(sort(area, (0, "DESCENDING")))
    assert book.values("B1:B6") == [["4"], ["1"], ["6"], ["2"], ["5"], ["3"]]


def test_later_orders_decide_between_equal_rows(book: Book) -> None:
    book.write("A1:B4", [["x", 2], ["a", 9], ["x", 1], ["a", 10]])
    book.batch(sort(grid(0, 4, 0, 2), (0, "ASCENDING"), (1, "DESCENDING")))
    assert book.values("A1:B4") == [["a", "10"], ["a", "9"], ["x", "2"], ["x", "1"]]


def test_vietnamese_texts_are_sorted_as_in_a_dictionary(sheets: Any) -> None:
    book = sheets.book(title="Từ điển", locale="vi_VN")
    words = ["đa", "da", "ăn", "an", "ân", "dạ", "eo", "ở", "ô", "o"]
    book.write("A1:A10", [[word] for word in words])
    book.batch(sort(grid(0, 10, 0, 1), (0, "ASCENDING")))
    expected = ["an", "ăn", "ân", "da", "dạ", "đa", "eo", "o", "ô", "ở"]
    # In Vietnamese a, ă and â are three letters, in this order; so are o, ô and ơ.
    assert [row[0] for row in book.values("A1:A10")] == expected


def test_formulas_move_with_their_rows_and_hidden_rows_stay(book: Book) -> None:
    write_formulas(book, "A1:B3", [["3", "=A1*2"], ["2", "=A2*2"], ["1", "=A3*2"]])
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    hide = {"range": rows, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    book.batch({"updateDimensionProperties": hide}, sort(grid(0, 3, 0, 2), (0, "ASCENDING")))
    assert formulas(book, "A1:B3") == [[1, "=A1*2"], [2, "=A2*2"], [3, "=A3*2"]]


def test_rows_with_a_vertical_merge_are_not_sorted(book: Book) -> None:
    book.batch({"mergeCells": {"range": grid(1, 3, 0, 1), "mergeType": "MERGE_ALL"}})
    assert book.refusal(sort(grid(0, 4, 0, 2), (0, "ASCENDING"))) == (
        400,
        "Invalid requests[0].sortRange: You can't sort a range containing vertical merges. There "
        "is a vertical merge at A2:A3",
    )


def test_randomized_rows_are_the_same_rows(book: Book) -> None:
    book.write("A1:B5", [[number, f"r{number}"] for number in range(5)])
    book.batch({"randomizeRange": {"range": grid(0, 5, 0, 2)}})
    found = book.values("A1:B5")
    assert sorted(found) == [[str(number), f"r{number}"] for number in range(5)]


def test_duplicates_are_removed_without_regard_to_case(book: Book) -> None:
    rows = [["An", 1, "p"], ["an", 2, "q"], ["Bình", 1, "r"], ["AN", 1, "s"]]
    book.write("A1:C4", rows)
    book.write("E2", [["ngoài"]])
    columns = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}
    request = {"range": grid(0, 10, 0, 3), "comparisonColumns": [columns]}
    reply = book.batch({"deleteDuplicates": request})["replies"][0]
    assert reply == {"deleteDuplicates": {"duplicatesRemovedCount": 1}}
    assert book.values("A1:E4") == [
        ["An", "1", "p"],
        ["an", "2", "q", "", "ngoài"],
        ["Bình", "1", "r"],
    ]
    outside = request | {"comparisonColumns": [columns | {"endIndex": 5}]}
    assert book.refusal({"deleteDuplicates": outside})[0] == 400


def find(text: str, replacement: str, **more: Any) -> dict[str, Any]:
    return {"findReplace": {"find": text, "replacement": replacement, **more}}


def test_the_examples_of_find_and_replace(book: Book) -> None:
    """Both from the reference."""
    book.write("A1:A2", [["Google Sheets"], ["Google Docs"]])
    regex = find("o.* (.*)", "$1 Rocks", searchByRegex=True, range=grid(0, 2, 0, 1))
    book.batch(regex)
    assert book.values("A1:A2") == [["GSheets Rocks"], ["GDocs Rocks"]]
    book.write("A1:A2", [["Google Sheets"], [""]])
    reply = book.batch(find("e", "o", sheetId=0))["replies"][0]
    assert reply == {
        "findReplace": {
            "valuesChanged": 1,
            "rowsChanged": 1,
            "sheetsChanged": 1,
            "occurrencesChanged": 3,
        }
    }
    assert book.values("A1") == [["Googlo Shoots"]]


def test_find_and_replace_by_case_whole_cells_and_formulas(book: Book) -> None:
    write_formulas(book, "A1:A4", [["xa"], ["Xa"], ["xa xôi"], ["=A1&A2"]])
    book.batch(find("xa", "gần", matchCase=True, matchEntireCell=True, allSheets=True))
    assert formulas(book, "A1:A4") == [["gần"], ["Xa"], ["xa xôi"], ["=A1&A2"]]
    book.batch(find("A2", "A3", includeFormulas=True, allSheets=True))
    assert formulas(book, "A4") == [["=A1&A3"]]
    assert book.batch(find("không có", "x", sheetId=0))["replies"] == [{"findReplace": {}}]


@pytest.mark.parametrize(
    "request_",
    [find("", "x", sheetId=0), find("a", "b"), find("(", "x", searchByRegex=True, sheetId=0)],
)
def test_a_search_that_cannot_be_is_refused(book: Book, request_: dict[str, Any]) -> None:
    assert book.refusal(request_)[0] == 400


def test_blanks_are_trimmed_and_a_text_stays_a_text(book: Book) -> None:
    book.write("A1:A4", [["  a \n b "], ["  =1+1"], ["c"], ["  d"]])
    reply = book.batch({"trimWhitespace": {"range": grid(0, 3, 0, 1)}})["replies"][0]
    assert reply == {"trimWhitespace": {"cellsChangedCount": 2}}
    assert book.values("A1:A4") == [["a b"], ["=1+1"], ["c"], ["  d"]]


def test_a_repeated_formula_moves_its_references(book: Book) -> None:
    """The example of the reference: =A1 in B2:C4."""
    cell = {"userEnteredValue": {"formulaValue": "=A1"}}
    request = {"range": grid(1, 4, 1, 3), "cell": cell, "fields": "userEnteredValue"}
    book.batch({"repeatCell": request})
    assert formulas(book, "B2:C4") == [["=A1", "=B1"], ["=A2", "=B2"], ["=A3", "=B3"]]


def test_cells_are_appended_below_the_last_data_and_the_grid_grows(book: Book) -> None:
    book.write("B3", [["cuối"]])
    rows = [{"values": [{"userEnteredValue": {"stringValue": "mới"}}]}]
    request = {"sheetId": 0, "rows": rows, "fields": "userEnteredValue"}
    book.batch({"appendCells": request})
    assert book.values("A3:B5") == [["", "cuối"], ["mới"]]
    book.write("A1000", [["đáy"]])
    book.batch({"appendCells": request})
    assert book.values("A1000:A1001") == [["đáy"], ["mới"]]
    assert book.refusal({"appendCells": {"sheetId": 0, "rows": rows}})[0] == 400


def split(kind: str, **more: Any) -> dict[str, Any]:
    return {"textToColumns": {"source": grid(0, 3, 0, 1), "delimiterType": kind, **more}}


def test_texts_are_split_into_the_columns_beside_them(book: Book) -> None:
    book.write("A1:B3", [["An,3,x", "cũ"], ["Bình"], [5]])
    book.batch(split("COMMA"))
    shown = book.values("A1:C3", valueRenderOption="UNFORMATTED_VALUE")
    assert shown == [["An", 3, "x"], ["Bình"], [5]]
    book.write("A1", [["a -- b"]])
    book.batch(split("CUSTOM", delimiter=" -- "))
    assert book.values("A1:B1") == [["a", "b"]]
    assert book.refusal(split("CUSTOM"))[0] == 400
    assert book.refusal(split("AUTODETECT"))[0] == 501


def test_what_a_rule_is_pasted_over_is_cut_out_of_other_rules(book: Book) -> None:
    book.batch(
        add_rule(rule(grid(0, 1, 0, 1), "NUMBER_GREATER", "1")),
        add_rule(rule(grid(4, 7, 0, 3), "NUMBER_GREATER", "2"), index=1),
        copy(grid(0, 1, 0, 1), grid(5, 6, 1, 2), "CONDITIONAL_FORMATTING"),
    )
    first, second = (one["ranges"] for one in book.sheet()["conditionalFormats"])
    assert len(first) == 2
    areas = [
        tuple(area[f"{end}{line}Index"] for line in ("Row", "Column") for end in ("start", "end"))
        for area in second
    ]
    assert areas == [(4, 5, 0, 3), (5, 6, 0, 1), (5, 6, 2, 3), (6, 7, 0, 3)]


def test_what_formulas_show_is_sorted_filtered_and_pasted(book: Book) -> None:
    write_formulas(book, "A1:B3", [["3", "=10-A1"], ["1", "=10-A2"], ["2", "=10-A3"]])
    book.batch(sort(grid(0, 3, 0, 2), (1, "ASCENDING")))
    assert formulas(book, "A1:B3") == [[3, "=10-A1"], [2, "=10-A2"], [1, "=10-A3"]]
    book.batch(copy(grid(0, 3, 1, 2), grid(0, 3, 3, 4), "VALUES"))
    assert formulas(book, "D1:D3") == [[7], [8], [9]]


def pasted(data: str, row: int = 0, column: int = 0, **more: Any) -> dict[str, Any]:
    at = {"sheetId": 0, "rowIndex": row, "columnIndex": column}
    return {"pasteData": {"coordinate": at, "data": data, "delimiter": ",", **more}}


def test_pasted_text_is_typed_into_the_cells(book: Book) -> None:
    book.write("B2:D2", [["cũ", "cũ", "cũ"]])
    book.batch(pasted('Tên,Số\r\n"Trường, lớp",=1+1\r\n,0042,"hai\ndòng"\r\n', 1, 1))
    assert book.values("B2:D4", valueRenderOption="UNFORMATTED_VALUE") == [
        ["Tên", "Số", "cũ"],
        ["Trường, lớp", 2],
        ["", 42, "hai\ndòng"],
    ]
    book.batch(pasted(",x", 1, 1, type="PASTE_VALUES"))
    assert book.values("B2:D2") == [["", "x", "cũ"]]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"html": True}, 501),
        ({"type": "PASTE_FORMAT"}, 501),
        ({"delimiter": ""}, 400),
        ({"delimiter": "::"}, 400),
        ({"row": 1000}, 400),
        ({"column": 25}, 400),
        ({"row": -1}, 400),
    ],
)
def test_text_that_cannot_be_pasted_is_refused(
    book: Book, more: dict[str, Any], status: int
) -> None:
    assert book.refusal(pasted("a,b", **more))[0] == status
    assert book.values("A1:Z1000") == []
