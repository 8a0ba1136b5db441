"""Formatted values: numbers and dates as a Vietnamese and an American spreadsheet show them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.rendering import format_number, formatted
from cchc_gforms.local_google.sheets.serials import serial_at, serial_of, wall_of

NOON_19_MARCH_2022 = 44639.5
ALMOST_MIDNIGHT = 44639 + 86_399 / 86_400


@pytest.mark.parametrize(
    ("number", "vietnamese", "american"),
    [
        (0, "0", "0"),
        (42, "42", "42"),
        (-1.5, "-1,5", "-1.5"),
        (1234567.891, "1234567,891", "1234567.891"),
        (1 / 3, "0,3333333333", "0.3333333333"),
        (3.14159265358979, "3,141592654", "3.141592654"),
        (0.1 + 0.2, "0,3", "0.3"),
        (44639.5, "44639,5", "44639.5"),
        (123456789012, "123456789012", "123456789012"),
        (1e21, "1E+21", "1E+21"),
        (1.5e-12, "1,5E-12", "1.5E-12"),
    ],
)
def test_a_number_without_a_format(number: float, vietnamese: str, american: str) -> None:
    assert format_number(number, {}, locale_of("vi_VN")) == vietnamese
    assert format_number(number, {}, locale_of("en_US")) == american


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        (1234.5, "#,##0.00", "1.234,50"),
        (1234567, "#,##0", "1.234.567"),
        (0.5, "#,##0.##", "0,5"),
        (12, "#,##0.##", "12"),
        (0.5, "#.##", ",5"),
        (7, "000", "007"),
        (-1234, "#,##0", "-1.234"),
        (0.825, "0%", "83%"),
        (0.825, "0.0%", "82,5%"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1,01"),
        (12345, "0.00E+00", "1,23E+04"),
        (9.999e-5, "0.0E+0", "1,0E-4"),
        (5, '0 "ngày"', "5 ngày"),
        (5, "0\\ đ", "5 đ"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"không"', "không"),
        (12_345_678, "#,##0,", "12.346"),
        (3.5, "General", "3,5"),
    ],
)
def test_a_number_under_a_pattern_of_a_vietnamese_spreadsheet(
    number: float, pattern: str, shown: str
) -> None:
    number_format = {"type": "NUMBER", "pattern": pattern}
    assert format_number(number, number_format, locale_of("vi_VN")) == shown


@pytest.mark.parametrize(
    ("serial", "pattern", "shown"),
    [
        (NOON_19_MARCH_2022, "dd/MM/yyyy HH:mm:ss", "19/03/2022 12:00:00"),
        (ALMOST_MIDNIGHT, "dd/MM/yyyy HH:mm:ss", "19/03/2022 23:59:59"),
        (ALMOST_MIDNIGHT, "dd/mm/yyyy hh:mm:ss", "19/03/2022 23:59:59"),
        (NOON_19_MARCH_2022, "d/m/yy", "19/3/22"),
        (NOON_19_MARCH_2022, "yyyy-mm-dd", "2022-03-19"),
        (NOON_19_MARCH_2022, "h:mm am/pm", "12:00 PM"),
        (0.25, "h:mm AM/PM", "6:00 AM"),
        (0.25, "hh:mm", "06:00"),
        (1.5, "[h]:mm", "36:00"),
        (NOON_19_MARCH_2022, "dddd", "Thứ Bảy"),
        (NOON_19_MARCH_2022, 'dddd, "ngày" d', "Thứ Bảy, ngày 19"),
        (0.5 + 0.25 / 86_400, "ss.000", "00.250"),
        (43831, "dd/MM/yyyy", "01/01/2020"),
        (36162, "dd/MM/yyyy", "02/01/1999"),
        (1, "dd/MM/yyyy", "31/12/1899"),
    ],
)
def test_a_serial_under_a_date_pattern(serial: float, pattern: str, shown: str) -> None:
    number_format = {"type": "DATE_TIME", "pattern": pattern}
    assert format_number(serial, number_format, locale_of("vi_VN")) == shown


@pytest.mark.parametrize(
    ("kind", "vietnamese", "american"),
    [
        ("DATE", "19/03/2022", "3/19/2022"),
        ("DATE_TIME", "19/03/2022 12:00:00", "3/19/2022 12:00:00"),
        ("TIME", "12:00:00", "12:00:00 PM"),
        ("NUMBER", "44.639,50", "44,639.50"),
        ("PERCENT", "4463950,00%", "4463950.00%"),
        ("TEXT", "44639,5", "44639.5"),
        ("CURRENCY", "44.639,50 ₫", "$44,639.50"),
    ],
)
def test_a_type_without_a_pattern_takes_the_locales_own(
    kind: str, vietnamese: str, american: str
) -> None:
    for locale, shown in (("vi_VN", vietnamese), ("en_US", american)):
        assert format_number(NOON_19_MARCH_2022, {"type": kind}, locale_of(locale)) == shown


def test_text_booleans_and_errors_are_shown_as_they_are() -> None:
    vietnamese = locale_of("vi_VN")
    assert formatted({"userEnteredValue": {"stringValue": "=1+1"}}, vietnamese) == "=1+1"
    assert formatted({"userEnteredValue": {"boolValue": False}}, vietnamese) == "FALSE"
    failed = {"errorValue": {"type": "DIVIDE_BY_ZERO", "message": ""}}
    assert formatted({"effectiveValue": failed}, vietnamese) == "#DIV/0!"
    assert formatted({}, vietnamese) == ""


def test_a_moment_becomes_the_serial_of_the_zones_wall_clock_to_the_second() -> None:
    moment = datetime(2022, 3, 19, 16, 59, 59, 999_000, tzinfo=UTC)
    assert wall_of(serial_at(moment, "Asia/Ho_Chi_Minh")) == datetime(2022, 3, 19, 23, 59, 59)  # noqa: DTZ001
    assert wall_of(serial_at(moment, "Etc/GMT")) == datetime(2022, 3, 19, 16, 59, 59)  # noqa: DTZ001
    assert serial_of(datetime(2020, 1, 1)) == 43831  # noqa: DTZ001


@pytest.mark.parametrize("serial", [-693_594.0, 2_958_466.0, 1e300])
def test_a_day_that_no_calendar_has_stays_a_number(serial: float) -> None:
    """The first is before 01/01/0001, the second is 01/01/10000."""
    date = {"type": "DATE", "pattern": "dd/MM/yyyy"}
    assert format_number(serial, date, locale_of("vi_VN")) == format_number(
        serial, {}, locale_of("vi_VN")
    )


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        (-5, '"$"#,##0', "-$5"),
        (-1234.5, '"$"#,##0.00', "-$1,234.50"),
        (-5, '"lỗ "0" đ"', "-lỗ 5 đ"),
        (-0.05, "0%", "-5%"),
        (-0.4, '"$"0', "$0"),
        (-5, '"$"0;("$"0)', "($5)"),
        (-12000, '"~"0.0E+00', "-~1.2E+04"),
    ],
)
def test_the_sign_stands_before_all_that_the_pattern_writes(
    number: float, pattern: str, shown: str
) -> None:
    wire = {"type": "NUMBER", "pattern": pattern}
    assert format_number(number, wire, locale_of("en_US")) == shown
