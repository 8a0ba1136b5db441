"""Named ranges, as references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.sheets.a1 import quoted
from cchc_gforms.local_google.sheets.formulas.references import Corner, Reference
from cchc_gforms.local_google.sheets.workbook import Workbook


def names_of(workbook: Workbook) -> dict[str, Reference]:
    """By names without case; a name whose sheet is gone is none."""
    titles = {sheet.sheet_id: sheet.title for sheet in workbook.sheets}
    return {
        one["name"].casefold(): _reference(titles[one["range"].get("sheetId", 0)], one["range"])
        for one in workbook.named_ranges
        if one.get("range", {}).get("sheetId", 0) in titles
    }


def _reference(title: str, wire: Mapping[str, Any]) -> Reference:
    """A GridRange; where an end is open, so is the reference."""
    bottom, right = wire.get("endRowIndex"), wire.get("endColumnIndex")
    first = Corner(wire.get("startRowIndex", 0), wire.get("startColumnIndex", 0))
    last = Corner(
        None if bottom is None else bottom - 1,
        None if right is None else right - 1,
    )
    return Reference(f"{quoted(title)}!", first, last)
