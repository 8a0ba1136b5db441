"""What a person does to a spreadsheet from the page, each as the API's own requests.

Only typing and clearing write values; all else goes through `batch.run`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.pages.spreadsheet_typing import check_typed
from cchc_gforms.local_google.sheets import batch
from cchc_gforms.local_google.sheets.areas import Area, area_of, whole, wire_of
from cchc_gforms.local_google.sheets.edit import Edit
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.workbook import Sheet
from cchc_gforms.local_google.sheets.writing import clear, write_rows

Request = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """`area` is what is selected on `sheet`; `text` was typed; `number` is an id of a button."""

    edit: Edit
    sheet: Sheet
    area: Area
    text: str = ""
    number: int = 0


@dataclass(frozen=True)
class Action:
    """`touches` is the area that a warning may be set on, or a protection keep from editing."""

    do: Callable[[Deed], None]
    touches: Callable[[Deed], Area]


def perform(name: str, deed: Deed) -> None:
    """Refuses what is protected from the person with Google's words, before and while it acts."""
    action = ACTIONS[name]
    check_may_edit(deed.sheet, action.touches(deed), deed.edit.person)
    action.do(deed)


def is_warned(name: str, deed: Deed) -> bool:
    """Whether a protection that only warns lies on what the action touches."""
    touched = ACTIONS[name].touches(deed)
    protected = deed.sheet.resource.get("protectedRanges", [])
    warnings = [one for one in protected if one.get("warningOnly")]
    return any(area_of(deed.sheet, one.get("range", {})).meets(touched) for one in warnings)


def _type(deed: Deed) -> None:
    row, column = deed.area.top, deed.area.left
    edit = deed.edit
    write_rows(edit.workbook, deed.sheet, row, column, [[deed.text]], "USER_ENTERED", edit.now)
    check_typed(edit, deed.sheet, row, column)


def _clear(deed: Deed) -> None:
    clear(deed.sheet, deed.area)


def _first_cell(deed: Deed) -> Area:
    """Where a text goes: a merged area holds it in its first cell."""
    row, column = deed.area.top, deed.area.left
    return Area(row, column, row + 1, column + 1)


def _requests(build: Callable[[Deed], Request]) -> Callable[[Deed], None]:
    def do(deed: Deed) -> None:
        batch.run(deed.edit, [build(deed)])

    return do


def _insert(dimension: str, *, after: bool) -> Callable[[Deed], None]:
    def build(deed: Deed) -> Request:
        start, end = _bounds(deed.area, dimension)
        at = end if after else start
        lines = _lines(deed, dimension, at, at + end - start)
        return {"insertDimension": {"range": lines, "inheritFromBefore": after}}

    return _requests(build)


def _delete(dimension: str) -> Callable[[Deed], None]:
    def build(deed: Deed) -> Request:
        lines = _lines(deed, dimension, *_bounds(deed.area, dimension))
        return {"deleteDimension": {"range": lines}}

    return _requests(build)


def _sort(order: str, *, sheet: bool) -> Callable[[Deed], None]:
    """By the first column selected: the whole tab but its frozen rows, or the selection alone."""

    def build(deed: Deed) -> Request:
        area = _unfrozen(deed) if sheet else deed.area
        spec = {"dimensionIndex": deed.area.left, "sortOrder": order}
        return {"sortRange": {"range": wire_of(deed.sheet.sheet_id, area), "sortSpecs": [spec]}}

    return _requests(build)


def _rename(deed: Deed) -> Request:
    properties = {"sheetId": deed.sheet.sheet_id, "title": deed.text.strip()}
    return {"updateSheetProperties": {"properties": properties, "fields": "title"}}


def _hide(deed: Deed) -> Request:
    properties = {"sheetId": deed.sheet.sheet_id, "hidden": True}
    return {"updateSheetProperties": {"properties": properties, "fields": "hidden"}}


def _show(deed: Deed) -> Request:
    properties = {"sheetId": deed.number, "hidden": False}
    return {"updateSheetProperties": {"properties": properties, "fields": "hidden"}}


def _add_tab(deed: Deed) -> Request:
    """Named as Google names it for a person in Viet Nam."""
    workbook = deed.edit.workbook
    number = len(workbook.sheets) + 1
    while workbook.titled(f"Trang tính{number}"):
        number += 1
    return {"addSheet": {"properties": {"title": f"Trang tính{number}"}}}


def _delete_tab(deed: Deed) -> Request:
    return {"deleteSheet": {"sheetId": deed.sheet.sheet_id}}


def _delete_object(deed: Deed) -> Request:
    return {"deleteEmbeddedObject": {"objectId": deed.number}}


def _unprotect(deed: Deed) -> Request:
    return {"deleteProtectedRange": {"protectedRangeId": deed.number}}


def _anchor(deed: Deed) -> Area:
    """The cell under a chart or slicer: what is protected there protects it too."""
    for one in [*deed.sheet.resource.get("charts", []), *deed.sheet.resource.get("slicers", [])]:
        if deed.number in (one.get("chartId"), one.get("slicerId")):
            at = one["position"]["overlayPosition"].get("anchorCell", {})
            row, column = at.get("rowIndex", 0), at.get("columnIndex", 0)
            return Area(row, column, row + 1, column + 1)
    raise invalid(f"No embedded object with ID: {deed.number}")


def _selected(deed: Deed) -> Area:
    return deed.area


def _rows(deed: Deed) -> Area:
    return Area(deed.area.top, 0, deed.area.bottom, deed.sheet.column_count)


def _columns(deed: Deed) -> Area:
    return Area(0, deed.area.left, deed.sheet.row_count, deed.area.right)


def _unfrozen(deed: Deed) -> Area:
    return Area(
        deed.sheet.grid.get("frozenRowCount", 0), 0, deed.sheet.row_count, deed.sheet.column_count
    )


def _tab(deed: Deed) -> Area:
    return whole(deed.sheet)


def _nothing(_: Deed) -> Area:
    return Area(0, 0, 0, 0)


def _bounds(area: Area, dimension: str) -> tuple[int, int]:
    return (area.top, area.bottom) if dimension == "ROWS" else (area.left, area.right)


def _lines(deed: Deed, dimension: str, start: int, end: int) -> Request:
    return {
        "sheetId": deed.sheet.sheet_id,
        "dimension": dimension,
        "startIndex": start,
        "endIndex": end,
    }


ACTIONS: dict[str, Action] = {
    "type": Action(_type, _first_cell),
    "clear": Action(_clear, _selected),
    "insert_above": Action(_insert("ROWS", after=False), _rows),
    "insert_below": Action(_insert("ROWS", after=True), _rows),
    "insert_left": Action(_insert("COLUMNS", after=False), _columns),
    "insert_right": Action(_insert("COLUMNS", after=True), _columns),
    "delete_rows": Action(_delete("ROWS"), _rows),
    "delete_columns": Action(_delete("COLUMNS"), _columns),
    "sort_sheet_az": Action(_sort("ASCENDING", sheet=True), _unfrozen),
    "sort_sheet_za": Action(_sort("DESCENDING", sheet=True), _unfrozen),
    "sort_range_az": Action(_sort("ASCENDING", sheet=False), _selected),
    "sort_range_za": Action(_sort("DESCENDING", sheet=False), _selected),
    "rename_tab": Action(_requests(_rename), _tab),
    "hide_tab": Action(_requests(_hide), _tab),
    "show_tab": Action(_requests(_show), _nothing),
    "add_tab": Action(_requests(_add_tab), _nothing),
    "delete_tab": Action(_requests(_delete_tab), _tab),
    "delete_object": Action(_requests(_delete_object), _anchor),
    "unprotect": Action(_requests(_unprotect), _nothing),
}
