"""The days that conditions name without a date."""

from __future__ import annotations

import calendar
import math

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.serials import serial_of, wall_of

_DAYS = {"PAST_WEEK": -7, "YESTERDAY": -1, "TODAY": 0, "TOMORROW": 1}
_MONTHS = {"PAST_YEAR": -12, "PAST_MONTH": -1}


def day_of(name: str, now: float) -> float:
    """The serial of a wire RelativeDate, by the spreadsheet's clock."""
    today = math.floor(now)
    if name in _DAYS:
        return float(today + _DAYS[name])
    if name not in _MONTHS:
        raise invalid("No relativeDate specified.")
    return _months_away(today, _MONTHS[name])


def _months_away(day: int, months: int) -> float:
    """The same day of another month, or that month's last."""
    wall = wall_of(day)
    years, month = divmod(wall.month - 1 + months, 12)
    year, month = wall.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return serial_of(wall.replace(year=year, month=month, day=min(wall.day, last)))
