"""The format a cell is shown in: the default, banding, its own, conditional formats over all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.conditional import conditional_format
from cchc_gforms.local_google.sheets.rendering import effective_value
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook


def effective_format(workbook: Workbook, sheet: Sheet, row: int, column: int) -> dict[str, Any]:
    """A wire CellFormat with every part filled in."""
    cell = sheet.cell(row, column)
    made = {"horizontalAlignment": _alignment(cell), "hyperlinkDisplayType": "PLAIN_TEXT"}
    layers = (
        workbook.properties["defaultFormat"],
        band_format(sheet, row, column),
        cell.get("userEnteredFormat", {}),
        conditional_format(workbook, sheet, row, column),
    )
    for layer in layers:
        made = merged(made, layer)
    if "link" in made["textFormat"]:
        made["hyperlinkDisplayType"] = "LINKED"
    return made


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid on `under`; text formats and borders are merged part by part."""
    made = dict(under) | dict(over)
    for part in ("textFormat", "borders"):
        if part in under and part in over:
            made[part] = dict(under[part]) | dict(over[part])
    return made


def band_format(sheet: Sheet, row: int, column: int) -> dict[str, Any]:
    """The background that alternating colours give a cell."""
    for band in sheet.resource.get("bandedRanges", []):
        area = area_of(sheet, band["range"])
        if not area.holds(row, column):
            continue
        made = _band(band.get("columnProperties", {}), column - area.left, area.width)
        made |= _band(band.get("rowProperties", {}), row - area.top, area.height)
        return made
    return {}


def _band(colors: Mapping[str, Any], place: int, length: int) -> dict[str, Any]:
    """The header and footer, where given, take a line each and leave the rest to the bands."""
    header = "headerColorStyle" in colors
    if header and place == 0:
        name = "headerColor"
    elif "footerColorStyle" in colors and place == length - 1:
        name = "footerColor"
    else:
        name = "firstBandColor" if (place - header) % 2 == 0 else "secondBandColor"
    if f"{name}Style" not in colors:
        return {}
    made = {"backgroundColorStyle": colors[f"{name}Style"]}
    return made | ({"backgroundColor": colors[name]} if name in colors else {})


def _alignment(cell: Cell) -> str:
    value = effective_value(cell)
    if "numberValue" in value:
        return "RIGHT"
    return "CENTER" if {"boolValue", "errorValue"} & value.keys() else "LEFT"


def shown_area(sheet: Sheet, row: int, column: int) -> Area | None:
    """The merged area that begins at a cell, or None."""
    for wire in sheet.resource.get("merges", []):
        area = area_of(sheet, wire)
        if (area.top, area.left) == (row, column):
            return area
    return None
