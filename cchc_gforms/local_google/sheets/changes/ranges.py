"""insertRange and deleteRange: cells come or go, those below or beside them move."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets import structure
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.protection import check_may_edit, check_not_of_a_form
from cchc_gforms.local_google.sheets.shifting import Move
from cchc_gforms.local_google.sheets.workbook import Sheet


def insert(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The new cells are blank; the grid keeps its size [disc InsertRangeRequest.range]."""
    sheet, area = edit.area(body.get("range", {}))
    rows = _by_rows(body)
    band = _band(sheet, area, rows=rows)
    _check(edit, sheet, band)
    number = area.height if rows else area.width
    edge = sheet.row_count if rows else sheet.column_count
    for row, column, _ in sheet.used():
        if band.holds(row, column) and (row if rows else column) >= edge - number:
            raise unimplemented("insertRange that pushes cells off the grid")
    structure.shift_cells(edit.workbook, sheet, _move(sheet, area, number, rows=rows))
    return {}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, area = edit.area(body.get("range", {}))
    rows = _by_rows(body)
    _check(edit, sheet, _band(sheet, area, rows=rows))
    number = area.height if rows else area.width
    structure.shift_cells(edit.workbook, sheet, _move(sheet, area, -number, rows=rows))
    return {}


def _by_rows(body: dict[str, Any]) -> bool:
    if body.get("shiftDimension") not in {"ROWS", "COLUMNS"}:
        raise invalid("No dimension specified.")
    return bool(body["shiftDimension"] == "ROWS")


def _band(sheet: Sheet, area: Area, *, rows: bool) -> Area:
    """All cells that move: to the lower or the right edge."""
    if rows:
        return Area(area.top, area.left, sheet.row_count, area.right)
    return Area(area.top, area.left, area.bottom, sheet.column_count)


def _move(sheet: Sheet, area: Area, number: int, *, rows: bool) -> Move:
    if rows:
        return Move(sheet.sheet_id, "ROWS", area.top, number, area.left, area.right)
    return Move(sheet.sheet_id, "COLUMNS", area.left, number, area.top, area.bottom)


def _check(edit: Edit, sheet: Sheet, band: Area) -> None:
    """Nothing that is protected moves, and no merge is torn."""
    check_may_edit(sheet, band, edit.person)
    check_not_of_a_form(sheet, band)
    for wire in sheet.listed("merges"):
        merged = area_of(sheet, wire)
        if merged.meets(band) and not merged.within(band):
            raise invalid("You can't insert or delete cells that partially intersect a merge.")
    if any(area_of(sheet, one["range"]).meets(band) for one in sheet.listed("tables")):
        raise unimplemented("insertRange and deleteRange across a table")


CHANGES: dict[str, Change] = {"insertRange": insert, "deleteRange": delete}
