"""The wire Spreadsheet: properties, objects, and cells when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from cchc_gforms.local_google import masks
from cchc_gforms.local_google.sheets import a1, defaults, field_masks
from cchc_gforms.local_google.sheets.areas import Area, whole
from cchc_gforms.local_google.sheets.effective import Formats
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.rendering import effective_value, formatted
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook


def spreadsheet(
    workbook: Workbook,
    url: str,
    me: str,
    ranges: Sequence[str] = (),
    *,
    cells: bool = False,
    mask: masks.Tree | None = None,
) -> dict[str, Any]:
    """`ranges` leave only the sheets they lie on; `cells` adds their data. `me` is the caller.

    What the `mask` does not name of a cell is not worked out.
    """
    wanted = _Wanted(mask or {})
    areas = _areas(workbook, ranges)
    answer = {
        "spreadsheetId": workbook.spreadsheet_id,
        "properties": workbook.properties,
        "sheets": [
            _sheet(workbook, place, sheet, areas[sheet.sheet_id] if cells else [], me, wanted)
            for place, sheet in enumerate(workbook.sheets)
            if sheet.sheet_id in areas
        ],
        "spreadsheetUrl": url,
    }
    if workbook.named_ranges:
        answer["namedRanges"] = outgoing(workbook.named_ranges)
    metadata = [item for item in workbook.metadata if item["location"].get("spreadsheet")]
    return answer | ({"developerMetadata": outgoing(metadata)} if metadata else {})


def sheet_properties(sheet: Sheet, place: int) -> dict[str, Any]:
    """Wire SheetProperties, with the place among the tabs."""
    named: dict[str, Any] = {}
    for key, value in outgoing(sheet.properties).items():
        named[key] = value
        if key == "title":
            named["index"] = place
    return named


def _areas(workbook: Workbook, ranges: Sequence[str]) -> dict[int, list[Area]]:
    areas: dict[int, list[Area]] = {}
    for text in ranges:
        sheet, area = a1.located(workbook, text)
        areas.setdefault(sheet.sheet_id, []).append(area)
    return areas if ranges else {sheet.sheet_id: [whole(sheet)] for sheet in workbook.sheets}


def _sheet(
    workbook: Workbook,
    place: int,
    sheet: Sheet,
    areas: Sequence[Area],
    me: str,
    wanted: _Wanted,
) -> dict[str, Any]:
    answer: dict[str, Any] = {"properties": sheet_properties(sheet, place)}
    if areas:
        answer["data"] = [_data(workbook, sheet, area, wanted) for area in areas]
    objects = {key: value for key, value in sheet.resource.items() if key != "properties"}
    if "protectedRanges" in objects:
        objects["protectedRanges"] = [for_caller(one, me) for one in objects["protectedRanges"]]
    metadata = [item for item in workbook.metadata if _lies_on(item, sheet)]
    shown: dict[str, Any] = outgoing(objects | {"developerMetadata": metadata})
    return answer | shown


def for_caller(protected: dict[str, Any], me: str) -> dict[str, Any]:
    """A protected range as the caller sees it (facts B: addProtectedRange)."""
    if protected.get("warningOnly"):
        return protected | {"requestingUserCanEdit": True}
    users = protected.get("editors", {}).get("users", [])
    return protected | {"requestingUserCanEdit": me in users}


def _lies_on(item: dict[str, Any], sheet: Sheet) -> bool:
    location = item["location"]
    if location.get("spreadsheet") or "dimensionRange" in location:
        return False
    return bool(location["sheetId"] == sheet.sheet_id)


def _data(workbook: Workbook, sheet: Sheet, area: Area, wanted: _Wanted) -> dict[str, Any]:
    answer: dict[str, Any] = {"startRow": area.top, "startColumn": area.left}
    answer = {key: value for key, value in answer.items() if value}
    drawing = _Drawing(sheet, Formats(workbook, sheet), locale_of(workbook.locale), wanted)
    rows = _row_data(drawing, area)
    if rows:
        answer["rowData"] = rows
    down, across = range(area.top, area.bottom), range(area.left, area.right)
    answer["rowMetadata"] = _sizes(workbook, sheet, "ROWS", down)
    answer["columnMetadata"] = _sizes(workbook, sheet, "COLUMNS", across)
    return answer


class _Wanted:
    """The fields of a cell that are asked for, before the mask cuts what is below them."""

    def __init__(self, mask: masks.Tree) -> None:
        self._mask = mask
        self.has = cache(self._has)

    def _has(self, name: str) -> bool:
        return field_masks.names(self._mask, "sheets", "data", "rowData", "values", name)


@dataclass(frozen=True)
class _Drawing:
    """What the cells of a sheet are told from."""

    sheet: Sheet
    formats: Formats
    locale: Locale
    wanted: _Wanted

    def cell(self, row: int, column: int) -> dict[str, Any]:
        cell: Cell = self.sheet.cell(row, column)
        if not cell:
            return {}
        wanted = self.wanted.has
        answer = {name: part for name, part in cell.items() if name != "sparkline" and wanted(name)}
        if effective_value(cell) or "userEnteredValue" in cell:
            if wanted("effectiveValue"):
                answer["effectiveValue"] = effective_value(cell)
            if wanted("formattedValue"):
                answer["formattedValue"] = formatted(cell, self.locale)
        if wanted("effectiveFormat"):
            answer["effectiveFormat"] = self.formats.at(row, column)
        link = cell.get("userEnteredFormat", {}).get("textFormat", {}).get("link", {}).get("uri")
        if link:
            answer["hyperlink"] = link
        shown: dict[str, Any] = outgoing(answer)
        return shown


def _row_data(drawing: _Drawing, area: Area) -> list[dict[str, Any]]:
    lines: dict[int, list[dict[str, Any]]] = {}
    for row, cells in drawing.sheet.rows.items():
        here = [column for column in cells if area.left <= column < area.right]
        if here and area.top <= row < area.bottom:
            lines[row] = [drawing.cell(row, column) for column in range(area.left, max(here) + 1)]
    last = max(lines, default=area.top - 1)
    return [{"values": lines[row]} if row in lines else {} for row in range(area.top, last + 1)]


def _sizes(
    workbook: Workbook, sheet: Sheet, dimension: str, indexes: Sequence[int]
) -> list[dict[str, Any]]:
    """The DimensionProperties of lines, with the developer metadata that sticks to them."""
    default = {"pixelSize": defaults.PIXELS[dimension]}
    known = sheet.sizes[dimension]
    stuck: dict[int, list[dict[str, Any]]] = {}
    for item in workbook.metadata:
        lines = item["location"].get("dimensionRange", {})
        if (lines.get("sheetId"), lines.get("dimension")) == (sheet.sheet_id, dimension):
            stuck.setdefault(lines["startIndex"], []).append(item)
    return [
        outgoing({**default, **known.get(index, {}), "developerMetadata": stuck.get(index, [])})
        for index in indexes
    ]
