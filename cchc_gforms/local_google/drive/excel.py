"""A wire Spreadsheet as an Excel file: values, formulas, and the formats that both know."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_gforms.local_google.sheets.rendering import plain_number

_UNFIT = re.compile(r"[\[\]:*?/\\]")
_ALIGN = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
_VALIGN = {"TOP": "top", "MIDDLE": "vcenter", "BOTTOM": "bottom"}
_LINES = {
    "SOLID": 1, "SOLID_MEDIUM": 2, "DASHED": 3, "DOTTED": 4, "SOLID_THICK": 5, "DOUBLE": 6,
}  # fmt: skip
_PATTERNS = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": "#,##0.00",
    "SCIENTIFIC": "0.00E+00",
    "DATE": "yyyy-mm-dd",
    "TIME": "hh:mm:ss",
    "DATE_TIME": "yyyy-mm-dd hh:mm:ss",
    "TEXT": "@",
}
_DEFAULT_PIXELS = {"columnMetadata": 100, "rowMetadata": 21}


def written(book: Mapping[str, Any]) -> bytes:
    """All tabs in their order."""
    made = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with Workbook(made, options) as workbook:
        pens = _Pens(workbook)
        titles: set[str] = set()
        for sheet in book["sheets"]:
            name = _fit(sheet["properties"]["title"], titles)
            titles.add(name.lower())
            _write_sheet(workbook.add_worksheet(name), sheet, pens)
    return made.getvalue()


class _Pens:
    """Excel formats, one for each distinct Sheets format."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def of(self, cell: Mapping[str, Any]) -> Any:
        wanted = _format(cell.get("effectiveFormat", {}))
        key = json.dumps(wanted, sort_keys=True)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(wanted)
        return self._made[key]


def _write_sheet(page: Worksheet, sheet: Mapping[str, Any], pens: _Pens) -> None:
    properties, [data] = sheet["properties"], sheet["data"]
    grid = properties.get("gridProperties", {})
    page.freeze_panes(grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0))
    if grid.get("hideGridlines"):
        page.hide_gridlines(2)
    if properties.get("hidden"):
        page.hide()
    _size(page, data)
    cells = {
        (row, column): cell
        for row, line in enumerate(data.get("rowData", []))
        for column, cell in enumerate(line.get("values", []))
        if cell
    }
    for merged in sheet.get("merges", []):
        _merge(page, merged)
    for (row, column), cell in cells.items():
        _write_cell(page, row, column, cell, pens.of(cell))
        if cell.get("note"):
            page.write_comment(row, column, cell["note"])


def _size(page: Worksheet, data: Mapping[str, Any]) -> None:
    setters = {"columnMetadata": page.set_column_pixels, "rowMetadata": page.set_row_pixels}
    for name, usual in _DEFAULT_PIXELS.items():
        for place, line in enumerate(data.get(name, [])):
            hidden = bool(line.get("hiddenByUser") or line.get("hiddenByFilter"))
            if line.get("pixelSize", usual) == usual and not hidden:
                continue
            size, how = line.get("pixelSize", usual), {"hidden": hidden}
            where = (place, place) if name == "columnMetadata" else (place,)
            setters[name](*where, size, None, how)


def _merge(page: Worksheet, merged: Mapping[str, Any]) -> None:
    """The cells are written after, over what this leaves in them."""
    page.merge_range(
        merged.get("startRowIndex", 0),
        merged.get("startColumnIndex", 0),
        merged["endRowIndex"] - 1,
        merged["endColumnIndex"] - 1,
        "",
    )


def _write_cell(page: Worksheet, row: int, column: int, cell: Mapping[str, Any], pen: Any) -> None:
    value = cell.get("effectiveValue", {})
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula:
        page.write_formula(row, column, formula, pen, _result(cell))
    elif "numberValue" in value:
        page.write_number(row, column, value["numberValue"], pen)
    elif "boolValue" in value:
        page.write_boolean(row, column, value["boolValue"], pen)
    elif "stringValue" in value:
        page.write_string(row, column, value["stringValue"][:32_767], pen)
    else:
        page.write_blank(row, column, None, pen)


def _result(cell: Mapping[str, Any]) -> Any:
    """What Excel shows until it computes for itself."""
    value = cell.get("effectiveValue", {})
    if "errorValue" in value:
        return cell.get("formattedValue", "")
    if "numberValue" in value:
        return plain_number(value["numberValue"])
    return next(iter(value.values()), "")


def _format(style: Mapping[str, Any]) -> dict[str, Any]:
    text, number = style.get("textFormat", {}), style.get("numberFormat", {})
    pattern = number.get("pattern") or _PATTERNS.get(number.get("type", ""), "")
    wanted: dict[str, Any] = {
        "num_format": pattern,
        "align": _ALIGN.get(style.get("horizontalAlignment", "")),
        "valign": _VALIGN.get(style.get("verticalAlignment", "")),
        "text_wrap": style.get("wrapStrategy") == "WRAP",
        "bold": text.get("bold"),
        "italic": text.get("italic"),
        "underline": 1 if text.get("underline") else None,
        "font_strikeout": text.get("strikethrough"),
        "font_name": text.get("fontFamily", "Arial").split(",")[0].title(),
        "font_size": text.get("fontSize", 10),
        "font_color": _color(text.get("foregroundColorStyle"), "#000000"),
        "bg_color": _color(style.get("backgroundColorStyle"), "#FFFFFF"),
    }
    for side, border in style.get("borders", {}).items():
        wanted[side] = _LINES.get(border.get("style", ""))
        wanted[f"{side}_color"] = _color(border.get("colorStyle"), "")
    return {name: one for name, one in wanted.items() if one}


def _color(style: Mapping[str, Any] | None, plain: str) -> str:
    """`#RRGGBB`, empty for the usual colour and for one of the theme."""
    if style is None or "rgbColor" not in style:
        return ""
    parts = (style["rgbColor"].get(name, 0) for name in ("red", "green", "blue"))
    color = "#" + "".join(f"{round(part * 255):02X}" for part in parts)
    return "" if color == plain else color


def _fit(title: str, taken: set[str]) -> str:
    """A name that Excel takes: 31 characters, some signs not, each once whatever its case."""
    plain = _UNFIT.sub(" ", title).strip("'")[:31] or "Sheet"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: 31 - len(str(number)) - 1]} {number}"
    return name
