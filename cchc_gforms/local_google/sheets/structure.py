"""Rows and columns come and go; cells, sizes, ranges and linked forms move with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.formulas.following import follow_lines
from cchc_gforms.local_google.sheets.shifting import Move, moved
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

CELL_LIMIT = 10_000_000
COLUMN_LIMIT = 18_278
_COUNTS = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
Line = TypeVar("Line")

_FROZEN = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}


def count(sheet: Sheet, dimension: str) -> int:
    return int(sheet.grid[_COUNTS[dimension]])


def resize(workbook: Workbook, sheet: Sheet, dimension: str, size: int) -> None:
    """Grows at the end, or cuts the end off with all that is on it."""
    here = count(sheet, dimension)
    if size < here:
        delete(workbook, sheet, dimension, size, here)
    else:
        sheet.grid[_COUNTS[dimension]] = size
        check_limits(workbook)


def insert(workbook: Workbook, sheet: Sheet, dimension: str, at: int, number: int) -> None:
    """`number` blank lines before line `at`."""
    sheet.grid[_COUNTS[dimension]] += number
    _apply(workbook, sheet, Move(sheet.sheet_id, dimension, at, number))
    if at < sheet.grid.get(_FROZEN[dimension], 0):
        sheet.grid[_FROZEN[dimension]] += number
    check_limits(workbook)


def delete(workbook: Workbook, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Lines `start` to `end`, the end left out; one line that is not frozen must stay."""
    left = count(sheet, dimension) - (end - start)
    word = "rows" if dimension == "ROWS" else "columns"
    if left < 1:
        raise invalid(f"You can't delete all the {word} on the sheet.")
    frozen = sheet.grid.get(_FROZEN[dimension], 0)
    frozen -= max(0, min(end, frozen) - start)
    if frozen and frozen >= left:
        raise invalid(f"Sorry, it is not possible to delete all non-frozen {word}.")
    sheet.grid[_COUNTS[dimension]] = left
    _set(sheet.grid, _FROZEN[dimension], frozen)
    _apply(workbook, sheet, Move(sheet.sheet_id, dimension, start, start - end))


def check_limits(workbook: Workbook) -> None:
    """Ten million cells in all, the empty ones too; 18278 columns a sheet."""
    cells = sum(sheet.row_count * sheet.column_count for sheet in workbook.sheets)
    if cells > CELL_LIMIT or any(sheet.column_count > COLUMN_LIMIT for sheet in workbook.sheets):
        raise invalid(
            "This action would increase the number of cells in the workbook above the limit of "
            f"{CELL_LIMIT} cells."
        )


def _apply(workbook: Workbook, sheet: Sheet, move: Move) -> None:
    if move.dimension == "ROWS":
        sheet.rows = _lines(sheet.rows, move.line)
    else:
        narrowed = {row: _lines(cells, move.line) for row, cells in sheet.rows.items()}
        sheet.rows = {row: cells for row, cells in narrowed.items() if cells}
    sheet.sizes[move.dimension] = _lines(sheet.sizes[move.dimension], move.line)
    for one in workbook.sheets:
        objects = {name: part for name, part in one.resource.items() if name != "properties"}
        one.resource = {"properties": one.properties} | moved(objects, move)
    workbook.metadata = moved(workbook.metadata, move)
    follow_lines(workbook, sheet, move)
    _move_linked(sheet, move)


def _lines(lines: dict[int, Line], to: Callable[[int], int | None]) -> dict[int, Line]:
    placed = ((to(index), line) for index, line in lines.items())
    return {index: line for index, line in placed if index is not None}


def _move_linked(sheet: Sheet, move: Move) -> None:
    """A response whose row is gone has none; a question whose column is gone gets a new one."""
    if sheet.linked is None:
        return
    if move.dimension == "ROWS":
        rows = sheet.linked["rows"]
        sheet.linked["rows"] = [None if row is None else move.line(row) for row in rows]
        return
    columns = ((key, move.line(column)) for key, column in sheet.linked["columns"].items())
    sheet.linked["columns"] = {key: column for key, column in columns if column is not None}


def _set(holder: dict[str, Any], name: str, value: int) -> None:
    """Zero is told by absence."""
    if value:
        holder[name] = value
    else:
        holder.pop(name, None)
