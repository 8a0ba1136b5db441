"""Finding values in ranges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.formulas.criteria import pattern
from cchc_gforms.local_google.sheets.formulas.evaluate import Evaluation, Function
from cchc_gforms.local_google.sheets.formulas.syntax import Node
from cchc_gforms.local_google.sheets.formulas.values import (
    Error,
    Failure,
    Grid,
    Scalar,
    Value,
    as_grid,
    compare,
    fail,
    grid_of,
    is_number,
    number,
    truth,
)

Nodes = tuple[Node | None, ...]


def _kind(value: Scalar) -> str:
    if isinstance(value, bool):
        return "truth"
    return "number" if is_number(value) else type(value).__name__.replace("Link", "str")


def _same(key: Scalar, *, wild: bool) -> Callable[[Scalar], bool]:
    """Equal and of one kind; a text key may hold wildcards."""
    if wild and isinstance(key, str):
        shape = pattern(key)
        return lambda cell: isinstance(cell, str) and shape.fullmatch(cell) is not None
    return lambda cell: _kind(cell) == _kind(key) and compare(cell, key) == 0


def _exact_place(key: Scalar, cells: Sequence[Scalar], *, wild: bool = True) -> int | None:
    if key is None:
        return None
    same = _same(key, wild=wild)
    return next((place for place, cell in enumerate(cells) if same(cell)), None)


def _sorted_place(key: Scalar, cells: Sequence[Scalar], *, falling: bool = False) -> int | None:
    """The last cell not beyond the key, where the cells are in order."""
    best = None
    for place, cell in enumerate(cells):
        if _kind(cell) != _kind(key):
            continue
        order = compare(cell, key) * (-1 if falling else 1)
        if order > 0:
            break
        best = place
    return best


def _missing(name: str, key: Scalar) -> Failure:
    shown = f"{key:g}" if isinstance(key, float) else key
    return fail("N_A", f"Did not find value '{shown}' in {name} evaluation.")


def _looking(name: str, *, down: bool) -> Function:
    """VLOOKUP looks down the first column, HLOOKUP along the first row."""

    def run(
        here: Evaluation, key: Scalar, within: Value, index: Scalar, in_order: Scalar = True
    ) -> Value:
        grid = as_grid(within)
        line = int(number(index, here.locale, name, 3))
        if line < 1:
            raise fail("VALUE", f"Function {name} parameter 3 value is {line}. It should be >= 1.")
        if line > (grid.width if down else grid.height):
            raise fail("REF", f"{name} evaluates to an out of bounds range.")
        cells = _line(grid, 0, down=down)
        ordered = truth(in_order, name, 4)
        place = _sorted_place(key, cells) if ordered else _exact_place(key, cells)
        if place is None:
            raise _missing(name, key)
        return grid.at(place, line - 1) if down else grid.at(line - 1, place)

    return Function(run, "sgss", 3, 4)


def _line(grid: Grid, index: int, *, down: bool) -> list[Scalar]:
    """A column as far as it is read, or a row."""
    if down:
        return [row[index] for row in grid.rows]
    return [grid.at(index, column) for column in range(grid.width)]


def _cells(grid: Grid, name: str) -> list[Scalar]:
    if grid.width > 1 and grid.height > 1:
        raise fail("N_A", f"{name} range must be a single row or a single column.")
    return list(grid.values())


def _match(here: Evaluation, key: Scalar, within: Value, kind: Scalar = 1) -> Value:
    cells = _cells(as_grid(within), "MATCH")
    order = number(kind, here.locale, "MATCH", 3)
    place = _exact_place(key, cells) if order == 0 else _sorted_place(key, cells, falling=order < 0)
    if place is None:
        raise _missing("MATCH", key)
    return float(place + 1)


def _xlookup(
    here: Evaluation,
    key: Scalar,
    within: Value,
    results: Value,
    missing: Value = None,
    match: Scalar = None,
    search: Scalar = 1,
) -> Value:
    grid, found = as_grid(within), as_grid(results)
    down = grid.width == 1
    if (found.height if down else found.width) != (grid.height if down else grid.width):
        raise fail("VALUE", "Array arguments to XLOOKUP are of different size.")
    cells = _cells(grid, "XLOOKUP")
    mode = int(number(match, here.locale, "XLOOKUP", 5))
    backwards = number(search, here.locale, "XLOOKUP", 6) < 0
    place = _nearest_place(key, cells, mode, backwards=backwards)
    if place is None:
        if missing is None:
            raise _missing("XLOOKUP", key)
        return missing
    if down:
        line = [found.at(place, column) for column in range(found.width)]
        return line[0] if len(line) == 1 else grid_of([line])
    line = [found.at(row, place) for row in range(found.height)]
    return line[0] if len(line) == 1 else grid_of([[cell] for cell in line])


def _nearest_place(key: Scalar, cells: list[Scalar], mode: int, *, backwards: bool) -> int | None:
    """Equal; with mode -1 or 1 else the next smaller or larger one; mode 2 takes wildcards."""
    if mode not in {-1, 0, 1, 2}:
        raise fail("VALUE", "Function XLOOKUP parameter 5 should be -1, 0, 1 or 2.")
    turned = cells[::-1] if backwards else cells
    place = _exact_place(key, turned, wild=mode == 2)
    if place is None and mode in {-1, 1}:
        near = [
            at
            for at, cell in enumerate(turned)
            if _kind(cell) == _kind(key) and compare(cell, key) * mode > 0
        ]
        for at in near:
            if place is None or compare(turned[at], turned[place]) * mode < 0:
                place = at
    return None if place is None else (len(cells) - 1 - place if backwards else place)


def _index(here: Evaluation, within: Value, row: Scalar = None, column: Scalar = None) -> Value:
    """Row or column 0 means all; the one index into a single row counts its columns."""
    grid = as_grid(within)
    down = int(number(row, here.locale, "INDEX", 2))
    across = int(number(column, here.locale, "INDEX", 3))
    if grid.height == 1 and column is None and grid.width > 1:
        down, across = 0, down
    for place, index, size in ((2, down, grid.height), (3, across, grid.width)):
        if not 0 <= index <= size:
            raise fail(
                "NUM",
                f"Function INDEX parameter {place} value is {index}. "
                f"Valid values are between 0 and {size} inclusive.",
            )
    return _part(grid, down, across)


def _part(grid: Grid, down: int, across: int) -> Value:
    rows = range(grid.height) if down == 0 else range(down - 1, down)
    columns = range(grid.width) if across == 0 else range(across - 1, across)
    read = [row for row in rows if row < len(grid.rows)]
    made = tuple(tuple(grid.at(row, column) for column in columns) for row in read)
    part = Grid(len(rows), len(columns), made)
    if grid.place is None or (part.height, part.width) != (1, 1):
        return part
    sheet_id, area = grid.place
    top, left = area.top + rows.start, area.left + columns.start
    return replace(part, place=(sheet_id, Area(top, left, top + 1, left + 1)))


def _place(rows: bool) -> Function:
    """ROW, COLUMN: of the formula's own cell, or of the first cell of a range."""
    name = "ROW" if rows else "COLUMN"

    def run(here: Evaluation, nodes: Nodes, arrays: bool) -> Value:
        if not nodes:
            return float((here.row if rows else here.column) + 1)
        value = here.of(nodes[0], arrays=arrays)
        if isinstance(value, Error):
            return value
        if not isinstance(value, Grid) or value.place is None:
            raise fail("N_A", f"Argument to {name} must be a range.")
        area = value.place[1]
        first, length = (area.top, area.height) if rows else (area.left, area.width)
        if not arrays:
            return float(first + 1)
        numbers: list[Scalar] = [float(first + 1 + index) for index in range(length)]
        return grid_of([[one] for one in numbers] if rows else [numbers])

    return Function(run, "", 0, 1, lazy=True)


FUNCTIONS = {
    "VLOOKUP": _looking("VLOOKUP", down=True),
    "HLOOKUP": _looking("HLOOKUP", down=False),
    "MATCH": Function(_match, "sgs", 2, 3),
    "XLOOKUP": Function(_xlookup, "sggass", 3, 6),
    "INDEX": Function(_index, "gss", 1, 3, arrays=True),
    "ROW": _place(rows=True),
    "COLUMN": _place(rows=False),
    "ROWS": Function(lambda _, value: float(as_grid(value).height), "g", 1, 1),
    "COLUMNS": Function(lambda _, value: float(as_grid(value).width), "g", 1, 1),
}
