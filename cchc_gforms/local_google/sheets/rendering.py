"""The three renderings of a cell: formatted, unformatted, formula (facts C: Values)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.sheets.date_format import render_date
from cchc_gforms.local_google.sheets.error_values import SHOWN
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.number_format import render_general, render_number
from cchc_gforms.local_google.sheets.patterns import is_date, sections
from cchc_gforms.local_google.sheets.workbook import Cell

Scalar = str | float | int | bool

DATE_TYPES = {"DATE", "TIME", "DATE_TIME"}
NOT_COMPUTED = {"type": "NAME", "message": "The formula was not computed."}


@dataclass(frozen=True)
class Renderer:
    """Cells as `option` (and `dates`, for all but FORMATTED_VALUE) asks; empty cells are ""."""

    locale: Locale
    option: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"

    def value(self, cell: Cell) -> Scalar:
        if self.option == "FORMULA" and "formulaValue" in cell.get("userEnteredValue", {}):
            return str(cell["userEnteredValue"]["formulaValue"])
        value = effective_value(cell)
        dated = self.dates == "FORMATTED_STRING" and shows_a_date(cell, self.locale)
        if self.option == "FORMATTED_VALUE" or dated or "errorValue" in value:
            return formatted(cell, self.locale)
        if "numberValue" in value:
            return plain_number(value["numberValue"])
        return (
            bool(value["boolValue"]) if "boolValue" in value else str(value.get("stringValue", ""))
        )


def renderer(locale: str, option: str | None = None, dates: str | None = None) -> Renderer:
    return Renderer(locale_of(locale), option or "FORMATTED_VALUE", dates or "SERIAL_NUMBER")


def effective_value(cell: Cell) -> Mapping[str, Any]:
    """The wire ExtendedValue shown: what was entered, or what `formulas.shown` computed."""
    if "effectiveValue" in cell:
        computed: Mapping[str, Any] = cell["effectiveValue"]
        return computed
    entered: Mapping[str, Any] = cell.get("userEnteredValue", {})
    return {"errorValue": NOT_COMPUTED} if "formulaValue" in entered else entered


def formatted(cell: Cell, locale: Locale) -> str:
    """The text in the cell, as a person sees it."""
    value = effective_value(cell)
    if "errorValue" in value:
        return SHOWN[value["errorValue"]["type"]]
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    if "stringValue" in value:
        return str(value["stringValue"])
    if "numberValue" not in value:
        return ""
    return format_number(value["numberValue"], _number_format(cell), locale)


def format_number(number: float, number_format: Mapping[str, Any], locale: Locale) -> str:
    """A number under a wire NumberFormat; without one, as it is."""
    pattern = pattern_of(number_format, locale)
    if not pattern or pattern.lower() == "general":
        return render_general(number, locale)
    parts = sections(pattern)
    if number < 0 and len(parts) > 1:
        section, number = parts[1], -number
    else:
        section = parts[2] if number == 0 and len(parts) > 2 else parts[0]
    if is_date(section):
        try:
            return render_date(number, section, locale)
        except OverflowError:  # a day that no calendar has stays a number
            return render_general(number, locale)
    return render_number(number, section, locale)


def pattern_of(number_format: Mapping[str, Any], locale: Locale) -> str:
    """The pattern, or the locale's own for the type."""
    if number_format.get("pattern"):
        return str(number_format["pattern"])
    defaults = {
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": locale.currency,
        "SCIENTIFIC": "0.00E+00",
        "DATE": locale.date,
        "TIME": locale.time,
        "DATE_TIME": locale.date_time,
    }
    return defaults.get(number_format.get("type", ""), "")


def plain_number(number: float) -> float | int:
    """Whole doubles go on the wire as integers (facts B: whole floats print as ints)."""
    return int(number) if float(number).is_integer() and abs(number) < 1e21 else number


def _number_format(cell: Cell) -> Mapping[str, Any]:
    """Its own, or the one that its formula takes."""
    found: Mapping[str, Any] = {}
    for name in ("userEnteredFormat", "effectiveFormat"):
        found = found or cell.get(name, {}).get("numberFormat", {})
    return found


def shows_a_date(cell: Cell, locale: Locale) -> bool:
    if "numberValue" not in effective_value(cell):
        return False
    pattern = pattern_of(_number_format(cell), locale)
    return bool(pattern) and is_date(sections(pattern)[0])
