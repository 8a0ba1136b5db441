"""Where `values.append` writes: below the last table that lies in the range (facts C: append)."""

from __future__ import annotations

from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.rendering import effective_value
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet


def table_in(sheet: Sheet, area: Area) -> Area | None:
    """The last island of cells with values that meets `area`: the lowest, then the rightmost."""
    found = [island for island in islands(sheet) if island.meets(area)]
    return max(found, key=lambda island: (island.bottom, island.right), default=None)


def islands(sheet: Sheet) -> list[Area]:
    """Rectangles around cells with values that touch, also at corners; none touches another."""
    rows = [(row, _stretches(sheet, row)) for row in sorted(sheet.rows)]
    done: list[Area] = []
    for row, stretches in rows:
        for left, right in stretches:
            done = _joined(done, Area(row, left, row + 1, right))
    return done


def _stretches(sheet: Sheet, row: int) -> list[tuple[int, int]]:
    """Unbroken stretches of values of a row, ends left out."""
    columns = sorted(c for c, cell in sheet.rows[row].items() if _holds_value(cell))
    found: list[tuple[int, int]] = []
    for column in columns:
        if found and found[-1][1] == column:
            found[-1] = (found[-1][0], column + 1)
        else:
            found.append((column, column + 1))
    return found


def _holds_value(cell: Cell) -> bool:
    """A formula, or a value of its own or of a formula elsewhere."""
    return "userEnteredValue" in cell or bool(effective_value(cell))


def _joined(islands: list[Area], new: Area) -> list[Area]:
    """The islands with `new`, and with all that it comes to touch, made one."""
    while touching := [island for island in islands if island.meets(_grown(new))]:
        islands = [island for island in islands if island not in touching]
        for island in touching:
            new = new.joined(island)
    return [*islands, new]


def _grown(area: Area) -> Area:
    return Area(area.top - 1, area.left - 1, area.bottom + 1, area.right + 1)
