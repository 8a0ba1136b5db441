"""Columns counted from the edge of a range: those of tables and slicers."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.sheets.shifting import Rule, box_of


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


def _moved(wire: dict[str, Any], holder: dict[str, Any], rule: Rule) -> dict[str, Any] | None:
    """`holder` with its `columnIndex` counted in the moved range; None when the column is gone."""
    column = (wire.get("startColumnIndex") or 0) + holder.get("columnIndex", 0)
    whole = rule.box(box_of(wire))
    cells = rule.box(box_of(wire | {"startColumnIndex": column, "endColumnIndex": column + 1}))
    if whole is None or cells is None:
        return None
    return holder | {"columnIndex": (cells.left or 0) - (whole.left or 0)}


def _filled(columns: list[dict[str, Any]], wire: dict[str, Any], rule: Rule) -> list[Any]:
    """A table's new columns get the first free of the names `Column 1`, `Column 2` …"""
    whole = rule.box(box_of(wire))
    if whole is None or whole.left is None or whole.right is None:
        return columns
    known = {column["columnIndex"]: column for column in columns}
    return [known.get(index) or new_column(index) for index in range(whole.right - whole.left)]


def new_column(index: int) -> dict[str, Any]:
    return {"columnIndex": index, "columnName": f"Column {index + 1}"}
