"""Rows and columns: append, insert, delete, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import defaults, structure
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.protection import (
    check_may_edit,
    check_may_shape,
    check_may_size,
)
from cchc_gforms.local_google.sheets.rendering import formatted
from cchc_gforms.local_google.sheets.workbook import Sheet

_CHARACTER, _MARGIN, _LINE = 7, 12, 21


def append(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, dimension = edit.sheet(body), dimension_of(body)
    length = body.get("length", 0)
    if length < 1:
        raise invalid("length must be greater than zero.")
    size = structure.count(sheet, dimension)
    check_may_size(sheet, _lines(sheet, dimension, size - 1, size), edit.person)
    size += length
    structure.resize(edit.workbook, sheet, dimension, size)
    return {}


def insert(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The new lines look like the line before them (`inheritFromBefore`), or the one after."""
    wire = body.get("range", {})
    sheet, dimension = edit.sheet(wire), dimension_of(wire)
    start, end = bounds(sheet, wire, insert=True)
    from_before = body.get("inheritFromBefore", False)
    size = structure.count(sheet, dimension)
    if start == size and not from_before:
        raise invalid(
            f"range.startIndex must be less than the grid size ({size}) if inheritFromBefore is "
            "false."
        )
    if from_before and start == 0:
        raise invalid("Cannot inherit from before the first row or column.")
    around = [line for line in (start - 1, start) if 0 <= line < size]
    between = [_lines(sheet, dimension, line, line + 1) for line in around]
    check_may_shape(sheet, between, edit.person)
    structure.insert(edit.workbook, sheet, dimension, start, end - start)
    _inherit(sheet, dimension, start - 1 if from_before else end, start, end)
    return {}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    wire = body.get("range", {})
    sheet, dimension = edit.sheet(wire), dimension_of(wire)
    start, end = bounds(sheet, wire)
    check_may_edit(sheet, _lines(sheet, dimension, start, end), edit.person)
    structure.delete(edit.workbook, sheet, dimension, start, end)
    return {}


def move(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    wire, to = body.get("source", {}), body.get("destinationIndex", 0)
    sheet, dimension = edit.sheet(wire), dimension_of(wire)
    start, end = bounds(sheet, wire)
    size = structure.count(sheet, dimension)
    if not 0 <= to <= size:
        raise invalid(f"destinationIndex is larger than current grid size ({size})")
    check_may_edit(sheet, _lines(sheet, dimension, start, end), edit.person)
    _check_merges(sheet, dimension, start, end, to)
    structure.move(edit.workbook, sheet, dimension, start, end, to)
    return {}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    wire = body.get("range", {})
    tree = mask_of(body, "DimensionProperties")
    sheet, dimension = edit.sheet(wire), dimension_of(wire)
    check_may_size(sheet, _lines(sheet, dimension, *bounds(sheet, wire)), edit.person)
    for index in range(*bounds(sheet, wire)):
        made = masked(sheet.sizes[dimension].get(index, {}), body.get("properties", {}), tree)
        sheet.sizes[dimension][index] = made
    return {}


def auto_resize(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Without the metrics of fonts: by the number of characters (facts B: auto-resize)."""
    wire = body.get("dimensions", {})
    sheet, dimension = edit.sheet(wire), dimension_of(wire)
    locale = locale_of(edit.workbook.locale)
    seen = calculated(edit.workbook, edit.now).sheet(sheet.sheet_id)
    for index in range(*bounds(sheet, wire)):
        needed = _needed(seen, dimension, index, locale)
        if needed:
            known = sheet.sizes[dimension].get(index, {})
            sheet.sizes[dimension][index] = known | {"pixelSize": needed}
    return {}


def _needed(sheet: Sheet, dimension: str, index: int, locale: Locale) -> int:
    """Pixels for the longest text of a column, or the most lines of a row; 0 without text."""
    if dimension == "COLUMNS":
        texts = [formatted(row[index], locale) for row in sheet.rows.values() if index in row]
        longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
        return longest * _CHARACTER + _MARGIN if longest else 0
    texts = [formatted(cell, locale) for cell in sheet.rows.get(index, {}).values()]
    lines = max((text.count("\n") + 1 for text in texts if text), default=0)
    return lines * _LINE


def _inherit(sheet: Sheet, dimension: str, source: int, start: int, end: int) -> None:
    """Formats and sizes of a line, not its values."""
    if source in sheet.sizes[dimension]:
        size = sheet.sizes[dimension][source]
        sheet.sizes[dimension] |= {index: dict(size) for index in range(start, end)}
    for row, column, cell in list(sheet.used()):
        if (row if dimension == "ROWS" else column) != source or "userEnteredFormat" not in cell:
            continue
        look = {"userEnteredFormat": cell["userEnteredFormat"]}
        for index in range(start, end):
            sheet.put(*((index, column) if dimension == "ROWS" else (row, index)), look)


def _lines(sheet: Sheet, dimension: str, start: int, end: int) -> Area:
    if dimension == "COLUMNS":
        return Area(0, start, sheet.row_count, end)
    return Area(start, 0, end, sheet.column_count)


def _check_merges(sheet: Sheet, dimension: str, start: int, end: int, to: int) -> None:
    """No merge may be torn apart, where lines leave or where they arrive."""
    for wire in sheet.listed("merges"):
        merged = area_of(sheet, wire)
        low, high = merged.top, merged.bottom
        if dimension == "COLUMNS":
            low, high = merged.left, merged.right
        torn = low < end and start < high and not start <= low <= high <= end
        if torn or low < to < high:
            word = "row" if dimension == "ROWS" else "column"
            raise invalid(
                f"Sorry, it is not possible to move a {word} to a position that crosses a merged "
                "cell. Please unmerge and try again."
            )


def dimension_of(wire: Mapping[str, Any]) -> str:
    if wire.get("dimension") not in defaults.PIXELS:
        raise invalid("No dimension specified.")
    return str(wire["dimension"])


def bounds(sheet: Sheet, wire: Mapping[str, Any], *, insert: bool = False) -> tuple[int, int]:
    """First and last line, the end left out; an open end reaches the edge."""
    size = structure.count(sheet, dimension_of(wire))
    start, end = wire.get("startIndex", 0), wire.get("endIndex", size)
    if end <= start or start < 0:
        raise invalid("endIndex must be after startIndex.")
    if insert and start > size:
        raise invalid(f"range.startIndex is larger than current grid size ({size})")
    if not insert and max(start, end) > size:
        word = "row" if wire["dimension"] == "ROWS" else "column"
        raise invalid(f"Index {max(start, end)} is beyond the last {word} of: {size}")
    return start, end


CHANGES: dict[str, Change] = {
    "appendDimension": append,
    "insertDimension": insert,
    "deleteDimension": delete,
    "moveDimension": move,
    "updateDimensionProperties": update,
    "autoResizeDimensions": auto_resize,
}
