"""Conditional formats: which rules hold for a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.entry import entered
from cchc_gforms.local_google.sheets.gradient import gradient_color
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.rendering import effective_value, formatted
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook

_NUMBERS: dict[str, Callable[[float, list[float]], bool]] = {
    "NUMBER_GREATER": lambda n, v: n > v[0],
    "NUMBER_GREATER_THAN_EQ": lambda n, v: n >= v[0],
    "NUMBER_LESS": lambda n, v: n < v[0],
    "NUMBER_LESS_THAN_EQ": lambda n, v: n <= v[0],
    "NUMBER_EQ": lambda n, v: n == v[0],
    "NUMBER_NOT_EQ": lambda n, v: n != v[0],
    "NUMBER_BETWEEN": lambda n, v: v[0] <= n <= v[1],
    "NUMBER_NOT_BETWEEN": lambda n, v: not v[0] <= n <= v[1],
    "DATE_BEFORE": lambda n, v: n < v[0],
    "DATE_AFTER": lambda n, v: n >= v[0] + 1,
    "DATE_EQ": lambda n, v: v[0] <= n < v[0] + 1,
}
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, part: part in text,
    "TEXT_NOT_CONTAINS": lambda text, part: part not in text,
    "TEXT_STARTS_WITH": lambda text, part: text.startswith(part),
    "TEXT_ENDS_WITH": lambda text, part: text.endswith(part),
    "TEXT_EQ": lambda text, part: text == part,
}
KNOWN = _NUMBERS.keys() | _TEXTS.keys() | {"BLANK", "NOT_BLANK"}


def conditional_format(workbook: Workbook, sheet: Sheet, row: int, column: int) -> dict[str, Any]:
    """The format that the rules lay over a cell; an earlier rule wins over a later one."""
    made: dict[str, Any] = {}
    cell = sheet.cell(row, column)
    locale = locale_of(workbook.locale)
    for rule in reversed(sheet.resource.get("conditionalFormats", [])):
        if not any(area_of(sheet, wire).holds(row, column) for wire in rule["ranges"]):
            continue
        if "gradientRule" in rule:
            made |= gradient_color(sheet, rule, cell)
        elif holds(rule["booleanRule"]["condition"], cell, locale):
            made = _laid_over(made, rule["booleanRule"]["format"])
    return made


def holds(condition: Mapping[str, Any], cell: Cell, locale: Locale) -> bool:
    """Whether a BooleanCondition is true of a cell; text is compared without case."""
    kind = condition["type"]
    given = [value.get("userEnteredValue", "") for value in condition.get("values", [])]
    value = effective_value(cell)
    shown = formatted(cell, locale)
    if kind in {"BLANK", "NOT_BLANK"}:
        return not shown if kind == "BLANK" else bool(shown)
    if kind in _TEXTS:
        return _TEXTS[kind](shown.casefold(), str(given[0]).casefold())
    numbers = [entered(text, locale)["userEnteredValue"].get("numberValue") for text in given]
    number = value.get("numberValue")
    if kind not in _NUMBERS or number is None or None in numbers:
        return False
    return _NUMBERS[kind](number, [float(one) for one in numbers if one is not None])


def _laid_over(under: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    text = {**under.get("textFormat", {}), **over.get("textFormat", {})}
    return {**under, **over, **({"textFormat": text} if text else {})}
