"""The ledger as an Excel file: dates are dates, text stays text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from cchc_gforms.dashboard import palette
from cchc_gforms.dashboard.columns import LEDGER, NUMBER, TIMELINESS, Kind, Value, table
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.row import Ledger
from cchc_gforms.regime.year import ReportingYear

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_PATTERNS: dict[Kind, str] = {"day": "dd/mm/yyyy", "time": "dd/mm/yyyy hh:mm:ss"}
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(ledger: Ledger, year: ReportingYear, path: Path) -> None:
    """One line a row under a frozen, filtered header."""
    with Workbook(str(path), _OPTIONS) as workbook:
        sheet = workbook.add_worksheet("Sổ theo dõi")
        header = workbook.add_format(
            {"bold": True, "bg_color": palette.HEADER, "font_color": palette.ON_HEADER,
             "text_wrap": True, "valign": "vcenter"}
        )  # fmt: skip
        formats = {
            kind: workbook.add_format({"num_format": pattern})
            for kind, pattern in _PATTERNS.items()
        }
        colours = {
            labels.TIMELINESS[word]: workbook.add_format({"bg_color": colour})
            for word, colour in palette.PALE.items()
        }
        _lay_out(sheet, header, len(ledger.rows))
        for number, values in enumerate(table(ledger, year), start=1):
            _write_row(sheet, number, values, formats, colours, year.zone)


def _lay_out(sheet: Worksheet, header: Format, rows: int) -> None:
    sheet.set_column_pixels(0, 0, 45)
    sheet.write_string(0, 0, NUMBER, header)
    for place, column in enumerate(LEDGER, start=1):
        sheet.set_column_pixels(place, place, column.width)
        sheet.write_string(0, place, column.title, header)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, rows, len(LEDGER))


def _write_row(
    sheet: Worksheet,
    number: int,
    values: list[Value],
    formats: dict[Kind, Format],
    colours: dict[str, Format],
    zone: ZoneInfo,
) -> None:
    sheet.write_number(number, 0, number)
    for place, (column, value) in enumerate(zip(LEDGER, values, strict=True), start=1):
        style: Any = formats.get(column.kind)
        if column.title == TIMELINESS:
            style = colours.get(str(value))
        if isinstance(value, datetime):
            sheet.write_datetime(number, place, _wall_clock(value, zone), style)
        elif isinstance(value, date):
            sheet.write_datetime(number, place, value, style)
        elif isinstance(value, str):
            sheet.write_string(number, place, value, style)
        elif value is not None:
            sheet.write_number(number, place, value, style)


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Cut to the second: Excel would round up, past a deadline."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)
