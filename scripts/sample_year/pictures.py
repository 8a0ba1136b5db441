"""Takes the pictures that docs/dashboard.md and docs/local-google.md show of the sample year."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cchc_gforms.dashboard.build import TITLES
from cchc_gforms.dashboard.csv_file import plain_name
from cchc_gforms.dashboard.sheets.ids import sheet_id_of
from sample_year.behaviours import ZONE
from sample_year.main import ROOT, Demo
from sample_year.people import OFFICE, Office
from tests.conftest import find_browser

AFTER_A_DEADLINE = datetime(2022, 9, 6, 9, 15, tzinfo=ZONE)
NOTES = (
    ("MN20", "Kế hoạch CCHC năm 2022", "Đã gọi điện ngày 05/9, hiệu trưởng hẹn nộp trong tuần."),
    ("TH08", "", "Thư của trường đang chuyển sang địa chỉ mới."),
    ("THCS99", "", "Trường nào?"),
)
SCHOOL = "MN15"
"""Whose report was returned twice."""
SCREEN, WHOLE = 768, 1_960
"""Heights: of a small screen, and of Tổng quan from top to bottom."""


def main() -> None:
    arguments = argparse.ArgumentParser(description="The pictures of the dashboard.")
    arguments.add_argument("--into", type=Path, default=ROOT / "docs")
    arguments.add_argument("--width", type=int, default=1366)
    options = arguments.parse_args()
    for folder in ("dashboard", "local-google"):
        (options.into / folder).mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="cchc-pictures-") as work,
        Demo(Path(work), 260, AFTER_A_DEADLINE) as demo,
        sync_playwright() as playwright,
    ):
        addresses = demo.run()
        _write_notes(demo, addresses["dashboard"])
        demo.cchc("dashboard", "publish", "--year", "2022")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(locale="vi-VN")
        _sign_in(page, demo.url, OFFICE)
        _take_tabs(page, addresses["dashboard"], options.into, options.width)
        _take_pages(page, demo.url, addresses, options.into / "local-google")
        _take_unit(browser.new_page(locale="vi-VN"), demo, options.into / "dashboard")
        browser.close()


def _write_notes(demo: Demo, address: str) -> None:
    """As a person types them."""
    office, gid = Office(demo.url), str(sheet_id_of("notes"))
    change = address.removesuffix("/edit") + "/change"
    for row, cells in enumerate(NOTES, start=2):
        for column, text in zip("ABC", cells, strict=True):
            fields = {"gid": gid, "action": "type", "range": f"{column}{row}", "value": text}
            office.post(change, list(fields.items()))
    office.close()


def _sign_in(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/signin")
    page.get_by_label("Địa chỉ email khác").fill(email)
    page.get_by_role("button", name="Tiếp theo").click()


def _take_tabs(page: Page, address: str, into: Path, width: int) -> None:
    """A picture a tab; of the overview one of a screen too."""
    for key, title in TITLES.items():
        page.set_viewport_size({"width": width, "height": SCREEN})
        page.goto(f"{address}?gid={sheet_id_of(key)}")
        if key == "overview":
            page.screenshot(path=into / "dashboard.png")
            page.set_viewport_size({"width": width, "height": WHOLE})
        page.screenshot(path=into / "dashboard" / f"{plain_name(title)}.png")


def _take_pages(page: Page, url: str, addresses: dict[str, str], into: Path) -> None:
    """Pages of the local Google that the sample year fills."""
    form = addresses["periodic_report/2022-year"]
    for name, address, width, height in (
        ("start", url, 1280, 720),
        ("form", form, 1280, 720),
        ("form-phone", form, 390, 760),
    ):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        page.screenshot(path=into / f"{name}.png")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(url)
    page.get_by_role("link", name="Báo cáo CCHC 06 tháng đầu năm 2022").first.click()
    page.get_by_role("link", name="Câu trả lời (").click()
    page.screenshot(path=into / "editor.png")
    page.set_viewport_size({"width": 1180, "height": 600})
    page.goto(f"{addresses['dashboard']}?gid={sheet_id_of('units')}")
    page.get_by_role("link", name="Chỉnh sửa").click()
    page.screenshot(path=into / "spreadsheet.png")


def _take_unit(page: Page, demo: Demo, into: Path) -> None:
    """What a school sees of its own, on a screen and on a telephone."""
    done = demo.cchc("dashboard", "units", "--year", "2022", "--unit", SCHOOL, "--share")
    _sign_in(page, demo.url, f"{SCHOOL.lower()}@truong.example")
    for name, width, height in (("mot-don-vi", 1366, SCREEN), ("mot-don-vi-phone", 390, 760)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(done["units"][0]["url"])
        page.screenshot(path=into / f"{name}.png")


if __name__ == "__main__":
    main()
