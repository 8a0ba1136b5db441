"""Conditional format rules: positional, without ids (facts C: addConditionalFormatRule)."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import conditional
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Sheet

_NO_TYPE = "INTERPOLATION_POINT_TYPE_UNSPECIFIED"


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    rule = body.get("rule", {})
    sheet = _checked(edit, rule)
    rules = sheet.listed("conditionalFormats")
    index = body.get("index", 0)
    if not 0 <= index <= len(rules):
        raise invalid(f"Index {index} is beyond the last conditional format rule.")
    rules.insert(index, rule)
    return {}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Another rule in the place of one, or the same rule at another place."""
    index = body.get("index", 0)
    if "rule" in body:
        sheet = _checked(edit, body["rule"])
        old = _at(sheet, index)
        sheet.listed("conditionalFormats")[index] = body["rule"]
        place = index
    else:
        sheet = edit.sheet(body)
        old = _at(sheet, index)
        place = body.get("newIndex", 0)
        rules = sheet.listed("conditionalFormats")
        rules.insert(place, rules.pop(index))
    reply = {"newRule": _at(sheet, place), "newIndex": place, "oldRule": old, "oldIndex": index}
    return {"updateConditionalFormatRule": outgoing(reply)}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, index = edit.sheet(body), body.get("index", 0)
    rule = _at(sheet, index)
    del sheet.listed("conditionalFormats")[index]
    return {"deleteConditionalFormatRule": {"rule": outgoing(rule)}}


def _at(sheet: Sheet, index: int) -> dict[str, Any]:
    rules = sheet.listed("conditionalFormats")
    if not 0 <= index < len(rules):
        raise invalid(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    return rules[index]


def _checked(edit: Edit, rule: dict[str, Any]) -> Sheet:
    """The one sheet that a rule's ranges lie on; conditions that are not evaluated are 501."""
    sheets = [_sheet_of(edit, wire) for wire in rule.get("ranges", [])]
    if not sheets:
        raise invalid("At least one range is required.")
    if any(sheet is not sheets[0] for sheet in sheets):
        raise invalid("All ranges must be on the same sheet.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise invalid("Exactly one of booleanRule or gradientRule must be set.")
    if "booleanRule" in rule:
        _check_condition(edit, rule["booleanRule"].get("condition", {}))
    else:
        _settle_gradient(rule["gradientRule"])
    return sheets[0]


def _sheet_of(edit: Edit, wire: dict[str, Any]) -> Sheet:
    """Empty ranges are taken, as gspread-formatting's author saw Google take them."""
    filled = {
        end: index + (index == wire.get(end.replace("end", "start"), 0))
        for end, index in wire.items()
        if end.startswith("end")
    }
    return edit.area(wire | filled)[0]


def _check_condition(edit: Edit, condition: dict[str, Any]) -> None:
    locale = locale_of(edit.workbook.locale)
    conditional.check(condition, "conditional formats", locale)
    formulas = (value.get("userEnteredValue", "") for value in condition.get("values", []))
    if any(conditional.names_a_tab(formula, locale) for formula in formulas):
        raise invalid("Conditional format rule cannot reference a different sheet.")


def _settle_gradient(gradient: dict[str, Any]) -> None:
    """Both ends with a type; a value where the type needs one, and dropped where it has none."""
    for name in ("minpoint", "midpoint", "maxpoint"):
        if name == "midpoint" and name not in gradient:
            continue
        point = gradient.get(name, {})
        kind = point.get("type", _NO_TYPE)
        if kind == _NO_TYPE:
            raise invalid("No interpolationPointType specified.")
        if kind in {"MIN", "MAX"}:
            point.pop("value", None)
        elif not point.get("value"):
            raise invalid("InterpolationPoint.value is required.")


CHANGES: dict[str, Change] = {
    "addConditionalFormatRule": add,
    "updateConditionalFormatRule": update,
    "deleteConditionalFormatRule": delete,
}
