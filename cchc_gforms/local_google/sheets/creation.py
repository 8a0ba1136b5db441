"""`spreadsheets.create`: a spreadsheet with the sheets, and their contents, of the request."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets import batch, defaults, limits, structure
from cchc_gforms.local_google.sheets.changes import cells, spreadsheet, tabs
from cchc_gforms.local_google.sheets.edit import Edit
from cchc_gforms.local_google.sheets.wire import incoming
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

_KNOWN = {
    "properties", "sheets", "spreadsheetId", "spreadsheetUrl", "namedRanges", "developerMetadata",
}  # fmt: skip
# What lies over the cells is made by the request that adds it: its name, and the body's field.
_ADDED = {
    "merges": ("mergeCells", "range"),
    "tables": ("addTable", "table"),
    "bandedRanges": ("addBanding", "bandedRange"),
    "conditionalFormats": ("addConditionalFormatRule", "rule"),
    "basicFilter": ("setBasicFilter", "filter"),
    "filterViews": ("addFilterView", "filter"),
    "charts": ("addChart", "chart"),
    "slicers": ("addSlicer", "slicer"),
    "protectedRanges": ("addProtectedRange", "protectedRange"),
    "developerMetadata": ("createDeveloperMetadata", "developerMetadata"),
}
_KNOWN_OF_SHEETS = {"properties", "data", "rowGroups", "columnGroups", *_ADDED}


def fill(edit: Edit, body: dict[str, Any]) -> None:
    """Makes the new, empty workbook of `edit` what the body asks for."""
    if body.get("spreadsheetId"):
        raise invalid("Invalid spreadsheet.spreadsheetId: This user did not create this id.")
    limits.check("Spreadsheet", body)
    for name in body.keys() - _KNOWN:
        raise unimplemented(f"spreadsheets.create with {name}")
    asked = incoming(body.get("properties") or {})
    edit.workbook.properties |= {name: part for name, part in asked.items() if part}
    spreadsheet.check(edit.workbook.properties)
    given = body.get("sheets") or [{"properties": {"sheetId": 0, "title": "Sheet1"}}]
    for one in given:
        _add_sheet(edit, one)
    tabs.check_visible(edit.workbook)
    structure.check_limits(edit.workbook)
    for one in given:
        _add_objects(edit, one)
    for named in body.get("namedRanges") or []:
        _request(edit, "addNamedRange", {"namedRange": named})
    for item in body.get("developerMetadata") or []:
        _request(edit, "createDeveloperMetadata", {"developerMetadata": item})


def empty(file_id: str, title: str) -> Workbook:
    properties = defaults.spreadsheet_properties(title, "en_US", "Etc/GMT")
    return Workbook(file_id, properties, [])


def _add_sheet(edit: Edit, one: dict[str, Any]) -> None:
    for name in one.keys() - _KNOWN_OF_SHEETS:
        raise unimplemented(f"spreadsheets.create with {name} of a sheet")
    sheet, place = tabs.new_sheet(edit, incoming(one.get("properties") or {}))
    edit.workbook.sheets.insert(place, sheet)
    for data in one.get("data") or []:
        _add_data(sheet, incoming(data))


def _add_objects(edit: Edit, one: dict[str, Any]) -> None:
    for name, (request, field) in _ADDED.items():
        found = one.get(name) or []
        for number, part in enumerate(found if isinstance(found, list) else [found]):
            place = {"index": number} if name == "conditionalFormats" else {}
            _request(edit, request, {field: part} | place)
    for group in (one.get("rowGroups") or []) + (one.get("columnGroups") or []):
        _request(edit, "addDimensionGroup", {"range": group.get("range", {})})
        if group.get("collapsed"):
            change = {"dimensionGroup": group, "fields": "collapsed"}
            _request(edit, "updateDimensionGroup", change)


def _request(edit: Edit, name: str, body: dict[str, Any]) -> None:
    batch.apply(edit, name, body)


def _add_data(sheet: Sheet, data: dict[str, Any]) -> None:
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    for row, line in enumerate(data.get("rowData", []), top):
        for column, cell in enumerate(line.get("values", []), left):
            cells.put(sheet, row, column, cell, {"*": {}})
    pairs = (("ROWS", "rowMetadata", top), ("COLUMNS", "columnMetadata", left))
    for dimension, name, start in pairs:
        sheet.sizes[dimension] |= dict(enumerate(data.get(name, []), start))
