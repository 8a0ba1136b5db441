"""Working days of a country, by the `holidays` package and the regime's corrections (A2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import holidays

from cchc_gforms.regime.model import CalendarRules, Weekday

WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday`."""
_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_A_DAY = timedelta(days=1)


class WorkCalendar:
    """Which days are worked. The regime's own days win over the package's."""

    def __init__(self, rules: CalendarRules) -> None:
        self._holidays = holidays.country_holidays(rules.country, language=_language(rules.country))
        self._weekend = frozenset(WEEKDAYS.index(day) for day in rules.weekend)
        self._off = frozenset(rules.extra_holidays)
        self._worked = frozenset(rules.extra_workdays)

    def is_workday(self, day: date) -> bool:
        return self.why_off(day) is None

    def why_off(self, day: date) -> str | None:
        """What keeps a day from being worked, in Vietnamese; None when it is worked."""
        if day in self._worked:
            return None
        if day in self._off:
            return "ngày nghỉ"
        if day in self._holidays:
            return str(self._holidays[day])
        # A Saturday that the country swapped for a weekday is worked.
        if day.weekday() in self._weekend and day not in self._holidays.weekend_workdays:
            return _NAMES[day.weekday()]
        return None

    def rolled(self, day: date, step: timedelta = _A_DAY) -> date:
        """The day itself when worked, or the next worked day (Civil Code 148(5)); with a step back,
        the one before."""
        while not self.is_workday(day):
            day += step
        return day

    def why_rolled(self, day: date, step: timedelta = _A_DAY) -> str | None:
        """The days that `rolled` passes over, each with its reason; None when it passes none."""
        passed = []
        while (reason := self.why_off(day)) is not None:
            passed.append(f"{day:%d/%m} {reason}")
            day += step
        return ", ".join(passed) or None

    def plus_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which is not counted; before it if negative."""
        step = timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.is_workday(day):
                day += step
        return day


def has_country(code: str) -> bool:
    """Whether the package knows the holidays of a country."""
    return code in holidays.list_supported_countries()


def _language(country: str) -> str | None:
    """Holidays are named in Vietnamese where the package can."""
    named = holidays.country_holidays(country).supported_languages
    return "vi" if "vi" in named else None
