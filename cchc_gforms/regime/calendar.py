"""Working days of a country, by the `holidays` package and the regime's corrections (A2)."""

from __future__ import annotations

from datetime import date, timedelta

import holidays

from cchc_gforms.regime.model import CalendarRules, Weekday

_WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class WorkCalendar:
    """Which days are worked. The regime's own days win over the package's."""

    def __init__(self, rules: CalendarRules) -> None:
        self._holidays = holidays.country_holidays(rules.country)
        self._weekend = frozenset(_WEEKDAYS.index(day) for day in rules.weekend)
        self._off = frozenset(rules.extra_holidays)
        self._worked = frozenset(rules.extra_workdays)

    def is_workday(self, day: date) -> bool:
        if day in self._worked:
            return True
        if day in self._off or day in self._holidays:
            return False
        # A Saturday that the country swapped for a weekday is worked.
        return day.weekday() not in self._weekend or day in self._holidays.weekend_workdays

    def rolled(self, day: date) -> date:
        """The day itself when worked, or the next worked day (Civil Code 148(5))."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def plus_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which is not counted."""
        for _ in range(count):
            day = self.rolled(day + timedelta(days=1))
        return day


def has_country(code: str) -> bool:
    """Whether the package knows the holidays of a country."""
    return code in holidays.list_supported_countries()
