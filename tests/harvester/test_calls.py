"""How little a harvest asks Google, counted by the local Google's own log, and that it suffices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from tests.office import H1, YEAR, Bureau, cchc, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"
HOME = "mn01@truong.example"
LABEL = "Báo cáo CCHC 06 tháng đầu năm 2022"
FORMS = 11
LIST, SHEET = "forms.forms.responses.list", "sheets.spreadsheets.values.batchGet"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        yield bureau


def harvest(bureau: Bureau, code: int = 0) -> tuple[dict[str, Any], Counter[str]]:
    """The harvest, which leaves with `code`, and the calls that Google got for it by method."""
    log = f"{bureau.server.url}/_control/log"
    requests.delete(log, timeout=5)
    done = cchc("harvest", *YEAR, code=code)
    return done, Counter(one["method_id"] for one in requests.get(log, timeout=5).json())


def control(bureau: Bureau, what: str, body: object) -> None:
    address = f"{bureau.server.url}/_control/{what}"
    requests.post(address, json=body, timeout=5).raise_for_status()


def edit(bureau: Bureau, page: str) -> None:
    found = re.search(r"edit2=([\w-]+)", page)
    assert found is not None
    bureau.submit(H1, MN01, HOME, edit2=found[1])


def test_a_first_harvest_and_one_with_nothing_new(bureau: Bureau) -> None:
    """3 + F calls in 4 round trips; 1 + F in 2, for the Sheet has not changed."""
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 10:05")
    done, calls = harvest(bureau)
    assert (done["new_events"], done["calls"]) == (1, 4)
    assert calls == {"drive.files.list": 1, LIST: FORMS, "sheets.spreadsheets.get": 1, SHEET: 1}
    bureau.at("2022-06-02 10:20")
    done, calls = harvest(bureau)
    assert (done["new_events"], done["calls"]) == (0, 2)
    assert calls == {"drive.files.list": 1, LIST: FORMS}


def test_only_what_came_since_is_asked_for_and_all_of_it_once_a_day(bureau: Bureau) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 10:30")
    assert harvest(bureau)[0]["responses"] == 1
    bureau.at("2022-06-02 11:00")
    assert harvest(bureau)[0]["responses"] == 0
    bureau.at("2022-06-03 10:31")
    assert harvest(bureau)[0]["responses"] == 1


def test_an_answer_that_the_sheet_does_not_have_yet_is_found_by_the_overlap(
    bureau: Bureau,
) -> None:
    bureau.at("2022-06-02 10:00")
    cchc("harvest", *YEAR)
    bureau.at("2022-06-02 10:15")
    bureau.submit(H1, MN01, HOME)
    assert harvest(bureau)[0]["new_events"] == 1, "of this very second, and its row is there"


def test_a_changed_sheet_is_read_again_and_a_fault_does_not_hide_that(bureau: Bureau) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 10:05")
    cchc("harvest", *YEAR)
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    book = google.sheets.open_by_key(bureau.applied["responses"]["id"])
    tab = next(tab for tab in book.worksheets() if f"Đơn vị nộp {LABEL}" in tab.row_values(1))
    tab.delete_rows(2)
    google.close()
    control(bureau, "faults", [{"method_id": SHEET, "status": 404}])
    bureau.at("2022-06-02 10:20")
    assert harvest(bureau, code=4)[0]["new_events"] == 0
    done, calls = harvest(bureau)
    assert done["new_by_kind"] == {"row_vanished": 1}
    assert calls[SHEET] == 1
    assert harvest(bureau)[1][SHEET] == 0


@pytest.mark.parametrize("creation", [False, True], ids=["by last time", "by first time"])
def test_an_edit_is_found_whichever_time_the_filter_compares(
    bureau: Bureau, creation: bool
) -> None:
    """Facts 4.2: nobody has proved which; the Sheet's moved row tells that there is more."""
    control(bureau, "switches", {"filter_by_creation": creation})
    bureau.at("2022-06-02 10:00")
    page = bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 10:30")
    cchc("harvest", *YEAR)
    bureau.at("2022-06-02 15:00")
    edit(bureau, page)
    bureau.at("2022-06-02 15:05")
    done, calls = harvest(bureau)
    assert done["new_by_kind"] == {"version_seen": 1}
    assert calls[LIST] == FORMS + creation
    ((last, marks),) = [
        (row["last_submitted_at"], row["marks"])
        for row in cchc("ledger", "show", *YEAR)["rows"]
        if (row["unit"], row["document"], row["period"]) == ("MN01", "periodic_report", "2022-h1")
    ]
    assert (last, marks) == ("2022-06-02T08:00:00+00:00", [])


def test_a_part_of_the_batch_that_fails_is_asked_for_alone(bureau: Bureau) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 10:05")
    form = f"/v1/forms/{bureau.form_id(H1)}/responses"
    control(bureau, "faults", [{"path_prefix": form, "status": 503}])
    done, calls = harvest(bureau)
    assert done["new_events"] == 1
    assert (calls[LIST], done["calls"]) == (FORMS + 1, 5)


def test_a_batch_that_is_cut_off_is_asked_for_one_by_one(bureau: Bureau) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 10:05")
    form = f"/v1/forms/{bureau.form_id(H1)}/responses"
    control(bureau, "faults", [{"path_prefix": form, "drop": True}])
    done, _ = harvest(bureau)
    assert done["new_events"] == 1


def test_pages_are_read_to_the_end(bureau: Bureau) -> None:
    """Google may give fewer than asked for (facts 4.3)."""
    for minute in range(5):
        bureau.at(f"2022-06-02 10:0{minute}")
        bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 10:30")
    control(bureau, "switches", {"short_pages": True})
    done, calls = harvest(bureau)
    assert (done["new_events"], done["responses"]) == (5, 5)
    assert calls[LIST] == FORMS + 2
    assert done["calls"] == 4 + 2
