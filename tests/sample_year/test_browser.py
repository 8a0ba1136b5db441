"""One report as a school sends it, page by page in a real browser, to the dashboard's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.office import YEAR, Bureau, cchc, local_google

pytestmark = pytest.mark.browser

SCHOOL = "MN01 – Trường Mầm non Mẫu 01"
REPORT = "Báo cáo CCHC 06 tháng đầu năm 2022"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with local_google(tmp_path, seed=7) as server, Bureau.at_work(server) as bureau:
        yield bureau


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("Địa chỉ email khác").fill(email)
    page.get_by_role("button", name="Tiếp theo").click()


def change_account(page: Page, bureau: Bureau, email: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{bureau.server.url}/signin")
    sign_in(page, email)


def fill_in_this_page(page: Page) -> int:
    """Answers every question that is to be seen, each after its kind; returns how many."""
    for box in page.locator("section.card textarea").all():
        box.fill("Đã thực hiện đầy đủ; đề nghị hỗ trợ thiết bị.")
    for line in page.locator("section.card input.line[type=text]:not([name*=other])").all():
        line.fill("12")
    for name, value in (("Ngày", "2"), ("Tháng", "6"), ("Năm", "2022")):
        for part in page.get_by_label(name, exact=True).all():
            part.fill(value)
    for group in page.get_by_role("radiogroup").all():
        group.get_by_role("radio").first.check()
    return page.locator("section.card h2[id]").count()


def test_a_report_goes_from_a_schools_browser_to_the_dashboard(page: Page, bureau: Bureau) -> None:
    forms: dict[str, dict[str, Any]] = {form["name"]: form for form in bureau.applied["forms"]}
    bureau.at("2022-06-03 23:59:59")
    page.goto(forms["periodic_report/2022-h1"]["responder_uri"])
    sign_in(page, "mn01@truong.example")
    expect(page.get_by_role("heading", level=1)).to_have_text(REPORT)
    page.get_by_label("Đơn vị nộp").select_option(SCHOOL)
    pages = questions = 0
    while True:
        questions += fill_in_this_page(page)
        pages += 1
        submit = page.get_by_role("button", name="Gửi", exact=True)
        if submit.count():
            submit.click()
            break
        page.get_by_role("button", name="Tiếp theo").click()
    expect(page.locator("main")).to_contain_text("Câu trả lời của bạn đã được ghi lại.")
    assert (pages, questions) == (16, 107)  # and a grid, whose rows are the questions

    bureau.at("2022-06-05 09:00")
    change_account(page, bureau, "duyet1@phonggd.example")
    page.goto(forms["processing/2022"]["responder_uri"])
    page.get_by_label("Đơn vị được xử lý").select_option(SCHOOL)
    page.get_by_label("Văn bản được xử lý").select_option(REPORT)
    page.get_by_role("radio", name="Chuyển trả").check()
    page.get_by_role("button", name="Tiếp theo").click()
    page.get_by_label("Lý do chuyển trả").fill("Bổ sung số liệu mục II.2.")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator("main")).to_contain_text("Câu trả lời của bạn đã được ghi lại.")

    assert cchc("harvest", *YEAR)["new_by_kind"] == {"version_seen": 1, "decided": 1}
    dashboard = cchc("dashboard", "publish", *YEAR)
    change_account(page, bureau, "vanphong@cchc.example")
    page.goto(dashboard["url"])
    page.get_by_role("link", name="Sổ theo dõi").click()
    row = page.get_by_role("row").filter(has_text="MN01").filter(has_text="06 tháng")
    row = row.filter(has_text="Báo cáo CCHC").filter(has_not_text="Kết quả thực hiện")
    expect(row).to_have_count(1)
    for text in ("03/06/2022 23:59:59", "Đúng hạn", "Đã chuyển trả", "Bổ sung số liệu mục II.2."):
        expect(row).to_contain_text(text)
