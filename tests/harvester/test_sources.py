"""Either source alone, one after the other, and the same answers in the log (L3); people at the
Sheet in between, and a log that comes back from the dashboard."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from tests.office import H1, YEAR, Bureau, cchc, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"
HOME = "mn01@truong.example"


H1_UNIT = "Đơn vị nộp Báo cáo CCHC 06 tháng đầu năm 2022"


def row() -> dict[str, Any]:
    (found,) = [
        one
        for one in cchc("ledger", "show", *YEAR)["rows"]
        if (one["unit"], one["document"], one["period"]) == ("MN01", "periodic_report", "2022-h1")
    ]
    return dict(found)


def test_the_sheet_then_the_forms_then_both_double_nothing(tmp_path: Path) -> None:
    """What the Sheet alone cannot tell is marked: an edited answer may have come earlier."""
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        page = bureau.submit(H1, MN01, HOME)
        bureau.at("2022-06-02 10:30")
        done = cchc("harvest", "--source", "sheet", *YEAR)
        assert (done["new_by_kind"], done["calls"]) == ({"version_seen": 1}, 3)
        assert row()["marks"] == ["sheet"]
        bureau.at("2022-06-02 11:00")
        assert cchc("harvest", "--source", "forms", *YEAR)["new_events"] == 0
        edit = re.search(r"edit2=([\w-]+)", page)
        assert edit is not None
        bureau.submit(H1, MN01, HOME, edit2=edit[1])
        bureau.at("2022-06-02 11:30")
        done = cchc("harvest", "--source", "forms", *YEAR)
        assert (done["new_by_kind"], done["calls"]) == ({"version_seen": 1}, 2)
        assert row()["marks"] == ["sheet", "forms"]
        for _ in range(2):
            bureau.at("2022-06-02 12:00")
            assert cchc("harvest", *YEAR)["new_events"] == 0
        found = row()
        assert (found["versions"], found["timeliness"]) == (2, "on_time")
        assert found["first_submitted_at"] == "2022-06-02T03:00:00+00:00"
        assert found["last_submitted_at"] == "2022-06-02T04:00:00+00:00"


@pytest.mark.parametrize("source", ["both", "sheet", "forms"])
def test_a_harvest_without_news_is_one(tmp_path: Path, source: str) -> None:
    """The ledger is as of it, and nothing is called stale; a Sheet that did not change needs one
    call only."""
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        for hour in (10, 11):
            bureau.at(f"2022-06-02 {hour}:00")
            done = cchc("harvest", "--source", source, *YEAR)
            told = cchc("ledger", "show", *YEAR)["as_of"]
            assert datetime.fromisoformat(told) == datetime(2022, 6, 2, hour - 7, tzinfo=UTC)
        assert done["calls"] == {"both": 2, "sheet": 1, "forms": 2}[source]


@pytest.mark.parametrize("source", ["sheet", "both"])
def test_no_cell_makes_a_late_report_early_nor_is_it_told_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    """L4; the log that comes back from the dashboard knows what it has told."""
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-07 10:00")
        bureau.submit(H1, MN01, HOME)
        harvest = ("harvest", "--source", source, *YEAR)
        bureau.at("2022-06-07 10:30")
        assert cchc(*harvest)["new_by_kind"] == {"version_seen": 1}
        assert row()["timeliness"] == "late"
        type_over(bureau, "A2", 44712.5)
        type_over(bureau, "B2", "ai@dau.example")
        bureau.at("2022-06-07 11:00")
        assert cchc(*harvest)["new_by_kind"] == {"row_edited": 1}
        assert (row()["timeliness"], row()["versions"]) == ("late", 1)
        bureau.at("2022-06-07 11:30")
        assert cchc(*harvest)["new_events"] == 0
        assert run(["dashboard", "publish", *YEAR]) == 0
        monkeypatch.setenv("CCHC_STORE", str(tmp_path / "restored.sqlite"))
        assert run(["store", "restore", "--from-dashboard", "2022"]) == 0
        bureau.at("2022-06-07 12:00")
        assert cchc(*harvest)["new_events"] == 0
        assert (row()["timeliness"], row()["versions"]) == ("late", 1)


def type_over(bureau: Bureau, cell: str, said: float | str) -> None:
    """Somebody changes a cell of the tab of the half-year report."""
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    book = google.sheets.open_by_key(bureau.applied["responses"]["id"])
    tab = next(tab for tab in book.worksheets() if H1_UNIT in tab.row_values(1))
    tab.update([[said]], cell)
    google.close()
