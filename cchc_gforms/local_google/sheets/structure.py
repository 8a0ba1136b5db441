"""Rows and columns come and go; cells, sizes, ranges and linked forms move with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.following import follow
from cchc_gforms.local_google.sheets.shifting import Box, Move, Relocation
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


def move(workbook: Workbook, sheet: Sheet, dimension: str, start: int, end: int, to: int) -> None:
    """Lines `start` to `end` to before line `to`, counted before the move [disc MoveDimension]."""
    if start <= to <= end:
        return
    number = end - start
    source = start + number if to < start else start
    down, across = (to - source, 0) if dimension == "ROWS" else (0, to - source)
    lines = Box(sheet.sheet_id, top=source, bottom=source + number)
    if dimension == "COLUMNS":
        lines = Box(sheet.sheet_id, left=source, right=source + number)
    follow(workbook, Move(sheet.sheet_id, dimension, to, number))
    follow(workbook, Relocation(lines, sheet.sheet_id, down, across))
    follow(workbook, Move(sheet.sheet_id, dimension, source, -number))
    _place_lines(sheet, dimension, _moved_line(start, end, to))


def shift_cells(workbook: Workbook, sheet: Sheet, move: Move) -> None:
    """Cells of a band come or go; those behind them in the band move."""
    cells = [(row, column, cell) for row, column, cell in sheet.used()]
    low, high = move.low or 0, move.high or 0
    rows = move.dimension == "ROWS"
    inside = [(r, c, cell) for r, c, cell in cells if low <= (c if rows else r) < high]
    for row, column, _ in inside:
        sheet.put(row, column, {})
    for row, column, cell in inside:
        place = move.line(row if rows else column)
        if place is not None:
            sheet.put(*((place, column) if rows else (row, place)), cell)
    follow(workbook, move)


def _moved_line(start: int, end: int, to: int) -> Callable[[int], int]:
    """Where each line lies after `start` to `end` were put before `to`."""
    number = end - start

    def place(line: int) -> int:
        if start <= line < end:
            return line + (to - start if to < start else to - end)
        if end <= line < to:
            return line - number
        return line + number if to <= line < start else line

    return place


def _apply(workbook: Workbook, sheet: Sheet, move: Move) -> None:
    _place_lines(sheet, move.dimension, move.line)
    follow(workbook, move)


def _place_lines(sheet: Sheet, dimension: str, to: Callable[[int], int | None]) -> None:
    """Cells, sizes and the rows of a linked form come to lie where `to` says."""
    if dimension == "ROWS":
        sheet.rows = _lines(sheet.rows, to)
    else:
        narrowed = {row: _lines(cells, to) for row, cells in sheet.rows.items()}
        sheet.rows = {row: cells for row, cells in narrowed.items() if cells}
    sheet.sizes[dimension] = _lines(sheet.sizes[dimension], to)
    _move_linked(sheet, dimension, to)


def _lines(lines: dict[int, Line], to: Callable[[int], int | None]) -> dict[int, Line]:
    placed = ((to(index), line) for index, line in lines.items())
    return {index: line for index, line in placed if index is not None}


def _move_linked(sheet: Sheet, dimension: str, to: Callable[[int], int | None]) -> None:
    """A response whose row is gone has none; a question whose column is gone gets a new one."""
    if sheet.linked is None:
        return
    if dimension == "ROWS":
        rows = sheet.linked["rows"]
        sheet.linked["rows"] = [None if row is None else to(row) for row in rows]
        return
    columns = ((key, to(column)) for key, column in sheet.linked["columns"].items())
    sheet.linked["columns"] = {key: column for key, column in columns if column is not None}


def _set(holder: dict[str, Any], name: str, value: int) -> None:
    """Zero is told by absence."""
    if value:
        holder[name] = value
    else:
        holder.pop(name, None)
