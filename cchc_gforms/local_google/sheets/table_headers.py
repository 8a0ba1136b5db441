"""The header cells of tables and the names of their columns are one and the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.rendering import formatted
from cchc_gforms.local_google.sheets.table_columns import columns_of
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook


def settle(workbook: Workbook) -> None:
    """After a change: what was written into a header names its column; none is left without."""
    for sheet in workbook.sheets:
        for table in sheet.listed("tables"):
            area = area_of(sheet, table["range"])
            for column in columns_of(table):
                place = area.left + column["columnIndex"]
                cell = sheet.cell(area.top, place)
                value = cell.get("userEnteredValue", {})
                if "formulaValue" in value:
                    column["columnName"] = f"Column {column['columnIndex'] + 1}"
                elif value:
                    column["columnName"] = formatted(cell, locale_of(workbook.locale))
            write(sheet, table)


def write(sheet: Sheet, table: Mapping[str, Any]) -> None:
    """The names into the header cells, as plain texts."""
    area = area_of(sheet, table["range"])
    for column in columns_of(table):
        place = area.left + column["columnIndex"]
        value = {"stringValue": column["columnName"]}
        cell = sheet.cell(area.top, place)
        if cell.get("userEnteredValue") != value:
            kept = {name: part for name, part in cell.items() if name != "textFormatRuns"}
            sheet.put(area.top, place, {**kept, "userEnteredValue": value})
