"""What cells show, for requests that sort, filter, compare or copy by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.sheets.edit import Edit
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.rendering import effective_value, formatted
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook


class Shown:
    """A sheet as a person sees it, to be read only."""

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        """Of a workbook that was calculated."""
        self.workbook, self.sheet = workbook, workbook.sheet(sheet.sheet_id)
        self._locale: Locale = locale_of(workbook.locale)

    @classmethod
    def now(cls, edit: Edit, sheet: Sheet) -> Shown:
        return cls(calculated(edit.workbook, edit.now), sheet)

    def cell(self, row: int, column: int) -> Cell:
        return self.sheet.cell(row, column)

    def value(self, row: int, column: int) -> Mapping[str, Any]:
        """The wire ExtendedValue; {} in an empty cell."""
        return effective_value(self.cell(row, column))

    def text(self, row: int, column: int) -> str:
        return formatted(self.cell(row, column), self._locale)
