"""The cell that a form writes for an answer (facts of the Forms page, 6.2 and 6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cchc_gforms.local_google.sheets.entry import LONGEST, entered
from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.workbook import Cell

_TYPED = {"number", "date", "date_time", "time"}


def answer_cell(kind: str, values: Sequence[Any], locale: Locale) -> Cell:
    """Choices are joined with `, `; text stays text, also where it looks like a formula. What is
    longer than a cell may be is cut: the form keeps all of it (facts 6.7, 6.8)."""
    if kind == "timestamp":
        return _formatted(values[0], "DATE_TIME", locale.date_time)
    text = ", ".join(values)[:LONGEST]
    typed = entered(text, locale) if kind in _TYPED and text[:1] != "=" else {}
    if "numberValue" not in typed.get("userEnteredValue", {}):
        return {"userEnteredValue": {"stringValue": text}} if text else {}
    number = typed["userEnteredValue"]["numberValue"]
    match kind:
        case "date":
            return _formatted(number, "DATE", locale.date)
        case "date_time":
            return _formatted(number, "DATE_TIME", locale.date_time)
        case "time":
            return _formatted(number, "TIME", locale.time)
        case _:
            return {"userEnteredValue": {"numberValue": number}}


def _formatted(number: float, kind: str, pattern: str) -> Cell:
    return {
        "userEnteredValue": {"numberValue": number},
        "userEnteredFormat": {"numberFormat": {"type": kind, "pattern": pattern}},
    }
