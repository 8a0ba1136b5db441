"""sortRange, randomizeRange, deleteDuplicates: rows of a range in another order, or fewer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import row_order
from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.filtering import check_sort


def sort(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, area = edit.editable(body.get("range", {}))
    specs = body.get("sortSpecs", [])
    if not specs:
        raise invalid("At least one sortSpec is required.")
    for spec in specs:
        check_sort(spec, area)
    row_order.sort(edit, sheet, area, specs)
    return {}


def randomize(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, area = edit.editable(body.get("range", {}))

    def shuffled(rows: list[int]) -> list[int]:
        drawn = [(edit.number(), row) for row in rows]
        return [row for _, row in sorted(drawn)]

    row_order.rearrange(sheet, area, shuffled)
    return {}


def delete_duplicates(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The first of equal rows stays; the rows below move up inside the range."""
    sheet, area = edit.editable(body.get("range", {}))
    columns = _columns(body.get("comparisonColumns", []), area)
    shown = Shown.now(edit, sheet)
    used = [row for row, column, _ in sheet.used() if area.holds(row, column)]
    rows = range(area.top, max(used, default=area.top - 1) + 1)
    seen: set[Any] = set()
    kept = []
    for row in rows:
        key = tuple(_compared(shown.value(row, column)) for column in columns)
        if key not in seen:
            kept.append(row)
        seen.add(key)
    filled: list[int | None] = [*kept, *[None] * (len(rows) - len(kept))]
    row_order.place_rows(sheet, area, dict(zip(rows, filled, strict=True)))
    removed = len(rows) - len(kept)
    return {"deleteDuplicates": {"duplicatesRemovedCount": removed} if removed else {}}


def _columns(wires: list[dict[str, Any]], area: Area) -> list[int]:
    """The columns to compare; all when none is given."""
    if not wires:
        return list(range(area.left, area.right))
    chosen: list[int] = []
    for wire in wires:
        if wire.get("dimension") != "COLUMNS":
            raise invalid("Comparison columns must have the dimension COLUMNS.")
        start, end = wire.get("startIndex", 0), wire.get("endIndex", area.right)
        if not area.left <= start < end <= area.right:
            raise invalid("Comparison columns must be within the range.")
        chosen += range(start, end)
    return chosen


def _compared(value: Mapping[str, Any]) -> Any:
    """A value without its letter case [disc DeleteDuplicatesRequest]."""
    if "stringValue" in value:
        return "stringValue", value["stringValue"].casefold()
    return next(((kind, str(part)) for kind, part in value.items()), None)


CHANGES: dict[str, Change] = {
    "sortRange": sort,
    "randomizeRange": randomize,
    "deleteDuplicates": delete_duplicates,
}
