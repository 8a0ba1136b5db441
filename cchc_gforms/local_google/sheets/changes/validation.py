"""setDataValidation."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets.edit import Change, Edit

_COUNTS = {"ONE_OF_LIST": None, "ONE_OF_RANGE": 1, "BOOLEAN": None}


def set_validation(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Without a rule the validation is cleared. What the API writes is not held against it."""
    sheet, area = edit.editable(body.get("range", {}))
    rule = body.get("rule")
    if rule is not None:
        _check(rule.get("condition", {}))
    for row, column in area.cells():
        cell = dict(sheet.cell(row, column))
        cell.pop("dataValidation", None)
        sheet.put(row, column, cell if rule is None else cell | {"dataValidation": rule})
    return {}


def _check(condition: dict[str, Any]) -> None:
    kind = condition.get("type", "")
    if kind not in _COUNTS:
        raise unimplemented(f"data validation of type {kind}")
    values = condition.get("values", [])
    needed = _COUNTS[kind]
    if (kind == "ONE_OF_LIST" and not values) or (needed is not None and len(values) != needed):
        raise invalid(f"Conditions of type {kind} got {len(values)} values.")


CHANGES: dict[str, Change] = {"setDataValidation": set_validation}
