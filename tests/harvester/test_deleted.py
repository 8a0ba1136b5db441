"""Responses that somebody deletes in the form's editor (facts 6.7): what was harvested stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from tests.office import H1, YEAR, Bureau, cchc, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"
HOME = "mn01@truong.example"
TITLE = "Báo cáo CCHC 06 tháng đầu năm 2022"
SENT = ("2022-06-02T03:00:00+00:00", "on_time", 1)


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """A report was sent at ten."""
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, MN01, HOME)
        yield bureau


def harvest(bureau: Bureau, at: str, *options: str) -> dict[str, Any]:
    bureau.at(at)
    return cchc("harvest", *options, *YEAR)


def google_at(bureau: Bureau) -> Google:
    return Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))


def delete_all(bureau: Bureau, name: str) -> None:
    """Somebody clicks *Xóa câu trả lời* at each response."""
    form_id, google = bureau.form_id(name), google_at(bureau)
    for one in google.forms.forms().responses().list(formId=form_id).execute()["responses"]:
        address = f"{bureau.server.url}/forms/d/{form_id}/delete_response"
        bureau.office.post(address, [("response", one["responseId"])])
    google.close()


def delete_the_row(bureau: Bureau) -> None:
    google = google_at(bureau)
    book = google.sheets.open_by_key(bureau.applied["responses"]["id"])
    tab = next(tab for tab in book.worksheets() if f"Đơn vị nộp {TITLE}" in tab.row_values(1))
    tab.delete_rows(2)
    google.close()


def row_of_the_report() -> dict[str, Any]:
    (row,) = (
        one
        for one in cchc("ledger", "show", *YEAR)["rows"]
        if (one["unit"], one["document"], one["period"]) == ("MN01", "periodic_report", "2022-h1")
    )
    return dict(row)


def shown() -> tuple[tuple[str | None, str, int], list[str]]:
    """What the ledger says of the report: its first time, whether in time, how many; its marks."""
    row = row_of_the_report()
    told = row["first_submitted_at"], row["timeliness"], row["versions"]
    return told, [mark for mark in row["marks"] if mark in ("row_vanished", "sheet_only")]


def test_a_response_deleted_after_it_was_harvested_counts_and_is_said(bureau: Bureau) -> None:
    """L4: nothing but a void takes a submission back. Said when the form is read whole."""
    harvest(bureau, "2022-06-02 10:30")
    delete_all(bureau, H1)
    assert harvest(bureau, "2022-06-02 11:00")["remarks"] == []
    done = harvest(bureau, "2022-06-03 11:00")
    assert (done["new_events"], shown()) == (0, (SENT, []))
    assert done["remarks"] == [
        "biểu mẫu “Báo cáo CCHC 06 tháng đầu năm 2022”: 1 câu trả lời đã thu thập nay bị xóa khỏi "
        "biểu mẫu nhưng vẫn được tính; muốn không tính, hãy gửi phiếu xử lý “Hủy một bản” (đã xóa "
        "một quyết định thì “Rút lại mục gần nhất”)"
    ]
    delete_the_row(bureau)
    assert harvest(bureau, "2022-06-03 12:00")["new_by_kind"] == {"row_vanished": 1}
    assert shown() == (SENT, ["row_vanished"])


def test_a_response_deleted_before_any_harvest_counts_by_its_row(bureau: Bureau) -> None:
    """L3: where only the Sheet's row is known, its timestamp is the version's time."""
    delete_all(bureau, H1)
    assert harvest(bureau, "2022-06-02 10:30")["new_events"] == 1
    assert shown() == (SENT, ["sheet_only"])


def test_of_the_forms_alone_what_was_deleted_before_any_harvest_is_not_known(
    bureau: Bureau,
) -> None:
    delete_all(bureau, H1)
    assert harvest(bureau, "2022-06-02 10:30", "--source", "forms")["new_events"] == 0
    assert shown()[0][0] is None


def test_a_deleted_decision_stands_until_it_is_revoked(bureau: Bureau) -> None:
    """L14."""
    bureau.at("2022-06-02 10:10")
    bureau.decide(MN01, TITLE, "return", "duyet1@phonggd.example")
    harvest(bureau, "2022-06-02 10:30")
    delete_all(bureau, "processing/2022")
    assert len(harvest(bureau, "2022-06-03 11:00")["remarks"]) == 1
    row = row_of_the_report()
    assert (row["review"], row["return_count"]) == ("returned", 1)
