"""`spreadsheets.create`: a spreadsheet with the sheets, and their contents, of the request."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import unimplemented
from cchc_gforms.local_google.sheets import defaults
from cchc_gforms.local_google.sheets.changes import cells, spreadsheet, tabs
from cchc_gforms.local_google.sheets.edit import Edit
from cchc_gforms.local_google.sheets.wire import incoming
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

_KNOWN = {"properties", "sheets", "spreadsheetId", "spreadsheetUrl"}
_KNOWN_OF_SHEETS = {"properties", "data"}


def fill(edit: Edit, body: dict[str, Any]) -> None:
    """Makes the new, empty workbook of `edit` what the body asks for."""
    for name in body.keys() - _KNOWN:
        raise unimplemented(f"spreadsheets.create with {name}")
    asked = incoming(body.get("properties") or {})
    edit.workbook.properties |= {name: part for name, part in asked.items() if part}
    spreadsheet.check(edit.workbook.properties)
    given = body.get("sheets") or [{"properties": {"sheetId": 0, "title": "Sheet1"}}]
    for one in given:
        _add_sheet(edit, one)


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


def _add_data(sheet: Sheet, data: dict[str, Any]) -> None:
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    for row, line in enumerate(data.get("rowData", []), top):
        for column, cell in enumerate(line.get("values", []), left):
            cells.put(sheet, row, column, cell, {"*": {}})
    pairs = (("ROWS", "rowMetadata", top), ("COLUMNS", "columnMetadata", left))
    for dimension, name, start in pairs:
        sheet.sizes[dimension] |= dict(enumerate(data.get(name, []), start))
