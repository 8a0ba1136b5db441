"""Formulas on the spreadsheet page: values, links, sparklines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Page

from cchc_gforms.local_google.pages.spreadsheet_charts.sparkline import sparkline_picture
from cchc_gforms.local_google.serve import Running
from cchc_gforms.local_google.sheets.formulas.values import Sparkline
from cchc_gforms.local_google.sheets.locales import locale_of
from tests.local_google.office import visitor
from tests.local_google.sheets.book import OWNER, Book

VI = locale_of("vi_VN")


@pytest.fixture
def owner(server: Running) -> Iterator[requests.Session]:
    with visitor(server.url, OWNER) as session:
        yield session


def test_the_page_shows_values_links_and_sparklines(
    server: Running, book: Book, owner: requests.Session
) -> None:
    book.write(
        "A1",
        [
            ["=1+41", '=HYPERLINK("https://truong.example/","Trường")', "=1/0"],
            ['=HYPERLINK("javascript:alert(1)","xấu")', "={7001;7002}", '="<b>"&"x"'],
            ['=SPARKLINE({1,5,2},{"charttype","column";"color","red\\" onload=\\"x"})'],
        ],
        "USER_ENTERED",
    )
    page = owner.get(f"{server.url}/spreadsheets/d/{book.id}/edit").text
    assert ">42<" in page
    assert '<a href="https://truong.example/"' in page
    assert "#DIV/0!" in page
    assert 'href="javascript' not in page
    assert "7002" in page
    assert "&lt;b&gt;x" in page
    assert ' onload="' not in page


def test_columns_stand_on_zero_and_take_their_colours() -> None:
    options = {"charttype": "column", "color": "#00ff00", "negcolor": "red", "axis": True}
    picture = sparkline_picture(Sparkline((4.0, None, -4.0), options), 90, 44, VI)
    up, down = picture.boxes
    assert (up.x, up.y, up.width, up.height, up.fill) == (3, 2, 24, 20, "#00ff00")
    assert (down.x, down.y, down.width, down.height, down.fill) == (63, 22, 24, 20, "red")
    assert [stroke.path for stroke in picture.strokes] == ["M0 22.00 L90 22.00"]
    assert picture.summary == "Biểu đồ nhỏ: 2 giá trị, từ -4 đến 4"


def test_a_line_goes_from_its_lowest_to_its_highest_value() -> None:
    picture = sparkline_picture(Sparkline((1.0, 3.5, 2.25), {}), 104, 24, VI)
    assert [stroke.path for stroke in picture.strokes] == ["M2.00 22.00 L52.00 2.00 L102.00 12.00"]
    assert picture.summary == "Biểu đồ nhỏ: 3 giá trị, từ 1 đến 3,5"


def test_a_bar_is_shared_by_its_values_up_to_the_maximum() -> None:
    options = {"charttype": "bar", "max": 10.0, "color1": "blue", "color2": "no such; colour"}
    picture = sparkline_picture(Sparkline((4.0, 1.0), options), 100, 20, VI)
    assert [(box.x, box.width) for box in picture.boxes] == [(0, 40), (40, 10)]
    assert picture.boxes[0].fill == "blue"
    assert picture.boxes[1].fill.startswith("#")


def test_win_and_loss_lie_above_and_below_the_middle() -> None:
    options = {"charttype": "winloss"}
    picture = sparkline_picture(Sparkline((3.0, 0.0, -1.0), options), 90, 40, VI)
    assert [(box.y, box.height) for box in picture.boxes] == [(2, 18), (20, 18)]


@pytest.mark.parametrize("kind", ["line", "bar", "column", "winloss"])
@pytest.mark.parametrize("data", [(), (None,), (0.0,), (5.0,), (-1.0, -2.0)])
def test_any_data_can_be_drawn(kind: str, data: tuple[float | None, ...]) -> None:
    picture = sparkline_picture(Sparkline(data, {"charttype": kind}), 93, 18, VI)
    for box in picture.boxes:
        assert 0 <= box.x <= box.x + box.width <= 93.01
        assert 0 <= box.y <= box.y + box.height <= 18.01


@pytest.mark.browser
def test_a_sparkline_is_drawn_inside_its_cell(page: Page, server: Running, book: Book) -> None:
    book.write("A1", [[1, 5, 2, "=SPARKLINE(A1:C1)"]], "USER_ENTERED")
    page.request.post(f"{server.url}/signin", form={"email": OWNER, "continue": "/"})
    page.goto(f"{server.url}/spreadsheets/d/{book.id}/edit")
    picture = page.locator("td .sparkline")
    inner = picture.bounding_box()
    outer = page.locator("td", has=page.locator(".sparkline")).bounding_box()
    assert inner is not None
    assert outer is not None
    assert outer["x"] <= inner["x"]
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    assert outer["height"] <= 24
    assert picture.locator("path").count() == 1
    assert picture.get_attribute("aria-label") == "Biểu đồ nhỏ: 3 giá trị, từ 1 đến 5"
