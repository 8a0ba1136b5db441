"""The dashboard's values, from a few events written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cchc_gforms.dashboard.build import TITLES, build, with_journal
from cchc_gforms.dashboard.moved_header import places
from cchc_gforms.dashboard.sheets.dressing import around
from cchc_gforms.dashboard.sheets.standing import Standing
from cchc_gforms.dashboard.situation import Addresses, Notes, Situation
from cchc_gforms.dashboard.tabs import notes
from cchc_gforms.dashboard.workbook import Aged, Jump, Link, Sparkline, Workbook
from cchc_gforms.events import Decided, VersionSeen
from cchc_gforms.ledger.book import read
from cchc_gforms.ledger.row import Ledger
from cchc_gforms.regime.model import Scoring
from tests.dashboard.ledger_of_few import (
    AS_OF,
    FEW,
    HOSTILE,
    OPENED,
    YEAR,
    head,
    lines,
    situation,
    submitted,
    tab,
    workbook,
)

H1 = "Báo cáo CCHC 06 tháng đầu năm 2022"


def table(key: str, **more: Any) -> list[dict[str, Any]]:
    return lines(tab(workbook(**more), key))


def figures(book: Any, label: str) -> list[Any]:
    overview = tab(book, "overview")
    rows = [head(overview, row) for row in range(16, len(overview.head))]
    return next(row for row in rows if row[0] == label)


def test_the_tabs_are_those_of_the_issue_in_their_order() -> None:
    book = with_journal(workbook(), ("STT", "Nội dung"), ((1, "{}"),))
    assert [one.title for one in book.tabs] == [
        "Tổng quan", "Sổ theo dõi", "Chờ xử lý", "Chưa nộp", "Theo đơn vị", "Ngoại lệ", "Ghi chú",
        "Nhật ký",
    ]  # fmt: skip
    assert {one.key: one.title for one in book.tabs} == TITLES
    assert [one.kind for one in book.tabs] == [*["derived"] * 6, "people", "log"]


def test_the_overview_names_the_bureau_and_the_last_harvest() -> None:
    overview = tab(workbook(), "overview")
    assert head(overview, 0)[0] == (
        "Theo dõi công tác CCHC năm 2022 – Phòng Giáo dục và Đào tạo Quận 7"
    )
    assert head(overview, 1)[0] == "Tính đến 10/06/2022 09:00:00"
    aged = head(overview, 2)[0]
    assert isinstance(aged, Aged)
    assert (aged.moment, aged.hours) == (AS_OF, 48)
    assert aged.fresh == "Thu thập lần cuối lúc 10/06/2022 09:00:00"
    (rule,) = overview.rules
    assert aged.old.startswith(str(rule.than))


def test_a_ledger_that_was_never_harvested_says_so() -> None:
    now = Situation(read(OPENED, YEAR, AS_OF), YEAR)
    overview = tab(build(now), "overview")
    assert head(overview, 2)[0] == "⚠ Dữ liệu cũ: chưa thu thập lần nào; chạy `cchc harvest`"


def test_tiles_give_numerator_and_denominator_of_the_current_documents() -> None:
    """On 10/06 the documents closed last are the report and the results of 06 tháng: 120 owed."""
    overview = tab(workbook(), "overview")
    names, numbers, parts = (head(overview, row)[1:9] for row in (7, 8, 9))
    assert dict(zip(names, zip(numbers, parts, strict=True), strict=True)) == {
        "Phải nộp": (120, "120/120\n100,0%"),
        "Đã nộp": (2, "2/120\n1,7%"),
        "Đúng hạn": (1, "1/120\n0,8%"),
        "Trễ hạn": (1, "1/120\n0,8%"),
        "Quá hạn chưa nộp": (118, "118/120\n98,3%"),
        "Chờ duyệt": (1, "1/2\n50,0%"),
        "Đang chuyển trả": (1, "1/2\n50,0%"),
        "Đã duyệt": (0, "0/2\n0,0%"),
    }
    assert head(overview, 11)[0] == "Cả năm 2022"
    assert head(overview, 12)[1:4] == [420, 2, 1]


def test_the_overview_says_first_who_is_overdue_what_waits_and_what_counts_for_nothing() -> None:
    """On 10/06 the plan and both documents of 06 tháng are due: 180 owed by 60 units, of which the
    reports of MN01 and MN02 came. Each line leads to its tab."""
    nobody = FEW[0].model_copy(
        update={"claimed_unit": "MN99", "unit_code": None, "response_id": "R-99"}
    )
    strange = submitted("MN05", datetime(2022, 6, 5, tzinfo=UTC), email="la@khac.example")
    early = FEW[0].model_copy(
        update={
            "period": "2022-q1",
            "unit_code": "MN03",
            "response_id": "R-3",
            "email": "mn03@truong.example",
        }
    )
    overview = tab(workbook(events=[*FEW, nobody, strange, early]), "overview")
    assert [head(overview, row)[0] for row in (3, 4, 5)] == [
        Jump("→ Chưa nộp: 178 văn bản quá hạn của 60 đơn vị", "missing"),
        Jump("→ Chờ xử lý: 3 văn bản", "waiting"),
        Jump("→ Ngoại lệ: 2 điều không tính vào sổ", "anomalies"),
    ]
    assert [head(overview, row)[1] for row in (3, 4, 5)] == [
        "Trường Mầm non Mẫu 03 (3); Trường Mầm non Mẫu 04 (3); Trường Mầm non Mẫu 05 (3); "
        "Trường Mầm non Mẫu 06 (3); và 56 đơn vị nữa",
        f"Lâu nhất: Trường Mầm non Mẫu 02, {H1}, từ 04/06/2022; 1 chờ xác nhận địa chỉ; "
        "1 không xét hạn",
        "Không nhận ra đơn vị; Bản gửi từ địa chỉ không phải của đơn vị",
    ]


def test_an_earlier_layout_leaves_no_row_heights_behind() -> None:
    """Heights stay with rows, whatever is written into them: all are said, but for the nine rows
    whose labels may wrap."""
    overview = tab(workbook(), "overview")
    assert set(range(overview.rows)) - set(overview.heights) == set(range(16, 25))
    requests = around(overview, Standing(1, "Tổng quan", 0))
    sizes = [one for request in requests if (one := request.get("updateDimensionProperties"))]
    plain = [one["range"] for one in sizes if one["properties"].get("pixelSize") == 21]
    assert {one["dimension"] for one in plain} == {"ROWS"}
    assert [(one["startIndex"], one["endIndex"]) for one in plain] == [
        (1, 6), (25, overview.rows),
    ]  # fmt: skip


def test_a_good_morning_names_nobody() -> None:
    overview = tab(workbook(events=(), as_of=datetime(2022, 2, 20, tzinfo=UTC)), "overview")
    assert [head(overview, row)[:2] for row in (3, 4, 5)] == [
        [Jump("→ Chưa nộp: 0 văn bản quá hạn của 0 đơn vị", "missing"), None],
        [Jump("→ Chờ xử lý: 0 văn bản", "waiting"), None],
        [Jump("→ Ngoại lệ: 0 điều không tính vào sổ", "anomalies"), None],
    ]


PLAN = ["Kế hoạch CCHC năm 2022"]
HALF = [H1, "Kết quả thực hiện Kế hoạch CCHC 06 tháng đầu năm 2022"]
THIRD = ["Báo cáo CCHC quý III năm 2022", "Kết quả thực hiện Kế hoạch CCHC 09 tháng năm 2022"]
WHOLE = ["Báo cáo CCHC năm 2022", "Kết quả thực hiện Kế hoạch CCHC năm 2022"]


@pytest.mark.parametrize(
    ("day", "current"),
    [
        (date(2022, 2, 17), PLAN),
        (date(2022, 3, 18), PLAN),
        (date(2022, 3, 19), PLAN),
        (date(2022, 4, 15), PLAN),
        (date(2022, 5, 3), PLAN),
        (date(2022, 5, 4), HALF),
        (date(2022, 5, 30), HALF),
        (date(2022, 8, 3), HALF),
        (date(2022, 8, 30), THIRD),
        (date(2022, 9, 5), THIRD),
        (date(2022, 11, 20), WHOLE),
        (date(2022, 12, 31), WHOLE),
        (date(2023, 1, 5), WHOLE),
    ],
    ids=str,
)  # fmt: skip
def test_the_office_is_at_the_documents_that_are_due_next(day: date, current: list[str]) -> None:
    """R18–R21, A20: due on 19/03, 03/06, 03/09 and in December; nobody is held to quý I.
    Each from 30 days before: 03/06 from 04/05."""
    now = situation(as_of=datetime(day.year, day.month, day.day, 2, tzinfo=UTC))
    assert [now.labels[subject] for subject in now.current] == current


def test_the_overview_counts_each_document_and_period() -> None:
    book = workbook()
    assert figures(book, H1) == [H1, 60, 2, 1, 1, 58, 0, 0, 0, 1, 0, 1, "1,7% (1/60)"]


def test_before_any_submission_the_overview_still_adds_up() -> None:
    """9 documents of 60 units, two of them not assessed (A20): 420 expected; past their due date
    on 10/06 are the plan, the report and the results of 06 tháng."""
    book = workbook(events=())
    q1 = "Báo cáo CCHC quý I năm 2022"
    assert figures(book, q1) == [q1, 0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, "–"]
    assert figures(book, "Cộng") == [
        "Cộng", 420, 0, 0, 0, 180, 0, 240, 120, 0, 0, 0, "0,0% (0/180)",
    ]  # fmt: skip


def test_a_period_that_nobody_is_held_to_counts_only_as_such() -> None:
    """L11, A20."""
    late = VersionSeen(
        at=datetime(2022, 3, 20, tzinfo=UTC), form_id="F", response_id="R", period="2022-q1",
        document="periodic_report", claimed_unit="MN01", unit_code="MN01",
    )  # fmt: skip
    q1 = "Báo cáo CCHC quý I năm 2022"
    assert figures(workbook(events=[late]), q1) == [
        q1, 0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, "–",
    ]  # fmt: skip


def charts(book: Workbook | None = None) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """Of each chart its header and its lines, read from the cells that it stands on."""
    overview = tab(book or workbook(), "overview")
    found = {}
    for chart in overview.charts:
        columns = [chart.domain, *(one.column for one in chart.series)]
        rows = [
            [head(overview, row)[at] for at in columns] for row in range(chart.first, chart.last)
        ]
        found[chart.key] = (rows[0], rows[1:])
    return found


def test_the_five_charts_stand_on_figures_known_by_hand() -> None:
    found = charts()
    assert set(found) == {"days", "levels", "timeliness", "returns", "waited"}
    header, days = found["days"]
    assert header == ["Ngày", "Nộp trong hạn", "Nộp sau hạn"]
    assert days[-2:] == [["03/06 (hạn)", 1, 0], ["04/06", 0, 1]]
    assert sum(sum(day[1:]) for day in days) == 2
    _, levels = found["levels"]
    assert [level[0] for level in levels] == ["Mầm non", "Tiểu học", "THCS"]
    assert levels[0][1:3] == [1, 1]
    assert sum(sum(level[1:]) for level in levels) == 120
    assert found["returns"][1] == [
        ["0 lần", 1], ["1 lần", 1], ["2 lần", 0], ["3 lần", 0], ["từ 4 lần", 0],
    ]  # fmt: skip
    # MN01 waited from 03/06 23:59:59.999 to 05/06 10:00, MN02 still does, for over six days
    assert found["waited"][1] == [
        ["dưới 1 ngày", 0, 0], ["1–3 ngày", 1, 0], ["3–7 ngày", 0, 1], ["7–14 ngày", 0, 0],
        ["từ 14 ngày", 0, 0],
    ]  # fmt: skip
    assert len(found["timeliness"][1]) == 9


def test_no_chart_lies_over_another_nor_over_the_table() -> None:
    overview = tab(workbook(), "overview")
    left = [sum(lane.width for lane in overview.lanes[:at]) for at in range(14)]
    boxes = [
        (left[one.column], one.row * 21, left[one.column] + one.width, one.row * 21 + one.height)
        for one in overview.charts
    ]
    for place, one in enumerate(boxes):
        assert one[2] <= left[13]
        for other in boxes[place + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1]
    last = max(chart.last for chart in overview.charts if chart.key == "timeliness")
    assert all(chart.row > last for chart in overview.charts)


def test_the_chart_of_returns_leaves_out_what_nobody_is_held_to() -> None:
    """L11, A20: the report of quý I, sent and returned in March, is in no bar."""
    early = FEW[0].model_copy(
        update={"period": "2022-q1", "response_id": "R-Q1", "at": datetime(2022, 3, 20, tzinfo=UTC)}
    )
    back = FEW[2].model_copy(
        update={"period": "2022-q1", "response_id": "D-Q1", "at": datetime(2022, 3, 21, tzinfo=UTC)}
    )
    now = situation(events=[*FEW, early, back])
    (row,) = [one for one in now.ledger.rows if one.period == "2022-q1" and one.return_count]
    assert row.timeliness == "not_assessed"
    assert charts(build(now))["returns"] == charts()["returns"]


def test_a_ledger_row_has_dates_as_dates_and_the_reason_as_it_was_given() -> None:
    row = next(
        one for one in table("ledger", addresses=Addresses(response=lambda _: "https://x.example/"))
        if (one["Mã đơn vị"], one["Loại văn bản"]) == ("MN01", "Báo cáo CCHC")
        and one["Kỳ"] == "06 tháng đầu năm 2022"
    )  # fmt: skip
    assert row["Hạn theo văn bản"] == date(2022, 6, 3)
    assert row["Nộp lần đầu"] == datetime(2022, 6, 3, 16, 59, 59, 999000, tzinfo=UTC)
    assert row["Đúng hạn/Trễ hạn"] == "Đúng hạn"
    assert (row["Trạng thái"], row["Số lần chuyển trả"]) == ("Đã chuyển trả", 1)
    assert row["Lý do chuyển trả"] == HOSTILE
    assert row["Phiếu đã nộp"] == Link("Mở phiếu", "https://x.example/")
    assert len(tab(workbook(), "ledger").body) == 540


def test_the_ledger_has_a_view_for_each_period_and_each_status() -> None:
    ledger = tab(workbook(), "ledger")
    titles = head(ledger, 1)
    views = {view.title: {titles[at]: text for at, text in view.shown} for view in ledger.views}
    assert len(views) == 9 + 7 + 7
    assert views[H1] == {"Loại văn bản": "Báo cáo CCHC", "Kỳ": "06 tháng đầu năm 2022"}
    assert views["Trạng thái: Chờ duyệt"] == {"Trạng thái": "Chờ duyệt"}
    assert [titles[one.column] for one in ledger.slicers] == [
        "Cấp học", "Kỳ", "Trạng thái", "Đúng hạn/Trễ hạn",
    ]  # fmt: skip


def test_what_waits_stands_with_its_days_flags_and_two_links() -> None:
    """MN02's version came at 00:00:01 on 04/06; on 10/06 at 09:00 it has waited 6.4 days (L17)."""
    there = Addresses(
        approve=lambda row: f"https://x.example/approve/{row.unit.code}",
        give_back=lambda row: f"https://x.example/return/{row.unit.code}",
    )
    (row,) = table("waiting", addresses=there)
    assert row["Chờ (ngày)"] == 6.4
    assert (row["Mã đơn vị"], row["Văn bản, kỳ"]) == ("MN02", H1)
    assert row["Duyệt"] == Link("Duyệt", "https://x.example/approve/MN02")
    assert row["Chuyển trả"] == Link("Chuyển trả", "https://x.example/return/MN02")
    assert row["Cần lưu ý"] == "Câu 1: sai; Câu 2: sai"


def test_what_waits_longest_comes_first_and_a_version_after_a_return_waits_anew() -> None:
    again = VersionSeen(
        at=datetime(2022, 6, 6, 3, tzinfo=UTC), form_id="F", response_id="R-MN01",
        document="periodic_report", period="2022-h1", claimed_unit="MN01", unit_code="MN01",
    )  # fmt: skip
    rows = table("waiting", events=[*FEW, again])
    assert [(row["Mã đơn vị"], row["Chờ từ lúc"]) for row in rows] == [
        ("MN02", datetime(2022, 6, 3, 17, 0, 1, tzinfo=UTC)),
        ("MN01", datetime(2022, 6, 6, 3, tzinfo=UTC)),
    ]


def test_a_quarantined_version_is_to_be_confirmed_not_approved() -> None:
    """L13."""
    strange = submitted("MN05", datetime(2022, 6, 1, tzinfo=UTC), email="la@khac.example")
    there = Addresses(
        approve=lambda _: "https://x.example/a", accept=lambda _: "https://x.example/c"
    )
    row = table("waiting", events=[strange], addresses=there)[0]
    assert (row["Mã đơn vị"], row["Trạng thái"]) == ("MN05", "Chờ xác nhận địa chỉ")
    assert row["Duyệt"] == Link("Xác nhận", "https://x.example/c")
    assert row["Chuyển trả"] is None


def test_many_flags_are_told_in_short() -> None:
    many = submitted("MN01", datetime(2022, 6, 1, tzinfo=UTC), *"abcde")
    assert table("waiting", events=[many])[0]["Cần lưu ý"] == "a; b; c; và 2 điểm khác"


def test_who_has_not_submitted_is_named_with_days_contact_link_and_words() -> None:
    there = Addresses(form=lambda row: f"https://x.example/{row.unit.code}")
    rows = [row for row in table("missing", addresses=there) if row["Văn bản, kỳ"] == H1]
    assert len(rows) == 58
    first = rows[0]
    assert (first["Mã đơn vị"], first["Tên đơn vị"]) == ("MN03", "Trường Mầm non Mẫu 03")
    assert (first["Hạn"], first["Còn (ngày)"]) == (date(2022, 6, 3), -7)
    assert first["Đúng hạn/Trễ hạn"] == "Chưa nộp, quá hạn"
    assert first["Liên hệ"] == "mn03@truong.example"
    assert first["Biểu mẫu"] == Link("Mở biểu mẫu", "https://x.example/MN03")
    assert first["Lời nhắc, để dán vào Zalo, thư"] == (
        "Kính gửi Trường Mầm non Mẫu 03: đến nay Phòng Giáo dục và Đào tạo Quận 7 chưa nhận được "
        "Báo cáo CCHC 06 tháng đầu năm 2022 của đơn vị; văn bản này đã quá hạn 7 ngày (hạn "
        "03/06/2022). Đề nghị đơn vị nộp ngay qua Google Form. Nếu đã nộp, xin báo lại để nơi nhận "
        "kiểm tra. "
        "Biểu mẫu: https://x.example/MN03"
    )


def test_the_longest_overdue_comes_first_and_nobody_is_held_to_the_first_quarter() -> None:
    """A20. The plan was due on 19/03."""
    rows = table("missing")
    assert rows[0]["Văn bản, kỳ"] == "Kế hoạch CCHC năm 2022"
    assert not [row for row in rows if "quý I năm" in row["Văn bản, kỳ"]]


def test_days_are_counted_on_the_schools_calendar() -> None:
    """03:00 on 04/08 in Ho Chi Minh City is still 03/08 in UTC: 30 days to 03/09 all the same. What
    has more time is not listed."""
    rows = table("missing", events=(), as_of=datetime(2022, 8, 3, 20, tzinfo=UTC))
    q3 = next(row for row in rows if row["Văn bản, kỳ"] == "Báo cáo CCHC quý III năm 2022")
    assert (q3["Còn (ngày)"], q3["Đúng hạn/Trễ hạn"]) == (30, "Chưa đến hạn")
    assert max(row["Còn (ngày)"] for row in rows) == 30
    assert max(row["Còn (ngày)"] for row in table("missing")) < 0


def test_a_unit_has_its_year_in_a_line_with_returns_and_a_sparkline() -> None:
    units = tab(workbook(), "units")
    assert (head(units, 0)[4], head(units, 0)[9]) == ("Cả năm", "Kết quả")
    assert len(units.body) == 60
    first, second = units.body[:2]
    assert first[:4] == (1, "MN01", "Trường Mầm non Mẫu 01", "Mầm non")
    assert head(units, 1)[4:9] == [
        "Phải nộp", "Đã đến hạn", "Đúng hạn", "Tổng số lần chuyển trả", "Diễn biến chuyển trả",
    ]  # fmt: skip
    assert first[4:9] == (7, 3, 1, 1, Sparkline(18, 27, "#8e5ea2"))
    assert first[9:18] == (
        "Chưa nộp", "Không xét", "Đúng hạn, trả 1", "Chưa đến hạn", "Chưa đến hạn", "Không xét",
        "Chưa nộp", "Chưa đến hạn", "Chưa đến hạn",
    )  # fmt: skip
    assert second[11] == "Trễ 1 ngày"
    assert first[18:] == (0, 0, 1, 0, 0, 0, 0, 0, 0)


def test_points_stand_beside_a_unit_only_where_the_regime_gives_any_with_the_formula() -> None:
    """Requirements 3: the dispatch gives none. MN01: 1 report on time, base 1 less 1 for the
    return, of 3 documents due (the plan and two of 06 tháng, of which one is advisory)."""
    assert "Tổng điểm" not in head(tab(workbook(), "units"), 1)
    points = Scoring.model_validate(
        {
            "enabled": True,
            "timeliness": {"on_time": 2, "late_per_day": 0, "late_floor": 0, "missing": 0},
            "quality": {"base": 1, "per_return": 1, "floor": 0},
        }
    )
    now = situation()
    year = type(YEAR)(YEAR.regime.model_copy(update={"scoring": points}), YEAR.year, YEAR.roster)
    units = tab(build(Situation(now.ledger, year, AS_OF)), "units")
    row = lines(units)[0]
    assert (row["Điểm đúng hạn"], row["Điểm chất lượng"]) == (2, 0)
    assert (row["Tổng điểm"], row["Điểm tối đa"]) == (2, 6)
    assert str(head(units, 0)[-4]).startswith("Điểm thi đua. Đúng hạn: 2 điểm;")


def test_an_anomaly_is_told_in_plain_words_with_what_to_do() -> None:
    stray = Decided(
        at=datetime(2022, 6, 7, tzinfo=UTC), form_id="P", response_id="X", action="approve",
        document="periodic_report", period="2022-h1", claimed_unit="MN09", unit_code="MN09",
        reviewer="duyet1@phonggd.example",
    )  # fmt: skip
    (row,) = table("anomalies", events=[stray])
    assert row["Chuyện gì"] == "Quyết định khi đơn vị chưa nộp bản nào"
    assert (row["Đơn vị (như đã ghi)"], row["Văn bản, kỳ"]) == ("MN09", H1)
    assert row["Ai gửi"] == "duyet1@phonggd.example"
    assert row["Nên làm gì"].startswith("Xem lại đơn vị và văn bản đã chọn")


WRITTEN: list[list[object]] = [
    ["Mã đơn vị", "Văn bản, kỳ", "Ghi chú"],
    ["mn02", "báo cáo cchc 06 tháng đầu năm 2022", "Đã gọi điện."],
    ["MN02 – Trường Mầm non Mẫu 02", None, "Hiệu trưởng mới."],
    ["MN99", "", "Trường nào đây?"],
    ["MN01", "Báo cáo quý II", "Không có kỳ này."],
    [None, None, None],
]


def test_notes_find_their_rows_by_code_and_name_and_what_finds_none_is_told() -> None:
    now = situation()
    found = notes.read(WRITTEN, YEAR.roster, now.labels)
    book = build(Situation(now.ledger, YEAR, AS_OF, notes=found))
    said = {
        row["Văn bản, kỳ"]: row["Ghi chú của phòng"]
        for row in lines(tab(book, "missing"))
        if row["Mã đơn vị"] == "MN02"
    }
    assert set(said.values()) == {"Hiệu trưởng mới."}
    (waiting,) = lines(tab(book, "waiting"))
    assert waiting["Ghi chú của phòng"] == "Hiệu trưởng mới.; Đã gọi điện."
    told = [(row["Chuyện gì"], row["Đơn vị (như đã ghi)"]) for row in lines(tab(book, "anomalies"))]
    assert told == [
        ("Ghi chú ở hàng 4 của trang Ghi chú: không nhận ra đơn vị", "MN99"),
        ("Ghi chú ở hàng 5 của trang Ghi chú: không có văn bản, kỳ này", "MN01: Báo cáo quý II"),
    ]


@pytest.mark.parametrize(
    ("there", "columns"),
    [
        (["a", "b", "c"], [0, 1, 2]),
        ([], [0, 1, 2]),
        (["", "a", "b", "c"], [1, 2, 3]),
        (["c", "a", "b"], [1, 2, 0]),
        (["a", "x", "c"], [0, 1, 2]),
        (["x", "b", "c"], [0, 1, 2]),
        (["a", "c", "x"], [0, 2, 1]),
        (["own", "a", "b", "x", "own"], [1, 2, 3]),
        (["x", "y", "z", "own"], [0, 1, 2]),
    ],
    ids=[
        "as it was", "empty", "a column more", "moved", "typed over", "the first typed over",
        "one deleted", "moved and typed over", "gone",
    ],
)  # fmt: skip
def test_a_title_is_looked_for_where_people_left_it(there: list[str], columns: list[int]) -> None:
    assert places("abc", there) == columns


def test_notes_are_read_wherever_people_moved_the_columns() -> None:
    moved: list[list[object]] = [[None, "Ghi chú", "Mã đơn vị"], ["x", "Nhớ gọi.", "MN03"]]
    assert notes.read(moved, YEAR.roster, {}) == Notes({("MN03", None): ("Nhớ gọi.",)})
    assert notes.read([], YEAR.roster, {}) == Notes()
    bare: list[list[object]] = [["MN03", "", "Nhớ gọi."], ["MN99", "", "Ai?"], list(notes.HEADER)]
    astray = ((3, "MN99", "không nhận ra đơn vị"),)
    found = notes.read(bare, YEAR.roster, {})
    assert found == Notes({("MN03", None): ("Nhớ gọi.",)}, astray)


def test_a_year_without_rows_is_a_dashboard_that_says_so() -> None:
    book = build(Situation(Ledger(AS_OF, (), ()), YEAR))
    for key in ("ledger", "waiting", "missing", "units", "anomalies"):
        (row,) = tab(book, key).body
        assert row[:2] == (None, "Không có")


def test_a_harvest_is_stale_after_the_time_that_was_asked_for() -> None:
    overview = tab(workbook(stale_after=timedelta(minutes=90)), "overview")
    aged = head(overview, 2)[0]
    assert isinstance(aged, Aged)
    assert aged.hours == 2, "whole hours, rounded up"
