"""USER_ENTERED: what typing a text into a cell makes of it (facts C: Values)."""

from __future__ import annotations

import math
import re
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.typed_dates import moment

LONGEST = 50_000


def raw(value: str | float | bool) -> dict[str, Any]:
    """A value as it stands: the wire ExtendedValue. An empty text empties the cell ({})."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": _double(value)}
    if len(value) > LONGEST:
        raise invalid(
            f"Your input contains more than the maximum of {LONGEST} characters in a single cell."
        )
    return {"stringValue": value} if value else {}


def _double(value: float) -> float:
    """What a double holds; 400 for what it does not."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise invalid("A number must be finite.")
    return number


def entered(value: str | float | bool, locale: Locale, year: int | None = None) -> dict[str, Any]:
    """A value as if typed: `userEnteredValue`, and `numberFormat` when the text brings one.

    `year` is the one that a day and a month without year are of.
    """
    plain = {"userEnteredValue": raw(value)}
    if not isinstance(value, str) or not value:
        return plain
    if value.startswith("'"):
        return {"userEnteredValue": raw(value[1:])}
    if value[0] in "=+" and len(value) > 1 and not _number(value, locale):
        return {"userEnteredValue": {"formulaValue": "=" + value[1:]}}
    return typed(value.strip(), locale, year) or plain


def typed(text: str, locale: Locale, year: int | None = None) -> dict[str, Any] | None:
    """As `entered`, for a text that is a boolean, a number or a date; None for any other."""
    if text.upper() in {"TRUE", "FALSE"}:
        return {"userEnteredValue": {"boolValue": text.upper() == "TRUE"}}
    found = _number(text, locale) or _money(text, locale)
    if found is not None:
        return found
    when = moment(text, locale, year)
    return None if when is None else _with_format(*when)


def _number(text: str, locale: Locale) -> dict[str, Any] | None:
    decimal, group = re.escape(locale.decimal), re.escape(locale.group)
    whole = rf"\d{{1,3}}(?:{group}\d{{3}})+|\d+"
    pattern = rf"([-+]?)(?:({whole})?(?:({decimal})(\d*))?)(?:[eE]([-+]?\d{{1,3}}))?( *%)?"
    match = re.fullmatch(pattern, text, re.ASCII)
    if match is None or not (match[2] or match[4]):
        return None
    plain = (match[2] or "0").replace(locale.group, "")
    number = float(f"{match[1]}{plain}.{match[4] or '0'}e{match[5] or '0'}")
    if not math.isfinite(number):
        return None
    if match[6]:
        places = "." + "0" * len(match[4]) if match[4] else ""
        return _with_format(number / 100, "PERCENT", f"0{places}%")
    if locale.group in (match[2] or ""):
        return _with_format(number, "NUMBER", "#,##0.00" if match[4] else "#,##0")
    return {"userEnteredValue": {"numberValue": number}}


def _money(text: str, locale: Locale) -> dict[str, Any] | None:
    """A number with the locale's currency before or after it (facts C: Values)."""
    symbol = locale.currency_symbol
    bare, amount = text.lstrip("+-"), text.replace(symbol, "", 1).strip()
    if not (bare.startswith(symbol) or bare.endswith(symbol)) or set("%eE") & set(amount):
        return None
    made = _number(amount, locale)
    if made is None:
        return None
    pattern = locale.currency if locale.decimal in amount else locale.currency.replace(".00", "")
    return _with_format(made["userEnteredValue"]["numberValue"], "CURRENCY", pattern)


def _with_format(number: float, kind: str, pattern: str) -> dict[str, Any]:
    return {
        "userEnteredValue": {"numberValue": number},
        "numberFormat": {"type": kind, "pattern": pattern},
    }
