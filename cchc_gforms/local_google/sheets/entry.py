"""USER_ENTERED: what typing a text into a cell makes of it (facts C: Values)."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.serials import serial_of

LONGEST = 50_000

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
_LOCAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?: *([AaPp])[Mm])?", re.ASCII)


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


def entered(value: str | float | bool, locale: Locale) -> dict[str, Any]:
    """A value as if typed: `userEnteredValue`, and `numberFormat` when the text brings one."""
    plain = {"userEnteredValue": raw(value)}
    if not isinstance(value, str) or not value:
        return plain
    if value.startswith("'"):
        return {"userEnteredValue": raw(value[1:])}
    if value[0] in "=+" and len(value) > 1 and not _number(value, locale):
        return {"userEnteredValue": {"formulaValue": "=" + value[1:]}}
    return typed(value.strip(), locale) or plain


def typed(text: str, locale: Locale) -> dict[str, Any] | None:
    """As `entered`, for a text that is a boolean, a number or a date; None for any other."""
    if text.upper() in {"TRUE", "FALSE"}:
        return {"userEnteredValue": {"boolValue": text.upper() == "TRUE"}}
    return _number(text, locale) or _moment(text, locale)


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


def _moment(text: str, locale: Locale) -> dict[str, Any] | None:
    day, _, clock = text.partition(" ")
    date = _date(day, locale)
    if date is not None:
        time = _time(clock) if clock else 0.0
        if time is None:
            return None
        kind, pattern = ("DATE_TIME", locale.date_time) if clock else ("DATE", locale.date)
        if _ISO.fullmatch(day):
            pattern = "yyyy-mm-dd hh:mm:ss" if clock else "yyyy-mm-dd"
        return _with_format(serial_of(date) + time, kind, pattern)
    time = _time(text)
    return None if time is None else _with_format(time, "TIME", locale.time)


def _date(text: str, locale: Locale) -> datetime | None:
    iso, local = _ISO.fullmatch(text), _LOCAL.fullmatch(text)
    if iso:
        year, month, day = map(int, iso.groups())
    elif local:
        first, second, year = map(int, local.groups())
        day, month = (first, second) if locale.day_first else (second, first)
    else:
        return None
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - a wall clock has no zone
    except ValueError:
        return None


def _time(text: str) -> float | None:
    """A part of a day, or None."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if minute > 59 or second > 59 or hour > (12 if match[4] else 23):
        return None
    if match[4]:
        hour = hour % 12 + (12 if match[4] in "Pp" else 0)
    return (hour * 3600 + minute * 60 + second) / 86_400


def _with_format(number: float, kind: str, pattern: str) -> dict[str, Any]:
    return {
        "userEnteredValue": {"numberValue": number},
        "numberFormat": {"type": kind, "pattern": pattern},
    }
