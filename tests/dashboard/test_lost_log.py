"""The mirror of a lost log is not written over by another, and a log rebuilt takes its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gspread
import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.store.log import EventLog
from tests.generator.live import google_at
from tests.office import H1, YEAR, Bureau, cchc, local_google

SCHOOL, HOME = "MN01 – Trường Mầm non Mẫu 01", "mn01@truong.example"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with local_google(tmp_path, seed=7) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, SCHOOL, HOME)
        cchc("harvest", *YEAR)
        yield bureau


@pytest.fixture
def book(bureau: Bureau) -> Iterator[gspread.Spreadsheet]:
    id = cchc("dashboard", "publish", *YEAR)["spreadsheet_id"]
    with google_at(bureau.server) as google:
        yield google.sheets.open_by_key(id)


def proofs(book: gspread.Spreadsheet) -> list[list[str]]:
    return book.worksheet("Nhật ký").get("J2:L")


def test_the_mirror_of_a_lost_log_is_not_written_over(
    bureau: Bureau,
    book: gspread.Spreadsheet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A new log, and an old copy of the log, would take with them what only the tab has."""
    assert run(["store", "backup", str(tmp_path / "old.sqlite")]) == 0
    bureau.at("2022-06-02 10:30")
    bureau.submit(H1, SCHOOL, HOME)
    cchc("harvest", "--publish", *YEAR)
    told = proofs(book)
    bureau.at("2022-06-02 11:00")
    for name in ("new", "old"):
        monkeypatch.setenv("CCHC_STORE", str(tmp_path / f"{name}.sqlite"))
        cchc("period", "open", "--all", *YEAR)
        done = cchc("harvest", "--publish", *YEAR, code=4)
        assert "store restore --from-dashboard" in done["publish_error"]
        assert run(["dashboard", "publish", *YEAR]) == 1
        assert "store restore --from-dashboard" in capsys.readouterr().err
        assert proofs(book) == told
    monkeypatch.setenv("CCHC_STORE", str(tmp_path / "again.sqlite"))
    assert run(["store", "restore", "--from-dashboard", "2022"]) == 0
    assert cchc("dashboard", "publish", *YEAR)["spreadsheet_id"] == book.id
    assert proofs(book) == told


def test_a_log_rebuilt_takes_its_place_when_told_so(
    bureau: Bureau, book: gspread.Spreadsheet, tmp_path: Path
) -> None:
    """Nothing is open in it yet, so there are fewer columns, and rules on those that go."""
    file = tmp_path / "rebuilt.sqlite"
    store = ("--store", str(file))
    cchc("store", "rebuild", *YEAR, *store)
    assert run(["dashboard", "publish", *YEAR, *store]) == 1
    assert cchc("dashboard", "publish", "--new-log", *YEAR, *store)["batches"] == 1
    with EventLog.open(f"sqlite:///{file.as_posix()}") as log:
        assert [one[1] for one in proofs(book)] == list(log.hashes().values())
