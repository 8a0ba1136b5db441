"""Functions that answer several cells, and pictures and links in one."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cmp_to_key

from cchc_gforms.local_google.sheets.formulas.evaluate import Evaluation, Function
from cchc_gforms.local_google.sheets.formulas.syntax import Node
from cchc_gforms.local_google.sheets.formulas.values import (
    Error,
    Failure,
    Grid,
    Link,
    Scalar,
    Sparkline,
    Value,
    as_grid,
    compare,
    fail,
    grid_of,
    is_number,
    number,
    text,
    truth,
)

# Fewer than a spreadsheet may have: they are all held in memory.
_MOST = 1_000_000


def _arrayformula(here: Evaluation, nodes: tuple[Node | None, ...], _: bool) -> Value:
    value = here.of(nodes[0], arrays=True)
    return replace(value, place=None) if isinstance(value, Grid) else value


def _transpose(_: Evaluation, value: Value) -> Value:
    grid = as_grid(value)
    columns = range(grid.width)
    return grid_of([[grid.at(row, column) for row in range(grid.height)] for column in columns])


def _flatten(_: Evaluation, *values: Value) -> Value:
    return grid_of([[cell] for value in values for row in _rows(as_grid(value)) for cell in row])


def _rows(grid: Grid) -> list[list[Scalar]]:
    """All rows, the blank ones too."""
    blank: list[Scalar] = [None] * grid.width
    return [*map(list, grid.rows), *([blank] * (grid.height - len(grid.rows)))]


def _unique(
    here: Evaluation, value: Value, by_column: Scalar = False, once: Scalar = False
) -> Value:
    """Rows in the order in which they first come; letters differ by case."""
    turned = truth(by_column, "UNIQUE", 2)
    grid = as_grid(_transpose(here, value) if turned else value)
    counts: dict[tuple[tuple[str, Scalar], ...], int] = {}
    for row in _rows(grid):
        key = tuple((type(cell).__name__ if isinstance(cell, bool) else "", cell) for cell in row)
        counts[key] = counts.get(key, 0) + 1
    only = truth(once, "UNIQUE", 3)
    found = [[cell for _, cell in row] for row, count in counts.items() if count == 1 or not only]
    if not found:
        raise fail("N_A", "No unique values are found.")
    return _transpose(here, grid_of(found)) if turned else grid_of(found)


def _sort(here: Evaluation, value: Value, *orders: Value) -> Value:
    """By columns of the range (their numbers) or beside it; blanks come last either way."""
    grid = as_grid(value)
    rows = list(enumerate(_rows(grid)))
    pairs = list(zip(orders[::2], orders[1::2], strict=False)) or [(1.0, True)]
    for key, rising in reversed(pairs):
        cells = _key(here, grid, key)
        down = not truth(here.single(rising), "SORT", 3)
        rows.sort(key=lambda row: _Sortable(cells[row[0]]), reverse=down)
        rows.sort(key=lambda row: cells[row[0]] is None)
    return grid_of([row for _, row in rows])


def _key(here: Evaluation, grid: Grid, key: Value) -> list[Scalar]:
    if isinstance(key, Grid) and (key.height, key.width) == (grid.height, 1):
        return [key.at(row, 0) for row in range(grid.height)]
    column = int(number(here.single(key), here.locale, "SORT", 2))
    if not 1 <= column <= grid.width:
        raise fail("VALUE", f"Function SORT parameter 2 value is {column}. It is out of range.")
    return [grid.at(row, column - 1) for row in range(grid.height)]


def _order(one: Scalar, other: Scalar) -> int:
    """Errors after all else."""
    if isinstance(one, Error) or isinstance(other, Error):
        return isinstance(one, Error) - isinstance(other, Error)
    return compare(one, other)


_Sortable = cmp_to_key(_order)


def _filter(_: Evaluation, value: Value, *conditions: Value) -> Value:
    """Rows, or columns where the conditions lie in a row."""
    grid, tests = as_grid(value), [as_grid(one) for one in conditions]
    by_column = all((one.height, one.width) == (1, grid.width) for one in tests)
    by_row = all((one.height, one.width) == (grid.height, 1) for one in tests)
    if not by_row and not by_column:
        raise fail("N_A", "FILTER has mismatched range sizes.")
    if by_row:
        lines = [[one.at(row, 0) for one in tests] for row in range(grid.height)]
        kept = [row for row, line in zip(_rows(grid), lines, strict=True) if _all(line)]
    else:
        lines = [[one.at(0, column) for one in tests] for column in range(grid.width)]
        columns = [place for place, line in enumerate(lines) if _all(line)]
        kept = [[row[place] for place in columns] for row in _rows(grid)] if columns else []
    if not kept:
        raise fail("N_A", "No matches are found in FILTER evaluation.")
    return grid_of(kept)


def _all(line: list[Scalar]) -> bool:
    """A condition that is an error, or text, holds for nothing."""
    try:
        return all(truth(cell, "FILTER", 2) for cell in line)
    except Failure:
        return False


def _sequence(
    here: Evaluation, rows: Scalar, columns: Scalar = 1, start: Scalar = 1, step: Scalar = 1
) -> Value:
    given = (rows, columns, start, step)
    height, width, first, by = (
        number(one, here.locale, "SEQUENCE", place) for place, one in enumerate(given, 1)
    )
    high, wide = int(height), int(width)
    if high < 1 or wide < 1 or high * wide > _MOST:
        raise fail("NUM", "Function SEQUENCE: rows and columns should be at least 1.")
    if not math.isfinite(first + by * high * wide):
        raise fail("NUM", "The result is no number that can be represented.")
    return grid_of(
        [[first + by * (row * wide + one) for one in range(wide)] for row in range(high)]
    )


def _constrain(here: Evaluation, value: Value, rows: Scalar, columns: Scalar) -> Value:
    grid = as_grid(value)
    height = min(grid.height, int(number(rows, here.locale, "ARRAY_CONSTRAIN", 2)))
    width = min(grid.width, int(number(columns, here.locale, "ARRAY_CONSTRAIN", 3)))
    if height < 1 or width < 1:
        raise fail("REF", "ARRAY_CONSTRAIN should have at least one row and one column.")
    return grid_of([row[:width] for row in _rows(grid)[:height]])


def _hyperlink(here: Evaluation, url: Scalar, label: Scalar = None) -> Value:
    target = text(url, here.locale)
    return Link(target if label is None else text(label, here.locale), target)


def _sparkline(here: Evaluation, data: Value, options: Value = None) -> Value:
    """Of two columns or rows of a line, the second holds the heights."""
    chosen = _options(here, options)
    grid = as_grid(data)
    rows = [list(row) for row in grid.rows]
    if chosen.get("charttype", "line") == "line":
        if grid.width == 2:
            rows = [row[1:] for row in rows]
        elif grid.height == 2:
            rows = rows[1:]
    cells = [cell for row in rows for cell in row]
    error = next((cell for cell in cells if isinstance(cell, Error)), None)
    if error is not None:
        raise Failure(error)
    numbers = (
        float(cell) if isinstance(cell, int | float) and is_number(cell) else None for cell in cells
    )
    return Sparkline(tuple(numbers), chosen)


def _options(here: Evaluation, options: Value) -> dict[str, str | float | bool]:
    if options is None:
        return {}
    grid = as_grid(options)
    if grid.width != 2:
        raise fail("N_A", "SPARKLINE options should have two columns.")
    found: dict[str, str | float | bool] = {}
    for name, value in grid.rows:
        if isinstance(value, str | int | float):
            found[text(name, here.locale).lower()] = value
    if str(found.get("charttype", "line")).lower() not in {"line", "bar", "column", "winloss"}:
        raise fail("VALUE", f"SPARKLINE charttype '{found['charttype']}' is unknown.")
    if "charttype" in found:
        found["charttype"] = str(found["charttype"]).lower()
    return found


FUNCTIONS = {
    "ARRAYFORMULA": Function(_arrayformula, "", 1, 1, lazy=True),
    "ARRAY_CONSTRAIN": Function(_constrain, "gss", 3, 3, arrays=True),
    "TRANSPOSE": Function(_transpose, "g", 1, 1),
    "FLATTEN": Function(_flatten, "*g", 1),
    "UNIQUE": Function(_unique, "gss", 1, 3),
    "SORT": Function(_sort, "*g", 1),
    "FILTER": Function(_filter, "*g", 2, arrays=True),
    "SEQUENCE": Function(_sequence, "ssss", 1, 4),
    "HYPERLINK": Function(_hyperlink, "ss", 1, 2),
    "SPARKLINE": Function(_sparkline, "gg", 1, 2),
}
