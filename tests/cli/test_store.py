"""A log that was lost: back from a copy, from the dashboard's tab, or, poorer, from Google."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gspread
import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.events import Unreadable
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.store.log import EventLog, Record
from cchc_gforms.store.mirror import HEADER, TAB, rows
from tests.office import H1, SPECS, YEAR, Bureau, cchc, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"
HOME = "mn01@truong.example"
SECOND = "mn02@truong.example"
MN02 = "MN02 – Trường Mầm non Mẫu 02"


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bureau]:
    """One report sent, harvested, and edited by its school; another sent afterwards."""
    monkeypatch.setenv("CCHC_SPEC", str(SPECS))
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        page = bureau.submit(H1, MN01, HOME, said={"proposals": "Bản đầu"})
        bureau.at("2022-06-02 11:00")
        cchc("harvest", *YEAR)
        bureau.at("2022-06-05 10:00")
        edit = re.search(r"edit2=([\w-]+)", page)
        assert edit is not None
        bureau.submit(H1, MN01, HOME, edit2=edit[1], said={"proposals": "Bản sau"})
        bureau.submit(H1, MN02, SECOND)
        bureau.at("2022-06-05 11:00")
        cchc("harvest", *YEAR)
        yield bureau


def records(file: Path) -> list[Record]:
    with EventLog.open(f"sqlite:///{file.as_posix()}") as log:
        assert log.verify() == []
        return list(log.records())


def proposals(file: Path) -> list[Any]:
    """What each version of MN01's report says, the first version first."""
    said = (record.event for record in records(file))
    versions = [one for one in said if one.kind == "version_seen" and one.unit_code == "MN01"]
    versions.sort(key=lambda one: one.at)
    return [one.answers and one.answers["proposals"] for one in versions]


def mirrored(bureau: Bureau, file: Path) -> gspread.Worksheet:
    """The dashboard with the mirror of the log in its tab, dates as serials, texts as texts."""
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    id = cchc("dashboard", "publish", *YEAR)["spreadsheet_id"]
    book = google.sheets.open_by_key(id)
    if TAB in {tab.title for tab in book.worksheets()}:
        book.del_worksheet(book.worksheet(TAB))
    table: list[list[Any]] = [[*HEADER], *([*row] for row in rows(records(file)))]
    cells = [[44713.5 if isinstance(one, datetime) else one for one in row] for row in table]
    tab = book.add_worksheet(TAB, len(cells), len(HEADER))
    tab.update(cells, raw=True)
    return tab


def test_the_log_comes_back_from_the_dashboards_tab_as_it_was(
    bureau: Bureau, tmp_path: Path
) -> None:
    tab = mirrored(bureau, tmp_path / "log.sqlite")
    tab.sort((1, "des"))
    new = tmp_path / "phục hồi.sqlite"
    assert run(["store", "restore", "--from-dashboard", "2022", "--store", str(new)]) == 0
    assert records(new) == records(tmp_path / "log.sqlite")
    assert proposals(new) == [("Bản đầu",), ("Bản sau",)]
    cchc("harvest", *YEAR, "--store", str(new))
    assert records(new) == records(tmp_path / "log.sqlite")


def test_a_tab_that_somebody_changed_is_refused_by_its_row_and_nothing_is_restored(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tab = mirrored(bureau, tmp_path / "log.sqlite")
    column = HEADER.index("Nội dung") + 1
    said = tab.cell(4, column).value
    assert said is not None
    tab.update_cell(4, column, said.replace("2022", "2021"))
    new = tmp_path / "phục hồi.sqlite"
    assert run(["store", "restore", "--from-dashboard", "2022", "--store", str(new)]) == 1
    assert "trang “Nhật ký”, hàng 4 không còn đúng như đã ghi" in capsys.readouterr().err
    assert not new.exists()


def test_a_log_that_has_events_is_not_written_over(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mirrored(bureau, tmp_path / "log.sqlite")
    before = records(tmp_path / "log.sqlite")
    assert run(["store", "restore", "--from-dashboard", "2022"]) == 1
    assert run(["store", "rebuild", *YEAR]) == 1
    assert capsys.readouterr().err.count("đã có sự kiện") == 2
    assert records(tmp_path / "log.sqlite") == before


def test_a_dashboard_without_the_tab_says_so(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tab = mirrored(bureau, tmp_path / "log.sqlite")
    tab.update_title("Nhật ký (cũ)")
    new = str(tmp_path / "new.sqlite")
    assert run(["store", "restore", "--from-dashboard", "2022", "--store", new]) == 1
    assert "không có trang “Nhật ký”" in capsys.readouterr().err
    assert run(["store", "restore", "--from-dashboard", "2026", "--store", new]) == 1
    assert "không thấy bảng theo dõi nào của năm 2026" in capsys.readouterr().err


@pytest.mark.parametrize("sources", [[], ["log.sqlite", "--from-dashboard", "2022"]])
def test_a_log_comes_back_from_one_source(
    sources: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.sqlite").touch()
    assert run(["store", "restore", *sources, "--store", str(tmp_path / "new.sqlite")]) == 2


def test_a_broken_backup_is_refused_and_leaves_no_new_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, new = tmp_path / "backup.sqlite", tmp_path / "new.sqlite"
    at = datetime(2022, 6, 1, tzinfo=UTC)
    with EventLog.open(f"sqlite:///{backup.as_posix()}") as log:
        log.append([Unreadable(at=at, form_id="F", response_id="R", problem="p")], at)
    with closing(sqlite3.connect(backup)) as database, database:
        database.execute("drop trigger event_no_update")
        database.execute("update event set observed_at = '2020'")
    assert run(["store", "restore", str(backup), "--store", str(new)]) == 1
    assert "sổ nguồn không còn nguyên vẹn: bản ghi 1 đã bị sửa" in capsys.readouterr().err
    assert run(["store", "backup", str(new), "--store", str(backup)]) == 1
    assert list(tmp_path.glob("new*")) == []
    new.touch()
    assert run(["store", "restore", str(backup), "--store", str(new)]) == 1
    assert new.exists(), "it was there before"
    assert run(["store", "verify", "--store", str(backup)]) == 1
    said = capsys.readouterr()
    assert said.err.endswith("bản ghi 1 đã bị sửa\n")
    assert said.out == "1 bản ghi, KHÔNG nguyên vẹn: 1 chỗ.\n"


def test_a_log_rebuilt_from_google_has_the_times_and_says_what_it_lost(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """L4: the first submission is Google's createTime; the first version's answers are gone."""
    new = tmp_path / "new.sqlite"
    told = cchc("store", "rebuild", *YEAR, "--store", str(new))
    assert (told["exit_code"], told["new_by_kind"]["version_seen"]) == (0, 3)
    assert told["lost"].keys() == {
        *("earlier_versions", "vanished", "edited_decisions", "frozen_periods"),
        *("not_from_google", "observed_at"),
    }
    assert proposals(new) == [None, ("Bản sau",)]
    cchc("period", "open", "--all", *YEAR, "--store", str(new))
    (row,) = [
        one
        for one in cchc("ledger", "show", *YEAR, "--store", str(new))["rows"]
        if (one["unit"], one["document"], one["period"]) == ("MN01", "periodic_report", "2022-h1")
    ]
    assert row["first_submitted_at"] == "2022-06-02T03:00:00+00:00"
    assert (row["timeliness"], row["versions"]) == ("on_time", 2)


def test_people_read_what_a_rebuilt_log_does_not_know(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["store", "rebuild", *YEAR, "--store", str(tmp_path / "new.sqlite")]) == 0
    said = capsys.readouterr().out
    assert "Sổ dựng lại từ Google không biết:\n- Nội dung những bản mà đơn vị đã sửa" in said
    assert "`cchc period open`" in said


def test_an_empty_file_is_no_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "empty.sqlite"
    file.touch()
    other = ("--store", str(tmp_path / "other.sqlite"))
    for command in (["verify", "--store", str(file)], ["restore", str(file), *other]):
        assert run(["store", *command]) == 1
        assert "rỗng (0 byte)" in capsys.readouterr().err
    assert not (tmp_path / "other.sqlite").exists()


def damage(file: Path) -> None:
    """Record 2 says something else than was stored."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("drop trigger event_no_update")
        database.execute("update event set body = replace(body, '2022', '2021') where seq = 2")


@pytest.mark.parametrize(
    "command",
    [
        "ledger show --year 2022",
        "ledger explain MN01 periodic_report 2022-h1 --year 2022",
        "ledger rates --year 2022",
        "ledger missing --year 2022",
        "ledger news --year 2022",
        "dashboard show --year 2022",
        "dashboard publish --year 2022",
        "dashboard export --year 2022 --xlsx out.xlsx",
        "report notice --year 2022 --period h1 --docx out.docx",
        "store backup out.sqlite",
        "store export out.jsonl",
        "harvest --year 2022",
    ],
)
def test_no_command_uses_a_damaged_log_silently(
    bureau: Bureau,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    damage(tmp_path / "log.sqlite")
    capsys.readouterr()
    assert run(command.split()) == 1
    said = capsys.readouterr()
    assert "nguyên vẹn: bản ghi 2 đã bị sửa" in said.err
    assert "`cchc store verify`" in said.err
    assert said.out == ""
    assert list(tmp_path.glob("out*")) == []


def test_an_export_is_not_written_over_a_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "log.sqlite"
    with EventLog.open(f"sqlite:///{file.as_posix()}"):
        pass
    before = file.read_bytes()
    assert run(["store", "export", str(file), "--store", str(file)]) == 1
    assert "không ghi đè" in capsys.readouterr().err
    assert file.read_bytes() == before
