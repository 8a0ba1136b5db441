"""Mistakes that no single line shows, in requests, levels and wording; and mere warnings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cchc_gforms.regime.load import check, load

_SHIPPED = Path(__file__).parents[2] / "forms_spec"
_REQUEST = """
requests:
  - key: tiep_dan
    document: ad_hoc_report
    title: về tiếp công dân
    source_document: Công văn mẫu
    due_on: 2022-05-20
"""


@pytest.fixture
def spec_dir(tmp_path: Path) -> Path:
    directory = tmp_path / "forms_spec"
    shutil.copytree(_SHIPPED, directory)
    return directory


def _found(spec_dir: Path) -> list[str]:
    """Severity and code of every problem, and the line's text where it has a line."""
    _, problems = check(spec_dir, 2022)
    found = []
    for problem in problems:
        assert problem.message
        assert problem.fix
        path = spec_dir.parent / problem.where.file
        lines = path.read_text("utf-8").splitlines()
        text = lines[problem.where.line - 1].strip() if problem.where.line else ""
        found.append(f"{problem.severity} {problem.code} {text}".strip())
    return found


def _append(spec_dir: Path, text: str) -> None:
    with (spec_dir / "years/2022.yaml").open("a", encoding="utf-8") as file:
        file.write(text)


def test_what_is_shipped_has_neither_errors_nor_warnings(spec_dir: Path) -> None:
    assert _found(spec_dir) == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", []),
        ("    audience: {levels: [x]}", ["error YEAR-UNKNOWN-LEVEL audience: {levels: [x]}"]),
        ("    audience: {levels: []}", ["error YAML-BAD-VALUE audience: {levels: []}"]),
        (
            "    window_from: 2022-01-01\n    closes_on: 2022-05-21",
            ["warning DUE-BEFORE-CLOSING - key: tiep_dan"],
        ),
        ("    audience: {units: [MN99]}", ["error YEAR-UNKNOWN-UNIT audience: {units: [MN99]}"]),
        ("    channel: fax", ["error YAML-BAD-CHOICE channel: fax"]),
        ("    due: 2022-05-20", ["error YAML-UNKNOWN-KEY due: 2022-05-20"]),
        (_REQUEST.split("requests:\n")[1], ["error YEAR-DUPLICATE-REQUEST - key: tiep_dan"]),
        (
            _REQUEST.split("requests:\n")[1].replace("key: tiep_dan", "key: khac"),
            ["error REGIME-SAME-LABEL - key: khac"],
        ),
    ],
    ids=["none", "level", "nobody", "early", "unit", "channel", "key", "twice", "same label"],
)  # fmt: skip
def test_a_mistake_in_a_request_has_its_place(
    spec_dir: Path, more: str, expected: list[str]
) -> None:
    _append(spec_dir, _REQUEST + more)
    assert _found(spec_dir) == expected


def test_a_request_due_in_another_age_is_an_error(spec_dir: Path) -> None:
    _append(spec_dir, _REQUEST.replace("2022-05-20", "2032-05-20"))
    assert _found(spec_dir) == ["error YEAR-DATE-FAR due_on: 2032-05-20"]


@pytest.mark.parametrize(
    ("due", "more", "expected"),
    [
        ("2021-05-20", "", ["warning YEAR-DATE-OUTSIDE due_on: 2021-05-20"]),
        # The year's data begin on 01/12/2021 and its last report is due on 03/12/2022.
        ("2021-12-10", "", []),
        ("2023-01-05", "", ["warning YEAR-DATE-OUTSIDE due_on: 2023-01-05"]),
        ("2023-01-05", "    window_from: 2022-11-01\n    closes_on: 2022-12-31\n", []),
    ],
    ids=["a year early", "in the windows", "a week late", "of data of the year"],
)
def test_a_request_due_outside_of_the_year_is_a_warning(
    spec_dir: Path, due: str, more: str, expected: list[str]
) -> None:
    _append(spec_dir, _REQUEST.replace("2022-05-20", due) + more)
    assert _found(spec_dir) == expected


def test_a_unit_that_is_asked_and_owes_nothing_is_a_warning(spec_dir: Path) -> None:
    _edit(spec_dir / "units.csv", "mn01@truong.example,,", "mn01@truong.example,,2022-05-19")
    _append(spec_dir, _REQUEST + "    audience: {units: [TH01, MN01]}\n")
    _, problems = check(spec_dir, 2022)
    (warning,) = (str(one) for one in problems)
    assert "YEAR-UNIT-OWES-NOTHING: cảnh báo: MN01 không có hiệu lực vào ngày 20/05/2022" in warning
    _edit(
        spec_dir / "years/2022.yaml", "mẫu\n    due_on: 2022-05-20", "mẫu\n    due_on: 2022-05-19"
    )
    assert _found(spec_dir) == []


def test_a_unit_of_a_level_that_owes_no_such_document_is_a_warning(spec_dir: Path) -> None:
    _edit(
        spec_dir / "regime.yaml",
        "    spec: ad_hoc_report\n",
        "    spec: ad_hoc_report\n    levels: [primary]\n",
    )
    _append(spec_dir, _REQUEST + "    audience: {units: [TH01, MN01]}\n")
    assert _found(spec_dir) == ["warning YEAR-UNIT-OWES-NOTHING audience: {units: [TH01, MN01]}"]


_RULES = """\
    due_by_level:
      preschool: {on: {day: 25, month: closing}, limit: before}
      primary: {after: closing_date, days: -5}
    due_by_period:
      h1:
        on: {day: 31, month: 5}
        by_level:
          primary: {on: {day: 30, month: 5}}
"""


def test_a_date_before_the_closing_is_told_once_a_rule_at_its_place(spec_dir: Path) -> None:
    """By hand: closing on 01/03, 01/06, 01/09 and 01/12; before the 25th of those months is after
    it, five days earlier is not."""
    regime = spec_dir / "regime.yaml"
    before = "    periods: [q1, h1, q3, year]\n"
    _edit(regime, before, before + _RULES)
    _, problems = check(spec_dir, 2022)
    lines = regime.read_text("utf-8").splitlines()
    assert [(lines[one.where.line - 1].strip(), one.message) for one in problems] == [
        (
            "primary: {after: closing_date, days: -5}",
            "Báo cáo CCHC, Tiểu học: hạn trước ngày chốt số liệu (quý I: hạn 24/02/2022, chốt "
            "01/03/2022; quý III: hạn 27/08/2022, chốt 01/09/2022; cả năm: hạn 26/11/2022, chốt "
            "01/12/2022)",
        ),
        (
            "h1:",
            "Báo cáo CCHC: hạn trước ngày chốt số liệu (06 tháng: hạn 31/05/2022, chốt 01/06/2022)",
        ),
        (
            "primary: {on: {day: 30, month: 5}}",
            "Báo cáo CCHC, Tiểu học: hạn trước ngày chốt số liệu (06 tháng: hạn 30/05/2022, chốt "
            "01/06/2022)",
        ),
    ]


def test_a_window_that_runs_backwards_is_said_in_words(spec_dir: Path) -> None:
    _edit(
        spec_dir / "regime.yaml",
        "closes_on: {day: 1, month: 3}",
        "closes_on: {day: 1, month: 3, year: previous}",
    )
    _, problems = check(spec_dir, 2022)
    (window,) = (one.message for one in problems)
    assert window == "thời gian số liệu ngược: từ 01/12 năm trước đến 01/03 năm trước"


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("years/2022.yaml", "issued_on: 2022-02-17", "issued_on: 2012-02-17",
         ["error YEAR-DATE-FAR issued_on: 2012-02-17"]),
        ("regime.yaml", "closes_on: {day: 1, month: 3}",
         "closes_on: {day: 1, month: 3, year: previous}", ["error REGIME-WINDOW label: quý I"]),
        ("regime.yaml", "preschool: {code: MN,", "preschool: {code: TH,",
         ["error REGIME-LEVEL-CODE primary: {code: TH, label: Tiểu học}"]),
        ("regime.yaml", "periods: [q1, h1, q3, year]", "periods: [q1, h1, q3, year, q1]",
         ["error REGIME-DUPLICATE-PERIOD periods: [q1, h1, q3, year, q1]"]),
        ("regime.yaml", "  - duyet1@phonggd.example", "  - mn01@truong.example",
         ["warning REGIME-REVIEWER-IS-UNIT - mn01@truong.example"]),
        ("regime.yaml", "  extra_holidays: []\n  extra_workdays: []",
         "  extra_holidays: [2022-05-07]\n  extra_workdays: [2022-05-07]",
         ["error REGIME-DAY-TWICE extra_workdays: [2022-05-07]"]),
    ],
    ids=["issue date", "window", "level code", "period twice", "reviewer", "day twice"],
)  # fmt: skip
def test_a_slip_that_would_cost_a_school_a_day_is_told(
    spec_dir: Path, file: str, old: str, new: str, expected: list[str]
) -> None:
    _edit(spec_dir / file, old, new)
    if "LEVEL-CODE" in expected[0]:
        (spec_dir / "units.csv").write_text(
            "code,name,level,emails\nTH01,Trường A,TH,a@b.example\n", "utf-8"
        )
    assert _found(spec_dir) == expected


@pytest.mark.parametrize(
    ("of", "old", "new"),
    [
        ("annual_plan", "    due: {after: plan_issued, days: 30, counting: calendar_days, "
         "roll: none}\n", ""),
        ("annual_plan", "    periods: [year]\n", ""),
        ("ad_hoc_report", "    spec: ad_hoc_report\n",
         "    spec: ad_hoc_report\n    has_data: true\n"),
    ],
    ids=["a period without a due date", "due without periods", "data by request"],
)  # fmt: skip
def test_a_document_is_either_of_periods_or_by_request(
    spec_dir: Path, of: str, old: str, new: str
) -> None:
    _edit(spec_dir / "regime.yaml", old, new)
    _, problems = check(spec_dir, 2022)
    (problem,) = problems
    lines = (spec_dir / "regime.yaml").read_text("utf-8").splitlines()
    assert problem.code == "YAML-BAD-VALUE"
    assert lines[problem.where.line - 2] == f"  {of}:"


def test_a_document_of_periods_cannot_be_asked_for_singly(spec_dir: Path) -> None:
    _append(spec_dir, _REQUEST.replace("ad_hoc_report", "periodic_report"))
    assert _found(spec_dir) == ["error YEAR-UNKNOWN-DOCUMENT document: periodic_report"]


def test_a_request_may_be_not_assessed_by_its_key(spec_dir: Path) -> None:
    path = spec_dir / "years/2022.yaml"
    text = path.read_text("utf-8").replace(
        "not_assessed:\n",
        "not_assessed:\n  - {document: ad_hoc_report, periods: [tiep_dan], reason: mới ban hành}\n",
    )
    path.write_text(text + _REQUEST, "utf-8")
    assert _found(spec_dir) == []
    year = load(spec_dir, 2022)
    assert year.not_assessed("ad_hoc_report", "2022-tiep_dan") == "mới ban hành"


def test_a_level_that_is_none_has_its_place(spec_dir: Path) -> None:
    path = spec_dir / "regime.yaml"
    text = path.read_text("utf-8").replace(
        "    deciding: approval\n",
        "    deciding: approval\n    due_by_level:\n      preschol: {on: {day: 1, month: 4}}\n",
    )
    path.write_text(text, "utf-8")
    assert _found(spec_dir) == ["error REGIME-UNKNOWN-LEVEL preschol: {on: {day: 1, month: 4}}"]


def test_a_plan_not_issued_is_a_warning_and_stops_nothing(spec_dir: Path) -> None:
    path = spec_dir / "years/2022.yaml"
    path.write_text("year: 2022\n", "utf-8")
    assert _found(spec_dir) == ["warning YEAR-NO-PLAN"]
    assert len(load(spec_dir, 2022).duties) == 8


_ROSTERS = {
    "marks left out": ("MN01,Trường Hoa Hồng,MN,,,,,\nMN02,Truong Hoa Hong,MN,,,,,\n", "MN02"),
    "a leading nought": ("MN01,Trường A,MN,,,,,\nMN1,Trường B,MN,,,,,\n", "MN1,"),
    "without the word school": ("MN01,Trường Mầm non A,MN,,,,,\nMN02,Mầm non A,MN,,,,,\n", "MN02"),
    "a hyphen": ("TH01,Trường Lê Văn-Tám,TH,,,,,\nTH02,Trường Lê Văn Tám,TH,,,,,\n", "TH02"),
    "never on one day": (
        "TH01,Trường Đỏ,TH,,,2022-06-30,,\nTH02,Truong Do,TH,,2022-07-01,,,\n", "",
    ),
    "plainly two": ("TH01,Trường Mẫu 01,TH,,,,,\nTH02,Trường Mẫu 02,TH,,,,,\n", ""),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "at"), _ROSTERS.values(), ids=_ROSTERS)
def test_look_alikes_on_the_roster_are_warned_of(spec_dir: Path, rows: str, at: str) -> None:
    _write_roster(spec_dir, rows)
    found = [one for one in _found(spec_dir) if "ROSTER-NO-EMAIL" not in one]
    if at:
        (warning,) = found
        assert warning.startswith(f"warning ROSTER-LOOK-ALIKE {at}")
    else:
        assert found == []
    assert len(load(spec_dir, 2022).roster.units) == 2


def _write_roster(spec_dir: Path, rows: str) -> None:
    header = "code,name,level,emails,valid_from,valid_to,earlier_names,cluster\n"
    (spec_dir / "units.csv").write_text(header + rows, "utf-8")


def test_what_will_go_wrong_for_a_unit_is_warned_of(spec_dir: Path) -> None:
    _write_roster(
        spec_dir,
        "TH01,Trường Đỏ,TH,a@b.example,,,Trường Xanh,\nTH02,Trường Xanh,TH,,,,,\n",
    )
    assert _found(spec_dir) == [
        "warning ROSTER-NAME-OF-TWO TH01,Trường Đỏ,TH,a@b.example,,,Trường Xanh,",
        "warning ROSTER-NO-EMAIL TH02,Trường Xanh,TH,,,,,",
    ]


def test_a_roster_of_nobody_and_a_code_of_two_words_are_errors(spec_dir: Path) -> None:
    _write_roster(spec_dir, "")
    assert _found(spec_dir) == ["error ROSTER-EMPTY"]
    _write_roster(spec_dir, "TH 01,Trường A,TH,a@b.example,,,,\n")
    assert _found(spec_dir) == ["error ROSTER-BAD-CODE TH 01,Trường A,TH,a@b.example,,,,"]
