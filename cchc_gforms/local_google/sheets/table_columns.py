"""Columns counted from the edge of a range: those of tables and slicers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.shifting import Rule, box_of
from cchc_gforms.local_google.sheets.workbook import Sheet

_DEFAULTS: dict[str, dict[str, Any]] = {
    "BOOLEAN": {"boolValue": False},
    "RATINGS_CHIP": {"numberValue": 0.0},
}
_KINDS = {"BOOLEAN": "boolValue", "RATINGS_CHIP": "numberValue"}


def follow_columns(one: dict[str, Any], rule: Rule) -> dict[str, Any]:
    """A slicer or table whose columns are counted anew when its range moves by the rule."""
    if "columnProperties" in one:
        moved = [_moved(one["range"], column, rule) for column in one["columnProperties"]]
        return one | {"columnProperties": _filled([c for c in moved if c], one["range"], rule)}
    spec = one.get("spec", {})
    if "dataRange" in spec:
        counted = _moved(spec["dataRange"], spec, rule)
        if counted is None:
            counted = {name: spec[name] for name in spec.keys() - {"columnIndex", "filterCriteria"}}
        return one | {"spec": counted}
    return one


def free_name(taken: set[str]) -> str:
    """`Column 1`, or the first number that no other column has."""
    number = 1
    while f"Column {number}" in taken:
        number += 1
    return f"Column {number}"


def without_defaults(area: Area, table: Mapping[str, Any]) -> set[int]:
    """The columns of the sheet in which a table fills in nothing by itself."""
    kinds = {column["columnIndex"]: column.get("columnType") for column in columns_of(table)}
    return {area.left + index for index, kind in kinds.items() if kind not in _DEFAULTS}


def fill_defaults(sheet: Sheet, table: Mapping[str, Any]) -> None:
    """FALSE in a checkbox column where no truth value is, 0 in one of ratings."""
    area = area_of(sheet, table["range"])
    for column in columns_of(table):
        kind = column.get("columnType", "")
        if kind not in _DEFAULTS:
            continue
        place = area.left + column["columnIndex"]
        for row in range(area.top + 1, area.bottom):
            cell = sheet.cell(row, place)
            if _KINDS[kind] not in cell.get("userEnteredValue", {}):
                sheet.put(row, place, {**cell, "userEnteredValue": _DEFAULTS[kind]})


def columns_of(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = table.get("columnProperties", [])
    return columns


def _moved(wire: dict[str, Any], holder: dict[str, Any], rule: Rule) -> dict[str, Any] | None:
    """`holder` with its `columnIndex` counted in the moved range; None when the column is gone."""
    column = (wire.get("startColumnIndex") or 0) + holder.get("columnIndex", 0)
    whole = rule.box(box_of(wire))
    cells = rule.box(box_of(wire | {"startColumnIndex": column, "endColumnIndex": column + 1}))
    if whole is None or cells is None:
        return None
    return holder | {"columnIndex": (cells.left or 0) - (whole.left or 0)}


def _filled(columns: list[dict[str, Any]], wire: dict[str, Any], rule: Rule) -> list[Any]:
    """New columns of a table get the first free names."""
    whole = rule.box(box_of(wire))
    if whole is None or whole.left is None or whole.right is None:
        return columns
    known = {column["columnIndex"]: column for column in columns}
    names = {column["columnName"] for column in columns}
    for index in range(whole.right - whole.left):
        if index not in known:
            known[index] = {"columnIndex": index, "columnName": free_name(names)}
            names.add(known[index]["columnName"])
    return [known[index] for index in range(whole.right - whole.left)]
