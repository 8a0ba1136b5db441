"""Conditional formats: which rules hold for a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.entry import entered
from cchc_gforms.local_google.sheets.gradient import Gradient, gradient_of
from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.rendering import effective_value, formatted
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet

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


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a sheet, ready to be held against its cells."""

    areas: tuple[Area, ...]
    condition: Mapping[str, Any] | None
    look: Mapping[str, Any]
    gradient: Gradient | None

    def format_for(self, row: int, column: int, cell: Cell, locale: Locale) -> Mapping[str, Any]:
        """The wire CellFormat that the rule lays over the cell; {} where it does not hold."""
        if not any(area.holds(row, column) for area in self.areas):
            return {}
        if self.gradient is not None:
            return self.gradient.format_for(cell)
        if self.condition is not None and holds(self.condition, cell, locale):
            return self.look
        return {}


def check(condition: Mapping[str, Any], where: str) -> None:
    """501 for a condition that is not evaluated; 400 when it has not the values it takes."""
    kind = condition.get("type", "")
    if kind in {"CUSTOM_FORMULA", "FILTER_EXPRESSION"}:
        raise unimplemented(f"{where} of type {kind}")
    if kind not in KNOWN:
        raise invalid(f"Conditions of type {kind} are not supported by {where}.")
    needed = 2 if "BETWEEN" in kind else int(kind not in {"BLANK", "NOT_BLANK"})
    values = condition.get("values", [])
    if len(values) != needed:
        raise invalid(f"Conditions of type {kind} take {needed} values, but got {len(values)}.")
    if any("relativeDate" in value for value in values):
        raise unimplemented("conditions with relativeDate")


def rules_of(sheet: Sheet) -> list[Rule]:
    """The sheet's rules, the last first: an earlier rule wins over a later one."""
    return [
        Rule(
            tuple(area_of(sheet, wire) for wire in rule["ranges"]),
            rule.get("booleanRule", {}).get("condition"),
            rule.get("booleanRule", {}).get("format", {}),
            gradient_of(sheet, rule) if "gradientRule" in rule else None,
        )
        for rule in reversed(sheet.resource.get("conditionalFormats", []))
    ]


def holds(condition: Mapping[str, Any], cell: Cell, locale: Locale) -> bool:
    """Whether a BooleanCondition is true of a cell; text is compared without case."""
    kind = condition["type"]
    given = [value.get("userEnteredValue", "") for value in condition.get("values", [])]
    shown = formatted(cell, locale)
    if kind in {"BLANK", "NOT_BLANK"}:
        return not shown if kind == "BLANK" else bool(shown)
    if kind in _TEXTS:
        return _TEXTS[kind](shown.casefold(), str(given[0]).casefold())
    numbers = [entered(text, locale)["userEnteredValue"].get("numberValue") for text in given]
    number = effective_value(cell).get("numberValue")
    if kind not in _NUMBERS or number is None or None in numbers:
        return False
    return _NUMBERS[kind](number, [float(one) for one in numbers if one is not None])
