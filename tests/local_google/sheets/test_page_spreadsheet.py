"""The spreadsheet page: who may open it, and that it looks like a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import requests
from playwright.sync_api import Page

from cchc_gforms.local_google.serve import Running
from tests.local_google.office import visitor
from tests.local_google.sheets.book import OWNER, Book, Sheets, grid
from tests.local_google.sheets.conftest import token

BLUE = {"rgbColor": {"red": 0, "green": 0.2, "blue": 0.4}}


@pytest.fixture
def owner(server: Running) -> Iterator[requests.Session]:
    with visitor(server.url, OWNER) as session:
        yield session


def address(server: Running, book: Book, query: str = "") -> str:
    return f"{server.url}/spreadsheets/d/{book.id}/edit{query}"


def cell(value: Any, **look: Any) -> dict[str, Any]:
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    made: dict[str, Any] = {"userEnteredValue": {kind: value}}
    return made | ({"userEnteredFormat": look} if look else {})


def write(area: dict[str, int], *rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "updateCells": {"range": area, "rows": [{"values": row} for row in rows], "fields": "*"}
    }


def chart(kind: str, row: int, **more: Any) -> dict[str, Any]:
    def column(index: int) -> dict[str, Any]:
        return {"sourceRange": {"sources": [grid(0, 4, index, index + 1)]}}

    if kind == "PIE":
        spec: dict[str, Any] = {"pieChart": {"domain": column(0), "series": column(1), **more}}
    elif kind == "SCORECARD":
        spec = {"scorecardChart": {"keyValueData": column(1), "aggregateType": "SUM", **more}}
    else:
        series = [{"series": column(1), "colorStyle": BLUE}, {"series": column(2)}]
        spec = {
            "basicChart": {
                "chartType": kind, "headerCount": 1, "domains": [{"domain": column(0)}],
                "series": series, "legendPosition": "BOTTOM_LEGEND", **more,
            }
        }  # fmt: skip
    overlay = {"anchorCell": {"sheetId": 0, "rowIndex": row, "columnIndex": 4}}
    position = {"overlayPosition": {**overlay, "widthPixels": 480, "heightPixels": 300}}
    return {
        "addChart": {"chart": {"spec": {"title": f"Biểu đồ {kind}", **spec}, "position": position}}
    }


@pytest.fixture
def filled(sheets: Sheets) -> Book:
    """Counts of three documents, formatted; a second tab of units."""
    book = sheets.book(title="Bảng theo dõi", locale="vi_VN", timeZone="Asia/Ho_Chi_Minh")
    bold = {"textFormat": {"bold": True}, "backgroundColorStyle": BLUE}
    header = [cell(name, **bold) for name in ("Văn bản", "Đúng hạn", "Trễ hạn")]
    day = {"numberFormat": {"type": "DATE", "pattern": "dd/MM/yyyy"}}
    book.batch(
        write(
            grid(0, 5, 0, 3),
            header,
            [cell("Kế hoạch năm"), cell(40), cell(12)],
            [cell("Báo cáo quý I"), cell(41), cell(11)],
            [cell("Báo cáo 06 tháng"), cell(1234.5), cell(10)],
            [cell(44639, **day), cell("<b>đậm</b>")],
        ),
        {"addSheet": {"properties": {"sheetId": 7, "title": "Đơn vị"}}},
        {"updateSheetProperties": {
            "properties": {"gridProperties": {"frozenRowCount": 1, "frozenColumnCount": 1}},
            "fields": "gridProperties(frozenRowCount,frozenColumnCount)",
        }},
    )  # fmt: skip
    book.write("'Đơn vị'!A1", [["Trường Mầm non Mẫu 01"]])
    return book


def test_it_is_shown_to_those_it_is_shared_with(
    server: Running, book: Book, owner: requests.Session
) -> None:
    assert owner.get(address(server, book)).status_code == 200
    with visitor(server.url) as stranger:
        sent = stranger.get(address(server, book), allow_redirects=False)
        assert sent.status_code == 302
        target = quote(f"/spreadsheets/d/{book.id}/edit", safe="")
        assert sent.headers["location"].endswith(f"/signin?continue={target}")
    with visitor(server.url, "nguoila@truong.example") as other:
        refused = other.get(address(server, book))
        assert refused.status_code == 403
        assert "nguoila@truong.example" in refused.text
    assert owner.get(f"{server.url}/spreadsheets/d/{'1' * 44}/edit").status_code == 404


def test_it_is_shown_to_anyone_when_it_is_open_to_anyone(server: Running, book: Book) -> None:
    requests.post(
        f"{server.url}/drive/v3/files/{book.id}/permissions",
        headers={"Authorization": f"Bearer {token(server.url)}"},
        json={"type": "anyone", "role": "reader"},
        timeout=10,
    ).raise_for_status()
    with visitor(server.url) as stranger:
        assert stranger.get(address(server, book)).status_code == 200


def test_cells_are_shown_as_their_formats_say_and_never_run(
    server: Running, filled: Book, owner: requests.Session
) -> None:
    page = owner.get(address(server, filled)).text
    assert "1234,5" in page
    assert "19/03/2022" in page
    assert "&lt;b&gt;đậm&lt;/b&gt;" in page
    assert "<b>đậm</b>" not in page
    assert "Trường Mầm non Mẫu 01" not in page
    other = owner.get(address(server, filled, "?gid=7")).text
    assert "Trường Mầm non Mẫu 01" in other


def test_links_lead_to_the_web_or_to_another_tab_only(
    server: Running, book: Book, owner: requests.Session
) -> None:
    def link(uri: str) -> dict[str, Any]:
        return cell(uri, textFormat={"link": {"uri": uri}})

    links = ["https://truong.example/", "javascript:alert(1)", "#gid=7", "#gid=x"]
    book.batch(write(grid(0, 4, 0, 1), *([link(one)] for one in links)))
    page = owner.get(address(server, book)).text
    assert 'href="https://truong.example/"' in page
    assert 'href="javascript' not in page
    assert 'href="?gid=7#gid=7">' in page
    assert "gid=x&" not in page.replace(">#gid=x<", "")


def test_rows_past_a_thousand_are_cut_and_the_page_says_so(
    server: Running, book: Book, owner: requests.Session
) -> None:
    book.append("A1", [[f"dòng {number}"] for number in range(1, 1006)])
    page = owner.get(address(server, book)).text
    assert "dòng 1000<" in page
    assert "dòng 1001" not in page
    assert "Chỉ hiển thị 1000 dòng đầu; còn 5 dòng có dữ liệu" in page


def test_hidden_rows_columns_and_tabs_are_not_shown(
    server: Running, filled: Book, owner: requests.Session
) -> None:
    hidden = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    row = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 2, "endIndex": 3}
    tab = {"sheetId": 7, "hidden": True}
    filled.batch(
        {"updateDimensionProperties": {"range": row, **hidden}},
        {"updateDimensionProperties": {"range": column, **hidden}},
        {"updateSheetProperties": {"properties": tab, "fields": "hidden"}},
    )
    page = owner.get(address(server, filled)).text
    assert "Báo cáo quý I" in page
    assert "Kế hoạch năm" not in page
    assert "Trễ hạn" not in page
    assert "Đơn vị" not in page


@pytest.mark.parametrize("merged", [grid(0, 2, 0, 2), grid(0, 1, 0, 3), grid(1, 4, 0, 1)])
def test_a_merged_area_is_one_cell_of_its_size(
    server: Running, filled: Book, owner: requests.Session, merged: dict[str, int]
) -> None:
    filled.batch({"mergeCells": {"range": merged, "mergeType": "MERGE_ALL"}})
    page = owner.get(address(server, filled)).text
    height = merged["endRowIndex"] - merged["startRowIndex"]
    width = merged["endColumnIndex"] - merged["startColumnIndex"]
    assert page.count("rowspan") == (height > 1)
    assert page.count("colspan") == (width > 1)
    assert height == 1 or f'rowspan="{height}"' in page
    assert width == 1 or f'colspan="{width}"' in page


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What goes wrong on the page, as it goes wrong."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def opened(page: Page, server: Running) -> Page:
    """A browser's page, signed in as the owner."""
    page.request.post(f"{server.url}/signin", form={"email": OWNER, "continue": "/"})
    return page


def style(page: Page, text: str, name: str) -> str:
    """A computed style of the cell that shows a text."""
    found: str = page.locator("td", has_text=text).first.evaluate(
        "(cell, name) => getComputedStyle(cell)[name]", name
    )
    return found


@pytest.mark.browser
def test_the_header_stays_and_formats_are_drawn(
    opened: Page, faults: list[str], server: Running, filled: Book
) -> None:
    opened.goto(address(server, filled))
    assert style(opened, "Văn bản", "backgroundColor") == "rgb(0, 51, 102)"
    assert style(opened, "Văn bản", "fontWeight") == "700"
    assert style(opened, "1234,5", "textAlign") == "right"
    header = opened.locator("td", has_text="Văn bản")
    first = opened.locator("td", has_text="Kế hoạch năm")
    before = header.bounding_box()
    opened.locator(".scroll").evaluate("box => { box.scrollTop = 200; box.scrollLeft = 150; }")
    assert header.bounding_box() == before
    beside, above = first.bounding_box(), header.bounding_box()
    assert beside is not None
    assert above is not None
    assert beside["x"] == above["x"]
    assert beside["y"] < above["y"]
    assert faults == []


@pytest.mark.browser
def test_tabs_switch_and_the_address_names_them(
    opened: Page, server: Running, filled: Book
) -> None:
    opened.goto(address(server, filled))
    opened.get_by_role("link", name="Đơn vị").click()
    opened.wait_for_url("**/edit?gid=7#gid=7")
    assert opened.get_by_text("Trường Mầm non Mẫu 01").is_visible()
    opened.goto(address(server, filled, "#gid=0"))
    opened.wait_for_url("**/edit?gid=0#gid=0")
    assert opened.get_by_text("Kế hoạch năm").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "more", "texts"),
    [
        ("COLUMN", {}, ["Biểu đồ COLUMN", "Đúng hạn", "Trễ hạn", "Kế hoạch năm"]),
        ("COLUMN", {"stackedType": "STACKED"}, ["Đúng hạn", "Báo cáo quý I"]),
        ("BAR", {"stackedType": "PERCENT_STACKED"}, ["100%", "Báo cáo 06 tháng"]),
        ("LINE", {"axis": [{"position": "LEFT_AXIS", "title": "Số đơn vị"}]}, ["Số đơn vị"]),
        ("AREA", {"legendPosition": "RIGHT_LEGEND"}, ["Đúng hạn", "Trễ hạn"]),
        ("PIE", {"pieHole": 0.4}, ["Kế hoạch năm", "Báo cáo quý I"]),
        ("SCORECARD", {}, ["1315,5"]),
    ],
)
def test_a_chart_is_drawn_with_its_texts_inside_its_frame(
    opened: Page,
    faults: list[str],
    server: Running,
    filled: Book,
    kind: str,
    more: dict[str, Any],
    texts: list[str],
) -> None:
    filled.batch(chart(kind, 6, **more))
    opened.goto(address(server, filled))
    picture = opened.locator(".chart svg")
    frame = picture.bounding_box()
    assert frame is not None
    assert (frame["width"], frame["height"]) == (480, 300)
    shown = picture.locator("text").all()
    written = [words.text_content() or "" for words in shown]
    assert all(any(text in one for one in written) for text in texts)
    for words in shown:
        box = words.bounding_box()
        assert box is not None
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
        assert frame["y"] <= box["y"]
        assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1
    assert faults == []


@pytest.mark.browser
def test_bars_have_the_heights_of_their_values(opened: Page, server: Running, filled: Book) -> None:
    filled.batch(chart("COLUMN", 6))
    opened.goto(address(server, filled))
    bars = opened.locator(".chart rect[fill='#003366']:has(title)")
    heights = [float(bar.get_attribute("height") or 0) for bar in bars.all()]
    assert heights[1] / heights[0] == pytest.approx(41 / 40, rel=0.1)
    assert heights[2] / heights[0] == pytest.approx(1234.5 / 40, rel=0.1)
