"""Dates and times, as serials (facts C: Serials)."""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable
from datetime import datetime, timedelta

from cchc_gforms.local_google.sheets.entry import typed
from cchc_gforms.local_google.sheets.formulas.evaluate import Evaluation, Function
from cchc_gforms.local_google.sheets.formulas.values import (
    Scalar,
    Value,
    fail,
    number,
    text,
)
from cchc_gforms.local_google.sheets.serials import serial_of, wall_of


def _wall(here: Evaluation, value: Scalar, name: str, place: int = 1) -> datetime:
    serial = number(value, here.locale, name, place)
    try:
        return wall_of(serial)
    except (OverflowError, ValueError):
        message = f"Function {name} parameter {place} value {serial:g} is out of range."
        raise fail("NUM", message) from None


def _day(year: int, month: int, day: int) -> float:
    """Months and days beyond their ends go on into the next or the one before."""
    years, month = divmod(month - 1, 12)
    try:
        first = datetime(year + years, month + 1, 1)  # noqa: DTZ001 - a wall clock has no zone
        return serial_of(first + timedelta(days=day - 1))
    except (OverflowError, ValueError):
        raise fail("NUM", "Function DATE: the date is out of range.") from None


def _date(here: Evaluation, year: Scalar, month: Scalar, day: Scalar) -> Value:
    """Years below 1900 count from 1900."""
    asked = (number(part, here.locale, "DATE", i) for i, part in enumerate((year, month, day), 1))
    in_year, in_month, in_day = map(math.floor, asked)
    return _day(in_year + 1900 if 0 <= in_year < 1900 else in_year, in_month, in_day)


def _time(here: Evaluation, hour: Scalar, minute: Scalar, second: Scalar) -> Value:
    parts = (number(part, here.locale, "TIME", i) for i, part in enumerate((hour, minute, second)))
    hours, minutes, seconds = map(math.floor, parts)
    return (hours * 3600 + minutes * 60 + seconds) / 86_400 % 1


def _part(name: str, part: Callable[[datetime], int]) -> Function:
    return Function(lambda here, value: float(part(_wall(here, value, name))), "s", 1, 1)


def _weekday(here: Evaluation, value: Scalar, kind: Scalar = 1) -> Value:
    """1: Sunday is 1; 2: Monday is 1; 3: Monday is 0."""
    day = _wall(here, value, "WEEKDAY").weekday()
    match int(number(kind, here.locale, "WEEKDAY", 2)):
        case 1:
            return float((day + 1) % 7 + 1)
        case 2:
            return float(day + 1)
        case 3:
            return float(day)
    raise fail("NUM", "Function WEEKDAY parameter 2 should be between 1 and 3.")


def _from_text(name: str, *, whole: bool) -> Function:
    """DATEVALUE, TIMEVALUE."""

    def run(here: Evaluation, value: Scalar) -> Value:
        shown = text(value, here.locale)
        made = typed(shown.strip(), here.locale) or {}
        if made.get("numberFormat", {}).get("type") not in {"DATE", "DATE_TIME", "TIME"}:
            raise fail("VALUE", f"{name} parameter '{shown}' cannot be parsed to date/time.")
        found: float = made["userEnteredValue"]["numberValue"]
        return float(math.floor(found)) if whole else found % 1

    return Function(run, "s", 1, 1)


def _edate(here: Evaluation, value: Scalar, months: Scalar) -> Value:
    """The same day of another month, or its last where it is shorter."""
    wall = _wall(here, value, "EDATE")
    first = wall_of(_day(wall.year, wall.month + _months(here, months, "EDATE"), 1))
    last = calendar.monthrange(first.year, first.month)[1]
    return _day(first.year, first.month, min(wall.day, last))


def _eomonth(here: Evaluation, value: Scalar, months: Scalar) -> Value:
    wall = _wall(here, value, "EOMONTH")
    return _day(wall.year, wall.month + _months(here, months, "EOMONTH") + 1, 0)


def _months(here: Evaluation, value: Scalar, name: str) -> int:
    return math.trunc(number(value, here.locale, name, 2))


def _days(here: Evaluation, end: Scalar, start: Scalar) -> Value:
    last = _wall(here, end, "DAYS").date()
    return float((last - _wall(here, start, "DAYS", 2).date()).days)


def _datedif(here: Evaluation, start: Scalar, end: Scalar, unit: Scalar) -> Value:
    """Whole years, months, days; MD, YM, YD leave the larger units out."""
    first = _wall(here, start, "DATEDIF").replace(hour=0, minute=0, second=0, microsecond=0)
    last = _wall(here, end, "DATEDIF", 2).replace(hour=0, minute=0, second=0, microsecond=0)
    if first > last:
        raise fail("NUM", "Function DATEDIF parameter 1 (start_date) should be on or before end.")
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    match text(unit, here.locale).upper():
        case "D":
            return float((last - first).days)
        case "M":
            return float(months)
        case "Y":
            return float(months // 12)
        case "YM":
            return float(months % 12)
        case "MD":
            return serial_of(last) - _day(first.year, first.month + months, first.day)
        case "YD":
            return serial_of(last) - _day(first.year + months // 12, first.month, first.day)
    raise fail("NUM", f"Function DATEDIF parameter 3 value is {unit}. It is no unit.")


FUNCTIONS = {
    "TODAY": Function(lambda here: float(math.floor(here.now)), "", 0, 0),
    "NOW": Function(lambda here: here.now, "", 0, 0),
    "DATE": Function(_date, "sss", 3, 3),
    "TIME": Function(_time, "sss", 3, 3),
    "YEAR": _part("YEAR", lambda wall: wall.year),
    "MONTH": _part("MONTH", lambda wall: wall.month),
    "DAY": _part("DAY", lambda wall: wall.day),
    "HOUR": _part("HOUR", lambda wall: wall.hour),
    "MINUTE": _part("MINUTE", lambda wall: wall.minute),
    "SECOND": _part("SECOND", lambda wall: wall.second),
    "WEEKDAY": Function(_weekday, "ss", 1, 2),
    "DATEVALUE": _from_text("DATEVALUE", whole=True),
    "TIMEVALUE": _from_text("TIMEVALUE", whole=False),
    "EDATE": Function(_edate, "ss", 2, 2),
    "EOMONTH": Function(_eomonth, "ss", 2, 2),
    "DAYS": Function(_days, "ss", 2, 2),
    "DATEDIF": Function(_datedif, "sss", 3, 3),
}
