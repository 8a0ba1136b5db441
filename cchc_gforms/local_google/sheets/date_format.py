"""A serial as a date pattern shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.patterns import Token
from cchc_gforms.local_google.sheets.serials import wall_of


def render_date(serial: float, section: Iterable[Token], locale: Locale) -> str:
    """To the second unless the pattern shows fractions, then to the millisecond."""
    tokens = tuple(section)
    wall = wall_of(serial)
    if not any(token.kind == "fraction" for token in tokens):
        wall = (wall + timedelta(milliseconds=500)).replace(microsecond=0)
    halves = any(token.kind == "halves" for token in tokens)
    return "".join(_one(token, wall, serial, halves, locale) for token in tokens)


def _one(token: Token, wall: datetime, serial: float, halves: bool, locale: Locale) -> str:
    if token.kind == "date":
        return _date(token.text.lower(), wall, halves, locale)
    if token.kind == "minutes":
        return _padded(wall.minute, token.text)
    if token.kind == "halves":
        names = ("AM", "PM") if len(token.text) > 3 else ("A", "P")
        return names[wall.hour >= 12]
    if token.kind == "elapsed":
        return _elapsed(token.text.lower(), serial)
    if token.kind == "fraction":
        return _fraction(token.text, wall)
    return token.text


def _date(letters: str, wall: datetime, halves: bool, locale: Locale) -> str:
    match letters[0]:
        case "y":
            return f"{wall.year % 100:02}" if len(letters) <= 2 else f"{wall.year:04}"
        case "m":
            return _month(letters, wall, locale)
        case "d":
            return _day(letters, wall, locale)
        case "h":
            return _padded((wall.hour - 1) % 12 + 1 if halves else wall.hour, letters)
        case _:
            return _padded(wall.second, letters)


def _month(letters: str, wall: datetime, locale: Locale) -> str:
    name = locale.months[wall.month - 1]
    named = {3: locale.short_months[wall.month - 1], 5: name[0]}
    return _padded(wall.month, letters) if len(letters) <= 2 else named.get(len(letters), name)


def _day(letters: str, wall: datetime, locale: Locale) -> str:
    if len(letters) <= 2:
        return _padded(wall.day, letters)
    names = locale.short_days if len(letters) == 3 else locale.days
    return names[wall.weekday()]


def _elapsed(letters: str, serial: float) -> str:
    seconds = round(serial * 86_400)
    unit = {"h": 3600, "m": 60, "s": 1}[letters[1]]
    return f"{seconds // unit:0{len(letters) - 2}}"


def _fraction(text: str, wall: datetime) -> str:
    digits = len(text) - 1
    return "." + f"{wall.microsecond:06}"[:digits].ljust(digits, "0")


def _padded(number: int, letters: str) -> str:
    return f"{number:02}" if len(letters) >= 2 else str(number)
