"""The reporting year 2022 as the repository ships it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cchc_gforms.regime.load import load
from cchc_gforms.regime.model import YearDay
from cchc_gforms.regime.openings import openings
from cchc_gforms.regime.periods import day_of, in_year
from cchc_gforms.regime.roster import Roster, Unit

_YEAR = load(Path(__file__).parents[2] / "forms_spec", 2022)
_NOW = datetime(2022, 2, 1, tzinfo=UTC)


def test_every_document_and_period_has_its_label() -> None:
    assert {pair: _YEAR.label(*pair) for pair in _YEAR.obligated()} == {
        ("annual_plan", "2022-year"): "Kế hoạch CCHC năm 2022",
        ("periodic_report", "2022-q1"): "Báo cáo CCHC quý I năm 2022",
        ("periodic_report", "2022-h1"): "Báo cáo CCHC 06 tháng đầu năm 2022",
        ("periodic_report", "2022-q3"): "Báo cáo CCHC quý III năm 2022",
        ("periodic_report", "2022-year"): "Báo cáo CCHC năm 2022",
        ("plan_result", "2022-q1"): "Kết quả thực hiện Kế hoạch CCHC quý I năm 2022",
        ("plan_result", "2022-h1"): "Kết quả thực hiện Kế hoạch CCHC 06 tháng đầu năm 2022",
        ("plan_result", "2022-m9"): "Kết quả thực hiện Kế hoạch CCHC 09 tháng năm 2022",
        ("plan_result", "2022-year"): "Kết quả thực hiện Kế hoạch CCHC năm 2022",
    }


@pytest.mark.parametrize(
    ("kind", "window_from", "closes_on", "cumulative"),
    [
        ("q1", date(2021, 12, 1), date(2022, 3, 1), True),
        ("h1", date(2021, 12, 1), date(2022, 6, 1), True),
        ("q3", date(2022, 6, 1), date(2022, 9, 1), False),
        ("m9", date(2021, 12, 1), date(2022, 9, 1), True),
        ("year", date(2021, 12, 1), date(2022, 12, 1), True),
    ],
    ids=["R18", "R19", "R20", "A10", "R21"],
)
def test_data_windows_are_those_of_the_dispatch(
    kind: str, window_from: date, closes_on: date, cumulative: bool
) -> None:
    document = "plan_result" if kind == "m9" else "periodic_report"
    assert _YEAR.duty(document, f"2022-{kind}").window == (window_from, closes_on)
    assert _YEAR.regime.periods[kind].cumulative is cumulative


def test_the_roster_has_sixty_sample_units_of_three_levels() -> None:
    levels = [unit.level for unit in _YEAR.roster.units]
    assert [levels.count(x) for x in ("preschool", "primary", "lower_secondary")] == [24, 20, 16]
    assert len(levels) == 60


def test_openings_freeze_dates_rules_and_roster() -> None:
    opened = {(o.document, o.period): o for o in openings(_YEAR, _NOW)}
    assert list(opened) == _YEAR.obligated()
    plan = opened["annual_plan", "2022-year"]
    assert (plan.due_on, plan.due_on_rolled) == (date(2022, 3, 19), date(2022, 3, 21))
    assert (plan.deciding, plan.closes_on, plan.window_from) == ("approval", None, None)
    report = opened["periodic_report", "2022-q3"]
    assert (report.due_on, report.due_on_rolled) == (date(2022, 9, 3), date(2022, 9, 5))
    assert (report.deciding, report.effective) == ("first_submission", "due_on")
    assert (report.closes_on, report.window_from) == (date(2022, 9, 1), date(2022, 6, 1))
    assert len(report.units) == 60
    assert report.units[0].emails == ("mn01@truong.example",)


def test_only_the_first_quarter_is_not_assessed() -> None:
    opened = openings(_YEAR, _NOW)
    assert [(o.document, o.period) for o in opened if o.not_assessed] == [
        ("periodic_report", "2022-q1"),
        ("plan_result", "2022-q1"),
    ]
    assert {o.document for o in opened if o.advisory} == {"plan_result"}


def test_a_period_is_owed_by_the_units_valid_on_its_closing_date() -> None:
    """A23; for the plan, on the due date."""
    units = (
        Unit("A", "A", "primary", valid_from=date(2022, 6, 1)),
        Unit("B", "B", "primary", valid_from=date(2022, 6, 2)),
        Unit("C", "C", "primary", valid_to=date(2022, 6, 1)),
        Unit("D", "D", "primary", valid_to=date(2022, 5, 31)),
        Unit("E", "E", "primary", valid_from=date(2022, 3, 19)),
        Unit("F", "F", "primary", valid_from=date(2022, 3, 20)),
    )
    year = replace(_YEAR, roster=Roster(units))
    owed = {(o.document, o.period): [u.code for u in o.units] for o in openings(year, _NOW)}
    assert owed["periodic_report", "2022-h1"] == ["A", "C", "E", "F"]
    assert owed["annual_plan", "2022-year"] == ["C", "D", "E"]


def test_template_values_of_a_report() -> None:
    assert _YEAR.template_values("periodic_report", "2022-q3") == {
        "year": "2022",
        "previous_year": "2021",
        "next_year": "2023",
        "period.label": "quý III",
        "period.title": "quý III năm 2022",
        "period.window_from": "01/06/2022",
        "period.closes_on": "01/09/2022",
        "document.label": "Báo cáo CCHC",
        "due_on": "03/09/2022",
        "bureau.name": "Phòng Giáo dục và Đào tạo Quận 7",
        "bureau.short_name": "Phòng GDĐT Quận 7",
        "parent.name": "Ủy ban nhân dân Quận 7",
        "parent.short_name": "UBND Quận 7",
        "dispatch.number": "260/GDĐT",
    }


def test_the_plan_has_no_data_window_to_speak_of() -> None:
    values = _YEAR.template_values("annual_plan", "2022-year")
    assert values["due_on"] == "19/03/2022"
    assert not {"period.window_from", "period.closes_on"} & set(values)


def test_the_bureau_is_the_one_in_office_on_the_day() -> None:
    assert _YEAR.agency.bureau.short_name == "Phòng GDĐT Quận 7"
    assert _YEAR.regime.agency_on(date(2025, 6, 30)) is _YEAR.agency
    later = _YEAR.regime.agency_on(date(2025, 7, 1))
    assert later is not None
    assert later.parent.short_name == "UBND phường Mẫu"


def test_the_end_of_february_is_the_last_day_there_is() -> None:
    leap_day = YearDay(day=29, month=2)
    assert day_of(leap_day, 2024) == date(2024, 2, 29)
    assert day_of(leap_day, 2023) == date(2023, 2, 28)
    assert day_of(YearDay(day=1, month=1, year="next"), 2022) == date(2023, 1, 1)


def test_a_school_year_is_said_with_both_its_years() -> None:
    assert in_year("học kỳ I năm học {year}–{next_year}", 2026) == "học kỳ I năm học 2026–2027"
    assert in_year("vụ đông xuân {previous_year}–{year}", 2026) == "vụ đông xuân 2025–2026"
