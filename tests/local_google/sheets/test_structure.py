"""Laws of inserting and deleting: what comes and goes again leaves all as it was."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.local_google.sheets import structure
from cchc_gforms.local_google.sheets.a1 import cell_name, parse_span
from cchc_gforms.local_google.sheets.defaults import sheet_properties, spreadsheet_properties
from cchc_gforms.local_google.sheets.shifting import Move
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook
from tests.local_google.sheets.book import grid

SIZE = 8


@st.composite
def ranges(draw: st.DrawFn) -> dict[str, int]:
    top, bottom = sorted(draw(st.lists(st.integers(0, SIZE), min_size=2, max_size=2, unique=True)))
    left, right = sorted(draw(st.lists(st.integers(0, SIZE), min_size=2, max_size=2, unique=True)))
    return grid(top, bottom, left, right)


def several_cells(wire: dict[str, int]) -> bool:
    """A merge of one cell is none."""
    height = wire["endRowIndex"] - wire["startRowIndex"]
    return height * (wire["endColumnIndex"] - wire["startColumnIndex"]) > 1


@st.composite
def workbooks(draw: st.DrawFn) -> Workbook:
    """A sheet of 8 × 8 with some cells, merges, a filter, a size and a linked form's rows."""
    properties = sheet_properties(0, "Sheet1")
    properties["gridProperties"] = {"rowCount": SIZE, "columnCount": SIZE}
    places = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))
    resource: dict[str, Any] = {
        "properties": properties,
        "merges": draw(st.lists(ranges().filter(several_cells), max_size=3)),
        "basicFilter": {"range": draw(ranges())},
    }
    sheet = Sheet(resource)
    for row, column in draw(st.sets(places, max_size=10)):
        sheet.put(row, column, {"userEnteredValue": {"stringValue": f"{row},{column}"}})
    sheet.sizes["ROWS"] = {draw(st.integers(0, SIZE - 1)): {"pixelSize": 40}}
    sheet.linked = {"rows": [1, None, 5], "columns": {"@timestamp": 0, "0000000a": 3}}
    return Workbook("x", spreadsheet_properties("x", "en_US", "Etc/GMT"), [sheet])


DIMENSIONS = st.sampled_from(["ROWS", "COLUMNS"])


@given(workbooks(), DIMENSIONS, st.integers(0, SIZE), st.integers(1, 3))
def test_lines_inserted_and_deleted_again_leave_all_as_it_was(
    workbook: Workbook, dimension: str, at: int, number: int
) -> None:
    before = copy.deepcopy(workbook)
    structure.insert(workbook, workbook.sheets[0], dimension, at, number)
    structure.delete(workbook, workbook.sheets[0], dimension, at, at + number)
    assert workbook == before


@given(workbooks(), DIMENSIONS, st.integers(0, SIZE - 2), st.integers(1, 2))
def test_deleting_lines_together_is_deleting_them_one_by_one(
    workbook: Workbook, dimension: str, at: int, number: int
) -> None:
    at_once, singly = workbook, copy.deepcopy(workbook)
    structure.delete(at_once, at_once.sheets[0], dimension, at, at + number)
    for _ in range(number):
        structure.delete(singly, singly.sheets[0], dimension, at, at + 1)
    assert at_once == singly


def labelled() -> Workbook:
    """Every cell of a sheet of 8 × 8 names itself; a second sheet has a formula for each."""
    properties = sheet_properties(0, "Sheet1")
    properties["gridProperties"] = {"rowCount": SIZE, "columnCount": SIZE}
    sheet, other = (
        Sheet({"properties": properties}),
        Sheet({"properties": sheet_properties(1, "Hai")}),
    )
    for row in range(SIZE):
        for column in range(SIZE):
            label = cell_name(row, column)
            sheet.put(row, column, {"userEnteredValue": {"stringValue": label}})
            formula = {"userEnteredValue": {"formulaValue": f"=Sheet1!{label}"}}
            other.put(row, column, {**formula, "note": label})
    return Workbook("x", spreadsheet_properties("x", "en_US", "Etc/GMT"), [sheet, other])


def check_every_formula_points_at_its_cell(workbook: Workbook) -> int:
    """The number of formulas whose cell is still there."""
    sheet, other = workbook.sheets
    kept = 0
    for _, _, cell in other.used():
        formula = cell["userEnteredValue"]["formulaValue"]
        if formula == "=#REF!":
            continue
        span = parse_span(formula.removeprefix("=Sheet1!"))
        assert span is not None
        assert span.top is not None
        assert span.left is not None
        found = sheet.cell(span.top, span.left)
        assert found["userEnteredValue"] == {"stringValue": cell["note"]}
        kept += 1
    return kept


@given(DIMENSIONS, st.integers(0, SIZE - 1), st.integers(1, 3), st.integers(0, SIZE))
def test_formulas_still_point_at_the_cells_they_did_after_a_move(
    dimension: str, start: int, number: int, to: int
) -> None:
    workbook = labelled()
    end = min(SIZE, start + number)
    structure.move(workbook, workbook.sheets[0], dimension, start, end, to)
    assert check_every_formula_points_at_its_cell(workbook) == SIZE * SIZE


@given(
    DIMENSIONS,
    st.integers(0, SIZE - 1),
    st.integers(1, 2),
    st.integers(0, SIZE - 2),
    st.sampled_from([1, -1]),
)
def test_formulas_follow_the_cells_of_a_band(
    dimension: str, at: int, number: int, low: int, sign: int
) -> None:
    workbook = labelled()
    lost = 2 * min(number, SIZE - at) if sign < 0 else 0
    move = Move(0, dimension, at, sign * number, low, low + 2)
    structure.shift_cells(workbook, workbook.sheets[0], move)
    assert check_every_formula_points_at_its_cell(workbook) == SIZE * SIZE - lost
