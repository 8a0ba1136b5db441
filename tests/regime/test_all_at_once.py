"""Several mistakes of one document, one rule, one request or one table are told in one run.

Each set is put into the shipped files together; all of its places are told, and no other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_gforms.regime.load import check
from tests.generator.live import copy_specs
from tests.spec.test_all_at_once import Mistake, written

_PLAN = "due: {after: plan_issued, days: 30, counting: calendar_days, roll: none}"
_REPORT = (
    "due: {after: closing_date, days: 2, counting: calendar_days, roll: none}\n"
    "    deciding: first_submission\n  plan_result"
)
_LAST_LINE = "#     mức độ 4: toàn trình\n"


def _in_regime(right: str, wrong: str, code: str) -> Mistake:
    return Mistake("regime.yaml", right, wrong, code)


def _in_year(wrong: str, code: str, right: str = _LAST_LINE) -> Mistake:
    return Mistake("years/2022.yaml", right, wrong, code)


def _request(key: str, more: str) -> str:
    common = "document: ad_hoc_report, title: T, source_document: S"
    return f"  - {{key: {key}, {common}, {more}}}\n"


SETS = {
    "a day that is none, and everything else of its document": [
        _in_regime(_PLAN, "due: ⟦{on: {day: 31, month: 4}, after: plan_issued, days: 3}",
                   "YAML-BAD-VALUE"),
        _in_regime("on: {day: 31", "on: ⟦{day: 31", "YAML-BAD-VALUE"),
        _in_regime("    periods: [year]\n", "    periods: [⟦yaer]\n", "REGIME-UNKNOWN-PERIOD"),
        _in_regime("    has_data: false\n", "    has_data: false\n    levels: [⟦tram]\n",
                   "REGIME-UNKNOWN-LEVEL"),
    ],
    "a year that is none, and the day of the same rule": [
        _in_regime(_PLAN, "due: {on: {day: 31, month: 4, year: ⟦nextt}}", "YAML-BAD-CHOICE"),
        _in_regime("on: {day: 31", "on: ⟦{day: 31", "YAML-BAD-VALUE"),
    ],
    "a wrong event, and a level that there is not": [
        _in_regime(_REPORT, "due: {after: ⟦closing_dat, days: 2}\n    due_by_level:\n"
                   "      preschol: {on: {day: 1, month: 4}}\n"
                   "    deciding: first_submission\n  plan_result", "YAML-BAD-CHOICE"),
        _in_regime("      preschol: {", "      ⟦preschol: {", "REGIME-UNKNOWN-LEVEL"),
    ],
    "a word that is none, and a document without a rule": [
        _in_regime("deciding: approval", "deciding: ⟦aproval", "YAML-BAD-CHOICE"),
        _in_regime("  annual_plan:\n    label", "  annual_plan:\n    ⟦label", "YAML-BAD-VALUE"),
        _in_regime(f"    {_PLAN}\n", "", ""),
    ],
    "the name of an office, and its time": [
        _in_regime("      name: Phòng Văn hóa - Xã hội phường Mẫu\n", "", ""),
        _in_regime("    bureau:\n      short_name", "    bureau:\n      ⟦short_name",
                   "YAML-MISSING-KEY"),
        _in_regime("  - valid_from: 2025-07-01", "  - ⟦valid_from: 2025-06-30",
                   "REGIME-AGENCY-OVERLAP"),
    ],
    "a period that is lost, and another that its document never had": [
        _in_regime("title: quý III năm {year}\n    window_from: {day: 1, month: 6}",
                   "title: quý III năm {year}\n    window_from: {day: 1, month: ⟦13}",
                   "YAML-BAD-VALUE"),
        _in_year("periods: [⟦q9]", "YEAR-UNKNOWN-PERIOD", "periods: [q1]"),
    ],
    "a country and days of the week": [
        _in_regime("country: VN", "country: ⟦ZZ", "REGIME-UNKNOWN-COUNTRY"),
        _in_regime("weekend: [sat, sun]", "weekend: [sat, ⟦cn]", "YAML-BAD-CHOICE"),
    ],
    "a title and a window of one period": [
        _in_regime("title: quý I năm", "titel: quý I năm", ""),
        _in_regime("titel", "⟦titel", "YAML-UNKNOWN-KEY"),
        _in_regime("    label: quý I\n", "    ⟦label: quý I\n", "REGIME-WINDOW"),
        _in_regime("closes_on: {day: 1, month: 3}", "closes_on: {day: 1, month: 3, year: previous}",
                   ""),
    ],
    "an empty audience, and the rest of the year": [
        _in_year(_LAST_LINE + "requests:\n" + _request("a", "due_on: 2022-05-20")
                 + _request("a", "due_on: 2022-05-21, audience: ⟦{levels: []}"), "YAML-BAD-VALUE"),
        _in_year("{key: ⟦a, document: ad_hoc_report, title: T, source_document: S, "
                 "due_on: 2022-05-21", "YEAR-DUPLICATE-REQUEST",
                 "{key: a, document: ad_hoc_report, title: T, source_document: S, "
                 "due_on: 2022-05-21"),
        _in_year("periods: [⟦q9]", "YEAR-UNKNOWN-PERIOD", "periods: [q1]"),
    ],
    "a key, a date and a channel, and whom it is put to": [
        _in_year(_LAST_LINE + "requests:\n" + _request("⟦A1", "due_on: 2022-05-20, audience: "
                 "{levels: [prima], units: [MN99, MN01]}"), "YAML-BAD-VALUE"),
        _in_year("levels: [⟦prima]", "YEAR-UNKNOWN-LEVEL", "levels: [prima]"),
        _in_year("units: [⟦MN99", "YEAR-UNKNOWN-UNIT", "units: [MN99"),
        _in_year("due_on: ⟦20/05/2022, a", "YAML-WRONG-TYPE", "due_on: 2022-05-20, a"),
    ],
    "the number and the date of the plan": [
        _in_year("⟦number:\n", "YAML-WRONG-TYPE", "number: 152/KH-GDĐT\n"),
        _in_year("issued_on: ⟦2012", "YEAR-DATE-FAR", "issued_on: 2022"),
    ],
    "a misspelt column, and the rows under it": [
        Mistake("units.csv", "earlier_names", "⟦earlier_name", "CSV-UNKNOWN-COLUMN"),
        Mistake("units.csv", "TH,th02@truong.example", "TH,⟦th02.truong.example",
                "ROSTER-BAD-EMAIL"),
    ],
    "a misspelt column that must be there": [
        Mistake("units.csv", ",emails,", ",⟦email,", "CSV-UNKNOWN-COLUMN"),
        Mistake("units.csv", "THCS Mẫu 02,THCS", "THCS Mẫu 02,⟦THC", "ROSTER-UNKNOWN-LEVEL"),
    ],
    "a code of two levels, which leaves another without": [
        _in_regime("preschool: {code: MN", "preschool: {code: TH", ""),
        _in_regime("primary: {code: TH", "primary: {code: ⟦TH", "REGIME-LEVEL-CODE"),
    ],
    "reviewers, of whom none is an address": [
        _in_regime("- duyet1@phonggd.example", "- ⟦duyet1.phonggd.example", "YAML-BAD-VALUE"),
        _in_regime("- duyet2@phonggd.example", "- ⟦duyet2.phonggd.example", "YAML-BAD-VALUE"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("mistakes", SETS.values(), ids=SETS)
def test_one_mistake_hides_no_other(tmp_path: Path, mistakes: list[Mistake]) -> None:
    specs = tmp_path / "specs"
    copy_specs(specs)
    expected = written(specs, mistakes)
    found, problems = check(specs, 2022)
    assert found is None
    told = [one for one in problems if one.severity == "error"]
    assert all(one.message and one.fix for one in told)
    assert sorted(f"{one.where} {one.code}" for one in told) == expected
