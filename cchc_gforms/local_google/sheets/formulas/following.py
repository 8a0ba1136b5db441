"""The formulas of a whole workbook follow what happens to the cells and tabs they name."""

from __future__ import annotations

from collections.abc import Callable

from cchc_gforms.local_google.sheets.formulas.references import Moving
from cchc_gforms.local_google.sheets.formulas.rewriting import (
    followed,
    orphaned,
    relocalised,
    renamed,
)
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook


def follow_lines(workbook: Workbook, sheet: Sheet, move: Moving) -> None:
    """After lines of a sheet came or went; its cells lie where they belong already."""
    _each(workbook, lambda formula, home: followed(formula, home.title, sheet.title, move))


def follow_title(workbook: Workbook, old: str, new: str) -> None:
    _each(workbook, lambda formula, _: renamed(formula, old, new))


def follow_deletion(workbook: Workbook, title: str) -> None:
    _each(workbook, lambda formula, _: orphaned(formula, title))


def follow_locale(workbook: Workbook, old: str, new: str) -> None:
    before, after = locale_of(old), locale_of(new)
    _each(workbook, lambda formula, _: relocalised(formula, before, after))


def _each(workbook: Workbook, change: Callable[[str, Sheet], str]) -> None:
    for sheet in workbook.sheets:
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                formula = cell.get("userEnteredValue", {}).get("formulaValue")
                made = None if formula is None else change(formula, sheet)
                if made is not None and made != formula:
                    sheet.rows[row][column] = _with(cell, made)


def _with(cell: Cell, formula: str) -> Cell:
    return {**cell, "userEnteredValue": {"formulaValue": formula}}
