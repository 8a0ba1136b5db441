"""`cchc dashboard export` and `show`: without Google, over a log made by hand."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.store.log import EventLog
from tests.five_schools import AS_OF

_YEAR = ("--year", "2022")


@pytest.mark.filterwarnings("ignore:Sparkline Group extension")
def test_export_writes_what_is_asked_for(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--xlsx", "bang.xlsx", "--csv", "bang", "--json")
    assert run(["dashboard", "export", *_YEAR, *asked]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert [Path(one).name for one in files][:2] == ["bang.xlsx", "tong-quan.csv"]
    assert all((where / one).is_file() for one in files)
    assert "Sổ theo dõi" in openpyxl.load_workbook(where / "bang.xlsx").sheetnames


@pytest.mark.filterwarnings("ignore:Sparkline Group extension")
def test_links_are_those_that_the_log_remembers(where: Path) -> None:
    form = "https://docs.google.com/forms/d/e/abc/viewform"
    with EventLog.open(f"sqlite:///{where / 'so.sqlite'}") as log:
        log.remember({"form:periodic_report/2022-h1": form})
    assert run(["dashboard", "export", *_YEAR, "--xlsx", "bang.xlsx", "--google-url", ""]) == 0
    book = openpyxl.load_workbook(where / "bang.xlsx")

    def links(sheet: str) -> list[str]:
        cells = [cell for row in book[sheet].iter_rows() for cell in row]
        found = [cell.hyperlink for cell in cells if cell.hyperlink]
        return [f"{one.target}{f'#{one.location}' if one.location else ''}" for one in found]

    (to_form,) = links("Chưa nộp")  # of TH02
    assert to_form.startswith(f"{form}?usp=pp_url&entry.")
    assert "https://docs.google.com/forms/d/F/edit#response=MN02-1" in links("Sổ theo dõi")


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        ([], 2, "Cần --xlsx, --csv hoặc cả hai."),
        (["--xlsx", "khong/co/bang.xlsx"], 1, "không ghi được"),
        (["--csv", "so.sqlite/bang"], 1, "không ghi được"),
    ],
    ids=["nothing asked", "no such folder", "a file where a folder should be"],
)
def test_what_cannot_be_written_is_said(
    where: Path, capsys: pytest.CaptureFixture[str], asked: list[str], code: int, told: str
) -> None:
    assert run(["dashboard", "export", *_YEAR, *asked]) == code
    assert told in capsys.readouterr().err


def test_show_prints_the_overview(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dashboard", "show", *_YEAR]) == 0
    out = capsys.readouterr().out
    assert "CCHC năm 2022 – Phòng Giáo dục và Đào tạo Quận 7" in out
    assert "Báo cáo CCHC 06 tháng đầu năm 2022" in out


def test_show_says_it_to_programs(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dashboard", "show", *_YEAR, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (h1,) = [
        one
        for one in told["documents"]
        if (one["document"], one["period"]) == ("periodic_report", "2022-h1")
    ]
    assert (h1["expected"], h1["submitted"], h1["returns"], h1["current"]) == (4, 3, 2, True)
    assert told["stale"] is False


def test_show_as_of_a_moment_knows_nothing_later(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["dashboard", "show", *_YEAR, "--as-of", "2022-06-02", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    sent = {f"{one['document']}/{one['period']}": one["submitted"] for one in told["documents"]}
    assert sent["periodic_report/2022-h1"] == 1  # TH01, on 01/06


def test_as_of_a_moment_the_last_harvest_is_the_one_before_it(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log's harvests: 10/06 at 09:00, and this one of 12/06; on 11/06 the first was the last,
    on 09/06 there was none, but what is told of that day was harvested on the 10th."""
    with EventLog.open(f"sqlite:///{where / 'so.sqlite'}") as log:
        later = AS_OF + timedelta(days=2)
        log.record_harvest(started_at=later, as_of=later, new=0)
    harvested = {}
    for day in ("2022-06-09", "2022-06-11", "2022-06-13"):
        assert run(["dashboard", "show", *_YEAR, "--as-of", day, "--json"]) == 0
        harvested[day] = json.loads(capsys.readouterr().out)["harvested_at"]
    assert harvested.pop("2022-06-09") == AS_OF.isoformat()
    assert [datetime.fromisoformat(one) for one in harvested.values()] == [AS_OF, later]


def test_csv_has_no_blank_lines(where: Path) -> None:
    assert run(["dashboard", "export", *_YEAR, "--csv", "bang"]) == 0
    for path in (where / "bang").iterdir():
        lines = path.read_text("utf-8-sig").splitlines()
        assert not [line for line in lines if not line.strip(",")], path.name
