"""Formulas as Google stores them, whichever request wrote them."""

from __future__ import annotations

from collections.abc import Mapping

from cchc_gforms.local_google.sheets.references import canonical
from cchc_gforms.local_google.sheets.workbook import Row, Workbook


def settle(workbook: Workbook, before: Mapping[int, Mapping[int, Row]]) -> None:
    """Of the cells that are not as they were before."""
    titles = {sheet.title.casefold(): sheet.title for sheet in workbook.sheets}
    for sheet in workbook.sheets:
        old = before.get(sheet.sheet_id, {})
        for row, cells in sheet.rows.items():
            known = old.get(row, {})
            if known == cells:
                continue
            for column, cell in cells.items():
                formula = cell.get("userEnteredValue", {}).get("formulaValue")
                if formula is not None and cell is not known.get(column):
                    value = {"formulaValue": canonical(formula, titles)}
                    cells[column] = {**cell, "userEnteredValue": value}
