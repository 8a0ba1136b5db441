"""A reviewer works from Chờ xử lý: a prefilled link, a return, and the row moves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.office import YEAR, Bureau, cchc, local_google

pytestmark = pytest.mark.browser

SCHOOL = "MN01 – Trường Mầm non Mẫu 01"
REPORT = "Báo cáo CCHC 06 tháng đầu năm 2022"


def open_tab(page: Page, title: str) -> None:
    page.get_by_role("link", name=re.compile(f"{title}$")).click()


def test_a_report_goes_from_the_list_of_what_waits_to_the_returned_ones(
    page: Page, tmp_path: Path
) -> None:
    page.set_default_timeout(30_000)  # a ledger of 540 rows is drawn
    with local_google(tmp_path, seed=11) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit("periodic_report/2022-h1", SCHOOL, "mn01@truong.example")
        bureau.at("2022-06-04 10:00")
        cchc("harvest", *YEAR)
        viewer = "duyet1@phonggd.example"
        address = cchc("dashboard", "publish", *YEAR, "--viewer", viewer)["url"]

        page.goto(f"{server.url}/signin")
        page.get_by_label("Địa chỉ email khác").fill(viewer)
        page.get_by_role("button", name="Tiếp theo").click()
        page.goto(address)
        page.get_by_role("link", name="→ Chờ xử lý: 1 văn bản").click()
        row = page.get_by_role("row").filter(has_text="MN01")
        expect(row).to_contain_text(REPORT)
        expect(row.get_by_role("link", name="Duyệt")).to_be_visible()
        page.goto(str(row.get_by_role("link", name="Chuyển trả").get_attribute("href")))
        expect(page.get_by_label("Đơn vị được xử lý")).to_have_value(SCHOOL)
        expect(page.get_by_label("Văn bản được xử lý")).to_have_value(REPORT)
        expect(page.get_by_role("radio", name="Chuyển trả")).to_be_checked()
        page.get_by_role("button", name="Tiếp theo").click()
        page.get_by_label("Lý do chuyển trả").fill("Thiếu số liệu mục II.2.")
        page.get_by_role("button", name="Gửi", exact=True).click()
        expect(page.locator("main")).to_contain_text("Câu trả lời của bạn đã được ghi lại.")

        cchc("harvest", *YEAR)
        assert cchc("dashboard", "publish", *YEAR)["calls"] == 3
        page.goto(address)
        open_tab(page, "Chờ xử lý")
        expect(page.get_by_role("row").filter(has_text="MN01")).to_have_count(0)
        open_tab(page, "Sổ theo dõi")
        row = page.get_by_role("row").filter(has_text="MN01").filter(has_text="06 tháng")
        row = row.filter(has_text="Đã chuyển trả")
        expect(row).to_have_count(1)
        expect(row).to_contain_text("Thiếu số liệu mục II.2.")
