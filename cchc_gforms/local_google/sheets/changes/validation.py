"""setDataValidation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import conditional
from cchc_gforms.local_google.sheets.copying import copied
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.row_order import is_hidden

# How many values each condition takes that data validation knows [disc BooleanCondition.type].
_COUNTS = {
    **{f"NUMBER_{kind}": 1 for kind in ("GREATER", "GREATER_THAN_EQ", "LESS", "LESS_THAN_EQ")},
    **dict.fromkeys(("NUMBER_EQ", "NUMBER_NOT_EQ"), 1),
    **dict.fromkeys(("NUMBER_BETWEEN", "NUMBER_NOT_BETWEEN"), 2),
    **dict.fromkeys(("TEXT_CONTAINS", "TEXT_NOT_CONTAINS", "TEXT_EQ"), 1),
    **dict.fromkeys(("TEXT_IS_EMAIL", "TEXT_IS_URL", "DATE_IS_VALID"), 0),
    **dict.fromkeys(("DATE_EQ", "DATE_BEFORE", "DATE_AFTER"), 1),
    **dict.fromkeys(("DATE_ON_OR_BEFORE", "DATE_ON_OR_AFTER"), 1),
    **dict.fromkeys(("DATE_BETWEEN", "DATE_NOT_BETWEEN"), 2),
    **dict.fromkeys(("ONE_OF_RANGE", "CUSTOM_FORMULA"), 1),
}  # fmt: skip
_SEVERAL = {"ONE_OF_LIST": range(1, 501), "BOOLEAN": range(3)}


def set_validation(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Without a rule the validation is cleared. What the API writes is not held against it."""
    sheet, area = edit.editable(body.get("range", {}))
    rule = body.get("rule")
    if rule is not None:
        _check(rule.get("condition", {}), locale_of(edit.workbook.locale))
    sizes = sheet.sizes["ROWS"]
    for row, column in area.cells():
        filtered = is_hidden({"hiddenByFilter": sizes.get(row, {}).get("hiddenByFilter")})
        if filtered and not body.get("filteredRowsIncluded"):
            continue
        cell = dict(sheet.cell(row, column))
        cell.pop("dataValidation", None)
        if rule is not None:
            cell["dataValidation"] = _for_cell(rule, row - area.top, column - area.left)
        sheet.put(row, column, cell)
    return {}


def _for_cell(rule: dict[str, Any], down: int, across: int) -> Any:
    """Formulas are written for the first cell of the range; the list of a range stays in place."""
    if rule["condition"]["type"] == "ONE_OF_RANGE":
        return rule
    return copied({"dataValidation": rule}, down, across)["dataValidation"]


def _check(condition: Mapping[str, Any], locale: Locale) -> None:
    kind = condition.get("type", "")
    if kind not in _COUNTS and kind not in _SEVERAL:
        raise invalid(f"Conditions of type {kind} are not supported by data validation.")
    values = condition.get("values", [])
    needed = _SEVERAL.get(kind) or range(_COUNTS.get(kind, 0), _COUNTS.get(kind, 0) + 1)
    if len(values) not in needed:
        raise invalid(f"Conditions of type {kind} got {len(values)} values.")
    for value in values:
        _check_value(kind, value, locale)


def _check_value(kind: str, value: Mapping[str, Any], locale: Locale) -> None:
    """Relative dates are for conditional formats and filters only [disc relativeDate]."""
    if "relativeDate" in value:
        raise invalid("Relative dates are not supported by data validation.")
    if kind not in _SEVERAL and kind != "ONE_OF_RANGE":
        conditional.check_typed(kind, value.get("userEnteredValue", ""), locale)


CHANGES: dict[str, Change] = {"setDataValidation": set_validation}
