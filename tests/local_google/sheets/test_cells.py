"""updateCells, repeatCell, updateBorders, mergeCells, setDataValidation: what cells become."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_google.sheets.book import Book, grid

RED = {"red": 1}


def text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}}


def rows(*lines: list[str]) -> list[dict[str, Any]]:
    return [{"values": [text(value) for value in line]} for line in lines]


def update(fields: str = "userEnteredValue", **body: Any) -> dict[str, Any]:
    return {"updateCells": {"fields": fields, **body}}


def repeat(area: dict[str, int], cell: dict[str, Any], fields: str) -> dict[str, Any]:
    return {"repeatCell": {"range": area, "cell": cell, "fields": fields}}


def test_a_range_is_overwritten_and_what_the_rows_do_not_cover_is_cleared(book: Book) -> None:
    book.write("A1:C3", [["cũ"] * 3] * 3)
    book.batch(update(range=grid(0, 3, 0, 2), rows=rows(["a"], ["b", "c"])))
    assert book.values("A1:C3") == [["a", "", "cũ"], ["b", "c", "cũ"], ["", "", "cũ"]]


def test_from_a_start_only_the_given_cells_are_written(book: Book) -> None:
    book.write("A1:C2", [["cũ"] * 3] * 2)
    book.batch(update(start={"rowIndex": 0, "columnIndex": 1}, rows=rows(["a"], ["b", "c"])))
    assert book.values("A1:C2") == [["cũ", "a", "cũ"], ["cũ", "b", "c"]]


def test_the_mask_says_which_parts_of_a_cell_change(book: Book) -> None:
    look = {"textFormat": {"bold": True, "italic": True}, "horizontalAlignment": "CENTER"}
    book.batch(
        update(
            "*",
            range=grid(0, 1, 0, 1),
            rows=[{"values": [{**text("a"), "userEnteredFormat": look}]}],
        )
    )
    cell = {"userEnteredFormat": {"textFormat": {"bold": False}}}
    book.batch(repeat(grid(0, 1, 0, 1), cell, "userEnteredFormat(textFormat.bold)"))
    found = book.cells("A1")[0][0]
    assert found["userEnteredValue"] == {"stringValue": "a"}
    assert found["userEnteredFormat"] == {
        "textFormat": {"bold": False, "italic": True},
        "horizontalAlignment": "CENTER",
    }
    book.batch(repeat(grid(0, 1, 0, 1), {}, "userEnteredFormat"))
    assert "userEnteredFormat" not in book.cells("A1")[0][0]


def test_a_cell_tells_its_value_as_entered_as_shown_and_its_whole_format(book: Book) -> None:
    cell = {
        "userEnteredValue": {"numberValue": 0},
        "userEnteredFormat": {
            "numberFormat": {"type": "PERCENT", "pattern": "0.0%"},
            "backgroundColor": RED,
        },
    }
    book.batch(update("*", range=grid(0, 1, 0, 1), rows=[{"values": [cell]}]))
    found = book.cells("A1")[0][0]
    assert found["userEnteredValue"] == found["effectiveValue"] == {"numberValue": 0}
    assert found["formattedValue"] == "0.0%"
    assert found["userEnteredFormat"]["backgroundColorStyle"] == {"rgbColor": RED}
    assert found["effectiveFormat"]["backgroundColor"] == RED
    assert found["effectiveFormat"]["horizontalAlignment"] == "RIGHT"
    assert found["effectiveFormat"]["textFormat"]["fontSize"] == 10


def test_a_formula_is_kept_and_computed(book: Book) -> None:
    cells = [{"userEnteredValue": {"formulaValue": f"={text}"}} for text in ("1+1", "NOTHING(1)")]
    book.batch(update(range=grid(0, 1, 0, 2), rows=[{"values": cells}]))
    found, unknown = book.cells("A1:B1")[0]
    assert found["userEnteredValue"] == {"formulaValue": "=1+1"}
    assert found["effectiveValue"] == {"numberValue": 2}
    assert found["formattedValue"] == "2"
    message = "Unknown function: 'NOTHING'."
    assert unknown["effectiveValue"] == {"errorValue": {"type": "NAME", "message": message}}
    assert unknown["formattedValue"] == "#NAME?"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"range": grid(0, 1, 0, 2), "rows": rows(["a"], ["b"])},
            "Attempting to write row: 1, beyond the last requested row of: 0",
        ),
        (
            {"range": grid(0, 1, 0, 2), "rows": rows(["a", "b", "c"])},
            "Attempting to write column: 2, beyond the last requested column of: 1",
        ),
        (
            {"start": {"rowIndex": 999, "columnIndex": 25}, "rows": rows(["a", "b"])},
            "Attempting to write column: 26, beyond the last requested column of: 25",
        ),
        (
            {"range": grid(0, 1001, 0, 1), "rows": []},
            "Range (Sheet1!A1:A1001) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        ({"range": grid(3, 3, 0, 1), "rows": []}, "endRowIndex must be after startRowIndex."),
        ({"rows": []}, "Exactly one of start or range must be set."),
        ({"range": grid(0, 1, 0, 1, 9), "rows": []}, "No grid with id: 9"),
        (
            {
                "range": grid(0, 1, 0, 1),
                "rows": [{"values": [{"userEnteredValue": {"numberValue": 1, "boolValue": True}}]}],
            },
            "A cell takes exactly one kind of value, and no errorValue.",
        ),
        (
            {
                "range": grid(0, 1, 0, 1),
                "rows": [{"values": [text("x" * 50_001)]}],
            },
            "Your input contains more than the maximum of 50000 characters in a single cell.",
        ),
    ],
)
def test_cells_that_cannot_be_written_are_refused(
    book: Book, body: dict[str, Any], message: str
) -> None:
    assert book.refusal(update(**body)) == (400, f"Invalid requests[0].updateCells: {message}")


def test_borders_are_drawn_around_and_between_and_taken_away(book: Book) -> None:
    solid, thick = {"style": "SOLID"}, {"style": "SOLID_THICK", "color": RED}
    area = grid(0, 2, 0, 2)
    book.batch({"updateBorders": {"range": area, "top": thick, "innerVertical": solid}})
    borders = [
        [cell["userEnteredFormat"]["borders"] for cell in row] for row in book.cells("A1:B2")
    ]
    black = {"style": "SOLID", "width": 1, "color": {}, "colorStyle": {"rgbColor": {}}}
    red = {"style": "SOLID_THICK", "width": 3, "color": RED, "colorStyle": {"rgbColor": RED}}
    assert borders == [
        [{"top": red, "right": black}, {"top": red, "left": black}],
        [{"right": black}, {"left": black}],
    ]
    none = {"style": "NONE"}
    book.batch({"updateBorders": {"range": area, "top": none, "innerVertical": none}})
    assert book.cells("A1:B2") == []


def test_a_merged_area_keeps_its_first_value_and_names_no_sheet_zero(book: Book) -> None:
    book.write("A1:C3", [["a", "b", "c"]] * 3)
    book.batch({"mergeCells": {"range": grid(0, 2, 0, 2), "mergeType": "MERGE_ALL"}})
    assert book.values("A1:C3") == [["a", "", "c"], ["", "", "c"], ["a", "b", "c"]]
    assert book.sheet()["merges"] == [
        {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    ]
    status, message = book.refusal({"unmergeCells": {"range": grid(0, 1, 0, 9)}})
    words = "You must select all cells in a merged range to merge or unmerge them."
    assert (status, message) == (400, f"Invalid requests[0].unmergeCells: {words}")
    book.batch({"unmergeCells": {"range": grid(0, 3, 0, 3)}})
    assert "merges" not in book.sheet()


@pytest.mark.parametrize(
    ("kind", "corners"),
    [("MERGE_ROWS", [(0, 1, 0, 2), (1, 2, 0, 2)]), ("MERGE_COLUMNS", [(0, 2, 0, 1), (0, 2, 1, 2)])],
)
def test_merging_by_rows_and_by_columns(
    book: Book, kind: str, corners: list[tuple[int, int, int, int]]
) -> None:
    book.batch({"mergeCells": {"range": grid(0, 2, 0, 2), "mergeType": kind}})
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    assert book.sheet()["merges"] == [dict(zip(names, one, strict=True)) for one in corners]


def test_a_validation_is_set_and_cleared(book: Book) -> None:
    values = [{"userEnteredValue": "Đúng hạn"}, {"userEnteredValue": "Trễ hạn"}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True}
    answer = book.batch({"setDataValidation": {"range": grid(0, 1, 0, 1), "rule": rule}})
    assert answer["replies"] == [{}]
    assert book.cells("A1")[0][0]["dataValidation"] == rule
    book.batch({"setDataValidation": {"range": grid(0, 1, 0, 1)}})
    assert book.cells("A1") == []


def test_a_cell_formatted_as_text_parses_nothing(book: Book) -> None:
    plain = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    book.batch(repeat(grid(0, 1, 0, 1), plain, "userEnteredFormat"))
    book.write("A1", [["0042"]], "USER_ENTERED")
    assert book.values("A1", valueRenderOption="UNFORMATTED_VALUE") == [["0042"]]


def test_a_mask_may_name_the_fields_of_a_lists_elements(book: Book) -> None:
    runs = [{"startIndex": 2, "format": {"bold": True}}]
    cell = {"userEnteredValue": {"stringValue": "chữ đậm"}, "textFormatRuns": runs}
    fields = "userEnteredValue,textFormatRuns.startIndex,textFormatRuns.format.bold"
    book.batch({"repeatCell": {"range": grid(0, 1, 0, 1), "cell": cell, "fields": fields}})
    assert book.cells("A1")[0][0]["textFormatRuns"] == runs
    wrong = {"range": grid(0, 1, 0, 1), "cell": cell, "fields": "textFormatRuns.dam"}
    assert book.refusal({"repeatCell": wrong}) == (
        400,
        "Invalid requests[0].repeatCell: Invalid field: textFormatRuns.dam",
    )


def test_a_repeated_cell_ends_with_the_grid_and_must_begin_on_it(book: Book) -> None:
    cell = {"userEnteredValue": {"numberValue": 1}}
    beyond = {"range": grid(999, 1001, 0, 1), "cell": cell, "fields": "userEnteredValue"}
    book.batch({"repeatCell": beyond})
    assert book.values("A999:A1000") == [[], ["1"]]
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 1000
    assert book.refusal({"repeatCell": beyond | {"range": grid(1000, 1001, 0, 1)}})[0] == 400


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ("userEnteredValue", {"userEnteredValue": {"numberValue": 3}}),
        ("effectiveValue,formattedValue",
         {"effectiveValue": {"numberValue": 3}, "formattedValue": "3"}),
        ("effectiveFormat/backgroundColor", {"effectiveFormat": {"backgroundColor": {"red": 1}}}),
    ],
    ids=["what was entered", "what is shown", "how it is shown"],
)  # fmt: skip
def test_a_mask_is_answered_with_the_fields_of_a_cell_that_it_names(
    book: Book, names: str, wanted: dict[str, Any]
) -> None:
    book.write("A1", [[3]])
    book.batch(repeat(grid(0, 1, 0, 1), {"userEnteredFormat": {"backgroundColor": RED}}, "*"))
    book.write("A1", [[3]])
    answer = book.get(ranges=["A1"], fields=f"sheets.data.rowData.values({names})")
    assert answer == {"sheets": [{"data": [{"rowData": [{"values": [wanted]}]}]}]}
