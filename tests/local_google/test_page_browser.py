"""The pages in a real browser, as a school uses them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cchc_gforms.local_google.serve import Running
from tests.local_google.office import Office, choice, grid, question, section, text

pytestmark = pytest.mark.browser


@pytest.fixture
def office(local_google: Running) -> Iterator[Office]:
    office = Office(local_google.url)
    yield office
    office.close()


REPORT = (
    text("0000000a", "Tên đơn vị", required=True),
    choice("0000000b", "Cấp học", "RADIO", "Mầm non", "Tiểu học", {"isOther": True}),
    question("0000000c", "Mức độ", {"scaleQuestion": {"low": 1, "high": 10, "lowLabel": "Thấp"}}),
    section("00000f01", "Phần I", "Có số liệu."),
    question("0000000d", "Ngày ban hành", {"dateQuestion": {"includeYear": True}}, required=True),
    grid("00000100", "Chỉ tiêu", "RADIO", ["Đạt", "Không đạt"], q00000011="Một", q00000012="Hai"),
    choice("0000000e", "Xong chưa", "DROP_DOWN", {"value": "Xong", "goToAction": "SUBMIT_FORM"}),
    section("00000f02", "Phần II"),
    text("0000000f", "Kiến nghị", long=True),
)


TIMES = ("Ngày khai giảng", "Giờ họp", "Giỗ Tổ lúc")


def test_a_school_answers_a_report_page_by_page(office: Office, page: Page) -> None:
    form = office.form(*REPORT, title="Báo cáo mẫu", email="VERIFIED")
    page.goto(form.view)
    page.get_by_label("Địa chỉ email khác").fill("mau01@truong.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Báo cáo mẫu")).to_be_visible()
    expect(page.locator("main")).to_contain_text("mau01@truong.example")

    page.get_by_role("button", name="Tiếp theo").click()
    expect(page.get_by_role("alert")).to_have_text("Đây là câu hỏi bắt buộc. Hãy trả lời.")
    expect(page.get_by_label("Tên đơn vị")).to_be_focused()
    page.keyboard.type("Trường Mầm non Mẫu 01")
    page.get_by_label("Câu trả lời khác").fill("Liên cấp")
    page.get_by_role("radio", name="10").check()
    page.get_by_role("button", name="Tiếp theo").click()

    expect(page.locator(".progress")).to_have_text("Trang 2 / 3")
    page.get_by_label("Ngày", exact=True).fill("9")
    page.get_by_label("Tháng").fill("3")
    page.get_by_label("Năm").fill("2022")
    page.get_by_label("Hai: Không đạt").check()
    page.get_by_role("button", name="Tiếp theo").click()
    page.get_by_role("button", name="Quay lại").click()
    expect(page.get_by_label("Năm")).to_have_value("2022")
    page.get_by_role("button", name="Tiếp theo").click()
    page.get_by_label("Kiến nghị").fill("dòng một\ndòng hai")
    page.get_by_role("button", name="Gửi").click()

    expect(page.locator("main")).to_contain_text("Câu trả lời của bạn đã được ghi lại.")
    assert office.answers(form) == [
        {
            "0000000a": ["Trường Mầm non Mẫu 01"],
            "0000000b": ["Liên cấp"],
            "0000000c": ["10"],
            "0000000d": ["2022-03-09"],
            "00000012": ["Không đạt"],
            "0000000f": ["dòng một\ndòng hai"],
        }
    ]


def test_days_without_a_year_and_days_with_a_time(office: Office, page: Page) -> None:
    form = office.form(
        question("0000000a", "Ngày khai giảng", {"dateQuestion": {}}),
        question(
            "0000000b", "Giờ họp", {"dateQuestion": {"includeYear": True, "includeTime": True}}
        ),
        question("0000000c", "Giỗ Tổ lúc", {"dateQuestion": {"includeTime": True}}),
    )
    page.goto(form.view)
    opening, meeting, feast = (page.get_by_role("group", name=name) for name in TIMES)
    assert opening.get_by_role("textbox").count() == 2
    opening.get_by_label("Ngày").fill("31")
    opening.get_by_label("Tháng").fill("9")
    for name, number in (
        ("Ngày", "5"),
        ("Tháng", "9"),
        ("Năm", "2022"),
        ("Giờ", "7"),
        ("Phút", "5"),
    ):
        meeting.get_by_label(name).fill(number)
    for name, number in (("Ngày", "29"), ("Tháng", "2"), ("Giờ", "23"), ("Phút", "59")):
        feast.get_by_label(name).fill(number)
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("alert")).to_contain_text("Ngày không hợp lệ.")
    opening.get_by_label("Ngày").fill("5")
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("main")).to_contain_text("Câu trả lời của bạn đã được ghi lại.")
    assert office.answers(form) == [
        {"0000000a": ["09-05"], "0000000b": ["2022-09-05 07:05"], "0000000c": ["02-29 23:59"]}
    ]


def test_the_form_works_without_scripts_and_on_a_phone(office: Office, page: Page) -> None:
    form = office.form(*REPORT)
    browser = page.context.browser
    assert browser is not None
    phone = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    phone.set_default_timeout(5_000)
    small = phone.new_page()
    small.goto(form.view)
    small.get_by_label("Tên đơn vị").fill("Trường Mẫu 02")
    assert width(small) <= 390
    small.get_by_role("button", name="Tiếp theo").click()
    small.get_by_label("Ngày", exact=True).fill("1")
    small.get_by_label("Tháng").fill("12")
    small.get_by_label("Năm").fill("2022")
    small.get_by_label("Xong chưa").select_option("Xong")
    assert width(small) <= 390
    small.get_by_role("button", name="Tiếp theo").click()
    expect(small.locator("main")).to_contain_text("Câu trả lời của bạn đã được ghi lại.")
    phone.close()
    assert office.answers(form) == [
        {"0000000a": ["Trường Mẫu 02"], "0000000d": ["2022-12-01"], "0000000e": ["Xong"]}
    ]


KINDS = (
    text("0000000a", "Tên đơn vị", required=True),
    choice("0000000b", "Cấp học", "RADIO", "Mầm non", "Tiểu học", {"isOther": True}),
    choice("0000000c", "Công khai", "CHECKBOX", "Bảng tin", "Trang web"),
    choice("0000000d", "Quý", "DROP_DOWN", "Quý I", "Quý II"),
    question("0000000e", "Hài lòng", {"scaleQuestion": {"low": 0, "high": 10}}),
    question("0000000f", "Sao", {"ratingQuestion": {"ratingScaleLevel": 10, "iconType": "STAR"}}),
    question("00000010", "Ngày", {"dateQuestion": {"includeYear": True}}),
    question("00000011", "Giờ", {"timeQuestion": {}}),
    question("00000012", "Thời lượng", {"timeQuestion": {"duration": True}}),
    grid("00000100", "Chỉ tiêu", "RADIO", ["Rất tốt", "Tốt", "Khá", "Chưa đạt"], q00000013="Một"),
    grid("00000200", "Tháng", "CHECKBOX", ["1", "2"], q00000014="Họp", q00000015="Kiểm tra"),
    section("00000f01", "Phần II"),
    text("00000016", "Kiến nghị", long=True),
)


def test_every_kind_is_answered_on_a_phone_with_keys_alone(office: Office, page: Page) -> None:
    """From box to box with Tab; in a group of radio buttons with the arrows."""
    form = office.form(*KINDS, email="RESPONDER_INPUT")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(form.view)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_label("Email").focus()
    answers: list[list[str]] = [
        ["mau01@truong.example"], ["Trường Mẫu"],
        ["Space", "ArrowDown"], ["skip"],
        ["Space"], ["Space"],
        ["ArrowDown", "ArrowDown"],
        ["Space", "ArrowRight", "ArrowRight"], ["Space", "ArrowLeft"],
        ["9"], ["3"], ["2022"], ["8"], ["5"], ["1"], ["30"], ["0"],
        ["skip"], ["Space", "ArrowRight"], ["skip"],
        ["Space"], ["skip"], ["skip"], ["Space"],
    ]  # fmt: skip
    for number, keys in enumerate(answers):
        if number:
            page.keyboard.press("Tab")
        for key in keys:
            if key in ("Space", "ArrowDown", "ArrowRight", "ArrowLeft"):
                page.keyboard.press(key)
            elif key != "skip":
                page.keyboard.type(key)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Tiếp theo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kiến nghị")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_label("Kiến nghị").focus()
    page.keyboard.type("một")
    page.keyboard.press("Enter")
    page.keyboard.type("hai")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Câu trả lời của bạn đã được ghi lại.")
    assert office.answers(form) == [
        {
            "0000000a": ["Trường Mẫu"],
            "0000000b": ["Tiểu học"],
            "0000000c": ["Bảng tin", "Trang web"],
            "0000000d": ["Quý II"],
            "0000000e": ["2"],
            "0000000f": ["10"],
            "00000010": ["2022-03-09"],
            "00000011": ["08:05"],
            "00000012": ["01:30:00"],
            "00000013": ["Tốt"],
            "00000014": ["1"],
            "00000015": ["2"],
            "00000016": ["một\nhai"],
        }
    ]


def width(page: Page) -> float:
    """Of the widest thing on the page, in CSS pixels."""
    boxes = [box.bounding_box() for box in page.locator("main, main .card").all()]
    return max(box["x"] + box["width"] for box in boxes if box)


def test_the_office_links_a_form_to_a_spreadsheet(office: Office, page: Page) -> None:
    form = office.form(text("0000000a", "Tên đơn vị"), title="Kế hoạch mẫu")
    page.goto(f"{office.url}/")
    page.get_by_role("link", name="Đăng nhập").first.click()
    page.get_by_role("button", name="Văn phòng").click()
    page.get_by_role("link", name="Kế hoạch mẫu").click()
    page.get_by_role("link", name="Câu trả lời").click()
    page.get_by_role("button", name="Liên kết với Trang tính").click()
    expect(page.get_by_role("link", name="Kế hoạch mẫu (Câu trả lời)")).to_be_visible()
    assert "linkedSheetId" in office.call("GET", f"/v1/forms/{form.form_id}")
