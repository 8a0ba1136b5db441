"""Wrong regime, year and roster files: every problem at once, each at its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cchc_gforms.errors import ProblemsError
from cchc_gforms.regime.load import load

_SHIPPED = Path(__file__).parents[2] / "forms_spec"
_HEADER = "code,name,level,emails,valid_from,valid_to,earlier_names,cluster\n"
_GOOD = "MN01,Trường Mầm non Mẫu 01,MN,mn01@truong.example,,,,\n"


@pytest.fixture
def spec_dir(tmp_path: Path) -> Path:
    """A spec directory of its own, with nothing wrong in it."""
    directory = tmp_path / "forms_spec"
    (directory / "years").mkdir(parents=True)
    for name in ("regime.yaml", "years/2022.yaml"):
        shutil.copyfile(_SHIPPED / name, directory / name)
    _write(directory / "units.csv", _HEADER + _GOOD)
    return directory


def _write(path: Path, text: str, encoding: str = "utf-8") -> None:
    path.write_bytes(text.encode(encoding))


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    _write(path, text.replace(old, new))


def _problems(spec_dir: Path, year: int = 2022) -> list[str]:
    """file:line:column and code of every problem, in order."""
    with pytest.raises(ProblemsError) as caught:
        load(spec_dir, year)
    assert caught.value.exit_code == 1
    assert all(problem.message and problem.fix for problem in caught.value.problems)
    return [f"{problem.where} {problem.code}" for problem in caught.value.problems]


def _line(path: Path, start: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    (found,) = (number for number, line in enumerate(lines, 1) if line.startswith(start))
    return found


def test_what_the_repository_ships_has_no_problem(spec_dir: Path) -> None:
    assert [unit.code for unit in load(spec_dir, 2022).roster.units] == ["MN01"]
    assert len(load(_SHIPPED, 2022).roster.units) == 60


def test_problems_of_all_three_files_come_at_once(spec_dir: Path) -> None:
    _edit(spec_dir / "regime.yaml", "timezone: Asia/Ho_Chi_Minh", "timezone: Asia/Saigonn")
    _edit(spec_dir / "years/2022.yaml", "issued_on: 2022-02-17", "issued_on: 17/02/2022")
    _write(spec_dir / "units.csv", _HEADER + _GOOD.replace(",MN,", ",MNN,"))
    regime_line = _line(spec_dir / "regime.yaml", "timezone:")
    assert _problems(spec_dir) == [
        f"forms_spec/regime.yaml:{regime_line}:11 REGIME-TIMEZONE",
        "forms_spec/units.csv:2:28 ROSTER-UNKNOWN-LEVEL",
        "forms_spec/years/2022.yaml:8:14 YAML-WRONG-TYPE",
    ]


def test_a_year_without_a_file_names_the_file(spec_dir: Path) -> None:
    assert _problems(spec_dir, 2023) == ["forms_spec/years/2023.yaml FILE-MISSING"]


def test_an_empty_directory_lacks_three_files(tmp_path: Path) -> None:
    assert _problems(tmp_path) == [
        f"{tmp_path.name}/regime.yaml FILE-MISSING",
        f"{tmp_path.name}/units.csv FILE-MISSING",
        f"{tmp_path.name}/years/2022.yaml FILE-MISSING",
    ]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("deciding: approval", "decidng: approval", {"YAML-UNKNOWN-KEY"}),
        ("deciding: approval", "deciding: approve", {"YAML-BAD-CHOICE"}),
        ("periods: [year]", "periods: [yaer]", {"REGIME-UNKNOWN-PERIOD"}),
        ("periods: [year]", "periods: []", {"YAML-BAD-VALUE"}),
        ("country: VN", "country: ZZ", {"REGIME-UNKNOWN-COUNTRY"}),
        ("country: VN", "country: vn", {"YAML-BAD-VALUE"}),
        ("weekend: [sat, sun]", "weekend: [saturday, sun]", {"YAML-BAD-CHOICE"}),
        ("- duyet2@phonggd.example", "- duyet2.phonggd.example", {"YAML-BAD-VALUE"}),
        (
            "  - duyet1@phonggd.example\n  - duyet2@phonggd.example",
            "  []",
            {"YAML-BAD-VALUE"},
        ),
        ("title: quý I năm {year}", "title: quý I năm {yaer}", {"REGIME-PLACEHOLDER"}),
        ("days: 30", "days: ba mươi", {"YAML-WRONG-TYPE"}),
        ("days: 30", "days: -400", {"YAML-BAD-VALUE"}),
        ("closes_on: {day: 1, month: 3}", "closes_on: {day: 30, month: 2}", {"YAML-BAD-VALUE"}),
        ("valid_to: 2025-06-30", "valid_to: 2021-06-30", {"REGIME-NO-AGENCY"}),
        ("valid_to: 2025-06-30", "valid_to: 2022-11-30", {"REGIME-NO-AGENCY"}),
        ("  preschool: {code: MN", "  pre school: {code: MN", {"YAML-BAD-VALUE"}),
        (
            "timezone: Asia",
            "timezone: Asia\ntimezone: Asia",
            {"YAML-DUPLICATE-KEY", "REGIME-TIMEZONE"},
        ),
        ("timezone:", "timezone: [", {"YAML-SYNTAX"}),
    ],
)
def test_a_mistake_in_the_regime_has_its_code(
    spec_dir: Path, old: str, new: str, codes: set[str]
) -> None:
    _edit(spec_dir / "regime.yaml", old, new)
    found = _problems(spec_dir)
    assert codes == {problem.split()[-1] for problem in found}
    assert all(problem.startswith("forms_spec/regime.yaml:") for problem in found)


def test_two_agencies_on_one_day(spec_dir: Path) -> None:
    second = (
        "agencies:\n  - valid_from: 2025-06-30\n"
        "    bureau: {name: Phòng mẫu, short_name: Phòng mẫu}\n"
        "    parent: {name: UBND phường mẫu, short_name: UBND phường mẫu}\n"
    )
    _edit(spec_dir / "regime.yaml", "agencies:\n", second)
    lines = [
        _line(spec_dir / "regime.yaml", start)
        for start in ("  - valid_to: 2025-06-30", "  - valid_from: 2025-07-01")
    ]
    assert _problems(spec_dir) == [
        f"forms_spec/regime.yaml:{line}:5 REGIME-AGENCY-OVERLAP" for line in lines
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("year: 2022", "year: 2023", "3:7 YEAR-MISMATCH"),
        ("document: periodic_report", "document: periodic_reports", "12:15 YEAR-UNKNOWN-DOCUMENT"),
        ("number: 152/KH-GDĐT", "number:", "7:3 YAML-WRONG-TYPE"),
    ],
)
def test_a_mistake_in_the_year_has_its_place(
    spec_dir: Path, old: str, new: str, expected: str
) -> None:
    _edit(spec_dir / "years/2022.yaml", old, new)
    assert f"forms_spec/years/2022.yaml:{expected}" in _problems(spec_dir)


def test_a_period_the_document_does_not_have(spec_dir: Path) -> None:
    path = spec_dir / "years/2022.yaml"
    _edit(
        path,
        "document: plan_result\n    periods: [q1]",
        "document: plan_result\n    periods: [q1, q3]",
    )
    assert _problems(spec_dir) == ["forms_spec/years/2022.yaml:16:19 YEAR-UNKNOWN-PERIOD"]


_WRONG_ROSTERS = {
    "unknown level": ("MN01,Trường A,MNN,,,,,\n", ["2:15 ROSTER-UNKNOWN-LEVEL"]),
    "duplicate code, case aside": (
        "MN01,Trường A,MN,,,,,\nmn01,Trường B,MN,,,,,\n",
        ["3:1 ROSTER-DUPLICATE-CODE"],
    ),
    "bad e-mail among good ones": (
        "MN01,Trường A,MN,a@b.example;ab.example c@d.example,,,,\n",
        ["2:18 ROSTER-BAD-EMAIL"],
    ),
    "a date that is none": ("MN01,Trường A,MN,,2022-02-30,,,\n", ["2:19 ROSTER-BAD-DATE"]),
    "a date in another order": ("MN01,Trường A,MN,,05/09/2022,,,\n", ["2:19 ROSTER-BAD-DATE"]),
    "ends before it begins": (
        "MN01,Trường A,MN,,2022-09-05,2022-09-04,,\n",
        ["2:30 ROSTER-BAD-DATE"],
    ),
    "no code and no name": (
        ",,MN,,,,,\n",
        ["2:1 ROSTER-MISSING-VALUE", "2:2 ROSTER-MISSING-VALUE"],
    ),
    "a shared address": (
        "MN01,Trường A,MN,a@b.example,,,,\nMN02,Trường B,MN,A@B.example,,,,\n",
        ["3:18 ROSTER-SHARED-EMAIL"],
    ),
    "an address handed over on one and the same day": (
        "MN01,Trường A,MN,a@b.example,,2022-06-30,,\n"
        "MN02,Trường B,MN,a@b.example,2022-06-30,,,\n",
        ["3:18 ROSTER-SHARED-EMAIL"],
    ),
    "one name, written differently": (
        "MN01,Trường Đỏ,MN,,,,,\nMN02,TRƯỜNG  đỏ,MN,,,,,\n",
        ["3:6 ROSTER-SAME-NAME"],
    ),
    "too many cells": (
        "MN01,Trường A, cơ sở 2,MN,,,,,\n",
        ["2:15 ROSTER-UNKNOWN-LEVEL", "2:24 ROSTER-BAD-EMAIL", "2:31 CSV-CELL-COUNT"],
    ),
    "an open quote": ('MN01,"Trường A,MN,,,,,\n', ["2:6 CSV-SYNTAX"]),
    "a quote in the middle": ('MN01,Trường "A",MN,,,,,\n', ["2:6 CSV-SYNTAX"]),
    "a line that follows a cell of two lines": (
        'MN01,"Trường\nA",MN,,,,,\nMN02,Trường B,XX,,,,,\n',
        ["4:15 ROSTER-UNKNOWN-LEVEL"],
    ),
    "several at once": (
        "MN01,Trường A,XX,a,x,,,\nMN01,Trường B,MN,,,y,,\n",
        [
            "2:15 ROSTER-UNKNOWN-LEVEL",
            "2:18 ROSTER-BAD-EMAIL",
            "2:20 ROSTER-BAD-DATE",
            "3:1 ROSTER-DUPLICATE-CODE",
            "3:20 ROSTER-BAD-DATE",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), _WRONG_ROSTERS.values(), ids=_WRONG_ROSTERS)
def test_a_mistake_in_the_roster_has_its_place(
    spec_dir: Path, rows: str, expected: list[str]
) -> None:
    _write(spec_dir / "units.csv", _HEADER + rows)
    assert _problems(spec_dir) == [f"forms_spec/units.csv:{place}" for place in expected]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("code,name,emails\n", ["1:1 CSV-MISSING-COLUMN"]),
        ("code,name,levl,emails\n", ["1:11 CSV-UNKNOWN-COLUMN"]),
        ("code,name,xyz,emails\n", ["1:1 CSV-MISSING-COLUMN", "1:11 CSV-UNKNOWN-COLUMN"]),
        ("code,name,level,emails,code\n", ["1:24 CSV-DUPLICATE-COLUMN"]),
        ("", ["1:1 CSV-MISSING-COLUMN"] * 4),
    ],
    ids=["missing", "misspelt", "unknown", "twice", "empty file"],
)
def test_a_mistake_in_the_header_has_its_place(
    spec_dir: Path, header: str, expected: list[str]
) -> None:
    _write(spec_dir / "units.csv", header)
    assert _problems(spec_dir) == [f"forms_spec/units.csv:{place}" for place in expected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [",", ";"])
def test_the_roster_may_come_from_excel(
    spec_dir: Path, encoding: str, newline: str, mark: str
) -> None:
    text = (
        'code,name,level,emails,earlier_names\nTH01,"Trường ""Mẫu"", cơ sở 1",TH,'
        '"A@b.example; c@d.example","Tên cũ; Tên cũ hơn"\n\nMN01,Trường B,preschool,,\n'
    )
    if mark == ";":
        text = text.replace(",", ";").replace('""; cơ sở', '"", cơ sở')
    _write(spec_dir / "units.csv", text.replace("\n", newline), encoding)
    first, second = load(spec_dir, 2022).roster.units
    assert (first.code, first.name, first.level) == ("TH01", 'Trường "Mẫu", cơ sở 1', "primary")
    assert first.emails == ("a@b.example", "c@d.example")
    assert first.earlier_names == ("Tên cũ", "Tên cũ hơn")
    assert (second.code, second.level, second.emails) == ("MN01", "preschool", ())


def test_a_merged_school_may_take_over_name_and_address(spec_dir: Path) -> None:
    rows = (
        "TH01,Trường A,TH,a@b.example,,2022-06-30,,\nTH02,Trường A,TH,a@b.example,2022-07-01,,,\n"
    )
    _write(spec_dir / "units.csv", _HEADER + rows)
    assert len(load(spec_dir, 2022).roster.units) == 2


def test_a_roster_in_another_encoding_is_refused_at_its_first_letter(spec_dir: Path) -> None:
    (spec_dir / "units.csv").write_bytes(
        _HEADER.encode() + "MN01,Trường".encode("cp1258", "replace")
    )
    assert _problems(spec_dir)[0].startswith("forms_spec/units.csv:2:")


def test_a_name_broken_over_two_lines_of_its_cell_is_one(spec_dir: Path) -> None:
    """A form offers it on one line (facts 2.7)."""
    _write(spec_dir / "units.csv", _HEADER + 'MN01,"Trường Mầm non\nMẫu 01",MN,,,,,\n')
    assert load(spec_dir, 2022).roster.units[0].name == "Trường Mầm non Mẫu 01"
