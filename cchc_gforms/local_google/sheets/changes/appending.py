"""appendCells: below the last row with data of a sheet, or of a table's body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cchc_gforms.local_google import masks
from cchc_gforms.local_google.sheets import structure, table_columns
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.changes.cells import check_inside, put
from cchc_gforms.local_google.sheets.changes.tables import find
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.shifting import Move
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet

Rows = Sequence[Sequence[Cell]]


def append(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The grid grows by the rows that it lacks; a table by those it has not free."""
    tree = mask_of(body, "CellData")
    rows = [row.get("values", []) for row in body.get("rows", [])]
    if body.get("tableId"):
        _append_to_table(edit, body["tableId"], rows, tree)
        return {}
    sheet = edit.sheet(body)
    top = 1 + max((row for row, _, cell in sheet.used() if "userEnteredValue" in cell), default=-1)
    size = max(top + len(rows), sheet.row_count)
    structure.resize(edit.workbook, sheet, "ROWS", size)
    _write(edit, sheet, Area(top, 0, top + len(rows), sheet.column_count), rows, tree)
    return {}


def _append_to_table(edit: Edit, table_id: str, rows: Rows, tree: masks.Tree) -> None:
    sheet, table = find(edit.workbook, table_id)
    area = area_of(sheet, table["range"])
    top = _first_free(sheet, area, table)
    missing = top + len(rows) - area.bottom
    if missing > 0:
        structure.resize(edit.workbook, sheet, "ROWS", sheet.row_count + missing)
        below = Move(sheet.sheet_id, "ROWS", area.bottom, missing, area.left, area.right)
        structure.shift_cells(edit.workbook, sheet, below)
        _, table = find(edit.workbook, table_id)
        table["range"]["endRowIndex"] = area.bottom + missing
    _write(edit, sheet, Area(top, area.left, top + len(rows), area.right), rows, tree)
    table_columns.fill_defaults(sheet, table)


def _first_free(sheet: Sheet, area: Area, table: Mapping[str, Any]) -> int:
    """Below the last row of the body that holds more than the defaults of its columns."""
    given = table_columns.without_defaults(area, table)
    rows = (
        row
        for row, column, cell in sheet.used()
        if area.holds(row, column) and column in given and "userEnteredValue" in cell
    )
    return 1 + max(rows, default=area.top)


def _write(edit: Edit, sheet: Sheet, area: Area, rows: Rows, tree: masks.Tree) -> None:
    check_inside(area, [list(row) for row in rows])
    if rows:
        check_may_edit(sheet, area, edit.person)
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            put(sheet, area.top + down, area.left + across, cell, tree)


CHANGES: dict[str, Change] = {"appendCells": append}
