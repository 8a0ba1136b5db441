"""Periods of a reporting year: their names, data windows and closing dates (R18–R21)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from cchc_gforms.regime.calendar import WEEKDAYS
from cchc_gforms.regime.model import DueDay, PeriodKind, YearDay
from cchc_gforms.regime.year_file import Request

_OFFSET: Final = {"previous": -1, "same": 0, "next": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """One period of one year, or one request of it; the data window has both its days.

    `window_from` and `closes_on` are None for a request without data.
    """

    id: str  # "2022-q1"
    kind: str  # of a request, its key
    year: int
    label: str  # "quý I"
    title: str  # "quý I năm 2022"
    window_from: date | None
    closes_on: date | None


def period_of(kind: str, rules: PeriodKind, year: int) -> Period:
    """The period of a kind in a year."""
    return Period(
        id=f"{year}-{kind}",
        kind=kind,
        year=year,
        label=rules.label,
        title=in_year(rules.title, year),
        window_from=day_of(rules.window_from, year),
        closes_on=day_of(rules.closes_on, year),
    )


def period_of_request(request: Request, year: int) -> Period:
    """A request as the one period of its document (A13)."""
    return Period(
        id=f"{year}-{request.key}",
        kind=request.key,
        year=year,
        label=request.title,
        title=request.title,
        window_from=request.window_from,
        closes_on=request.closes_on,
    )


def year_names(year: int) -> dict[str, str]:
    """What the years of a text stand for: `{year}`, and for a school year those beside it."""
    return {"year": str(year), "previous_year": str(year - 1), "next_year": str(year + 1)}


def in_year(text: str, year: int) -> str:
    """A text with its years filled in; what else stands in braces is left."""
    for name, value in year_names(year).items():
        text = text.replace(f"{{{name}}}", value)
    return text


def day_of(day: YearDay, year: int) -> date:
    """The date of a day of the year; see `YearDay`."""
    return _day_in(year + _OFFSET[day.year], day.month, day.day)


def due_day(day: DueDay, year: int, closes_on: date | None) -> date:
    """The date that a rule names for a period that closes on `closes_on`; see `DueDay`."""
    if isinstance(day.month, int):
        year, month = year + _OFFSET[day.year], day.month
    else:
        assert closes_on is not None, "the regime's periods have a closing date"
        later = closes_on.month if day.month == "after_closing" else closes_on.month - 1
        year, month = closes_on.year + later // 12, later % 12 + 1
    found = _day_in(year, month, day.day)
    if day.weekday is None:
        return found
    ahead = (WEEKDAYS.index(day.weekday) - found.weekday()) % 7
    return found + timedelta(days=ahead - 7 if day.day == "last" and ahead else ahead)


def _day_in(year: int, month: int, day: int | Literal["last"]) -> date:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, last if day == "last" else min(day, last))
