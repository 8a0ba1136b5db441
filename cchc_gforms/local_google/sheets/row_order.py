"""Rows of a range put into another order; cells move whole, and formulas as if copied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import a1
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.collation import key_of
from cchc_gforms.local_google.sheets.copying import copied
from cchc_gforms.local_google.sheets.edit import Edit
from cchc_gforms.local_google.sheets.workbook import Sheet

_KINDS = ("numberValue", "stringValue", "boolValue", "errorValue")
Ordering = Callable[[list[int]], list[int]]


def sort(edit: Edit, sheet: Sheet, area: Area, specs: Sequence[Mapping[str, Any]]) -> None:
    shown = Shown.now(edit, sheet)
    rearrange(sheet, area, lambda rows: ordered(shown, rows, specs))


def ordered(shown: Shown, rows: list[int], specs: Sequence[Mapping[str, Any]]) -> list[int]:
    """Later orders decide where earlier ones are equal; blank cells come last both ways."""
    locale = shown.workbook.locale
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        down = spec.get("sortOrder") == "DESCENDING"
        keys = {row: _key(shown, locale, row, column) for row in rows}
        filled = [row for row in rows if keys[row] is not None]
        blank = [row for row in rows if keys[row] is None]
        rows = sorted(filled, key=lambda row: keys[row], reverse=down) + blank
    return rows


def rearrange(sheet: Sheet, area: Area, ordering: Ordering) -> None:
    """Rows that are not shown keep their places, the others are dealt to the places left."""
    _check_merges(sheet, area)
    last = max((row for row, _, _ in sheet.used() if area.top <= row < area.bottom), default=-1)
    sizes = sheet.sizes["ROWS"]
    shown = [row for row in range(area.top, last + 1) if not is_hidden(sizes.get(row, {}))]
    place_rows(sheet, area, dict(zip(shown, ordering(shown), strict=True)))


def place_rows(sheet: Sheet, area: Area, sources: Mapping[int, int | None]) -> None:
    """Each row takes the cells of its source; without one it is blank."""
    columns = range(area.left, area.right)
    old = {row: dict(sheet.rows.get(row, {})) for row in sources}
    for row, source in sources.items():
        taken = {} if source is None else old[source]
        for column in old[row].keys() | taken.keys():
            if column in columns:
                cell = taken.get(column, {})
                sheet.put(row, column, copied(cell, row - (source or 0), 0))


def is_hidden(size: Mapping[str, Any]) -> bool:
    return bool(size.get("hiddenByUser") or size.get("hiddenByFilter"))


def _key(shown: Shown, locale: str, row: int, column: int) -> Any:
    """Numbers before texts before booleans before errors; None for a blank cell."""
    value = shown.value(row, column)
    for rank, kind in enumerate(_KINDS):
        if kind in value:
            part = value[kind]
            if kind == "stringValue":
                part = key_of(part, locale)
            return rank, 0 if kind == "errorValue" else part
    return None


def _check_merges(sheet: Sheet, area: Area) -> None:
    for wire in sheet.listed("merges"):
        merged = area_of(sheet, wire)
        if merged.height > 1 and merged.meets(area):
            where = a1.range_name(sheet, merged).rpartition("!")[2]
            raise invalid(
                "You can't sort a range containing vertical merges. There is a vertical merge at "
                f"{where}"
            )
