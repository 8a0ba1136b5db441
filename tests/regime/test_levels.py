"""What each level of units owes, and by when, where levels or periods differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cchc_gforms.regime.load import ReportingYear, check, load

_REGIME = """\
dispatch: {number: 33/QĐ-BQL, issued_on: 2026-01-05, subject: Báo cáo tiến độ}
timezone: Asia/Ho_Chi_Minh
agencies:
  - bureau: {name: Ban Quản lý dự án, short_name: BQLDA}
    parent: {name: UBND tỉnh Mẫu, short_name: UBND tỉnh Mẫu}
reviewers: [duyet@bql.example]
calendar: {country: VN, weekend: [sat, sun]}
levels:
  builder: {code: NT, label: Nhà thầu}
  supervisor: {code: GS, label: Tư vấn giám sát}
periods:
  g1:
    label: giai đoạn 1
    title: giai đoạn 1 năm {year}
    window_from: {day: 1, month: 10, year: previous}
    closes_on: {day: 31, month: 3}
    cumulative: false
  g2:
    label: giai đoạn 2
    title: giai đoạn 2 năm {year}
    window_from: {day: 1, month: 4}
    closes_on: {day: last, month: 2, year: next}
    cumulative: false
documents:
  progress:
    label: Báo cáo tiến độ
    spec: progress
    periods: [g1, g2]
    has_data: true
    due: {after: closing_date, days: 10}
    due_by_period:
      g2:
        after: closing_date
        days: 20
        by_level:
          builder: {on: {day: 1, month: 3, year: next}}
    due_by_level:
      supervisor: {after: closing_date, days: 5, counting: working_days}
    deciding: approval
  opinion:
    label: Ý kiến giám sát
    spec: opinion
    periods: [g1]
    levels: [supervisor]
    due: {on: {day: 15, month: 4}}
    deciding: first_submission
"""
_UNITS = (
    "code,name,level,emails\nNT1,Công ty Một,NT,nt@a.example\nGS1,Công ty Hai,GS,gs@a.example\n"
)


def _written(directory: Path, regime: str) -> Path:
    (directory / "years").mkdir()
    (directory / "regime.yaml").write_text(regime, "utf-8")
    (directory / "years/2026.yaml").write_text("year: 2026\n", "utf-8")
    (directory / "units.csv").write_text(_UNITS, "utf-8")
    return directory


@pytest.fixture
def year(tmp_path: Path) -> ReportingYear:
    return load(_written(tmp_path, _REGIME), 2026)


@pytest.mark.parametrize(
    ("period", "builder", "supervisor"),
    [
        ("2026-g1", date(2026, 4, 10), date(2026, 4, 7)),  # 5 working days from Tue 31/03
        ("2026-g2", date(2027, 3, 1), date(2027, 3, 5)),  # from Sun 28/02/2027
    ],
)
def test_a_period_has_rules_of_its_own_for_a_level(
    year: ReportingYear, period: str, builder: date, supervisor: date
) -> None:
    duty = year.duty("progress", period)
    dues = [duty.due_of(level) for level in ("builder", "supervisor")]
    assert [due.counted for due in dues if due] == [builder, supervisor]


def test_a_document_is_owed_by_its_levels_only(year: ReportingYear) -> None:
    owing = {
        duty.key[0]: [unit.code for unit in duty.expected(year.roster)] for duty in year.duties
    }
    assert owing == {"progress": ["NT1", "GS1"], "opinion": ["GS1"]}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("levels: [supervisor]", "levels: [⟦supervisors]"),
        ("          builder:", "          ⟦builer:"),
    ],
)
def test_levels_are_those_of_the_regime(tmp_path: Path, right: str, wrong: str) -> None:
    before, _, after = _REGIME.replace(right, wrong).partition("⟦")
    _, (problem,) = check(_written(tmp_path, before + after), 2026)
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert (problem.code, problem.where.line, problem.where.column) == (
        "REGIME-UNKNOWN-LEVEL", *place,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("document", "period", "said"),
    [
        ("progress", "2026-g1", "10/04/2026 (Tư vấn giám sát: 07/04/2026)"),
        # Both levels have a date of their own: the common one, 20/03/2027, is nobody's.
        ("progress", "2026-g2", "Nhà thầu: 01/03/2027; Tư vấn giám sát: 05/03/2027"),
        ("opinion", "2026-g1", "15/04/2026"),
    ],
)
def test_a_form_says_the_date_of_each_level_that_owes_it(
    year: ReportingYear, document: str, period: str, said: str
) -> None:
    assert year.template_values(document, period)["due_on"] == said


def test_a_level_that_does_not_owe_it_is_not_named(tmp_path: Path) -> None:
    regime = _REGIME.replace(
        "    periods: [g1, g2]\n", "    periods: [g1, g2]\n    levels: [builder]\n"
    )
    year = load(_written(tmp_path, regime), 2026)
    assert year.template_values("progress", "2026-g1")["due_on"] == "10/04/2026"
    assert year.template_values("progress", "2026-g2")["due_on"] == "01/03/2027"


def test_one_rule_holds_for_every_month(tmp_path: Path) -> None:
    regime = _REGIME.replace(
        "{after: closing_date, days: 5, counting: working_days}",
        "{on: {day: 5, month: after_closing}, roll: previous_working_day}",
    )
    year = load(_written(tmp_path, regime), 2026)
    dues = [year.duty("progress", f"2026-{one}").due_of("supervisor") for one in ("g1", "g2")]
    # Sun 05/04/2026 goes back to the Friday; Fri 05/03/2027 is worked.
    assert [due.counted for due in dues if due] == [date(2026, 4, 3), date(2027, 3, 5)]
