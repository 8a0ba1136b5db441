"""duplicateSheet, and the copy into another spreadsheet."""

from __future__ import annotations

import copy
from typing import Any

from cchc_gforms.local_google.errors import unimplemented
from cchc_gforms.local_google.sheets import structure
from cchc_gforms.local_google.sheets.changes import tabs
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.present import sheet_properties
from cchc_gforms.local_google.sheets.sheet_copies import copy_of
from cchc_gforms.local_google.sheets.shifting import Rehomed
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook


def duplicate(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The copy is shown, stands first when no index is given, and is not protected."""
    source = edit.workbook.sheet(body.get("sourceSheetId", 0))
    title = body.get("newSheetName") or _free_title(edit.workbook, source.title)
    asked = {"title": title, "index": body.get("insertSheetIndex", 0)}
    if "newSheetId" in body:
        asked["sheetId"] = body["newSheetId"]
    sheet, place = _copied(edit, source, asked, others_gone=False)
    return {"duplicateSheet": {"properties": sheet_properties(sheet, place)}}


def copy_into(edit: Edit, source: Sheet) -> dict[str, Any]:
    """As the last sheet of the spreadsheet of `edit`; the wire SheetProperties."""
    title = _free_title(edit.workbook, source.title)
    sheet, place = _copied(edit, source, {"title": title}, others_gone=True)
    return sheet_properties(sheet, place)


def _copied(
    edit: Edit, source: Sheet, asked: dict[str, Any], *, others_gone: bool
) -> tuple[Sheet, int]:
    if source.resource.get("tables"):
        raise unimplemented("copies of sheets with tables")
    own = {name: part for name, part in source.properties.items() if name not in _NOT_COPIED}
    blank, place = tabs.new_sheet(edit, copy.deepcopy(own) | asked)
    rule = Rehomed(source.sheet_id, blank.sheet_id, others_gone=others_gone)
    sheet = copy_of(source, blank.properties, rule, edit.number)
    edit.workbook.sheets.insert(place, sheet)
    structure.check_limits(edit.workbook)
    return sheet, place


def _free_title(workbook: Workbook, title: str) -> str:
    made, number = f"Copy of {title}", 1
    while workbook.titled(made):
        made, number = f"Copy of {title} {number}", number + 1
    return made


_NOT_COPIED = {"sheetId", "title", "hidden"}
CHANGES: dict[str, Change] = {"duplicateSheet": duplicate}
