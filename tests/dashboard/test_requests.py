"""One small tab as a batch: what Google is told of a new one, and of one that is there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.dashboard import requests
from cchc_gforms.dashboard.columns import Value
from cchc_gforms.dashboard.workbook import Cell, Chart, Rule, Series, Style, Tab, Workbook
from tests.google.discovery import wrong_in

# From the first four bytes of sha256sum of "tab:t", "chart:t/c", "protection:t", by the shell.
TAB, CHART, PROTECTION = 1411901095, 1263295462, 1888003929

EMPTY: dict[str, Any] = {
    "properties": {"locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"},
    "sheets": [{"properties": {"title": "Trang tính1"}}],  # its id is 0, which Google leaves out
}
OURS: dict[str, Any] = {
    "properties": {"locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"},
    "sheets": [
        {"properties": {"title": "Của người khác"}},
        {
            "properties": {"sheetId": TAB, "title": "Tên đã bị đổi"},
            "basicFilter": {},
            "charts": [{"chartId": CHART}],
            "conditionalFormats": [{}, {}, {}, {}],
            "protectedRanges": [{"protectedRangeId": PROTECTION}],
        },
    ],
}


def workbook(*values: Value) -> Workbook:
    chart = Chart(
        "c", "Biểu đồ", stacked=True, first=0, last=len(values), domain=0,
        series=(Series(0, "#0072b2"),), row=4, column=0, width=640, height=400,
    )  # fmt: skip
    tab = Tab(
        key="t",
        title="Trang",
        rows=((Cell("Cột"),), *((Cell(value),) for value in values)),
        widths=(100,),
        frozen_rows=1,
        charts=(chart,),
        rules=(
            Rule(0, 1, "Trễ hạn", "#ffffff", "#000000"),
            Rule(0, 1, "Đúng", "#fff0f0", "#000000"),
        ),
        filter_row=0,
    )
    return Workbook("Sổ", "Asia/Ho_Chi_Minh", (tab,))


def said(body: dict[str, Any]) -> list[tuple[str, Any]]:
    """Kind and content of each request, in order."""
    return [next(iter(request.items())) for request in body["requests"]]


def of_kind(body: dict[str, Any], kind: str) -> list[Any]:
    return [content for name, content in said(body) if name == kind]


def entered(value: Value) -> dict[str, Any]:
    (update,) = of_kind(requests.batch(workbook(value), EMPTY), "updateCells")
    cell: dict[str, Any] = update["rows"][1]["values"][0]
    return cell


CELLS: dict[str, tuple[Value, dict[str, Any] | None]] = {
    "a text": ("Đúng hạn", {"stringValue": "Đúng hạn"}),
    "a formula": ("=1+1", {"stringValue": "=1+1"}),
    "a call": ("@SUM(A1)", {"stringValue": "@SUM(A1)"}),
    "digits with a nought before them": ("0042", {"stringValue": "0042"}),
    "a whole number": (3, {"numberValue": 3}),
    "a negative number": (-7, {"numberValue": -7}),
    "a fraction": (1.5, {"numberValue": 1.5}),
    "nothing": (None, None),
    "an empty text": ("", None),
    # 31 + 28 + 31 + 30 + 31 + 2 = 153 days after 01/01/2022, which is day 44562
    "a day": (date(2022, 6, 3), {"numberValue": 44715}),
    "the last second of that day": (
        datetime(2022, 6, 3, 16, 59, 59, tzinfo=UTC),
        {"numberValue": 44715 + 86399 / 86400},
    ),
    "its last millisecond, which does not become the next day": (
        datetime(2022, 6, 3, 16, 59, 59, 999_000, tzinfo=UTC),
        {"numberValue": 44715 + 86399 / 86400},
    ),
    "the next midnight": (datetime(2022, 6, 3, 17, tzinfo=UTC), {"numberValue": 44716}),
    "noon of the day the plan was issued": (
        datetime(2022, 2, 17, 5, tzinfo=UTC),
        {"numberValue": 44609.5},
    ),
}


@pytest.mark.parametrize(("value", "wanted"), CELLS.values(), ids=CELLS)
def test_a_value_is_entered_as_what_it_is(value: Value, wanted: dict[str, Any] | None) -> None:
    assert entered(value).get("userEnteredValue") == wanted


@given(st.text(min_size=1))
def test_a_text_is_never_anything_but_text(text: str) -> None:
    assert entered(text)["userEnteredValue"] == {"stringValue": text}


def test_a_text_longer_than_a_cell_is_cut_so_that_the_rest_is_published() -> None:
    """Facts C: Sheets takes 50,000 characters in a cell."""
    assert len(entered("a" * 50_001)["userEnteredValue"]["stringValue"]) == 50_000


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        (Style(), {}),
        (Style("day"), {"numberFormat": {"type": "DATE", "pattern": "dd/MM/yyyy"}}),
        (
            Style("time"),
            {"numberFormat": {"type": "DATE_TIME", "pattern": "dd/MM/yyyy HH:mm:ss"}},
        ),
        (
            Style(align="centre", wrap=True),
            {"horizontalAlignment": "CENTER", "wrapStrategy": "WRAP"},
        ),
        (
            Style(bold=True, size=16, colour="#ff0080"),
            {
                "textFormat": {
                    "bold": True,
                    "fontSize": 16,
                    "foregroundColorStyle": {
                        "rgbColor": {"red": 1.0, "green": 0.0, "blue": 128 / 255}
                    },
                }
            },
        ),
    ],
    ids=["plain", "day", "time", "layout", "text"],
)
def test_a_style_is_what_google_calls_it(style: Style, wanted: dict[str, Any]) -> None:
    tab = Tab("t", "Trang", ((Cell("x", style),),), (100,))
    book = Workbook("Sổ", "Asia/Ho_Chi_Minh", (tab,))
    (update,) = of_kind(requests.batch(book, EMPTY), "updateCells")
    cell = update["rows"][0]["values"][0]
    assert cell["userEnteredFormat"] == {"verticalAlignment": "MIDDLE", **wanted}


def test_a_new_tab_is_made_as_large_as_what_it_holds() -> None:
    (added,) = of_kind(requests.batch(workbook("a", "b"), EMPTY), "addSheet")
    assert added["properties"] == {
        "sheetId": TAB,
        "title": "Trang",
        "index": 0,
        "gridProperties": {
            "rowCount": 3,
            "columnCount": 1,
            "frozenRowCount": 1,
            "frozenColumnCount": 0,
            "hideGridlines": False,
        },
    }


def test_a_new_tab_is_made_before_anything_is_put_into_it() -> None:
    kinds = [kind for kind, _ in said(requests.batch(workbook("a"), EMPTY))]
    assert kinds == [
        "addSheet", "updateCells", "updateDimensionProperties", "setBasicFilter",
        "addConditionalFormatRule", "addConditionalFormatRule", "addChart", "addProtectedRange",
        "deleteSheet",
    ]  # fmt: skip


def test_a_tab_that_is_there_is_brought_up_to_date_and_nothing_is_made_twice() -> None:
    body = requests.batch(workbook("a"), OURS)
    kinds = [kind for kind, _ in said(body)]
    assert kinds == [
        "clearBasicFilter", "updateSheetProperties", "updateCells", "updateDimensionProperties",
        "setBasicFilter",
        *["deleteConditionalFormatRule"] * 4, *["addConditionalFormatRule"] * 2,
        "updateChartSpec", "updateEmbeddedObjectPosition",
    ]  # fmt: skip
    (update,) = of_kind(body, "updateSheetProperties")
    assert update["properties"]["title"] == "Trang"
    assert update["fields"] == "title,index,gridProperties"


def test_old_rules_go_from_the_last_to_the_first_before_ours_come() -> None:
    body = requests.batch(workbook("a"), OURS)
    gone = [one["index"] for one in of_kind(body, "deleteConditionalFormatRule")]
    come = [one["index"] for one in of_kind(body, "addConditionalFormatRule")]
    assert (gone, come) == ([3, 2, 1, 0], [0, 1])


def test_a_chart_and_a_protection_that_a_person_deleted_come_back() -> None:
    bare = {**OURS, "sheets": [{"properties": {"sheetId": TAB}}]}
    body = requests.batch(workbook("a"), bare)
    (chart,), (protection,) = of_kind(body, "addChart"), of_kind(body, "addProtectedRange")
    assert chart["chart"]["chartId"] == CHART
    assert protection["protectedRange"]["protectedRangeId"] == PROTECTION
    assert protection["protectedRange"]["range"] == {"sheetId": TAB}
    assert protection["protectedRange"]["warningOnly"] is True
    assert not of_kind(body, "addSheet")


def test_a_tab_of_somebody_else_stays_even_when_it_is_the_first() -> None:
    assert not of_kind(requests.batch(workbook("a"), OURS), "deleteSheet")


def test_a_spreadsheet_of_another_zone_is_set_right_before_times_are_written() -> None:
    abroad = {**OURS, "properties": {"locale": "en_US", "timeZone": "America/New_York"}}
    (kind, update), *_ = said(requests.batch(workbook("a"), abroad))
    assert kind == "updateSpreadsheetProperties"
    assert update["properties"] == {"locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"}


def test_a_charts_columns_are_its_table_from_the_header_on() -> None:
    (added,) = of_kind(requests.batch(workbook("a", "b"), EMPTY), "addChart")
    basic = added["chart"]["spec"]["basicChart"]
    area = {
        "sheetId": TAB,
        "startRowIndex": 0,
        "endRowIndex": 3,
        "startColumnIndex": 0,
        "endColumnIndex": 1,
    }
    assert basic["domains"] == [{"domain": {"sourceRange": {"sources": [area]}}}]
    assert (basic["stackedType"], basic["headerCount"]) == ("STACKED", 1)


@pytest.mark.parametrize("now", [EMPTY, OURS], ids=["new", "there"])
def test_google_knows_every_request(now: dict[str, Any]) -> None:
    body = requests.batch(workbook("a", 1, date(2022, 6, 3), None), now)
    assert wrong_in("sheets.v4", "BatchUpdateSpreadsheetRequest", body) == []
