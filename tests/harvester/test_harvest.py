"""The harvest against a local Google: what people do, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.store.log import EventLog
from tests.office import H1, YEAR, Bureau, cchc, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"
HOME = "mn01@truong.example"
LABEL = "Báo cáo CCHC 06 tháng đầu năm 2022"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        yield bureau


def row(unit: str = "MN01") -> dict[str, Any]:
    found = [
        one
        for one in cchc("ledger", "show", *YEAR)["rows"]
        if (one["unit"], one["document"], one["period"]) == (unit, "periodic_report", "2022-h1")
    ]
    assert len(found) == 1
    return dict(found[0])


def type_into_the_sheet(bureau: Bureau, header: str, cells: list[Any]) -> None:
    """A person types a row under the answers of the tab that has that header."""
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    book = google.sheets.open_by_key(bureau.applied["responses"]["id"])
    tab = next(tab for tab in book.worksheets() if header in tab.row_values(1))
    tab.append_row(cells, table_range="A1")
    google.close()


def test_an_edit_before_any_harvest_keeps_the_first_time(bureau: Bureau) -> None:
    """L3, L4, A8: createTime is the first submission, however late the edit."""
    bureau.at("2022-06-02 10:00")
    page = bureau.submit(H1, MN01, HOME)
    edit = re.search(r"edit2=([\w-]+)", page)
    assert edit is not None
    bureau.at("2022-06-09 10:00")
    bureau.submit(H1, MN01, HOME, edit2=edit[1])
    assert cchc("harvest", *YEAR)["new_events"] == 2
    found = row()
    assert found["first_submitted_at"] == "2022-06-02T03:00:00+00:00"
    assert found["last_submitted_at"] == "2022-06-09T03:00:00+00:00"
    assert (found["timeliness"], found["versions"]) == ("on_time", 2)


def test_an_edit_between_two_harvests_is_one_more_event(bureau: Bureau) -> None:
    bureau.at("2022-06-02 10:00")
    page = bureau.submit(H1, MN01, HOME)
    assert cchc("harvest", *YEAR)["new_events"] == 1
    bureau.at("2022-06-09 10:00")
    edit = re.search(r"edit2=([\w-]+)", page)
    assert edit is not None
    bureau.submit(H1, MN01, HOME, edit2=edit[1])
    assert cchc("harvest", *YEAR)["new_events"] == 1
    assert row()["versions"] == 2


def test_a_row_of_an_unknown_unit_typed_into_the_sheet_is_listed_and_not_counted(
    bureau: Bureau,
) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    header = f"Đơn vị nộp {LABEL}"
    type_into_the_sheet(bureau, header, [44714.25, "la@khac.example", "Trường Lạ"])
    done = cchc("harvest", *YEAR)
    assert done["new_by_kind"] == {"version_seen": 2}
    ledger = cchc("ledger", "show", *YEAR)
    assert [one["kind"] for one in ledger["anomalies"]] == ["unknown_unit"]
    assert sum(one["versions"] for one in ledger["rows"]) == 1


def test_a_row_without_a_time_is_said_and_left_out(bureau: Bureau) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    type_into_the_sheet(bureau, f"Đơn vị nộp {LABEL}", ["hôm qua", HOME, MN01])
    done = cchc("harvest", *YEAR)
    assert done["new_events"] == 1
    assert len(done["remarks"]) == 1
    assert "hàng 3: không có thời điểm nộp" in done["remarks"][0]


def test_another_time_zone_of_the_spreadsheet_moves_nobodys_time(bureau: Bureau) -> None:
    """L4: a late report must not come out early because somebody changed a setting."""
    bureau.at("2022-06-04 00:00:01")
    bureau.submit(H1, MN01, HOME)
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    google.sheets.open_by_key(bureau.applied["responses"]["id"]).update_timezone("Asia/Tokyo")
    google.close()
    bureau.at("2022-06-04 01:00")
    done = cchc("harvest", *YEAR)
    assert done["new_by_kind"] == {"version_seen": 1}
    assert "múi giờ" in done["remarks"][0]
    found = row()
    assert found["first_submitted_at"] == "2022-06-03T17:00:01+00:00"
    assert (found["timeliness"], found["late_days"], found["versions"]) == ("late", 1, 1)


def test_a_renamed_address_header_doubles_nothing(bureau: Bureau) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    book = google.sheets.open_by_key(bureau.applied["responses"]["id"])
    tab = next(t for t in book.worksheets() if f"Đơn vị nộp {LABEL}" in t.row_values(1))
    tab.update_cell(1, 2, "Thư điện tử")
    google.close()
    assert cchc("harvest", *YEAR)["new_events"] == 1
    assert (row()["versions"], row()["marks"]) == (1, [])


def test_a_form_deleted_and_made_again_doubles_nothing(bureau: Bureau) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 11:00")
    cchc("harvest", *YEAR)
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    body: Any = {"trashed": True}
    google.execute(google.drive.files().update(fileId=bureau.form_id(H1), body=body))
    google.close()
    again = cchc("forms", "apply", "--yes", *YEAR)
    assert [form["done"] for form in again["forms"]].count("created") == 1
    assert cchc("harvest", *YEAR)["new_events"] == 0
    assert (row()["versions"], row()["marks"]) == (1, [])


def test_another_spreadsheet_of_answers_doubles_nothing(bureau: Bureau) -> None:
    """Somebody threw it away; apply makes another, and the forms are linked to that (facts 6.7)."""
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 11:00")
    cchc("harvest", *YEAR)
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    old, body = bureau.applied["responses"]["id"], {"trashed": True}
    google.execute(google.drive.files().update(fileId=old, body=body))  # type: ignore[arg-type]
    google.close()
    assert cchc("harvest", *YEAR, code=4)["new_events"] == 0
    again = cchc("forms", "apply", "--yes", *YEAR)
    assert again["responses"]["id"] != old
    bureau.office.post(f"{bureau.server.url}/forms/d/{bureau.form_id(H1)}/unlink", [])
    bureau.office.link(bureau.form_id(H1), again["responses"]["id"])
    bureau.at("2022-06-02 12:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 13:00")
    assert cchc("harvest", *YEAR)["new_events"] == 1
    assert (row()["versions"], row()["marks"]) == (2, [])


def test_the_forms_of_two_years_stand_in_one_log(bureau: Bureau) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 11:00")
    cchc("harvest", *YEAR)
    later = ("--year", "2026")
    bureau.at("2026-06-02 10:00")
    cchc("forms", "apply", "--yes", *later)
    assert cchc("harvest", *later)["new_by_kind"].get("version_seen", 0) == 0
    assert cchc("harvest", *YEAR)["new_events"] == 0
    assert (row()["versions"], row()["marks"]) == (1, [])


def test_a_form_that_nobody_linked_is_harvested_all_the_same(tmp_path: Path) -> None:
    with (
        local_google(tmp_path, seed=4) as server,
        Bureau.at_work(server, linked=False) as bureau,
    ):
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, MN01, HOME)
        bureau.at("2022-06-02 11:00")
        done = cchc("harvest", *YEAR)
        assert done["new_events"] == 1
        assert any(LABEL in remark and "chưa được liên kết" in remark for remark in done["remarks"])
        found = row()
        assert (found["timeliness"], found["marks"]) == ("on_time", ["api_only"])


def test_a_decision_is_stamped_by_googles_clock(bureau: Bureau) -> None:
    """R11: the time the bureau approves on the Google Form."""
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-03 15:30")
    bureau.decide(MN01, LABEL, "return", "duyet1@phonggd.example")
    bureau.at("2022-06-04 08:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-05 09:15")
    bureau.decide(MN01, LABEL, "approve", "duyet2@phonggd.example")
    cchc("harvest", *YEAR)
    found = row()
    assert found["approved_at"] == "2022-06-05T02:15:00+00:00"
    assert found["approved_by"] == "duyet2@phonggd.example"
    assert (found["review"], found["return_count"], found["timeliness"]) == (
        "approved",
        1,
        "on_time",
    )


def test_somebody_who_is_no_reviewer_cannot_open_the_processing_form(bureau: Bureau) -> None:
    with pytest.raises(RuntimeError, match="403"):
        bureau.decide(MN01, LABEL, "approve", HOME)


HOSTILE = [
    '=IMPORTXML("http://example.org";"//a")',
    "+cmd|' /C calc'!A0",
    "<script>alert(1)</script> & \u202eđảo\u202c \u200b",
    "đỏ\u0301 Trường",
    "x" * 50_001,
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=["formula", "DDE", "markup", "NFD", "too long"])
def test_hostile_answers_stay_text(bureau: Bureau, tmp_path: Path, hostile: str) -> None:
    """As they were sent, in the log and, as far as a cell goes, in the Sheet; and no difference
    between the two is taken for somebody's edit."""
    bureau.at("2022-06-02 10:00")
    page = bureau.submit(H1, MN01, HOME, said={"proposals": hostile})
    assert "ghi lại" in page
    bureau.at("2022-06-02 10:05")
    cchc("harvest", *YEAR)
    with EventLog.open(f"sqlite:///{tmp_path / 'log.sqlite'}") as log:
        (event,) = [event for event in log.events() if event.kind == "version_seen"]
    assert event.answers is not None
    assert event.answers["proposals"] == (hostile,)
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    book = google.sheets.open_by_key(bureau.applied["responses"]["id"])
    tab = next(t for t in book.worksheets() if f"Đơn vị nộp {LABEL}" in t.row_values(1))
    assert hostile[:50_000] in tab.row_values(2)
    tab.update_cell(1, 40, "Ghi chú")
    google.close()
    bureau.at("2022-06-04 10:00")
    assert cchc("harvest", *YEAR)["new_events"] == 0
