"""How an administrative document writes days, counts and shares."""

from __future__ import annotations

from datetime import date, datetime

from cchc_gforms.ledger.rates import Rate
from cchc_gforms.notice.letter import BLANK


def long_day(day: date) -> str:
    """Days below 10 and the months 1 and 2 have a leading zero (Decree 30/2020/NĐ-CP, annex I,
    part I, II.4b): ngày 05 tháng 6 năm 2022."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def undated(year: int) -> str:
    """A date to be filled in by hand."""
    return f"ngày {BLANK} tháng {BLANK} năm {year}"


def long_time(moment: datetime) -> str:
    """A local time, to the minute."""
    return f"{moment.hour:02} giờ {moment.minute:02} phút {long_day(moment.date())}"


def short_day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def short_time(moment: datetime | None) -> str:
    """A local time, to the second: a second decides what is late."""
    return f"{moment:%d/%m/%Y %H:%M:%S}" if moment else ""


def units(count: int) -> str:
    return f"{count:02} đơn vị"


def share(rate: Rate) -> str:
    """As in 58/60 (96,7%)."""
    if rate.value is None:
        return "0"
    return f"{rate.numerator}/{rate.denominator} ({percent(rate)})"


def percent(rate: Rate) -> str:
    return "–" if rate.value is None else f"{rate.value:.1%}".replace(".", ",")


def listed(words: list[str]) -> str:
    """As in a, b và c."""
    return f"{', '.join(words[:-1])} và {words[-1]}" if len(words) > 1 else "".join(words)
