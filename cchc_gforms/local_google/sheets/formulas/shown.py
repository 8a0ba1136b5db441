"""A workbook as it is shown: what its formulas compute written into its cells.

A cell gets `effectiveValue` (the wire ExtendedValue), and where there is any `effectiveFormat`
(its number format alone), `hyperlink`, `sparkline`. Such cells are to be read, never to be saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cchc_gforms.local_google.sheets.formulas.calculate import Calculation, Key
from cchc_gforms.local_google.sheets.formulas.formats import inferred
from cchc_gforms.local_google.sheets.formulas.values import Error, Link, Scalar, Sparkline
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.rendering import pattern_of
from cchc_gforms.local_google.sheets.serials import serial_at
from cchc_gforms.local_google.sheets.workbook import Cell, Row, Sheet, Workbook


def calculated(workbook: Workbook, now: datetime) -> Workbook:
    """Another workbook, which shares with this one all that no formula touches."""
    if not any(has_formulas(sheet) for sheet in workbook.sheets):
        return workbook
    made = Calculation(workbook, serial_at(now, workbook.time_zone))
    rows: dict[int, dict[int, Row]] = {}
    formats: dict[Key, Any] = {}
    sheets = {sheet.sheet_id: sheet for sheet in workbook.sheets}
    for (sheet_id, row, column), source, value in made.values():
        if source not in formats:
            formats[source] = _format(workbook, inferred(made, made.node(source), sheet_id))
        sheet, changed = sheets[sheet_id], rows.setdefault(sheet_id, {})
        cells = changed.setdefault(row, dict(sheet.rows.get(row, {})))
        cells[column] = _shown(sheet.cell(row, column), value, formats[source])
    return replace(workbook, sheets=[_with(sheet, rows) for sheet in workbook.sheets])


def has_formulas(sheet: Sheet) -> bool:
    return any(
        "formulaValue" in cell.get("userEnteredValue", ())
        for cells in sheet.rows.values()
        for cell in cells.values()
    )


def _format(workbook: Workbook, inferred: Mapping[str, Any]) -> Mapping[str, Any]:
    """With the locale's pattern where it has none."""
    pattern = pattern_of(inferred, locale_of(workbook.locale))
    return {**inferred, "pattern": pattern} if pattern else inferred


def _with(sheet: Sheet, rows: dict[int, dict[int, Row]]) -> Sheet:
    changed = rows.get(sheet.sheet_id)
    return replace(sheet, rows=sheet.rows | changed) if changed else sheet


def _shown(cell: Cell, value: Scalar, number_format: Any) -> Cell:
    made: dict[str, Any] = {**cell, "effectiveValue": wire(value)}
    if number_format and isinstance(value, int | float) and not isinstance(value, bool):
        made["effectiveFormat"] = {"numberFormat": number_format}
    if isinstance(value, Link):
        made["hyperlink"] = value.url
    if isinstance(value, Sparkline):
        made["sparkline"] = value
    return made


def wire(value: Scalar) -> dict[str, Any]:
    """The wire ExtendedValue; {} for nothing, and for a picture."""
    if value is None or isinstance(value, Sparkline):
        return {}
    if isinstance(value, Error):
        return {"errorValue": {"type": value.kind, "message": value.message}}
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": str(value)} if isinstance(value, str) else {"numberValue": value}
