"""All formulas of a spreadsheet, each computed once, after those it reads.

A formula may spread over cells that others read, and how far is known only once it is computed.
So all is computed in passes: in each, the extents that earlier passes found are read as cells of
the formula that spread there; the last pass is the one that finds no new extent.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from cchc_gforms.local_google.sheets.a1 import cell_name
from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.formulas.evaluate import Evaluation
from cchc_gforms.local_google.sheets.formulas.formats import Format, inferred
from cchc_gforms.local_google.sheets.formulas.functions import FUNCTIONS
from cchc_gforms.local_google.sheets.formulas.names import names_of
from cchc_gforms.local_google.sheets.formulas.reach import Formula, formula_of
from cchc_gforms.local_google.sheets.formulas.references import Reference
from cchc_gforms.local_google.sheets.formulas.syntax import Cells
from cchc_gforms.local_google.sheets.formulas.tokens import Unreadable
from cchc_gforms.local_google.sheets.formulas.values import (
    Error,
    Failure,
    Grid,
    Scalar,
    fail,
    literal,
)
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

Key = tuple[int, int, int]

_CIRCULAR = Error(
    "REF",
    "Circular dependency detected. To resolve with iterative calculation, see File > Settings.",
)
_MOST_KEPT = 500_000
_BLANK: dict[int, Scalar] = {}
UNREADABLE = Error("ERROR", "Formula parse error.")


class Calculation:
    """The values of a workbook's formulas, and what they spread over other cells.

    `now` is the serial of the spreadsheet's clock.
    """

    def __init__(self, workbook: Workbook, now: float) -> None:
        self._sheets = {sheet.sheet_id: sheet for sheet in workbook.sheets}
        self._titles = {sheet.title.casefold(): sheet for sheet in workbook.sheets}
        self._names = names_of(workbook)
        self._locale, self._now = locale_of(workbook.locale), now
        self._formulas: dict[Key, Formula] = {}
        self._unreadable: list[Key] = []
        for sheet in workbook.sheets:
            self._read(sheet)
        self._columns = _by_column(self._formulas)
        self._extents: dict[Key, Area] = {}
        self._kept = 0
        while self._pass():
            pass

    def values(self) -> Iterator[tuple[Key, Scalar]]:
        """Every cell that a formula gives a value, with it."""
        yield from self._results.items()
        for sheet_id, row, column in self._spread:
            yield (sheet_id, row, column), self._values[sheet_id][row][column]

    def cells(self, reference: Reference, sheet_id: int) -> Grid:
        """The values of a reference in a formula on this sheet."""
        sheet = self.sheet(reference, sheet_id)
        if sheet is None:
            raise fail("REF", f"Unresolved sheet name '{reference.title}'.")
        area = reference.area(sheet.row_count, sheet.column_count)
        if area.height <= 0 or area.width <= 0:
            raise fail("REF", "Reference does not exist.")
        key = (sheet.sheet_id, area)
        if key in self._grids:
            return self._grids[key]
        grid = self._grid(sheet, area)
        # ROW(A1) in A1 may read a place whose value is not known yet.
        if all(one in self._results for one in self._formulas_in(*key)):
            self._keep(key, grid)
        return grid

    def _keep(self, key: tuple[int, Area], grid: Grid) -> None:
        """For the next formula that reads the same range; all are let go when they get many."""
        self._kept += len(grid.rows) * grid.width
        if self._kept > _MOST_KEPT:
            self._grids.clear()
            self._kept = 0
        self._grids[key] = grid

    def named(self, name: str) -> Reference | None:
        return self._names.get(name.casefold())

    def sheet(self, reference: Reference, home: int) -> Sheet | None:
        if reference.title is None:
            return self._sheets[home]
        return self._titles.get(reference.title.casefold())

    def taken_format(self, sheet_id: int, row: int, column: int) -> Format:
        """The number format that a cell takes from its formula, or from what spreads over it."""
        key = (sheet_id, row, column)
        return self._formats.get(self._spread.get(key, key), {})

    def _read(self, sheet: Sheet) -> None:
        for row, column, cell in sheet.used():
            formula = cell.get("userEnteredValue", {}).get("formulaValue")
            if formula is None:
                continue
            key = (sheet.sheet_id, row, column)
            try:
                self._formulas[key] = formula_of(formula, self._locale.decimal)
            except Unreadable:
                self._unreadable.append(key)

    def _pass(self) -> bool:
        """Computes all anew; whether it found extents that were not known."""
        self._results: dict[Key, Scalar] = {}
        self._formats: dict[Key, Format] = {}
        self._spread: dict[Key, Key] = {}
        self._values = {sheet_id: _literals(sheet) for sheet_id, sheet in self._sheets.items()}
        self._grids: dict[tuple[int, Area], Grid] = {}
        self._kept = 0
        self._settled: set[tuple[int, Area]] = set()
        self._circular: set[Key] = set()
        self._found: dict[Key, Area] = {}
        for key in self._unreadable:
            self._put(key, UNREADABLE)
        for key in self._formulas:
            self._settle(key)
        known = self._extents
        found = {key: area.joined(known.get(key, area)) for key, area in self._found.items()}
        self._extents = known | found
        return self._extents != known

    def _settle(self, start: Key) -> None:
        """Computes a cell after all that it reads, with a stack of its own: chains may be long."""
        stack = [start]
        path: dict[Key, None] = {}
        while stack:
            key = stack[-1]
            if key in self._results:
                stack.pop()
            elif key in path:
                stack.pop()
                del path[key]
                self._put(key, self._computed(key))
                self._formats[key] = inferred(self, self._formulas[key].node, key[0])
            else:
                path[key] = None
                stack.extend(self._waiting_for(key, path))

    def _waiting_for(self, key: Key, path: dict[Key, None]) -> list[Key]:
        """The formulas that must be computed before; a way back into the path is a circle."""
        waiting: list[Key] = []
        for sheet_id, area in self._areas(key):
            if (sheet_id, area) in self._settled:
                continue
            inside = self._formulas_in(sheet_id, area)
            needed = [one for one in inside if one not in self._results]
            if not needed:
                self._settled.add((sheet_id, area))
            for one in needed:
                if one in path:
                    ring = list(path)
                    self._circular.update(ring[ring.index(one) :])
                else:
                    waiting.append(one)
        return waiting

    def _areas(self, key: Key) -> Iterator[tuple[int, Area]]:
        """What a formula reads: sheet ids and areas, the names looked up."""
        for one in self._formulas[key].reads:
            reference = one.reference if isinstance(one, Cells) else self.named(one.name)
            sheet = None if reference is None else self.sheet(reference, key[0])
            if reference is not None and sheet is not None:
                yield sheet.sheet_id, reference.area(sheet.row_count, sheet.column_count)

    def _formulas_in(self, sheet_id: int, area: Area) -> Iterator[Key]:
        """The formulas in an area, and those elsewhere that spread into it."""
        for column, rows in self._columns.get(sheet_id, {}).items():
            if area.left <= column < area.right:
                first, last = bisect_left(rows, area.top), bisect_left(rows, area.bottom)
                for row in rows[first:last]:
                    yield sheet_id, row, column
        for key, extent in self._extents.items():
            if key[0] == sheet_id and extent.meets(area) and not area.holds(key[1], key[2]):
                yield key

    def _computed(self, key: Key) -> Scalar:
        if key in self._circular:
            return _CIRCULAR
        here = Evaluation(self, FUNCTIONS, self._locale, self._now, *key)
        try:
            value = here.result(self._formulas[key].node)
        except Failure as failed:
            return failed.error
        if not isinstance(value, Grid):
            return value
        if (value.height, value.width) == (1, 1):
            return value.at(0, 0)
        return self._spread_out(key, value)

    def _spread_out(self, key: Key, value: Grid) -> Scalar:
        """Over the cells below and to the right, if all of them are free."""
        sheet_id, top, left = key
        area = Area(top, left, top + value.height, left + value.width)
        blocked = self._blocked(self._sheets[sheet_id], area)
        if blocked is not None:
            return Error("REF", blocked)
        self._found[key] = area
        for row, line in enumerate(value.rows, top):
            values = self._values[sheet_id].setdefault(row, {})
            for column, cell in enumerate(line, left):
                if (row, column) != (top, left):
                    values[column] = cell
                    self._spread[sheet_id, row, column] = key
        return value.at(0, 0)

    def _put(self, key: Key, value: Scalar) -> None:
        sheet_id, row, column = key
        self._results[key] = value
        self._values[sheet_id].setdefault(row, {})[column] = value

    def _blocked(self, sheet: Sheet, area: Area) -> str | None:
        """Why an area is not free but for its first cell."""
        sides = (
            ("rows", area.bottom, sheet.row_count),
            ("columns", area.right, sheet.column_count),
        )
        for word, end, size in sides:
            if end > size:
                lacking = f"please insert more {word} ({end - size})."
                return f"Result was not automatically expanded, {lacking}"
        values = self._values[sheet.sheet_id]
        for row in range(area.top, area.bottom):
            cells = sheet.rows.get(row, {})
            entered = {column for column in cells if "userEnteredValue" in cells[column]}
            for column in sorted(entered | values.get(row, {}).keys()):
                first = (row, column) == (area.top, area.left)
                if area.left <= column < area.right and not first:
                    name = cell_name(row, column)
                    return (
                        f"Array result was not expanded because it would overwrite data in {name}."
                    )
        return None

    def _grid(self, sheet: Sheet, area: Area) -> Grid:
        """Down to the last row that holds anything; the rest is blank."""
        values = self._values[sheet.sheet_id]
        columns, left = range(area.left, area.right), area.left
        lines = (values.get(row, _BLANK) for row in range(area.top, _last(values, area) + 1))
        if area.width == 1:
            rows: tuple[tuple[Scalar, ...], ...] = tuple(zip([line.get(left) for line in lines]))
        else:
            rows = tuple([tuple([line.get(column) for column in columns]) for line in lines])
        return Grid(area.height, area.width, rows, (sheet.sheet_id, area))


def _literals(sheet: Sheet) -> dict[int, dict[int, Scalar]]:
    """The values that no formula gives, by row and column."""
    found: dict[int, dict[int, Scalar]] = {}
    for row, cells in sheet.rows.items():
        values = {
            column: literal(cell["userEnteredValue"])
            for column, cell in cells.items()
            if "userEnteredValue" in cell and "formulaValue" not in cell["userEnteredValue"]
        }
        if values:
            found[row] = values
    return found


def _last(rows: Mapping[int, object], area: Area) -> int:
    """The last row of an area that is among `rows`, or the one before the area."""
    if area.height > len(rows):
        return max((row for row in rows if area.top <= row < area.bottom), default=area.top - 1)
    backwards = range(area.bottom - 1, area.top - 1, -1)
    return next((row for row in backwards if row in rows), area.top - 1)


def _by_column(keys: Iterable[Key]) -> dict[int, dict[int, list[int]]]:
    """By sheet and column, the rows in order."""
    found: dict[int, dict[int, list[int]]] = {}
    for sheet_id, row, column in sorted(keys):
        found.setdefault(sheet_id, {}).setdefault(column, []).append(row)
    return found
