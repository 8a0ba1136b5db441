"""The year as a calendar file, read back by the library's own parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar

from cchc_gforms.regime.ics import calendar_file
from cchc_gforms.regime.load import load
from cchc_gforms.regime.model import Regime

_YEAR = load(Path(__file__).parents[2] / "forms_spec", 2022)
_NOW = datetime(2022, 2, 1, tzinfo=UTC)


def _events(data: bytes) -> dict[str, Any]:
    return {str(one["uid"]): one for one in Calendar.from_ical(data).walk("VEVENT")}


def test_every_due_date_and_closing_date_is_an_event() -> None:
    found = _events(calendar_file(_YEAR, _NOW))
    assert len(found) == 9 + 8
    due = found["periodic_report-2022-q3-due@cchc-gforms"]
    assert str(due["summary"]) == "Hạn Báo cáo CCHC quý III năm 2022"
    assert (due["dtstart"].dt, due["dtend"].dt) == (date(2022, 9, 3), date(2022, 9, 4))
    assert "05/09/2022 (03/09 thứ Bảy, 04/09 Chủ nhật)" in str(due["description"])
    closing = found["plan_result-2022-m9-closing@cchc-gforms"]
    assert closing["dtstart"].dt == date(2022, 9, 1)


def test_it_is_called_by_what_the_regime_is_about() -> None:
    other = replace(_YEAR, regime=_YEAR.regime.model_copy(update={"about": "Chuyển đổi số"}))
    named = [
        str(Calendar.from_ical(calendar_file(year, _NOW))["x-wr-calname"])
        for year in (_YEAR, other)
    ]
    assert named == ["CCHC 2022", "Chuyển đổi số 2022"]


def test_made_again_later_it_has_the_same_events() -> None:
    later = calendar_file(_YEAR, datetime(2022, 3, 1, tzinfo=UTC))
    assert set(_events(later)) == set(_events(calendar_file(_YEAR, _NOW)))


def test_a_level_with_its_own_date_has_its_own_event() -> None:
    documents = _YEAR.regime.model_dump()["documents"]
    documents["annual_plan"]["due_by_level"] = {"preschool": {"on": {"day": 1, "month": 4}}}
    regime = Regime.model_validate(_YEAR.regime.model_dump() | {"documents": documents})
    found = _events(calendar_file(replace(_YEAR, regime=regime), _NOW))
    own = found["annual_plan-2022-year-due-preschool@cchc-gforms"]
    assert own["dtstart"].dt == date(2022, 4, 1)
    assert str(own["summary"]) == "Hạn Kế hoạch CCHC năm 2022 (Mầm non)"
