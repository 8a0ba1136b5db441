"""A reviewer extends a deadline in a real browser, from a prefilled link to the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.prefill import ProcessingLinks
from tests.office import SPECS, YEAR, Bureau, cchc, local_google

pytestmark = pytest.mark.browser

REPORT = "Báo cáo CCHC 06 tháng đầu năm 2022"


def test_an_extension_goes_from_a_prefilled_link_to_the_ledger(page: Page, tmp_path: Path) -> None:
    """L10: two pages; the last choice of the second sends the form."""
    roster = load_regime(SPECS, 2022).roster
    unit = roster.choice(roster.unit("MN05"))
    with local_google(tmp_path, seed=13) as server, Bureau.at_work(server) as bureau:
        form = next(one for one in bureau.applied["forms"] if one["name"] == "processing/2022")
        spec = bureau.specs["processing/2022"]
        uri = form["responder_uri"]
        bureau.at("2022-06-02 10:00")
        page.goto(ProcessingLinks(spec, uri).to(unit=unit, document=REPORT, action="extend"))
        page.get_by_label("Địa chỉ email khác").fill("duyet1@phonggd.example")
        page.get_by_role("button", name="Tiếp theo").click()
        expect(page.get_by_label("Đơn vị được xử lý")).to_have_value(unit)
        expect(page.get_by_label("Văn bản được xử lý")).to_have_value(REPORT)
        expect(page.get_by_role("radio", name="Gia hạn")).to_be_checked()
        page.get_by_role("button", name="Tiếp theo").click()
        for part, value in (("Ngày", "10"), ("Tháng", "6"), ("Năm", "2022")):
            page.get_by_label(part, exact=True).fill(value)
        page.get_by_label("Lý do gia hạn").fill("Mất kết nối mạng.")
        page.get_by_role("radio", name="Chỉ đơn vị đã chọn").check()
        page.get_by_role("button", name="Tiếp theo").click()
        expect(page.locator("main")).to_contain_text("Câu trả lời của bạn đã được ghi lại.")
        assert cchc("harvest", *YEAR)["new_by_kind"] == {"extended": 1}
        due = {
            one["unit"]: one["due"]
            for one in cchc("ledger", "show", *YEAR)["rows"]
            if (one["document"], one["period"]) == ("periodic_report", "2022-h1")
        }
        assert due.pop("MN05") == "2022-06-10"
        assert set(due.values()) == {"2022-06-03"}
