"""Due rules of every sort against a table made by hand; the offices' days off set right."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from ruamel.yaml import YAML

from cchc_gforms.regime.calendar import WEEKDAYS, WorkCalendar
from cchc_gforms.regime.deadlines import DueDates, due_dates, fixed_due_dates
from cchc_gforms.regime.model import CalendarRules, DueDay, DueRule
from cchc_gforms.regime.periods import due_day

_CASES: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("due_rules.yaml")
)
_A_DAY = timedelta(days=1)
_CALENDAR = WorkCalendar(CalendarRules(country="VN", weekend=("sat", "sun")))


def _due(case: dict[str, Any]) -> DueDates:
    rule = DueRule.model_validate(case["rule"])
    if "event" in case:
        return due_dates(rule, case["event"], _CALENDAR)
    return fixed_due_dates(rule, case["year"], case.get("closes_on"), _CALENDAR)


@pytest.mark.parametrize("case", _CASES, ids=[case["name"] for case in _CASES])
def test_a_rule_gives_its_date(case: dict[str, Any]) -> None:
    due = _due(case)
    assert (due.due_on, due.due_on_rolled) == (case["due"], case["rolled"])
    assert due.rolled_because == case.get("why")


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"days": 2},
        {"after": "closing_date"},
        {"on": {"day": 1, "month": 1}, "days": 2},
        {"after": "closing_date", "on": {"day": 1, "month": 1}},
        {"on": {"day": 31, "month": 4}},
        {"on": {"day": "first", "month": 4}},
        {"on": {"day": 1, "month": "closing", "year": "next"}},
        {"on": {"day": 23, "month": 4, "weekday": "mon"}},
        {"on": {"day": 1, "month": 4, "weekday": "monday"}},
        {"after": "closing_date", "limit": "until"},
    ],
)
def test_a_rule_counts_from_one_thing_that_exists(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        DueRule.model_validate(rule)


_days = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(_days, st.integers(-40, 40))
def test_working_days_are_counted_off_one_by_one(event: date, count: int) -> None:
    found = _CALENDAR.plus_workdays(event, count)
    first, last = sorted((event, found))
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    worked = [day for day in between if _CALENDAR.is_workday(day) and day != event]
    assert len(worked) == abs(count)
    assert count == 0 or _CALENDAR.is_workday(found)


@given(_days)
def test_a_date_is_rolled_only_over_days_off_each_with_its_reason(day: date) -> None:
    rolled, why = _CALENDAR.rolled(day), _CALENDAR.why_rolled(day)
    passed = [day + timedelta(days=n) for n in range((rolled - day).days)]
    assert not any(map(_CALENDAR.is_workday, passed))
    assert _CALENDAR.is_workday(rolled)
    assert len(why.split(", ") if why else []) == len(passed)


@given(_days)
def test_rolling_back_is_rolling_on_the_other_way(day: date) -> None:
    rolled, why = _CALENDAR.rolled(day, -_A_DAY), _CALENDAR.why_rolled(day, -_A_DAY)
    passed = [day - timedelta(days=n) for n in range((day - rolled).days)]
    assert not any(map(_CALENDAR.is_workday, passed))
    assert _CALENDAR.is_workday(rolled)
    assert len(why.split(", ") if why else []) == len(passed)


@given(
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.integers(1, 22) | st.just("last"),
    st.sampled_from(["closing", "after_closing"]),
    st.sampled_from(WEEKDAYS),
)
def test_a_weekday_of_a_month_is_in_it(closes_on: date, day: Any, month: Any, weekday: Any) -> None:
    found = due_day(DueDay(day=day, month=month, weekday=weekday), 1999, closes_on)
    later = (found.year - closes_on.year) * 12 + found.month - closes_on.month
    assert later == (1 if month == "after_closing" else 0)
    assert WEEKDAYS[found.weekday()] == weekday
    if day == "last":
        assert (found + timedelta(days=7)).month != found.month
    else:
        assert day <= found.day < day + 7


def test_a_country_whose_holidays_have_no_vietnamese_names_will_do() -> None:
    calendar = WorkCalendar(CalendarRules(country="FR", weekend=("sun",)))
    assert calendar.why_off(date(2022, 7, 14)) is not None
    assert calendar.is_workday(date(2022, 7, 16))
