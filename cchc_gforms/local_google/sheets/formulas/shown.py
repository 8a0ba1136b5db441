"""A workbook as it is shown: what its formulas compute written into its cells.

A cell gets `effectiveValue` (the wire ExtendedValue), and where there is any `effectiveFormat`
(its number format alone), `hyperlink`, `sparkline`. Such cells are to be read, never to be saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cchc_gforms.local_google.sheets.formulas.asides import Asides
from cchc_gforms.local_google.sheets.formulas.calculate import Calculation
from cchc_gforms.local_google.sheets.formulas.values import (
    Link,
    Scalar,
    Sparkline,
    is_number,
    wire,
)
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.rendering import pattern_of
from cchc_gforms.local_google.sheets.serials import serial_at
from cchc_gforms.local_google.sheets.workbook import Cell, Row, Sheet, Workbook


def calculated(workbook: Workbook, now: datetime) -> Workbook:
    """Another workbook, which shares with this one all that no formula touches.

    It can compute the formulas of conditions too.
    """
    if not any(has_formulas(sheet) for sheet in workbook.sheets):
        return without_formulas(workbook, now)
    locale, serial = locale_of(workbook.locale), serial_at(now, workbook.time_zone)
    made = Calculation(workbook, serial)
    rows: dict[int, dict[int, Row]] = {}
    sheets = {sheet.sheet_id: sheet for sheet in workbook.sheets}
    for (sheet_id, row, column), value in made.values():
        sheet, changed = sheets[sheet_id], rows.setdefault(sheet_id, {})
        if row not in changed:
            changed[row] = dict(sheet.rows.get(row, {}))
        number_format = made.taken_format(sheet_id, row, column)
        changed[row][column] = _shown(sheet.cell(row, column), value, number_format, locale)
    shown = [_with(sheet, rows) for sheet in workbook.sheets]
    return replace(workbook, sheets=shown, asides=Asides(lambda: made, locale, serial))


def without_formulas(workbook: Workbook, now: datetime) -> Workbook:
    """As `calculated`, of a workbook whose cells are known to hold none."""
    locale, serial = locale_of(workbook.locale), serial_at(now, workbook.time_zone)
    asides = Asides(lambda: Calculation(workbook, serial), locale, serial)
    return replace(workbook, asides=asides)


def has_formulas(sheet: Sheet) -> bool:
    return any(
        "formulaValue" in cell.get("userEnteredValue", ())
        for cells in sheet.rows.values()
        for cell in cells.values()
    )


def _with(sheet: Sheet, rows: dict[int, dict[int, Row]]) -> Sheet:
    changed = rows.get(sheet.sheet_id)
    return replace(sheet, rows=sheet.rows | changed) if changed else sheet


def _shown(cell: Cell, value: Scalar, number_format: Mapping[str, Any], locale: Locale) -> Cell:
    made: dict[str, Any] = {**cell, "effectiveValue": wire(value)}
    if number_format and is_number(value):
        pattern = pattern_of(number_format, locale)
        made["effectiveFormat"] = {"numberFormat": {**number_format, "pattern": pattern}}
    if isinstance(value, Link):
        made["hyperlink"] = value.url
    if isinstance(value, Sparkline):
        made["sparkline"] = value
    return made
