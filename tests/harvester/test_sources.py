"""Either source alone, one after the other, and the same answers in the log (L3)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.office import H1, YEAR, Bureau, cchc, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"
HOME = "mn01@truong.example"


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
