"""What is asked for singly, by level, or not dated yet (R14, R16, A13, A23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from cchc_gforms.regime.load import load
from cchc_gforms.regime.model import Regime
from cchc_gforms.regime.openings import due_to_open, openings, too_late_to_open
from cchc_gforms.regime.year import ReportingYear
from cchc_gforms.regime.year_file import Request, YearFile

_SHIPPED = load(Path(__file__).parents[2] / "forms_spec", 2022)
_NOW = datetime(2022, 2, 1, tzinfo=UTC)
_REQUEST: Mapping[str, Any] = {
    "key": "tiep_dan",
    "document": "ad_hoc_report",
    "title": "về công tác tiếp công dân",
    "source_document": "Công văn 01/MẪU-UBND",
    "due_on": "2022-05-21",  # a Saturday
}


def _year(**fields: Any) -> ReportingYear:
    given = {"year": 2022, "plan": {"issued_on": "2022-02-17", "number": "152"}, **fields}
    return replace(_SHIPPED, year=YearFile.model_validate(given))


def _asked(**more: Any) -> ReportingYear:
    return _year(requests=[{**_REQUEST, **more}])


_KEY = ("ad_hoc_report", "2022-tiep_dan")


def test_a_request_is_owed_by_its_own_date() -> None:
    year = _asked()
    assert year.label(*_KEY) == "Báo cáo CCHC đột xuất về công tác tiếp công dân"
    due = year.due(*_KEY)
    assert (due.due_on, due.due_on_rolled, due.counted) == (
        date(2022, 5, 21), date(2022, 5, 23), date(2022, 5, 21),
    )  # fmt: skip


def test_a_request_rolls_only_where_it_says_so() -> None:
    assert _asked(roll="next_working_day").due(*_KEY).counted == date(2022, 5, 23)


@pytest.mark.parametrize(
    ("audience", "count"),
    [
        (None, 60),
        ({"levels": ["primary"]}, 20),
        ({"levels": ["TH"]}, 20),
        ({"units": ["MN01", "TH01"]}, 2),
        ({"levels": ["primary"], "units": ["MN01"]}, 21),
    ],
    ids=["everyone", "a level", "a level by its code", "units", "a level and a unit"],
)
def test_a_request_is_put_to_its_audience(audience: dict[str, Any] | None, count: int) -> None:
    year = _asked(audience=audience)
    assert len(year.duty(*_KEY).expected(year.roster)) == count


def test_an_opening_freezes_what_the_request_says() -> None:
    year = _asked(channel="in_person", window_from="2022-01-01", closes_on="2022-05-15")
    (opened,) = [one for one in openings(year, _NOW) if one.document == "ad_hoc_report"]
    assert (opened.channel, opened.source_document) == ("in_person", "Công văn 01/MẪU-UBND")
    assert (opened.window_from, opened.closes_on) == (date(2022, 1, 1), date(2022, 5, 15))
    assert (opened.due_on, opened.rolled_because) == (
        date(2022, 5, 21), "21/05 thứ Bảy, 22/05 Chủ nhật",
    )  # fmt: skip


@pytest.mark.parametrize("audience", [{}, {"levels": []}, {"units": []}])
def test_an_audience_of_nobody_is_refused(audience: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Request.model_validate({**_REQUEST, "audience": audience})


@pytest.mark.parametrize(
    "window",
    [{"window_from": "2022-01-01"}, {"window_from": "2022-02-01", "closes_on": "2022-01-01"}],
)
def test_a_window_has_two_ends_in_their_order(window: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Request.model_validate({**_REQUEST, **window})


def test_a_plan_not_issued_leaves_its_document_undated_and_the_rest_dated() -> None:
    year = _year(plan=None)
    assert [duty.key for duty in year.undated] == [("annual_plan", "2022-year")]
    assert ("annual_plan", "2022-year") not in year.obligated()
    assert len(year.obligated()) == 8
    with pytest.raises(KeyError):
        year.due("annual_plan", "2022-year")
    assert {one.document for one in openings(year, _NOW)} == {"periodic_report", "plan_result"}


def _with_document(**fields: Any) -> ReportingYear:
    kind = {"label": "Báo cáo", "spec": "x", "deciding": "first_submission", **fields}
    regime = _SHIPPED.regime.model_dump() | {"documents": {"report": kind}}
    return replace(_SHIPPED, regime=Regime.model_validate(regime))


def test_a_level_may_have_a_due_date_of_its_own() -> None:
    year = _with_document(
        periods=["h1"],
        has_data=True,
        due={"after": "closing_date", "days": 2},
        due_by_level={"preschool": {"after": "closing_date", "days": 10}},
    )
    (opened,) = openings(year, _NOW)
    own = {unit.level: unit.due for unit in opened.units}
    assert own["primary"] is None
    assert own["preschool"] is not None
    assert (own["preschool"].due_on, own["preschool"].due_on_rolled) == (
        date(2022, 6, 11), date(2022, 6, 13),
    )  # fmt: skip
    assert opened.due_on == date(2022, 6, 3)


def test_a_period_may_have_a_fixed_day_of_its_own() -> None:
    """A half-year report due on 20/07, and on 20/01 of the next year."""
    year = _with_document(
        periods=["h1", "year"],
        has_data=True,
        due={"on": {"day": 20, "month": 7}},
        due_by_period={"year": {"on": {"day": 20, "month": 1, "year": "next"}}},
    )
    assert [year.due("report", period).due_on for period in ("2022-h1", "2022-year")] == [
        date(2022, 7, 20), date(2023, 1, 20),
    ]  # fmt: skip


def test_two_period_kinds_may_share_a_closing_date() -> None:
    """A10: quý III and 09 tháng."""
    q3, m9 = _SHIPPED.duty("periodic_report", "2022-q3"), _SHIPPED.duty("plan_result", "2022-m9")
    assert (q3.window, m9.window) == (
        (date(2022, 6, 1), date(2022, 9, 1)),
        (date(2021, 12, 1), date(2022, 9, 1)),
    )


def _opens(year: ReportingYear, at: str) -> set[tuple[str, str]]:
    moment = datetime.fromisoformat(at).replace(tzinfo=year.zone)
    return {duty.key for duty in due_to_open(year, moment)}


def test_a_period_opens_a_month_before_it_closes_and_what_an_act_starts_at_once() -> None:
    """30 days before 01/03/2022 is 30/01/2022; the plan was issued, so its clock runs."""
    at_once = {("annual_plan", "2022-year"), _KEY}
    q1 = {("periodic_report", "2022-q1"), ("plan_result", "2022-q1")}
    assert _opens(_asked(), "2022-01-29T23:59:59") == at_once
    assert _opens(_asked(), "2022-01-30T00:00:00") == at_once | q1
    assert _opens(_asked(), "2022-12-01T00:00:00") == {
        ("periodic_report", "2022-year"),
        ("plan_result", "2022-year"),
    }


def test_what_was_not_opened_before_it_was_due_is_for_people_to_open() -> None:
    """Else every unit would be late for what nobody had opened."""
    moment = datetime(2022, 6, 3, 16, 59, tzinfo=UTC)  # 03/06/2022 23:59 in Viet Nam
    h1 = ("periodic_report", "2022-h1")
    assert h1 in {duty.key for duty in due_to_open(_SHIPPED, moment)}
    assert h1 not in {duty.key for duty in too_late_to_open(_SHIPPED, moment, ())}
    after = datetime(2022, 6, 3, 17, tzinfo=UTC)
    assert h1 not in {duty.key for duty in due_to_open(_SHIPPED, after)}
    assert h1 in {duty.key for duty in too_late_to_open(_SHIPPED, after, ())}
    assert too_late_to_open(_SHIPPED, after, {duty.key for duty in _SHIPPED.duties}) == []


def test_without_the_setting_everything_opens_with_the_forms() -> None:
    year = replace(_SHIPPED, regime=_SHIPPED.regime.model_copy(update={"opens_days_before": None}))
    assert len(_opens(year, "2022-01-01T00:00:00")) == 9


def test_what_is_open_is_not_opened_again() -> None:
    moment = datetime(2022, 2, 18, tzinfo=UTC)
    assert due_to_open(_SHIPPED, moment)
    opened = {(one.document, one.period) for one in openings(_SHIPPED, moment)}
    assert due_to_open(_SHIPPED, moment, opened) == []
