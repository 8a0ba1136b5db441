"""Periods of a reporting year: their names, data windows and closing dates (R18–R21)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc_gforms.regime.model import PeriodKind, YearDay
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
        title=rules.title.replace("{year}", str(year)),
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


def day_of(day: YearDay, year: int) -> date:
    """The date of a day of the year; see `YearDay`."""
    year += _OFFSET[day.year]
    last = calendar.monthrange(year, day.month)[1]
    return date(year, day.month, last if day.day == "last" else min(day.day, last))
