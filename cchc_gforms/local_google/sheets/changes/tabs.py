"""addSheet, deleteSheet, updateSheetProperties."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets import defaults, following, structure
from cchc_gforms.local_google.sheets.areas import whole
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.present import sheet_properties
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.shifting import SheetGone
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

_LONGEST_TITLE = 100
_INT32 = 2**31
_DEFAULTS = {"rowCount": defaults.ROWS, "columnCount": defaults.COLUMNS}


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    workbook, asked = edit.workbook, body.get("properties", {})
    sheet, place = new_sheet(edit, asked)
    workbook.sheets.insert(place, sheet)
    structure.check_limits(workbook)
    check_visible(workbook)
    return {"addSheet": {"properties": sheet_properties(sheet, place)}}


def new_sheet(edit: Edit, asked: dict[str, Any]) -> tuple[Sheet, int]:
    """A sheet of the properties asked for, not yet among the others, and its place there."""
    if asked.get("sheetType", "GRID") != "GRID":
        raise unimplemented(f"sheets of type {asked['sheetType']}")
    sheets = edit.workbook.sheets
    sheet_id = edit.free_id(
        asked.get("sheetId"), (one.sheet_id for one in sheets), "Sheet with id {id} already exists."
    )
    _check(0 <= sheet_id < _INT32, "Sheet id must be non-negative.")
    title = asked.get("title") or _free_title(edit.workbook)
    _check_title(edit.workbook, None, title)
    properties = {**asked, "sheetId": sheet_id, "title": title, "sheetType": "GRID"}
    properties["gridProperties"] = _DEFAULTS | asked.get("gridProperties", {})
    place = min(properties.pop("index", len(sheets)), len(sheets))
    sheet = Sheet({"properties": _ordered(properties)})
    _check_grid(sheet)
    return sheet, place


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    workbook, gone = edit.workbook, edit.sheet(body)
    if len(workbook.sheets) == 1:
        raise invalid("You can't remove all the sheets in a document.")
    if all(sheet.properties.get("hidden") for sheet in workbook.sheets if sheet is not gone):
        raise invalid("You can't remove all the visible sheets in a document.")
    check_may_edit(gone, whole(gone), edit.person)
    if gone.linked is not None:
        raise invalid("You can't delete a sheet with a linked form. Please unlink the form first.")
    following.follow(workbook, SheetGone(gone.sheet_id))
    workbook.sheets.remove(gone)
    return {}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("properties", {})
    tree = mask_of(body, "SheetProperties")
    sheet = edit.sheet(asked)
    old = sheet.properties
    made = masked(old, {"sheetType": old["sheetType"], **asked}, tree)
    place = made.pop("index", None)
    if made.get("tabColorStyle") == {}:
        made = {key: part for key, part in made.items() if key not in {"tabColor", "tabColorStyle"}}
    if not made.get("title"):
        raise invalid("Sheet title cannot be empty.")
    _check_title(edit.workbook, sheet, made["title"])
    _check(made.get("sheetType") == old["sheetType"], "The sheet type cannot be changed.")
    grid = _DEFAULTS | made.get("gridProperties", {})
    made["gridProperties"] = grid | {name: old["gridProperties"][name] for name in _DEFAULTS}
    sheet.resource["properties"] = _ordered(made | {"sheetId": sheet.sheet_id})
    if made["title"] != old["title"]:
        following.rename(edit.workbook, old["title"], made["title"])
    # Rows first: new rows times the old columns must fit (facts C: 10 million cells).
    for dimension, name in (("ROWS", "rowCount"), ("COLUMNS", "columnCount")):
        _check(grid[name] > 0, f"{name} must be greater than zero.")
        structure.resize(edit.workbook, sheet, dimension, grid[name])
    _check_grid(sheet)
    check_visible(edit.workbook)
    if place is not None:
        _move(edit.workbook, sheet, place)
    return {}


def _move(workbook: Workbook, sheet: Sheet, place: int) -> None:
    """Places count as before the move [disc SheetProperties.index]."""
    here = workbook.sheets.index(sheet)
    workbook.sheets.remove(sheet)
    workbook.sheets.insert(place - 1 if place > here else place, sheet)


def _check_grid(sheet: Sheet) -> None:
    for name, size in _DEFAULTS.items():
        _check(sheet.grid.setdefault(name, size) > 0, f"{name} must be greater than zero.")
    if sheet.grid.get("frozenRowCount", 0) >= sheet.row_count:
        raise invalid("You can't freeze all visible rows on the sheet.")
    if sheet.grid.get("frozenColumnCount", 0) >= sheet.column_count:
        raise invalid("You can't freeze all visible columns on the sheet.")


def check_visible(workbook: Workbook) -> None:
    if all(sheet.properties.get("hidden") for sheet in workbook.sheets):
        raise invalid("You can't hide all the sheets in a document.")


def _check_title(workbook: Workbook, sheet: Sheet | None, title: str) -> None:
    """Titles differ by more than case."""
    others = {one.title.casefold() for one in workbook.sheets if one is not sheet}
    if title.casefold() in others:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')
    _check(len(title) <= _LONGEST_TITLE, "The sheet name cannot be greater than 100 characters.")


def _check(fine: bool, message: str) -> None:
    if not fine:
        raise invalid(message)


def _free_title(workbook: Workbook) -> str:
    number = len(workbook.sheets) + 1
    while workbook.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _ordered(properties: dict[str, Any]) -> dict[str, Any]:
    """In the order in which Google prints them."""
    first = ("sheetId", "title", "sheetType", "gridProperties")
    head = {name: properties[name] for name in first}
    return head | {name: value for name, value in properties.items() if name not in head}


CHANGES: dict[str, Change] = {
    "addSheet": add,
    "deleteSheet": delete,
    "updateSheetProperties": update,
}
