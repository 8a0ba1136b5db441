"""The spreadsheet page in a real browser: a cell edited with keys alone, choices made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cchc_gforms.local_google.serve import Running, open_state, running
from cchc_gforms.local_google.sheets import store
from cchc_gforms.local_google.state import State
from tests.local_google.sheets.book import OWNER, Book, Sheets, grid
from tests.local_google.sheets.conftest import token

pytestmark = pytest.mark.browser

LEVEL = {"condition": {"type": "ONE_OF_LIST", "values": [
    {"userEnteredValue": "Mầm non"}, {"userEnteredValue": "Tiểu học"},
]}, "strict": True}  # fmt: skip


class Opened:
    """A browser's page on a spreadsheet of units, signed in as its owner."""

    def __init__(self, state: State, server: Running, sheets: Sheets, page: Page) -> None:
        self._state, self.page = state, page
        self.book: Book = sheets.book(locale="vi_VN")
        self.address = f"{server.url}/spreadsheets/d/{self.book.id}/edit"
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.request.post(f"{server.url}/signin", form={"email": OWNER, "continue": "/"})
        header = ["Đơn vị", "Cấp", "Số", "Xong"]
        one, two = ["Một", "Mầm non", 1, False], ["Hai", "Tiểu học", 2, False]
        self.book.write("A1", [header, one, two, ["Ba", "Mầm non", 3, True]])
        self.book.batch(
            {"setDataValidation": {"range": grid(1, 4, 1, 2), "rule": LEVEL}},
            {"setDataValidation": {
                "range": grid(1, 4, 3, 4), "rule": {"condition": {"type": "BOOLEAN"}},
            }},
            {"updateSheetProperties": {
                "properties": {"gridProperties": {"frozenRowCount": 1}},
                "fields": "gridProperties.frozenRowCount",
            }},
        )  # fmt: skip

    def put(self, name: str, *objects: dict[str, Any]) -> None:
        """As stored, in the wire's shape."""
        with self._state.transaction() as tx:
            workbook = store.load(tx, self.book.id)
            before = store.snapshot(workbook)
            workbook.sheets[0].resource[name] = list(objects)
            store.save(tx, workbook, before)

    def open(self, query: str = "") -> Page:
        self.page.goto(self.address + query)
        return self.page

    def cell(self, row: int, column: int) -> Any:
        return self.page.locator(f"tr[data-row='{row}'] td[data-column='{column}']")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self) -> None:
        expect(self.page.locator(".busy")).to_have_text("")


@pytest.fixture
def opened(page: Page) -> Iterator[Opened]:
    state = open_state(None, seed=1)
    with running(state) as server:
        sheets = Sheets(server.url, token(server.url))
        page.set_default_timeout(10_000)
        yield Opened(state, server, sheets, page)
        page.close()
        sheets.close()
    state.close()


def test_cells_are_edited_with_the_keyboard_alone(opened: Opened) -> None:
    page = opened.open("?edit=1")
    page.locator(".scroll").focus()
    opened.keys("ArrowDown")
    page.keyboard.type("Mới")
    opened.keys("Enter")
    expect(opened.cell(2, 0)).to_have_text("Mới")
    expect(opened.cell(3, 0)).to_be_focused()
    opened.keys("F2")
    page.keyboard.type(" xóa")
    opened.keys("Escape", "ArrowDown", "Delete")
    expect(opened.cell(4, 0)).to_have_text("")
    opened.keys("ArrowRight", "ArrowRight")
    page.keyboard.type("=1+1")
    opened.keys("Tab", "Space")
    expect(opened.cell(4, 3)).to_have_text("☐")
    opened.saved()
    assert opened.book.values("A1:D4", valueRenderOption="FORMULA") == [
        ["Đơn vị", "Cấp", "Số", "Xong"],
        ["Mới", "Mầm non", 1, False],
        ["Hai", "Tiểu học", 2, False],
        ["", "Mầm non", "=1+1", False],
    ]
    assert opened.faults == []


def test_typing_goes_on_while_cells_are_being_saved(opened: Opened) -> None:
    page = opened.open("?edit=1")
    opened.cell(5, 2).click()
    for number in range(10, 18):
        page.keyboard.type(str(number))
        opened.keys("Enter")
    opened.saved()
    assert opened.book.values("C5:C13") == [[str(number)] for number in range(10, 18)]
    assert opened.faults == []


def test_a_value_is_chosen_from_the_list_of_a_rule(opened: Opened) -> None:
    page = opened.open("?edit=1")
    opened.cell(2, 1).dblclick()
    editor = page.get_by_label("Sửa ô B2")
    expect(editor.locator("option")).to_have_text(["Mầm non", "", "Tiểu học"])
    editor.select_option("Tiểu học")
    expect(opened.cell(2, 1)).to_have_text("Tiểu học")
    opened.saved()
    assert opened.book.values("B2") == [["Tiểu học"]]
    opened.cell(3, 1).click()
    page.keyboard.type("Đại học")
    opened.keys("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("vi phạm quy tắc xác thực dữ liệu")
    assert opened.book.values("B3") == [["Tiểu học"]]


def test_a_warning_is_answered_in_a_dialog(opened: Opened) -> None:
    protected = {"range": grid(0, 1, 0, 4), "warningOnly": True}
    opened.book.batch({"addProtectedRange": {"protectedRange": protected}})
    page = opened.open("?edit=1")
    for button, held in (("Đóng", "Đơn vị"), ("Tiếp tục", "Tên")):
        opened.cell(1, 0).click()
        page.keyboard.type("Tên")
        opened.keys("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("Vẫn chỉnh sửa?")
        page.get_by_role("dialog").get_by_role("button", name=button).click()
        expect(opened.cell(1, 0)).to_have_text(held)
    opened.saved()
    assert opened.book.values("A1") == [["Tên"]]


def test_menus_work_on_what_is_selected_and_the_page_stays(opened: Opened) -> None:
    page = opened.open("?edit=1")
    opened.cell(2, 0).click()
    opened.keys("Shift+ArrowDown", "Shift+ArrowRight")
    expect(page.get_by_label("Ô hoặc vùng")).to_have_value("A2:B3")
    page.get_by_text("Ô, dòng, cột").click()
    page.get_by_role("button", name="Xóa dòng").click()
    expect(opened.cell(2, 0)).to_have_text("Ba")
    page.locator(".menus").get_by_text("Trang tính", exact=True).click()
    page.get_by_label("Tên trang tính").fill("Sổ mới")
    page.get_by_role("button", name="Đổi tên").click()
    expect(page.get_by_role("link", name="Sổ mới")).to_be_visible()
    opened.saved()
    assert opened.book.values("'Sổ mới'!A2:B3") == [["Ba", "Mầm non"]]
    page.locator(".menus").get_by_text("Trang tính", exact=True).click()
    page.get_by_role("button", name="Thêm trang tính").click()
    expect(page.get_by_role("link", name="Trang tính2")).to_have_attribute("aria-current", "page")
    assert opened.faults == []


def test_who_reads_sees_a_cell_whole_and_changes_nothing(opened: Opened) -> None:
    page = opened.open()
    opened.cell(2, 0).click()
    expect(page.get_by_label("Nội dung ô")).to_have_value("Một")
    page.keyboard.type("x")
    opened.keys("Delete", "F2", "Enter")
    expect(page.locator(".editor")).to_have_count(0)
    assert opened.book.values("A2") == [["Một"]]
    page.get_by_role("link", name="Chỉnh sửa").click()
    expect(page.locator("[data-editing]")).to_be_visible()


def test_a_slicer_and_a_filter_view_are_chosen(opened: Opened) -> None:
    area = grid(0, 4, 0, 4)
    anchor = {"sheetId": 0, "rowIndex": 1, "columnIndex": 5}
    position = {"overlayPosition": {"anchorCell": anchor, "widthPixels": 200}}
    spec = {"title": "Cấp học", "dataRange": area, "columnIndex": 1}
    opened.put("slicers", {"slicerId": 9, "spec": spec, "position": position})
    condition = {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "2"}]}
    criteria = [{"columnIndex": 2, "filterCriteria": {"condition": condition}}]
    view = {"filterViewId": 4, "title": "Nhiều", "range": area, "filterSpecs": criteria}
    opened.put("filterViews", view)
    page = opened.open()
    page.locator(".slicer summary").focus()
    opened.keys("Enter")
    page.get_by_label("Tiểu học").uncheck()
    page.get_by_role("button", name="Áp dụng").click()
    expect(opened.cell(3, 0)).to_have_count(0)
    expect(opened.cell(2, 0)).to_have_text("Một")
    page.get_by_label("Chế độ xem bộ lọc").select_option("Nhiều")
    expect(opened.cell(2, 0)).to_have_count(0)
    expect(opened.cell(4, 0)).to_have_text("Ba")
    expect(page.locator(".slicer b")).to_have_text("1 trên 2")
    page.get_by_label("Chế độ xem bộ lọc").select_option("Không")
    expect(opened.cell(2, 0)).to_have_text("Một")
    assert opened.faults == []


def test_without_scripts_a_cell_is_named_and_written(opened: Opened) -> None:
    browser = opened.page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(opened.page.context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"{opened.address}?edit=1")
    page.get_by_label("Ô hoặc vùng").fill("A3")
    page.get_by_label("Ô hoặc vùng").press("Enter")
    page.get_by_label("Nội dung ô").fill("không kịch bản")
    assert opened.book.values("A1:A3") == [["Đơn vị"], ["Một"], ["Hai"]]
    page.get_by_role("button", name="Ghi").click()
    expect(page.get_by_text("không kịch bản")).to_be_visible()
    plain.close()
    assert opened.book.values("A1:A3") == [["Đơn vị"], ["Một"], ["không kịch bản"]]


def test_a_phone_edits_in_the_bar_and_the_page_does_not_scroll_sideways(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 844})
    page = opened.open("?edit=1")
    opened.cell(2, 0).click()
    page.get_by_label("Nội dung ô").fill("Từ điện thoại")
    page.get_by_role("button", name="Ghi").click()
    expect(opened.cell(2, 0)).to_have_text("Từ điện thoại")
    for menu in page.locator(".menus summary").all():
        menu.click()
        panel = page.locator(".menus [open] .panel").bounding_box()
        assert panel is not None
        assert panel["x"] >= 0
        assert panel["x"] + panel["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [1280, 390])
def test_a_chart_on_frozen_columns_lies_over_their_cells(opened: Opened, width: int) -> None:
    frozen = {"sheetId": 0, "gridProperties": {"frozenColumnCount": 2}}
    series = {"series": {"sourceRange": {"sources": [grid(0, 3, 2, 3)]}}}
    place = {"anchorCell": {"sheetId": 0, "rowIndex": 4}, "widthPixels": 180, "heightPixels": 200}
    chart = {
        "spec": {"basicChart": {"chartType": "COLUMN", "series": [series]}},
        "position": {"overlayPosition": place},
    }
    fields = "gridProperties.frozenColumnCount"
    opened.book.batch(
        {"updateSheetProperties": {"properties": frozen, "fields": fields}},
        {"addChart": {"chart": chart}},
    )
    page = opened.open("")
    page.set_viewport_size({"width": width, "height": 800})
    expect(page.locator(".chart")).to_be_visible()
    covered = page.evaluate(
        """() => {
          const box = document.querySelector(".chart").getBoundingClientRect();
          const missed = [];
          for (let x = 0.1; x < 1; x += 0.2)
            for (let y = 0.1; y < 1; y += 0.2) {
              const top = document.elementFromPoint(box.x + x * box.width, box.y + y * box.height);
              if (!top || !top.closest(".chart")) missed.push([x, y, top && top.tagName]);
            }
          return missed;
        }"""
    )
    assert covered == []
