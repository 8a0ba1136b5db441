"""Laws of inserting and deleting: what comes and goes again leaves all as it was."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.local_google.sheets import structure
from cchc_gforms.local_google.sheets.defaults import sheet_properties, spreadsheet_properties
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
