"""The format a cell is shown in: the default, banding, its own, conditional formats over all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.conditional import rules_of
from cchc_gforms.local_google.sheets.rendering import effective_value
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook


class Formats:
    """The formats of one sheet's cells, while the sheet stays as it is."""

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        self._sheet = sheet
        self._workbook = workbook
        self._default: Mapping[str, Any] = workbook.properties["defaultFormat"]
        self._rules = rules_of(sheet)
        bands = sheet.resource.get("bandedRanges", [])
        self._bands = [(area_of(sheet, band["range"]), band) for band in bands]

    def at(self, row: int, column: int) -> dict[str, Any]:
        """A wire CellFormat with every part filled in."""
        cell = self._sheet.cell(row, column)
        made = {"horizontalAlignment": _alignment(cell), "hyperlinkDisplayType": "PLAIN_TEXT"}
        made = merged(made, self._default)
        for layer in self.own(row, column):
            made = merged(made, layer)
        if "link" in made["textFormat"]:
            made["hyperlinkDisplayType"] = "LINKED"
        return made

    def own(self, row: int, column: int) -> list[Mapping[str, Any]]:
        """What lies over the default, the undermost first."""
        cell = self._sheet.cell(row, column)
        computed: Mapping[str, Any] = cell.get("effectiveFormat", {})
        layers = [self._band(row, column), computed, cell.get("userEnteredFormat", {})]
        layers += [rule.format_for(self._workbook, row, column) for rule in self._rules]
        return [layer for layer in layers if layer]

    def _band(self, row: int, column: int) -> dict[str, Any]:
        """The background that alternating colours give a cell."""
        for area, band in self._bands:
            if area.holds(row, column):
                across = _band(band.get("columnProperties", {}), column - area.left, area.width)
                return across | _band(band.get("rowProperties", {}), row - area.top, area.height)
        return {}


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid on `under`; text formats and borders are merged part by part."""
    made = dict(under) | dict(over)
    for part in ("textFormat", "borders"):
        if part in under and part in over:
            made[part] = dict(under[part]) | dict(over[part])
    return made


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
