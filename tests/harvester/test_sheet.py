"""The linked Sheet as it is read."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cchc_gforms.harvester.packing import Lines
from cchc_gforms.harvester.sheet import Cell, Grid, as_answer, moment, normal, text

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("serial", "zone", "utc"),
    [
        (43831, "UTC", datetime(2020, 1, 1, tzinfo=UTC)),
        (36162, "UTC", datetime(1999, 1, 2, tzinfo=UTC)),
        (44639.999988425925, "Asia/Ho_Chi_Minh", datetime(2022, 3, 19, 16, 59, 59, tzinfo=UTC)),
        (44640, "Asia/Ho_Chi_Minh", datetime(2022, 3, 19, 17, tzinfo=UTC)),
    ],
)
def test_a_serial_day_is_a_wall_clock_time_of_the_sheets_zone(
    serial: float, zone: str, utc: datetime
) -> None:
    assert moment(serial, ZoneInfo(zone)) == utc


@pytest.mark.parametrize("cell", ["19/03/2022 23:59:59", "", None, True, -1, 1e300])
def test_what_is_no_number_is_no_time(cell: Cell | None) -> None:
    assert moment(cell, SAIGON) is None


@pytest.mark.parametrize(
    ("cell", "said"), [(3.0, "3"), (2.5, "2.5"), ("0042", "0042"), (True, "True")]
)
def test_cells_become_text_without_losing_anything(cell: Cell, said: str) -> None:
    assert text(cell) == said


def test_headers_compare_in_nfc_with_single_spaces() -> None:
    assert normal("Đơn  vi\u0323 ") == normal("đơn vị")


def test_a_tab_is_its_headers_and_the_lines_below() -> None:
    lines: list[list[Cell]] = [["Ghi  chú", "", "Đơn vị"], ["x"], []]
    grid = Grid(7, "Trang tính1", SAIGON, Lines(lines))
    assert grid.headers == ("ghi chú", "", "đơn vị")
    assert list(grid.column(0)) == ["x", ""]
    assert list(grid.column(2)) == ["", ""]


def test_a_title_above_the_headers_is_no_header() -> None:
    lines: list[list[Cell]] = [["BẢNG THEO DÕI"], [], ["Đơn vị", "Số"], ["MN01", 1]]
    grid = Grid(7, "Trang tính1", SAIGON, Lines(lines)).headed({"đơn vị", "số"})
    assert (grid.headers, grid.first) == (("đơn vị", "số"), 4)
    assert list(grid.lines()) == [["MN01", 1]]
    assert grid.headed(set()).first == 2


@pytest.mark.parametrize(
    ("said", "kind", "answer"),
    [
        ("44714", "date", "2022-06-02"),
        ("1", "date", "1899-12-31"),
        ("2958465", "date", "9999-12-31"),
        ("2958466", "date", "2958466"),
        ("44714.5", "date", "44714.5"),
        ("02/06/2022", "date", "02/06/2022"),
        ("0.6875", "time", "16:30"),
        ("0", "time", "00:00"),
        ("0.9993055555555556", "time", "23:59"),
        ("0.9999999", "time", "0.9999999"),
        ("0.43761574074074", "time", "0.43761574074074"),
        ("1", "time", "1"),
        ("nan", "time", "nan"),
        ("44714.3541666667", "date_time", "2022-06-02 08:30"),
        ("44714", "date_time", "2022-06-02 00:00"),
        ("44714.43761574074", "date_time", "44714.43761574074"),
        ("44714", "text", "44714"),
        ("44714", None, "44714"),
    ],
)
def test_serial_dates_and_times_become_what_a_form_answers(
    said: str, kind: str | None, answer: str
) -> None:
    """Facts 4.11; 0.4376… is 10:30:10, no time that a form asks for."""
    assert as_answer(said, kind) == answer
