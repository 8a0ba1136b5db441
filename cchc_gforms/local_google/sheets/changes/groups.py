"""Groups of rows or columns: a line in n groups has depth n [disc AddDimensionGroupRequest]."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.changes.dimensions import bounds, dimension_of
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Sheet

_DEEPEST = 8
_LISTS = {"ROWS": "rowGroups", "COLUMNS": "columnGroups"}


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    return {"addDimensionGroup": _deepened(edit, body.get("range", {}), 1)}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    return {"deleteDimensionGroup": _deepened(edit, body.get("range", {}), -1)}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Collapsing hides every line of the group, expanding shows them."""
    asked = body.get("dimensionGroup", {})
    tree = mask_of(body, "DimensionGroup")
    if tree.keys() - {"*", "collapsed"}:
        raise invalid("Only collapsed can be updated.")
    wire = asked.get("range", {})
    sheet, dimension = edit.sheet(wire), dimension_of(wire)
    start, end = bounds(sheet, wire)
    for group in sheet.listed(_LISTS[dimension]):
        if _span(group) == (start, end) and group["depth"] == asked.get("depth", 0):
            group["collapsed"] = asked.get("collapsed", False)
            _hide(sheet, dimension, start, end, hidden=group["collapsed"])
            return {}
    raise invalid("No group with the given range and depth.")


def _deepened(edit: Edit, wire: dict[str, Any], by: int) -> dict[str, Any]:
    """The lines' depth changed; the reply lists the sheet's groups of that dimension."""
    sheet, dimension = edit.sheet(wire), dimension_of(wire)
    start, end = bounds(sheet, wire)
    old = sheet.listed(_LISTS[dimension])
    depths = _depths(old)
    for line in range(start, end):
        depths[line] = depths.get(line, 0) + by
    if min(depths.values()) < 0:
        raise invalid("There is no group over the given range.")
    if max(depths.values()) > _DEEPEST:
        raise invalid(f"Groups cannot be deeper than {_DEEPEST}.")
    collapsed = {(*_span(one), one["depth"]) for one in old if one.get("collapsed")}
    lines = {"sheetId": sheet.sheet_id, "dimension": dimension}
    sheet.resource[_LISTS[dimension]] = groups = [
        {
            "range": {**lines, "startIndex": first, "endIndex": last},
            "depth": depth,
            "collapsed": (first, last, depth) in collapsed,
        }
        for first, last, depth in sorted(_runs(depths))
    ]
    return {"dimensionGroups": outgoing(groups)} if groups else {}


def _depths(groups: list[dict[str, Any]]) -> dict[int, int]:
    depths: dict[int, int] = {}
    for group in groups:
        for line in range(*_span(group)):
            depths[line] = depths.get(line, 0) + 1
    return depths


def _runs(depths: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """Start, end and depth of each unbroken run of lines at least so deep."""
    for depth in range(1, max(depths.values()) + 1):
        deep = {line for line, at in depths.items() if at >= depth}
        for start in sorted(line for line in deep if line - 1 not in deep):
            end = start
            while end in deep:
                end += 1
            yield start, end, depth


def _span(group: dict[str, Any]) -> tuple[int, int]:
    return group["range"]["startIndex"], group["range"]["endIndex"]


def _hide(sheet: Sheet, dimension: str, start: int, end: int, *, hidden: bool) -> None:
    sizes = sheet.sizes[dimension]
    for line in range(start, end):
        kept = {name: part for name, part in sizes.get(line, {}).items() if name != "hiddenByUser"}
        sizes[line] = kept | ({"hiddenByUser": True} if hidden else {})


CHANGES: dict[str, Change] = {
    "addDimensionGroup": add,
    "deleteDimensionGroup": delete,
    "updateDimensionGroup": update,
}
