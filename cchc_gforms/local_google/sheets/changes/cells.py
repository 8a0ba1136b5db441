"""updateCells and repeatCell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google import masks
from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets import patterns
from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.copying import copied
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.entry import raw
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet

_NOT_HERE = {"pivotTable", "dataSourceTable", "dataSourceFormula", "chipRuns"}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """From `start`, or over all of `range`: what the rows do not cover there is cleared."""
    tree = mask_of(body, "CellData")
    rows = [row.get("values", []) for row in body.get("rows", [])]
    if ("range" in body) == ("start" in body):
        raise invalid("Exactly one of start or range must be set.")
    if "range" in body:
        sheet, area = edit.editable(body["range"])
    else:
        sheet, area = _from_start(edit, body["start"], rows)
    check_inside(area, rows)
    for row, column in area.cells():
        across, along = row - area.top, column - area.left
        given = rows[across] if across < len(rows) else []
        new = given[along] if along < len(given) else {}
        if "range" in body or along < len(given):
            put(sheet, row, column, new, tree)
    return {}


def repeat(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """A formula is the one of the first cell; in the others its references move along."""
    tree = mask_of(body, "CellData")
    sheet, area = edit.editable(_clipped(edit, body.get("range", {})))
    cell = body.get("cell", {})
    for row, column in area.cells():
        put(sheet, row, column, copied(cell, row - area.top, column - area.left), tree)
    return {}


def _clipped(edit: Edit, wire: dict[str, Any]) -> dict[str, Any]:
    """repeatCell ends at the grid's edge: gspread-formatting asks for a row more than there are."""
    sheet = edit.sheet(wire)
    sizes = (("Row", sheet.row_count), ("Column", sheet.column_count))
    ends = {
        f"end{name}Index": size
        for name, size in sizes
        if wire.get(f"start{name}Index", 0) < size < wire.get(f"end{name}Index", 0)
    }
    return wire | ends


def put(sheet: Sheet, row: int, column: int, new: Mapping[str, Any], tree: masks.Tree) -> None:
    """The masked fields of one cell taken from `new`."""
    for name in _NOT_HERE & new.keys():
        raise unimplemented(f"cells with {name}")
    made = masked(sheet.cell(row, column), new, tree)
    _check_number_format(made.get("userEnteredFormat", {}).get("numberFormat", {}))
    if "userEnteredValue" in made:
        made["userEnteredValue"] = _checked_value(made["userEnteredValue"])
    sheet.put(row, column, _without_empty(made))


def _from_start(edit: Edit, start: dict[str, Any], rows: list[list[Cell]]) -> tuple[Sheet, Area]:
    sheet = edit.sheet(start)
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    width = max((len(row) for row in rows), default=0)
    area = Area(top, left, top + len(rows), left + width)
    limits = Area(top, left, sheet.row_count, sheet.column_count)
    check_inside(limits, rows)
    check_may_edit(sheet, area, edit.person)
    return sheet, area


def check_inside(area: Area, rows: list[list[Cell]]) -> None:
    width = max((len(row) for row in rows), default=0)
    if len(rows) > area.height:
        last = area.bottom - 1
        raise invalid(
            f"Attempting to write row: {last + 1}, beyond the last requested row of: {last}"
        )
    if width > area.width:
        last = area.right - 1
        raise invalid(
            f"Attempting to write column: {last + 1}, beyond the last requested column of: {last}"
        )


def _checked_value(value: Mapping[str, Any]) -> dict[str, Any]:
    """Exactly one kind of value; an empty text is no value."""
    if len(value) > 1 or "errorValue" in value:
        raise invalid("A cell takes exactly one kind of value, and no errorValue.")
    if "stringValue" in value:
        return raw(value["stringValue"])
    if "numberValue" in value:
        return raw(float(value["numberValue"]))
    formula = value.get("formulaValue", "=")
    if not formula.startswith("="):
        raise invalid(f"Invalid formula: {formula}")
    return dict(value)


def _check_number_format(wire: Mapping[str, Any]) -> None:
    if wire and "type" not in wire:
        raise invalid("NumberFormat.type must be set.")
    patterns.check(wire.get("pattern", ""))


def _without_empty(cell: dict[str, Any]) -> dict[str, Any]:
    made = dict(cell)
    style = {name: part for name, part in made.get("userEnteredFormat", {}).items() if part != {}}
    if "userEnteredFormat" in made:
        made["userEnteredFormat"] = style
    return {name: part for name, part in made.items() if part not in ({}, "", [])}


CHANGES: dict[str, Change] = {"updateCells": update, "repeatCell": repeat}
