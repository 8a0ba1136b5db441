"""A tab on its way into a sheet of an Excel file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook as File
from xlsxwriter.utility import quote_sheetname, xl_range_formula

from cchc_gforms.dashboard.columns import Kind
from cchc_gforms.dashboard.workbook import (
    Aged,
    Chart,
    Content,
    Jump,
    Link,
    Rule,
    Sparkline,
    Style,
    Tab,
)
from cchc_gforms.dashboard.xlsx_looks import FONT, Formats, condition, fitted

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LONGEST_ADDRESS: Final = 2_079
_MOST_LINKS: Final = 65_530  # on a sheet
_A4: Final = 9
_READABLE: Final = 1_750  # pixels across a printed page: letters of 6 points
_ROW: Final = 21  # pixels of a row, as in Sheets
_LINE: Final = 17  # of a line of text
_MOST_LINES: Final = 24  # that a row makes room for; the whole text stands in the formula bar
_LETTER: Final = 6.2  # pixels across, of Arial 10
_SMALL: Final = {"name": FONT, "size": 9}
_PALE_LINE: Final = {"color": "#d9d9d9", "width": 0.75}


@dataclass
class Sheet:
    """One tab on its way into its sheet, row by row."""

    file: File
    sheet: Worksheet
    tab: Tab
    formats: Formats
    zone: ZoneInfo
    names: Mapping[str, str]  # of the sheets, by the keys of the tabs
    _links: int = 0

    def write(self) -> None:
        self._lay_out()
        for number, row in enumerate(self.tab.head):
            self._height(number, [(cell.value, cell.style) for cell in row])
            for column, cell in enumerate(row):
                self._cell(number, column, cell.value, cell.style)
                if cell.note:
                    self.sheet.write_comment(number, column, fitted(cell.note))
        styles = [lane.style for lane in self.tab.lanes]
        for number, values in enumerate(self.tab.body, start=len(self.tab.head)):
            self._height(number, list(zip(values, styles, strict=True)))
            for column, value in enumerate(values):
                self._cell(number, column, value, styles[column])
        for rule in self.tab.rules:
            self._rule(rule)
        for chart in self.tab.charts:
            self._chart(chart)

    def _lay_out(self) -> None:
        tab, sheet, head = self.tab, self.sheet, len(self.tab.head)
        sheet.set_default_row(_ROW * 0.75)  # in points
        for column, lane in enumerate(tab.lanes):
            sheet.set_column_pixels(column, column, lane.width)
        sheet.freeze_panes(head if tab.frozen else 0, tab.frozen_columns)
        sheet.hide_gridlines(0 if tab.gridlines else 2)  # 0: they are printed too
        if tab.filtered:
            sheet.autofilter(head - 1, 0, tab.rows - 1, len(tab.lanes) - 1)
            sheet.repeat_rows(head - 1)
        sheet.set_paper(_A4)
        if not tab.charts:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        printed = [lane.width for lane in tab.lanes if lane.printed]
        sheet.print_area(0, 0, tab.rows - 1, len(printed) - 1)
        across = sum(printed)
        sheet.fit_to_pages(math.ceil(across / _READABLE), 1 if tab.charts else 0)
        if tab.frozen_columns and across > _READABLE:
            sheet.repeat_columns(0, tab.frozen_columns - 1)
        sheet.set_footer("&L&A&R&P/&N")

    def _height(self, row: int, cells: Sequence[tuple[Content, Style]]) -> None:
        """As tall as the longest wrapped text needs, which not every program finds out itself."""
        height = self.tab.heights.get(row, 0)
        for (value, style), lane in zip(cells, self.tab.lanes, strict=True):
            if style.wrap and isinstance(value, str):
                height = max(height, _tall(value, lane.width))
        if height:
            self.sheet.set_row_pixels(row, height)

    def _cell(self, row: int, column: int, value: Content, style: Style) -> None:
        if isinstance(value, Link):
            self._link(row, column, value, style)
        elif isinstance(value, Jump):
            self._jump(row, column, value, style)
        elif isinstance(value, Sparkline):
            self._sparkline(row, column, value)
        elif isinstance(value, Aged):
            self._cell(row, column, value.fresh, style)
        elif isinstance(value, datetime):
            wall = _wall_clock(value, self.zone)
            self.sheet.write_datetime(row, column, wall, self.formats.of(style, "time"))
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.formats.of(style, "day"))
        elif isinstance(value, str):
            text = fitted(value)
            self.sheet.write_string(row, column, text, self.formats.of_text(text, style))
        elif value is not None:
            kind: Kind = "decimal" if style.kind == "decimal" else "number"
            self.sheet.write_number(row, column, value, self.formats.of(style, kind))
        elif style != Style():
            self.sheet.write_blank(row, column, None, self.formats.of(style, "text"))

    def _link(self, row: int, column: int, link: Link, style: Style) -> None:
        """The text alone, where Excel takes no (further) address."""
        text, self._links = fitted(link.text), self._links + 1
        if len(link.address) > _LONGEST_ADDRESS or self._links > _MOST_LINKS:
            self.sheet.write_string(row, column, text, self.formats.of_text(text, style))
            return
        look = self.formats.of_text(text, style, link=True)
        self.sheet.write_url(row, column, link.address, look, string=text)

    def _jump(self, row: int, column: int, jump: Jump, style: Style) -> None:
        """The text alone, where the file does not have that tab."""
        text, look = fitted(jump.text), self.formats.of(style, "text", link=True)
        if name := self.names.get(jump.tab):
            address = f"internal:{quote_sheetname(name)}!A1"
            self.sheet.write_url(row, column, address, look, string=text)
        else:
            self.sheet.write_string(row, column, text, look)

    def _sparkline(self, row: int, column: int, line: Sparkline) -> None:
        self.sheet.add_sparkline(
            row,
            column,
            {
                "range": xl_range_formula(
                    self.sheet.get_name(), row, line.first, row, line.last - 1
                ),
                "type": "column",
                "series_color": line.colour,
                "min": 0,
            },
        )

    def _rule(self, rule: Rule) -> None:
        """As a formula for the area's first cell, so that every kind of rule is written alike."""
        first = len(self.tab.head) if rule.row is None else rule.row
        last = self.tab.rows - 1 if rule.row is None else rule.row
        if last < first:
            return
        look = self.file.add_format({"bg_color": rule.background, "font_color": rule.colour})
        self.sheet.conditional_format(
            first,
            rule.first,
            last,
            rule.last - 1,
            {
                "type": "formula",
                "criteria": condition(rule, first),
                "format": look,
                "stop_if_true": True,
            },
        )

    def _chart(self, chart: Chart) -> None:
        kind = {"type": chart.kind}
        made = self.file.add_chart(kind | ({"subtype": "stacked"} if chart.stacked else {}))
        first, last = chart.first + 1, chart.last - 1
        for series in chart.series:
            made.add_series(
                {
                    "name": self._area(chart.first, series.column, chart.first, series.column),
                    "categories": self._area(first, chart.domain, last, chart.domain),
                    "values": self._area(first, series.column, last, series.column),
                    "fill": {"color": series.colour},
                    "gap": 50,
                }
            )
        made.set_title({"name": chart.title, "name_font": {"name": FONT, "size": 12}})
        alone = len(chart.series) == 1
        made.set_legend({"none": True} if alone else {"position": "bottom", "font": _SMALL})
        grid = {"visible": True, "line": _PALE_LINE}
        names = {"num_font": _SMALL}
        whole = names | {"num_format": "0", "major_gridlines": grid}
        if chart.kind == "bar":  # from above downwards, as the table is
            made.set_y_axis(names | {"reverse": True})
            made.set_x_axis(whole | {"label_position": "high"})
        else:
            made.set_x_axis(names)
            made.set_y_axis(whole)
        made.set_size({"width": chart.width, "height": chart.height})
        self.sheet.insert_chart(chart.row, chart.column, made, {"object_position": 1})

    def _area(self, first_row: int, first: int, last_row: int, last: int) -> list[str | int]:
        return [self.sheet.get_name(), first_row, first, last_row, last]


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Cut to the second: Excel would round up, past a deadline."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _tall(text: str, width: int) -> int:
    """Pixels that the text's lines take in a column; 0 for one line, which every row has room for.

    Words wrap before the edge, hence a tenth less room in a line.
    """
    room = max(width * 0.9 / _LETTER, 1)
    lines = sum(max(math.ceil(len(line) / room), 1) for line in text.split("\n"))
    return min(lines, _MOST_LINES) * _LINE + 3 if lines > 1 else 0
