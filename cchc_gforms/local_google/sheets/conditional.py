"""Conditions of conditional formats, filters and data validation: whether a cell meets them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.entry import entered
from cchc_gforms.local_google.sheets.formulas.reach import formula_of
from cchc_gforms.local_google.sheets.formulas.syntax import Cells
from cchc_gforms.local_google.sheets.formulas.tokens import Unreadable
from cchc_gforms.local_google.sheets.gradient import Gradient, gradient_of
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.relative_dates import day_of
from cchc_gforms.local_google.sheets.rendering import effective_value, formatted, shows_a_date
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook

Value = Mapping[str, Any]
"""A wire ExtendedValue."""

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
    "DATE_ON_OR_BEFORE": lambda n, v: n < v[0] + 1,
    "DATE_ON_OR_AFTER": lambda n, v: n >= v[0],
    "DATE_BETWEEN": lambda n, v: v[0] <= n < v[1] + 1,
    "DATE_NOT_BETWEEN": lambda n, v: not v[0] <= n < v[1] + 1,
}
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, part: part in text,
    "TEXT_NOT_CONTAINS": lambda text, part: part not in text,
    "TEXT_STARTS_WITH": lambda text, part: text.startswith(part),
    "TEXT_ENDS_WITH": lambda text, part: text.endswith(part),
    "TEXT_EQ": lambda text, part: text == part,
}
_SHAPES = {
    "TEXT_IS_EMAIL": re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+"),
    "TEXT_IS_URL": re.compile(r"(?:(?:https?|ftp)://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?"),
}
_BLANKS = {"BLANK", "NOT_BLANK"}
_VALIDATION_ONLY = {
    "DATE_ON_OR_BEFORE", "DATE_ON_OR_AFTER", "DATE_BETWEEN", "DATE_NOT_BETWEEN",
}  # fmt: skip
KNOWN = (
    _NUMBERS.keys() | _TEXTS.keys() | _SHAPES.keys() | _BLANKS | {"DATE_IS_VALID", "CUSTOM_FORMULA"}
)
"""The kinds that `holds` can tell."""
_SHARED = (_NUMBERS.keys() | _TEXTS.keys() | _BLANKS | {"CUSTOM_FORMULA"}) - _VALIDATION_ONLY
"""The kinds of conditional formats and filters [disc BooleanCondition.type]."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a calculated workbook, so many lines from the cell that the formulas of a
    condition were written for."""

    workbook: Workbook
    sheet: Sheet
    row: int
    column: int
    down: int = 0
    across: int = 0

    @property
    def cell(self) -> Cell:
        return self.sheet.cell(self.row, self.column)

    def value_of(self, given: Mapping[str, Any], locale: Locale) -> Value:
        """What a ConditionValue stands for here: a formula's value, a day, or what was typed."""
        asides = self.workbook.asides
        assert asides is not None
        if "relativeDate" in given:
            return {"numberValue": day_of(given["relativeDate"], asides.now)}
        made: Value = entered(given.get("userEnteredValue", ""), locale)["userEnteredValue"]
        if "formulaValue" not in made:
            return made
        place = self.sheet.sheet_id, self.row, self.column
        return asides.value(made["formulaValue"], place, self.down, self.across)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a sheet, ready to be held against its cells."""

    sheet: Sheet
    areas: tuple[Area, ...]
    condition: Mapping[str, Any] | None
    look: Mapping[str, Any]
    gradient: Gradient | None

    def format_for(self, workbook: Workbook, row: int, column: int) -> Mapping[str, Any]:
        """The wire CellFormat that the rule lays over the cell; {} where it does not hold.

        Its formulas are written for the first cell of its first range.
        """
        if not any(area.holds(row, column) for area in self.areas):
            return {}
        if self.gradient is not None:
            return self.gradient.format_for(self.sheet.cell(row, column))
        first = self.areas[0]
        spot = Spot(workbook, self.sheet, row, column, row - first.top, column - first.left)
        if self.condition is not None and holds(self.condition, spot):
            return self.look
        return {}


def check(condition: Mapping[str, Any], where: str, locale: Locale) -> None:
    """What a conditional format or a filter may ask; 400 for anything else."""
    kind = condition.get("type", "")
    if kind == "FILTER_EXPRESSION":
        raise unimplemented(f"{where} of type {kind}")
    if kind not in _SHARED:
        raise invalid(f"Conditions of type {kind} are not supported by {where}.")
    needed = 2 if "BETWEEN" in kind else int(kind not in _BLANKS)
    values = condition.get("values", [])
    if len(values) != needed:
        raise invalid(f"Conditions of type {kind} take {needed} values, but got {len(values)}.")
    for value in values:
        if "relativeDate" not in value:
            check_typed(kind, value.get("userEnteredValue", ""), locale)
        elif kind not in {"DATE_BEFORE", "DATE_AFTER"}:
            raise invalid(f"Conditions of type {kind} take no relativeDate.")


def check_typed(kind: str, text: str, locale: Locale) -> None:
    """Numbers and dates must read as such in the spreadsheet's locale, formulas as formulas."""
    made = entered(text, locale)["userEnteredValue"]
    if "formulaValue" in made:
        fine = _is_readable(made["formulaValue"], locale)
    elif kind.startswith(("NUMBER_", "DATE_")):
        fine = "numberValue" in made
    else:
        fine = kind != "CUSTOM_FORMULA"
    if not fine:
        raise invalid(f"Invalid ConditionValue.userEnteredValue: {text}")


def names_a_tab(text: str, locale: Locale) -> bool:
    """Whether a formula names the cells of a tab by its title."""
    made = entered(text, locale)["userEnteredValue"]
    if "formulaValue" not in made:
        return False
    reads = formula_of(made["formulaValue"], locale.decimal).reads
    return any(isinstance(one, Cells) and one.reference.title is not None for one in reads)


def asks_formulas(sheet: Sheet) -> bool:
    """Whether the looks of the sheet's cells hang on formulas of its rules."""
    return any(
        value.get("userEnteredValue", "")[:1] in {"=", "+"}
        for rule in sheet.resource.get("conditionalFormats", [])
        for value in rule.get("booleanRule", {}).get("condition", {}).get("values", [])
    )


def rules_of(sheet: Sheet) -> list[Rule]:
    """The sheet's rules, the last first: an earlier rule wins over a later one."""
    return [
        Rule(
            sheet,
            tuple(area_of(sheet, wire) for wire in rule["ranges"]),
            rule.get("booleanRule", {}).get("condition"),
            rule.get("booleanRule", {}).get("format", {}),
            gradient_of(sheet, rule) if "gradientRule" in rule else None,
        )
        for rule in reversed(sheet.resource.get("conditionalFormats", []))
    ]


def holds(condition: Mapping[str, Any], spot: Spot) -> bool:
    """Whether a BooleanCondition of a kind that is known is true of a cell."""
    kind: str = condition["type"]
    locale = locale_of(spot.workbook.locale)
    shown = formatted(spot.cell, locale)
    if kind in _BLANKS:
        return (not shown) == (kind == "BLANK")
    if kind in _SHAPES:
        return _SHAPES[kind].fullmatch(shown.strip()) is not None
    if kind == "DATE_IS_VALID":
        return shows_a_date(spot.cell, locale)
    given = condition.get("values", [])
    values = [spot.value_of(value, locale) for value in given]
    if kind == "CUSTOM_FORMULA":
        return _is_true(values[0])
    if kind in _TEXTS:
        return _text_holds(kind, shown, given[0], values[0], locale)
    return _number_holds(kind, effective_value(spot.cell), values)


def _number_holds(kind: str, value: Value, values: list[Value]) -> bool:
    numbers = [float(one["numberValue"]) for one in values if "numberValue" in one]
    if "numberValue" not in value or len(numbers) < len(values):
        return False
    return _NUMBERS[kind](float(value["numberValue"]), numbers)


def _text_holds(
    kind: str, shown: str, given: Mapping[str, Any], value: Value, locale: Locale
) -> bool:
    """Text is compared without case; what is no formula is taken as it is written."""
    text = given.get("userEnteredValue", "")
    if text[:1] in {"=", "+"}:
        text = formatted({"effectiveValue": value}, locale)
    return _TEXTS[kind](shown.casefold(), text.casefold())


def _is_true(value: Value) -> bool:
    """TRUE, or a number that is not 0."""
    return bool(value.get("boolValue") or value.get("numberValue"))


def _is_readable(formula: str, locale: Locale) -> bool:
    try:
        formula_of(formula, locale.decimal)
    except Unreadable:
        return False
    return True
