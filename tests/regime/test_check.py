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
        ("    audience: {units: [MN99]}", ["error YEAR-UNKNOWN-UNIT audience: {units: [MN99]}"]),
        ("    channel: fax", ["error YAML-BAD-CHOICE channel: fax"]),
        ("    due: 2022-05-20", ["error YAML-UNKNOWN-KEY due: 2022-05-20"]),
        (_REQUEST.split("requests:\n")[1], ["error YEAR-DUPLICATE-REQUEST - key: tiep_dan"]),
        (
            _REQUEST.split("requests:\n")[1].replace("key: tiep_dan", "key: khac"),
            ["error REGIME-SAME-LABEL year: 2022"],
        ),
    ],
    ids=["none", "level", "unit", "channel", "key", "twice", "same label"],
)  # fmt: skip
def test_a_mistake_in_a_request_has_its_place(
    spec_dir: Path, more: str, expected: list[str]
) -> None:
    _append(spec_dir, _REQUEST + more)
    assert _found(spec_dir) == expected


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
        "    deciding: approval\n    due_by_level:\n      preschol: {after: plan_issued}\n",
    )
    path.write_text(text, "utf-8")
    assert _found(spec_dir) == ["error REGIME-UNKNOWN-LEVEL preschol: {after: plan_issued}"]


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
    header = "code,name,level,emails,valid_from,valid_to,earlier_names,cluster\n"
    (spec_dir / "units.csv").write_text(header + rows, "utf-8")
    found = _found(spec_dir)
    if at:
        (warning,) = found
        assert warning.startswith(f"warning ROSTER-LOOK-ALIKE {at}")
    else:
        assert found == []
    assert len(load(spec_dir, 2022).roster.units) == 2
