"""Counting and averages, also of the cells that meet criteria."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from itertools import chain

from cchc_gforms.local_google.sheets.formulas.criteria import Test, criterion
from cchc_gforms.local_google.sheets.formulas.evaluate import Evaluation, Function
from cchc_gforms.local_google.sheets.formulas.functions.numbers import numbers
from cchc_gforms.local_google.sheets.formulas.values import (
    Error,
    Failure,
    Grid,
    Scalar,
    Value,
    as_grid,
    fail,
    is_number,
    number,
    text_number,
)


def _count(here: Evaluation, *values: Value) -> Value:
    """Numbers; a text given directly counts when it is one."""
    found = 0
    for value in values:
        if isinstance(value, Grid):
            found += sum(map(is_number, value.values()))
        elif isinstance(value, str):
            found += text_number(value, here.locale) is not None
        else:
            found += isinstance(value, bool | int | float)
    return float(found)


def _counta(_: Evaluation, *values: Value) -> Value:
    cells = (cell for value in values for cell in as_grid(value).values())
    return float(sum(cell is not None for cell in cells))


def _countblank(_: Evaluation, value: Value) -> Value:
    """Blank cells, and empty texts."""
    grid = as_grid(value)
    return float(sum(cell is None or cell == "" for cell in grid.values()) + grid.unread)


def _countunique(_: Evaluation, *values: Value) -> Value:
    cells = [cell for value in values for cell in as_grid(value).values() if cell is not None]
    return float(len({(type(cell) is bool, cell) for cell in cells}))


def _average(here: Evaluation, *values: Value) -> Value:
    return _mean("AVERAGE", list(numbers(here, "AVERAGE", values)))


def _mean(name: str, found: list[float]) -> float:
    if not found:
        message = f"Evaluation of function {name} caused a divide by zero error."
        raise fail("DIVIDE_BY_ZERO", message)
    return math.fsum(found) / len(found)


def _least(here: Evaluation, *values: Value) -> Value:
    return min(numbers(here, "MIN", values), default=0.0)


def _most(here: Evaluation, *values: Value) -> Value:
    return max(numbers(here, "MAX", values), default=0.0)


def _median(here: Evaluation, *values: Value) -> Value:
    found = list(numbers(here, "MEDIAN", values))
    if not found:
        raise fail("NUM", "MEDIAN has no valid input data.")
    return float(statistics.median(found))


def _nth(name: str, *, largest: bool) -> Function:
    def run(here: Evaluation, value: Value, place: Scalar) -> Value:
        found = sorted(numbers(here, name, (value,)), reverse=largest)
        index = int(number(place, here.locale, name, 2))
        if not 1 <= index <= len(found):
            raise fail("NUM", f"Function {name} parameter 2 value {index} is out of range.")
        return found[index - 1]

    return Function(run, "gs", 2, 2)


def _countif(here: Evaluation, value: Value, wanted: Scalar) -> Value:
    grid, test = as_grid(value), criterion(wanted, here.locale)
    return float(sum(map(test, grid.values())) + (grid.unread if test(None) else 0))


def _countifs(here: Evaluation, *pairs: Value) -> Value:
    tests = _tests("COUNTIFS", here, pairs)
    grids = _same_size("COUNTIFS", pairs[::2])
    height = max(len(one.rows) for one in grids)
    below = (grids[0].height - height) * grids[0].width
    found = len(_meeting(grids, tests, height))
    return float(found + (below if all(test(None) for test in tests) else 0))


def _sumif(here: Evaluation, value: Value, wanted: Scalar, summed: Value = None) -> Value:
    return math.fsum(_chosen(here, value, wanted, summed))


def _averageif(here: Evaluation, value: Value, wanted: Scalar, summed: Value = None) -> Value:
    return _mean("AVERAGEIF", _chosen(here, value, wanted, summed))


def _sumifs(here: Evaluation, summed: Value, *pairs: Value) -> Value:
    return math.fsum(_all_chosen("SUMIFS", here, summed, pairs))


def _averageifs(here: Evaluation, summed: Value, *pairs: Value) -> Value:
    return _mean("AVERAGEIFS", _all_chosen("AVERAGEIFS", here, summed, pairs))


def _minifs(here: Evaluation, summed: Value, *pairs: Value) -> Value:
    return min(_all_chosen("MINIFS", here, summed, pairs), default=0.0)


def _maxifs(here: Evaluation, summed: Value, *pairs: Value) -> Value:
    return max(_all_chosen("MAXIFS", here, summed, pairs), default=0.0)


def _chosen(here: Evaluation, value: Value, wanted: Scalar, summed: Value) -> list[float]:
    """The numbers beside the cells that meet the criterion, or among them."""
    grid = as_grid(value)
    beside = grid if summed is None else as_grid(summed)
    test = criterion(wanted, here.locale)
    height = min(grid.height, max(len(grid.rows), len(beside.rows)))
    places = ((row, column) for row in range(height) for column in range(grid.width))
    return _plain([_beside(beside, *place) for place in places if test(grid.at(*place))])


def _beside(grid: Grid, row: int, column: int) -> Scalar:
    return grid.at(row, column) if column < grid.width else None


def _all_chosen(
    name: str, here: Evaluation, summed: Value, pairs: tuple[Value, ...]
) -> list[float]:
    tests = _tests(name, here, pairs)
    beside, *grids = _same_size(name, (summed, *pairs[::2]))
    height = len(beside.rows)
    cells = _flat(beside, height)
    return _plain([cells[place] for place in _meeting(grids, tests, height)])


def _meeting(grids: list[Grid], tests: list[Test], height: int) -> list[int]:
    """Of the first rows the cells, counted in reading order, at which every grid meets its test."""
    places: Sequence[int] = range(height * grids[0].width)
    for grid, test in zip(grids, tests, strict=True):
        cells = _flat(grid, height)
        places = [place for place in places if test(cells[place])]
    return list(places)


def _flat(grid: Grid, height: int) -> list[Scalar]:
    """The cells of the first rows in reading order."""
    cells: list[Scalar] = list(chain.from_iterable(grid.rows[:height]))
    return cells + [None] * (height * grid.width - len(cells))


def _tests(name: str, here: Evaluation, pairs: tuple[Value, ...]) -> list[Test]:
    if len(pairs) % 2:
        raise fail("N_A", f"Wrong number of arguments to {name}: each range needs a criterion.")
    return [criterion(here.corner(wanted), here.locale) for wanted in pairs[1::2]]


def _same_size(name: str, values: tuple[Value, ...]) -> list[Grid]:
    grids = [as_grid(value) for value in values]
    if len({(one.height, one.width) for one in grids}) > 1:
        raise fail("VALUE", f"Array arguments to {name} are of different size.")
    return grids


def _plain(cells: list[Scalar]) -> list[float]:
    """The numbers; an error among the chosen cells is the answer."""
    for cell in cells:
        if isinstance(cell, Error):
            raise Failure(cell)
    return [cell for cell in cells if isinstance(cell, int | float) and is_number(cell)]


FUNCTIONS = {
    "COUNT": Function(_count, "*a", 1),
    "COUNTA": Function(_counta, "*a", 1),
    "COUNTBLANK": Function(_countblank, "a", 1, 1),
    "COUNTUNIQUE": Function(_countunique, "*a", 1),
    "AVERAGE": Function(_average, "*g", 1),
    "MIN": Function(_least, "*g", 1),
    "MAX": Function(_most, "*g", 1),
    "MEDIAN": Function(_median, "*g", 1),
    "LARGE": _nth("LARGE", largest=True),
    "SMALL": _nth("SMALL", largest=False),
    "COUNTIF": Function(_countif, "as", 2, 2),
    "COUNTIFS": Function(_countifs, "*as", 2),
    "SUMIF": Function(_sumif, "asg", 2, 3),
    "SUMIFS": Function(_sumifs, "g*as", 3),
    "AVERAGEIF": Function(_averageif, "asg", 2, 3),
    "AVERAGEIFS": Function(_averageifs, "g*as", 3),
    "MINIFS": Function(_minifs, "g*as", 3),
    "MAXIFS": Function(_maxifs, "g*as", 3),
}
