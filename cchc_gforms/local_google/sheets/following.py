"""Everything in a workbook that names cells follows when they move, but the cells themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cchc_gforms.local_google.sheets import filtering
from cchc_gforms.local_google.sheets.references import follower, renamed, with_name
from cchc_gforms.local_google.sheets.shifting import GONE, Rule, box_of, moved
from cchc_gforms.local_google.sheets.table_columns import follow_columns
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook

Rewrite = Callable[[str], str]


def follow(workbook: Workbook, rule: Rule) -> None:
    """Ranges, anchors, filter columns, metadata, named ranges and formulas."""
    formulas = follower(workbook, rule)
    for sheet in workbook.sheets:
        home = sheet.sheet_id

        def rewrite(text: str, home: int = home) -> str:
            return formulas.formula(text, home)

        objects = {
            name: _moved_objects(name, part, rule, rewrite)
            for name, part in sheet.resource.items()
            if name != "properties"
        }
        kept = {name: part for name, part in objects.items() if part is not GONE}
        sheet.resource = {"properties": sheet.properties} | kept
        rewrite_cells(sheet, rewrite)
    _settle(workbook)
    workbook.metadata = moved(workbook.metadata, rule, str)
    workbook.named_ranges = moved(workbook.named_ranges, rule, str)


def rename(workbook: Workbook, old: str, new: str) -> None:
    """Formulas name a sheet by its new title."""
    _rewrite_all(workbook, lambda text: renamed(text, old, new))


def rename_range(workbook: Workbook, old: str, new: str) -> None:
    """Formulas name a range by its new name."""
    _rewrite_all(workbook, lambda text: with_name(text, old, new))


def _rewrite_all(workbook: Workbook, rewrite: Rewrite) -> None:
    for sheet in workbook.sheets:
        rewrite_cells(sheet, rewrite)
        for name, part in sheet.resource.items():
            if name != "properties":
                sheet.resource[name] = _formulas_of(part, rewrite)


def rewrite_cells(sheet: Sheet, rewrite: Rewrite) -> None:
    for cells in sheet.rows.values():
        for column, cell in cells.items():
            if "formulaValue" in cell.get("userEnteredValue", {}) or "dataValidation" in cell:
                cells[column] = rewritten_cell(cell, rewrite)


def rewritten_cell(cell: Cell, rewrite: Rewrite) -> Cell:
    """The cell with its formula and the formulas of its validation rewritten."""
    made: Cell = _formulas_of(dict(cell), rewrite)
    return made


def _moved_objects(name: str, part: Any, rule: Rule, rewrite: Rewrite) -> Any:
    if name == "basicFilter":
        part = filtering.follow_columns(part, rule)
    elif name == "filterViews":
        part = [filtering.follow_columns(one, rule) for one in part]
    elif name in {"slicers", "tables"}:
        part = [follow_columns(one, rule) for one in part]
    return moved(part, rule, rewrite)


def _settle(workbook: Workbook) -> None:
    """What came to lie on another sheet belongs to it; a merge of one cell is none."""
    for sheet in workbook.sheets:
        for name in ("merges", "protectedRanges", "bandedRanges"):
            for one in list(sheet.resource.get(name, [])):
                _settle_one(workbook, sheet, name, one)


def _settle_one(workbook: Workbook, sheet: Sheet, name: str, one: dict[str, Any]) -> None:
    wire = one if name == "merges" else one.get("range", {"sheetId": sheet.sheet_id})
    listed = sheet.listed(name)
    if wire["sheetId"] != sheet.sheet_id:
        listed.remove(one)
        workbook.sheet(wire["sheetId"]).listed(name).append(one)
    if name == "merges":
        box = box_of(wire)
        assert None not in (box.top, box.left, box.bottom, box.right)
        if ((box.bottom or 0) - (box.top or 0), (box.right or 0) - (box.left or 0)) == (1, 1):
            workbook.sheet(wire["sheetId"]).listed(name).remove(one)


def _formulas_of(value: Any, rewrite: Rewrite, key: str = "") -> Any:
    if isinstance(value, list):
        return [_formulas_of(item, rewrite, key) for item in value]
    if isinstance(value, dict):
        return {name: _formulas_of(item, rewrite, name) for name, item in value.items()}
    if isinstance(value, str) and key in {"userEnteredValue", "formulaValue"}:
        return rewrite(value)
    return value
