"""Dates and times as people type them, each with the pattern that it is then shown in."""

from __future__ import annotations

import re
from datetime import datetime

from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.serials import serial_of

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
_LOCAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?: *([AaPp])[Mm])?", re.ASCII)
_DATE_AND_CLOCK = re.compile(r"(.+?) +(\d{1,2}:.+)", re.ASCII)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})", re.ASCII)
_CENTURY = 30

Typed = tuple[float, str, str]
"""The serial, the wire type of its format, and the pattern."""


def moment(text: str, locale: Locale, year: int | None) -> Typed | None:
    """None for what is no date and no time. Without `year`, a day and a month are none."""
    match = _DATE_AND_CLOCK.fullmatch(text)
    day, clock = match.groups() if match else (text, "")
    found = _date(day, locale, year)
    if found is not None:
        return _with_time(*found, clock, locale)
    time = _time(text)
    return None if time is None else (time, "TIME", locale.time)


def _with_time(date: datetime, pattern: str, clock: str, locale: Locale) -> Typed | None:
    if not clock:
        return serial_of(date), "DATE", pattern
    time = _time(clock)
    if time is None:
        return None
    iso = pattern == "yyyy-mm-dd"
    shown = "yyyy-mm-dd hh:mm:ss" if iso else locale.date_time
    return serial_of(date) + time, "DATE_TIME", shown


def _date(text: str, locale: Locale, year: int | None) -> tuple[datetime, str] | None:
    if match := _ISO.fullmatch(text):
        return _made(*map(int, match.groups()), pattern="yyyy-mm-dd")
    if match := _LOCAL.fullmatch(text):
        day, month = _ordered(match[1], match[2], locale)
        return _made(_year(match[3]), month, day, pattern=locale.date)
    if (match := _DAY_AND_MONTH.fullmatch(text)) and year is not None:
        day, month = _ordered(match[1], match[2], locale)
        return _made(year, month, day, pattern="dd/MM" if locale.day_first else "M/d")
    if match := _MONTH_FIRST.fullmatch(text):
        return _made(int(match[3]), _month(match[1], locale), int(match[2]), pattern="MMM d, yyyy")
    if match := _DAY_FIRST.fullmatch(text):
        return _made(int(match[3]), _month(match[2], locale), int(match[1]), pattern="d MMM yyyy")
    return None


def _made(year: int, month: int, day: int, *, pattern: str) -> tuple[datetime, str] | None:
    try:
        return datetime(year, month, day), pattern  # noqa: DTZ001 - a wall clock has no zone
    except ValueError:
        return None


def _ordered(first: str, second: str, locale: Locale) -> tuple[int, int]:
    """Day and month."""
    one, other = int(first), int(second)
    return (one, other) if locale.day_first else (other, one)


def _month(name: str, locale: Locale) -> int:
    """By its name or its three letters; 0 for no month."""
    for names in (locale.months, locale.short_months):
        for number, one in enumerate(names, 1):
            if one.casefold() == name.casefold():
                return number
    return 0


def _year(digits: str) -> int:
    """Two digits: 00 to 29 are of this century, as in other spreadsheets."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < _CENTURY else 1900)


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
