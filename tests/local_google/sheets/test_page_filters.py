"""Slicers, the basic filter and filter views on the spreadsheet page; parts of cells' texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import requests

from cchc_gforms.local_google.serve import Running, open_state, running
from cchc_gforms.local_google.sheets import store
from cchc_gforms.local_google.state import State
from tests.local_google.office import visitor
from tests.local_google.sheets.book import OWNER, Book, Sheets, grid
from tests.local_google.sheets.conftest import token

AREA = grid(0, 4, 0, 2)
BELOW = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 6, "columnIndex": 0}}}
UNITS = ("Mầm Một", "Mầm Hai", "Tiểu Ba")


class Room:
    """A local Google, one spreadsheet of units in it, and its owner's browser."""

    def __init__(self, state: State, server: Running, sheets: Sheets) -> None:
        self._state = state
        self.book: Book = sheets.book(locale="vi_VN")
        self.address = f"{server.url}/spreadsheets/d/{self.book.id}/edit"
        self.browser: requests.Session = visitor(server.url, OWNER)
        rows = [["Đơn vị", "Cấp"], [UNITS[0], "Mầm"], [UNITS[1], "Mầm"], [UNITS[2], "Tiểu"]]
        self.book.write("A1", rows)

    def put(self, name: str, *objects: dict[str, Any]) -> None:
        """As stored: these are read off the sheet in the wire's shape, however they came there."""
        with self._state.transaction() as tx:
            workbook = store.load(tx, self.book.id)
            before = store.snapshot(workbook)
            workbook.sheets[0].resource[name] = list(objects)
            store.save(tx, workbook, before)

    def filtered(self, basic: dict[str, Any], *rows: int) -> None:
        """A basic filter as stored, and the rows that it hid when it was set."""
        with self._state.transaction() as tx:
            workbook = store.load(tx, self.book.id)
            sheet = workbook.sheets[0]
            sheet.resource["basicFilter"] = basic
            sheet.sizes["ROWS"] = {row: {"hiddenByFilter": True} for row in rows}
            store.save(tx, workbook, store.snapshot(workbook))

    def page(self, *query: tuple[str, str]) -> str:
        answer = self.browser.get(f"{self.address}?{urlencode(query)}")
        assert answer.status_code == 200
        return answer.text

    def units(self, *query: tuple[str, str]) -> list[str]:
        """Those whose rows are shown."""
        page = self.page(*query)
        return [unit for unit in UNITS if f">{unit}</div>" in page]


@pytest.fixture
def room() -> Iterator[Room]:
    state = open_state(None, seed=1)
    with running(state) as server:
        sheets = Sheets(server.url, token(server.url))
        room = Room(state, server, sheets)
        yield room
        room.browser.close()
        sheets.close()
    state.close()


def slicer(number: int, column: int, **spec: Any) -> dict[str, Any]:
    data = {"dataRange": AREA, "columnIndex": column, **spec}
    return {"slicerId": number, "spec": data, "position": BELOW}


def view(number: int, column: int, criteria: dict[str, Any]) -> dict[str, Any]:
    specs = [{"columnIndex": column, "filterCriteria": criteria}]
    return {"filterViewId": number, "title": "Chỉ <Mầm>", "range": AREA, "filterSpecs": specs}


def test_a_slicer_shows_the_rows_of_the_values_chosen(room: Room) -> None:
    room.put("slicers", slicer(9, 1, title="Cấp học"))
    page = room.page()
    assert "Cấp học <b>Tất cả</b>" in page
    assert page.count('name="s9"') == 2
    assert room.units() == list(UNITS)
    assert room.units(("slicer", "9"), ("s9", "Tiểu")) == ["Tiểu Ba"]
    assert room.units(("slicer", "9"), ("s9", "Tiểu"), ("s9", "Mầm")) == list(UNITS)
    assert room.units(("slicer", "9")) == []
    chosen = room.page(("slicer", "9"), ("s9", "Tiểu"))
    assert "Cấp học <b>1 trên 2</b>" in chosen
    assert "Bộ lọc đang ẩn 2 dòng" in chosen


def test_a_slicer_begins_with_its_own_criteria(room: Room) -> None:
    room.put("slicers", slicer(9, 1, filterCriteria={"hiddenValues": ["Mầm"]}))
    assert room.units() == ["Tiểu Ba"]
    assert "Cấp <b>1 trên 2</b>" in room.page()
    assert room.units(("slicer", "9"), ("s9", "Mầm")) == ["Mầm Một", "Mầm Hai"]


def test_slicers_filter_together_and_keep_each_others_choices(room: Room) -> None:
    room.put("slicers", slicer(9, 1), slicer(8, 0))
    chosen = (("slicer", "9"), ("s9", "Mầm"), ("slicer", "8"), ("s8", UNITS[1]), ("s8", UNITS[2]))
    assert room.units(*chosen) == ["Mầm Hai"]
    page = room.page(*chosen)
    assert page.count('<input type="hidden" name="s9" value="Mầm">') == 1
    assert page.count(f'<input type="hidden" name="s8" value="{UNITS[1]}">') == 1


def test_a_slicer_over_another_tab_filters_nothing_here(room: Room) -> None:
    hidden = {"hiddenValues": ["Mầm"]}
    room.put("slicers", slicer(9, 1, dataRange={**AREA, "sheetId": 5}, filterCriteria=hidden))
    assert room.units() == list(UNITS)
    assert "s9" not in room.page(("slicer", "9"))


def test_a_chart_leaves_out_what_a_slicer_hides(room: Room) -> None:
    def source(column: int) -> dict[str, Any]:
        return {"sourceRange": {"sources": [grid(0, 4, column, column + 1)]}}

    room.book.write("B1", [["Số"], [11], [22], [33]])
    chart = {
        "chartType": "COLUMN", "headerCount": 1,
        "domains": [{"domain": source(0)}], "series": [{"series": source(1)}],
    }  # fmt: skip
    for spec in (
        {"basicChart": chart},
        {"basicChart": chart, "hiddenDimensionStrategy": "SHOW_ALL"},
    ):
        room.book.batch({"addChart": {"chart": {"spec": spec, "position": BELOW}}})
    room.put("slicers", slicer(9, 0))
    page = room.page(("slicer", "9"), ("s9", UNITS[2]))
    assert page.count("Tiểu Ba – Số: 33</title>") == 2
    assert page.count("Mầm Một – Số: 11</title>") == 1


@pytest.mark.parametrize(
    ("criteria", "shown"),
    [
        ({"hiddenValues": ["Tiểu"]}, ["Mầm Một", "Mầm Hai"]),
        (
            {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "Tiểu"}]}},
            ["Tiểu Ba"],
        ),
        ({"condition": {"type": "BLANK"}}, []),
        ({}, list(UNITS)),
    ],
)
def test_a_filter_view_is_chosen_by_the_address(
    room: Room, criteria: dict[str, Any], shown: list[str]
) -> None:
    room.put("filterViews", view(31, 1, criteria))
    assert room.units() == list(UNITS)
    assert room.units(("fvid", "31")) == shown
    assert '<option value="31" selected>Chỉ &lt;Mầm&gt;</option>' in room.page(("fvid", "31"))
    assert room.units(("fvid", "99")) == list(UNITS)


def test_a_filter_view_sorts_what_is_shown_and_not_the_sheet(room: Room) -> None:
    sorted_view = view(31, 1, {}) | {"sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}
    room.put("filterViews", sorted_view)

    def order(*query: tuple[str, str]) -> list[str]:
        page = room.page(*query)
        return sorted(UNITS, key=lambda unit: page.index(f">{unit}</div>"))

    assert order() == ["Mầm Một", "Mầm Hai", "Tiểu Ba"]
    assert order(("fvid", "31")) == ["Mầm Hai", "Mầm Một", "Tiểu Ba"]
    assert room.book.values("A2:A4") == [["Mầm Một"], ["Mầm Hai"], ["Tiểu Ba"]]
    down = {"dimensionIndex": 0, "sortOrder": "DESCENDING"}
    room.put("filterViews", sorted_view | {"sortSpecs": [down]})
    assert order(("fvid", "31")) == ["Tiểu Ba", "Mầm Một", "Mầm Hai"]
    room.put("merges", grid(1, 3, 1, 2))
    assert order(("fvid", "31")) == order()


@pytest.mark.parametrize("old", [False, True])
def test_the_basic_filter_hides_until_a_view_is_chosen(room: Room, *, old: bool) -> None:
    hide = {"hiddenValues": ["Mầm"]}
    new = {"filterSpecs": [{"columnIndex": 1, "filterCriteria": hide}]}
    room.filtered({"range": AREA, **({"criteria": {"1": hide}} if old else new)}, 1, 2)
    room.put("filterViews", view(31, 1, {"hiddenValues": ["Tiểu"]}))
    assert room.units() == ["Tiểu Ba"]
    assert room.units(("fvid", "31")) == ["Mầm Một", "Mầm Hai"]
    assert room.page().count('class="filter active') == 1


def test_queries_that_are_none_are_passed_over(room: Room) -> None:
    room.put("slicers", slicer(9, 1))
    for query in (("slicer", "x"), ("slicer", "٣"), ("fvid", "-1"), ("gid", "1e9")):
        assert room.units(query) == list(UNITS)


def test_runs_are_linked_and_never_to_a_script(room: Room) -> None:
    def run(start: int, uri: str) -> dict[str, Any]:
        return {"startIndex": start, "format": {"link": {"uri": uri}} if uri else {}}

    cell = {
        "userEnteredValue": {"stringValue": "😀 một, hai, <ba>"},
        "textFormatRuns": [
            run(3, "https://truong.example/?a=1&b=2"), run(6, ""),
            run(8, "mailto:a@truong.example"), run(11, ""), run(13, "JavaScript:alert(1)"),
        ],
    }  # fmt: skip
    room.book.batch(
        {"updateCells": {"range": grid(0, 1, 0, 1), "rows": [{"values": [cell]}], "fields": "*"}}
    )
    page = room.page()
    rel = 'target="_blank" rel="noopener noreferrer"'
    assert f'😀 <a href="https://truong.example/?a=1&amp;b=2" {rel}>một</a>, ' in page
    assert f'<a href="mailto:a@truong.example" {rel}>hai</a>, &lt;ba&gt;' in page
    assert "alert(1)" not in page


@pytest.mark.parametrize(
    ("formula", "href"),
    [
        ('=HYPERLINK("https://truong.example/"; "Xem")', "https://truong.example/"),
        ('=hyperlink( "HTTP://truong.example/a""b" ; "Xem")', "HTTP://truong.example/a&#34;b"),
        ('=HYPERLINK("javascript:alert(1)"; "Xem")', ""),
        ('=HYPERLINK("data:text/html,x")', ""),
        ('="HYPERLINK(""https://truong.example/"")"', ""),
    ],
)
def test_a_hyperlink_formula_is_a_link(room: Room, formula: str, href: str) -> None:
    room.book.write("A1", [[formula]], "USER_ENTERED")
    page = room.page()
    assert f'<a href="{href}" target="_blank"' in page if href else "_blank" not in page
