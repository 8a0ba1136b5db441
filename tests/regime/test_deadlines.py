"""Due dates against the table of requirements 2.2, in both columns."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from cchc_gforms.regime.calendar import WorkCalendar
from cchc_gforms.regime.deadlines import due_dates
from cchc_gforms.regime.load import load
from cchc_gforms.regime.model import CalendarRules, DueRule
from cchc_gforms.regime.periods import period_of

_SPEC = Path(__file__).parents[2] / "forms_spec"
_YEAR = load(_SPEC, 2022)
_CALENDAR = WorkCalendar(_YEAR.regime.calendar)
_WORKDAYS = DueRule(after="closing_date", days=2, counting="working_days")

with Path(__file__).with_name("deadlines.csv").open(encoding="utf-8", newline="") as _file:
    _ROWS = list(csv.DictReader(_file))


def _rule(what: str) -> DueRule:
    if what == "q3_workdays":
        return _WORKDAYS
    document = {"plan": "annual_plan", "m9": "plan_result"}.get(what, "periodic_report")
    rule = _YEAR.regime.documents[document].due
    assert rule is not None
    return rule


@pytest.mark.parametrize("row", _ROWS, ids=[f"{row['what']}-{row['event_on']}" for row in _ROWS])
def test_due_dates_as_written_and_as_rolled(row: dict[str, str]) -> None:
    due = due_dates(_rule(row["what"]), date.fromisoformat(row["event_on"]), _CALENDAR)
    assert (due.due_on.isoformat(), due.due_on_rolled.isoformat()) == (
        row["due_on"],
        row["due_on_rolled"],
    )


@pytest.mark.parametrize(
    "row",
    [row for row in _ROWS if row["what"] in _YEAR.regime.periods],
    ids=lambda row: f"{row['what']}-{row['year']}",
)
def test_periods_close_on_the_days_of_the_dispatch(row: dict[str, str]) -> None:
    kind = row["what"]
    period = period_of(kind, _YEAR.regime.periods[kind], int(row["year"]))
    assert period.closes_on == date.fromisoformat(row["event_on"])


def test_the_whole_table_of_the_requirements_is_there() -> None:
    reports = {(r["what"], r["year"]) for r in _ROWS if r["what"] in ("q1", "h1", "q3", "year")}
    assert len(reports) == 24
    rolled = [r for r in _ROWS if r["what"] in ("q1", "h1", "q3", "year")]
    assert sum(r["due_on"] != r["due_on_rolled"] for r in rolled) == 8


def test_the_rolled_date_counts_when_the_rule_rolls() -> None:
    rule = DueRule(after="closing_date", days=2, roll="next_working_day")
    due = due_dates(rule, date(2022, 9, 1), _CALENDAR)
    assert due.effective == "due_on_rolled"
    assert due.counted == date(2022, 9, 5)


def test_an_announced_workday_sets_the_package_right() -> None:
    rules = CalendarRules(
        country="VN",
        weekend=("sat", "sun"),
        extra_holidays=(date(2027, 9, 1),),
        extra_workdays=(date(2027, 9, 3),),
    )
    due = due_dates(_rule("q3"), date(2027, 9, 1), WorkCalendar(rules))
    assert due.due_on_rolled == date(2027, 9, 3)


def test_a_saturday_swapped_for_a_weekday_is_worked() -> None:
    assert _CALENDAR.is_workday(date(2024, 5, 4))
    assert not _CALENDAR.is_workday(date(2024, 4, 29))
