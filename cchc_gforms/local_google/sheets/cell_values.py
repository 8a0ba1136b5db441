"""What a cell shows, for requests that sort, filter or compare by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.rendering import effective_value, formatted
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook


def value_at(workbook: Workbook, sheet: Sheet, row: int, column: int) -> Mapping[str, Any]:  # noqa: ARG001 - what a formula shows is a matter of the whole workbook
    """The wire ExtendedValue that is shown; {} in an empty cell."""
    return effective_value(sheet.cell(row, column))


def text_at(workbook: Workbook, sheet: Sheet, row: int, column: int) -> str:
    """The text as a person sees it."""
    return formatted(sheet.cell(row, column), locale_of(workbook.locale))
