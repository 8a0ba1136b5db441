"""The dashboard's values, from a few events written by hand."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from cchc_gforms.dashboard import requests
from cchc_gforms.dashboard.build import build
from cchc_gforms.dashboard.workbook import Tab, Workbook
from cchc_gforms.events import Decided, Event, VersionSeen
from cchc_gforms.ledger.book import read
from cchc_gforms.ledger.row import Ledger
from cchc_gforms.regime.load import load
from cchc_gforms.regime.openings import openings
from tests.google.discovery import wrong_in
from tests.office import SPECS

YEAR = load(SPECS, 2022)
AS_OF = datetime(2022, 6, 10, 2, tzinfo=UTC)
HOSTILE = '=IMPORTXML("http://example.org";"//a")'


def submitted(unit: str, moment: datetime) -> Event:
    return VersionSeen(
        at=moment, form_id="F", response_id=f"R-{unit}", document="periodic_report",
        period="2022-h1", claimed_unit=unit, unit_code=unit, email=f"{unit.lower()}@truong.example",
    )  # fmt: skip


def returned(unit: str, moment: datetime, reason: str) -> Event:
    return Decided(
        at=moment, form_id="P", response_id=f"D-{unit}", action="return",
        document="periodic_report", period="2022-h1", claimed_unit=unit, unit_code=unit,
        reviewer="duyet1@phonggd.example", reason=reason,
    )  # fmt: skip


def workbook() -> Workbook:
    """MN01 on time and returned, MN02 a second late; all others owe their report."""
    events = [
        *openings(YEAR, datetime(2022, 2, 17, tzinfo=UTC)),
        submitted("MN01", datetime(2022, 6, 3, 16, 59, 59, 999000, tzinfo=UTC)),
        submitted("MN02", datetime(2022, 6, 3, 17, 0, 1, tzinfo=UTC)),
        returned("MN01", datetime(2022, 6, 5, 3, tzinfo=UTC), HOSTILE),
    ]
    return build(read(events, YEAR, AS_OF), YEAR, AS_OF)


def tab(key: str) -> Tab:
    return next(tab for tab in workbook().tabs if tab.key == key)


def values(tab: Tab, row: int) -> list[Any]:
    return [cell.value for cell in tab.rows[row]]


def test_the_overview_counts_a_period_with_numerator_and_denominator() -> None:
    overview = tab("overview")
    assert values(overview, 0)[0] == (
        "Theo dõi công tác CCHC năm 2022 – Phòng Giáo dục và Đào tạo Quận 7"
    )
    said = "Tính đến 10/06/2022 09:00:00; thu thập lần cuối 10/06/2022 09:00:00"
    assert values(overview, 1)[0] == said
    h1 = next(values(overview, i) for i in range(4, 13) if "06 tháng" in values(overview, i)[0])
    assert h1 == [
        "Báo cáo CCHC 06 tháng đầu năm 2022", 60, 2, 1, 1, 58, 0, 0, 0, 1, 0, 1, "1,7% (1/60)",
    ]  # fmt: skip


def test_the_charts_stand_on_the_table_and_do_not_overlap() -> None:
    overview = tab("overview")
    first, second = overview.charts
    assert values(overview, first.first)[0] == "Văn bản"
    assert values(overview, first.last)[0] == "Kết quả thực hiện Kế hoạch CCHC năm 2022"
    left = sum(overview.widths[: second.column])
    assert first.width <= left
    assert left + second.width <= sum(overview.widths)
    assert first.row > first.last


def test_a_ledger_row_has_dates_as_dates_and_the_reason_as_it_was_given() -> None:
    ledger = tab("ledger")
    header = values(ledger, 0)
    row = next(
        dict(zip(header, values(ledger, i), strict=True))
        for i in range(1, len(ledger.rows))
        if values(ledger, i)[1] == "MN01" and values(ledger, i)[5] == "06 tháng đầu năm 2022"
        and values(ledger, i)[4] == "Báo cáo CCHC"
    )  # fmt: skip
    assert row["Hạn theo văn bản"] == date(2022, 6, 3)
    assert row["Nộp lần đầu"] == datetime(2022, 6, 3, 16, 59, 59, 999000, tzinfo=UTC)
    assert row["Đúng hạn/Trễ hạn"] == "Đúng hạn"
    assert (row["Trạng thái"], row["Số lần chuyển trả"]) == ("Đã chuyển trả", 1)
    assert row["Lý do chuyển trả"] == HOSTILE
    assert len(ledger.rows) == 1 + 540


def test_who_has_not_submitted_is_named_with_the_days_and_the_contact() -> None:
    missing = tab("missing")
    rows = [values(missing, i) for i in range(1, len(missing.rows))]
    h1 = [row for row in rows if row[4:6] == ["Báo cáo CCHC", "06 tháng đầu năm 2022"]]
    assert len(h1) == 58
    assert h1[0][1:3] == ["MN03", "Trường Mầm non Mẫu 03"]
    assert h1[0][6:] == [date(2022, 6, 3), "Chưa nộp, quá hạn", -7, "mn03@truong.example"]
    q3 = next(row for row in rows if row[4:6] == ["Báo cáo CCHC", "quý III năm 2022"])
    assert q3[7:9] == ["Chưa đến hạn", 85]
    assert not [row for row in rows if "quý I năm" in row[5]], "nobody is held to quý I (A20)"


def test_days_are_counted_on_the_schools_calendar() -> None:
    """03:00 on 10/06 in Ho Chi Minh City is still 09/06 in UTC: 85 days to 03/09 all the same."""
    small_hours = datetime(2022, 6, 9, 20, tzinfo=UTC)
    opened = openings(YEAR, datetime(2022, 2, 17, tzinfo=UTC))
    book = build(read(opened, YEAR, small_hours), YEAR, None)
    rows = [[cell.value for cell in row] for row in book.tabs[2].rows]
    q3 = next(row for row in rows if row[4:6] == ["Báo cáo CCHC", "quý III năm 2022"])
    assert q3[7:9] == ["Chưa đến hạn", 85]
    assert book.tabs[0].rows[1][0].value == "Tính đến 10/06/2022 03:00:00"


def test_before_any_submission_the_overview_still_adds_up() -> None:
    """9 documents of 60 units, two of them not assessed (A20): 420 expected; past their due date
    on 10/06 are the plan, the report and the results of 06 tháng."""
    opened = openings(YEAR, datetime(2022, 2, 17, tzinfo=UTC))
    overview = build(read(opened, YEAR, AS_OF), YEAR, None).tabs[0]
    q1 = next(values(overview, i) for i in range(4, 13) if "quý I năm" in values(overview, i)[0])
    assert q1 == ["Báo cáo CCHC quý I năm 2022", 0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, "–"]
    assert values(overview, 13) == [
        "Cộng", 420, 0, 0, 0, 180, 0, 240, 120, 0, 0, 0, "0,0% (0/420)",
    ]  # fmt: skip


def test_a_year_without_rows_is_a_dashboard_that_says_so() -> None:
    book = build(Ledger(AS_OF, (), ()), YEAR, None)
    for tab in book.tabs[1:]:
        assert len(tab.rows) == 2
        assert [cell.value for cell in tab.rows[1]] == ["Không có", *[None] * (len(tab.widths) - 1)]
    assert wrong_in("sheets.v4", "BatchUpdateSpreadsheetRequest", requests.batch(book, NEW)) == []


NEW: dict[str, Any] = {
    "properties": {"title": "x"},
    "sheets": [{"properties": {"title": "Sheet1"}}],
}


def kinds(body: dict[str, Any]) -> list[str]:
    return [next(iter(request)) for request in body["requests"]]


def test_google_knows_every_request() -> None:
    body = requests.batch(workbook(), NEW)
    assert wrong_in("sheets.v4", "BatchUpdateSpreadsheetRequest", body) == []


def test_no_answer_can_become_a_formula() -> None:
    text = json.dumps(requests.batch(workbook(), NEW), ensure_ascii=False)
    assert "formulaValue" not in text
    assert json.dumps({"stringValue": HOSTILE}, ensure_ascii=False) in text


def test_a_moment_is_a_serial_of_the_wall_clock_never_past_the_deadline() -> None:
    """03/06/2022 23:59:59.999 in Ho Chi Minh City: day 44715, one second before midnight."""
    cells = [
        cell["userEnteredValue"]["numberValue"]
        for request in requests.batch(workbook(), NEW)["requests"]
        if "updateCells" in request
        for row in request["updateCells"]["rows"]
        for cell in row["values"]
        if "numberValue" in cell.get("userEnteredValue", {})
    ]
    serials = {value for value in cells if 44715 < value < 44716}
    assert {round((value - 44715) * 86400) for value in serials} == {86399}


def test_a_new_spreadsheet_loses_the_tab_it_came_with() -> None:
    body = requests.batch(workbook(), NEW)
    assert kinds(body)[-1] == "deleteSheet"
    assert kinds(body).count("addSheet") == 3
    assert kinds(body).count("addChart") == 2


def test_a_second_publish_updates_what_the_first_made() -> None:
    book = workbook()
    overview, ledger, missing = book.tabs
    now: dict[str, Any] = {
        "properties": {"locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"},
        "sheets": [
            {
                "properties": {"sheetId": requests.sheet_id(overview)},
                "charts": [{"chartId": requests.chart_id(overview, c)} for c in overview.charts],
            },
            {
                "properties": {"sheetId": requests.sheet_id(ledger)},
                "basicFilter": {},
                "conditionalFormats": [{}, {}, {}],
            },
            {"properties": {"sheetId": requests.sheet_id(missing)}},
            {"properties": {"sheetId": 7, "title": "Ghi chú của phòng"}},
        ],
    }
    body = requests.batch(book, now)
    assert not {"addSheet", "addChart", "deleteSheet"} & set(kinds(body))
    assert kinds(body).count("updateChartSpec") == 2
    gone = [
        request["deleteConditionalFormatRule"]["index"]
        for request in body["requests"]
        if "deleteConditionalFormatRule" in request
    ]
    assert gone == [2, 1, 0]
    assert '"sheetId": 7' not in json.dumps(body)


def test_somebody_elses_tab_of_our_title_keeps_its_content_under_another() -> None:
    now: dict[str, Any] = {
        "properties": {"locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"},
        "sheets": [{"properties": {"sheetId": 7, "title": "Chưa nộp"}}],
    }
    first = requests.batch(workbook(), now)["requests"][0]
    assert first == {
        "updateSheetProperties": {
            "properties": {"sheetId": 7, "title": "Chưa nộp (7)"},
            "fields": "title",
        }
    }


def test_a_period_that_nobody_is_held_to_counts_only_as_such_and_as_work() -> None:
    """L11, A20."""
    late = VersionSeen(
        at=datetime(2022, 3, 20, tzinfo=UTC), form_id="F", response_id="R", period="2022-q1",
        document="periodic_report", claimed_unit="MN01", unit_code="MN01",
    )  # fmt: skip
    events: list[Event] = [*openings(YEAR, datetime(2022, 2, 17, tzinfo=UTC)), late]
    overview = build(read(events, YEAR, AS_OF), YEAR, None).tabs[0]
    q1 = next(values(overview, i) for i in range(4, 13) if "quý I năm" in values(overview, i)[0])
    assert q1 == [
        "Báo cáo CCHC quý I năm 2022", 0, 0, 0, 0, 0, 0, 0, 60, 1, 0, 0, "–",
    ]  # fmt: skip
