"""A tab as a table: the cells to draw, with their texts, classes, widths and merges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_charts import ChartView, Picture
from cchc_gforms.local_google.pages.spreadsheet_charts.sparkline import sparkline_picture
from cchc_gforms.local_google.pages.spreadsheet_css import StyleSheet, declarations
from cchc_gforms.local_google.pages.spreadsheet_filters import Filtering
from cchc_gforms.local_google.pages.spreadsheet_slicers import SlicerView
from cchc_gforms.local_google.pages.spreadsheet_text import Part, parts
from cchc_gforms.local_google.pages.spreadsheet_typing import choices, text_to_edit
from cchc_gforms.local_google.sheets import defaults
from cchc_gforms.local_google.sheets.a1 import column_letters
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.effective import Formats, merged
from cchc_gforms.local_google.sheets.formulas.values import Sparkline
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.rendering import effective_value, formatted
from cchc_gforms.local_google.sheets.wire import theme_of
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook

MOST_ROWS, MOST_COLUMNS = 1000, 200
_FEWEST_ROWS, _FEWEST_COLUMNS = 100, 26
_BLANK_ROWS, _BLANK_COLUMNS = 30, 8
_ROW_HEADER = 46
_ALIGN = {"LEFT": "l", "CENTER": "m", "RIGHT": "r"}


@dataclass(frozen=True)
class Placed:
    """A chart, or a slicer, in its anchor cell; `classes` name its offset."""

    classes: str
    number: int = 0
    picture: Picture | None = None
    slicer: SlicerView | None = None


@dataclass
class CellView:
    """One cell of the table; `classes` name its look, `placed` are anchored here.

    `typed` is the text to edit where it is not the one shown; `choices` names a list of values.
    """

    row: int
    column: int
    text: str = ""
    parts: list[Part] = field(default_factory=list)
    typed: str | None = None
    choices: str = ""
    note: str = ""
    classes: str = ""
    inner: str = ""
    row_span: int = 1
    column_span: int = 1
    checkbox: bool | None = None
    picture: Picture | None = None
    placed: list[Placed] = field(default_factory=list)


@dataclass(frozen=True)
class RowView:
    """`number` counts from 1, as people see it."""

    number: int
    classes: str
    cells: list[CellView]


@dataclass(frozen=True)
class ColumnView:
    letters: str
    width: int
    classes: str


@dataclass(frozen=True)
class GridView:
    """`frozen` rows stay at the top; `cut_rows` that hold something are not drawn.

    `lists` are the values that cells offer, by the name in `CellView.choices`.
    """

    columns: list[ColumnView]
    frozen: list[RowView]
    rows: list[RowView]
    gridlines: bool
    cut_rows: int
    lists: dict[str, tuple[str, ...]]


def place_charts(grid: GridView, charts: Iterable[ChartView], styles: StyleSheet) -> None:
    for chart in charts:
        name = styles.name(f"left:{chart.offset_x}px;top:{chart.offset_y}px")
        _place(grid, chart.row, chart.column, Placed(name, chart.number, picture=chart.picture))


def place_slicers(grid: GridView, slicers: Iterable[SlicerView], styles: StyleSheet) -> None:
    for one in slicers:
        name = styles.name(f"left:{one.offset_x}px;top:{one.offset_y}px;width:{one.width}px")
        _place(grid, one.row, one.column, Placed(name, int(one.number), slicer=one))


def _place(grid: GridView, row: int, column: int, placed: Placed) -> None:
    """Puts it into its anchor cell; where that is not drawn, into the next before it."""
    rows = grid.frozen + grid.rows
    above = [one for one in rows if one.number <= row + 1] or rows[:1]
    cells = [cell for one in above[::-1] for cell in one.cells if cell.column <= column]
    if cells:
        last = max(cells, key=lambda cell: (cell.row, cell.column))
        last.placed.append(placed)
        last.classes = f"{last.classes} anchored".strip()


def grid_view(
    workbook: Workbook, sheet: Sheet, styles: StyleSheet, filtered: Filtering
) -> GridView:
    return _Drawing(workbook, sheet, styles, filtered).view()


class _Drawing:
    """One tab being drawn."""

    def __init__(
        self, workbook: Workbook, sheet: Sheet, styles: StyleSheet, filtered: Filtering
    ) -> None:
        self._workbook, self._sheet, self._styles = workbook, sheet, styles
        self._filtered, self._filter = filtered, filtered.shown
        self._lists: dict[tuple[str, ...], str] = {}
        self._offers: dict[str, tuple[str, ...]] = {}
        self._locale = locale_of(workbook.locale)
        self._theme = theme_of(workbook.properties)
        self._formats = Formats(workbook, sheet)
        self._looks: dict[tuple[int, int], Mapping[str, Any]] = {}
        self._merges = [area_of(sheet, wire) for wire in sheet.resource.get("merges", [])]
        self._last_row, self._last_column = _extent(sheet)
        places = (filtered.places.get(row, row) for row in range(self._last_row))
        self._rows = [row for row in places if not self._hidden("ROWS", row)]
        columns = range(self._last_column)
        self._columns = [column for column in columns if not self._hidden("COLUMNS", column)]
        self._covered = {at: area for area in self._merges for at in area.cells()}

    def view(self) -> GridView:
        frozen = self._sheet.grid.get("frozenRowCount", 0)
        rows = {row: self._row(row) for row in self._rows}
        return GridView(
            columns=[self._column(column) for column in self._columns],
            frozen=[view for row, view in rows.items() if row < frozen],
            rows=[view for row, view in rows.items() if row >= frozen],
            gridlines=not self._sheet.grid.get("hideGridlines"),
            cut_rows=sum(row >= self._last_row for row in self._sheet.rows),
            lists={name: values for values, name in self._lists.items()},
        )

    def _column(self, column: int) -> ColumnView:
        return ColumnView(column_letters(column), self._width(column), self._sticky(column))

    def _row(self, row: int) -> RowView:
        height = self._styles.name(f"height:{self._height(row)}px")
        cells = [
            self._cell(row, column)
            for column in self._columns
            if not self._is_under_merge(row, column)
        ]
        return RowView(row + 1, height, cells)

    def _cell(self, row: int, column: int) -> CellView:
        cell = self._sheet.cell(row, column)
        look = self._look(row, column)
        view = CellView(row, column, note=str(cell.get("note", "")))
        area = self._covered.get((row, column))
        if area is not None:
            view.row_span = sum(area.top <= one < area.bottom for one in self._rows)
            view.column_span = sum(area.left <= one < area.right for one in self._columns)
        borders = self._borders(row, column, area)
        rule = self._styles.name(declarations(look, borders, self._theme))
        value = effective_value(cell)
        view.text = formatted(cell, self._locale)
        if "sparkline" in cell:
            view.picture = self._sparkline(cell["sparkline"], row, column)
        self._offer(view, cell)
        if view.text:
            view.parts = parts(cell, view.text, look, self._styles, self._theme)
        marks = [
            rule,
            self._sticky(column),
            _ALIGN.get(look.get("horizontalAlignment", ""), _natural(value)),
            "noted" if view.note else "",
            "chip" if _is_list(cell) else "",
            self._filter_mark(row, column),
        ]
        view.classes = " ".join(mark for mark in marks if mark)
        view.inner = self._inner(row, column, look, value)
        return view

    def _offer(self, view: CellView, cell: Cell) -> None:
        """What editing begins with, and the values to choose among."""
        if not cell:
            return
        typed = text_to_edit(cell, self._locale, view.text)
        view.typed = typed if typed != view.text else None
        offered = self._choices(cell)
        if offered:
            view.choices = self._lists.setdefault(offered, f"list{len(self._lists)}")
        if _is_checkbox(cell) and view.text in ("", *offered):
            view.checkbox = view.text == offered[0]

    def _choices(self, cell: Cell) -> tuple[str, ...]:
        """Looked up once for all cells of one rule."""
        condition = str(cell.get("dataValidation", {}).get("condition", ""))
        if condition not in self._offers:
            self._offers[condition] = choices(self._workbook, self._sheet, cell)
        return self._offers[condition]

    def _inner(
        self, row: int, column: int, look: Mapping[str, Any], value: Mapping[str, Any]
    ) -> str:
        """How the text lies in its cell: wrapped, cut off, or over the empty cells beside it."""
        strategy = look.get("wrapStrategy", "OVERFLOW_CELL")
        if strategy == "WRAP":
            return "wrap"
        overflows = "stringValue" in value and (row, column) not in self._covered
        to_left = look.get("horizontalAlignment", "LEFT") == "LEFT"
        if strategy == "CLIP" or not overflows or not to_left:
            return "clip"
        width = self._width(column)
        for beside in range(column + 1, self._last_column):
            neighbour = self._sheet.cell(row, beside)
            taken = "userEnteredValue" in neighbour or bool(effective_value(neighbour))
            if taken or (row, beside) in self._covered:
                break
            width += 0 if self._hidden("COLUMNS", beside) else self._width(beside)
        if width == self._width(column):
            return "clip"
        return f"over {self._styles.name(f'width:{width}px')}"

    def _sparkline(self, sparkline: Sparkline, row: int, column: int) -> Picture:
        """As large as its cell, or the merged cells."""
        area = self._covered.get((row, column), Area(row, column, row + 1, column + 1))
        width = sum(self._width(one) for one in self._columns if area.left <= one < area.right)
        height = sum(self._height(one) for one in self._rows if area.top <= one < area.bottom)
        return sparkline_picture(sparkline, max(8, width - 7), max(8, height - 3), self._locale)

    def _borders(self, row: int, column: int, area: Area | None) -> dict[str, Any]:
        """The four sides to draw; a side between two cells is drawn by the upper or left one."""
        bottom, right = (area.bottom - 1, area.right - 1) if area else (row, column)
        here = self._look(row, column).get("borders", {})
        last = self._look(bottom, right).get("borders", {})
        sides = {
            "bottom": last.get("bottom") or self._side(bottom + 1, column, "top"),
            "right": last.get("right") or self._side(row, right + 1, "left"),
            "top": here.get("top") if row == 0 else None,
            "left": here.get("left") if column == 0 else None,
        }
        return {side: border for side, border in sides.items() if border}

    def _side(self, row: int, column: int, side: str) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self._look(row, column).get("borders", {}).get(side)
        return found

    def _look(self, row: int, column: int) -> Mapping[str, Any]:
        """The format of a cell without the spreadsheet's default."""
        if (row, column) not in self._looks:
            empty: dict[str, Any] = {}
            layers = self._formats.own(row, column)
            self._looks[row, column] = reduce(merged, layers, empty)
        return self._looks[row, column]

    def _is_under_merge(self, row: int, column: int) -> bool:
        """Whether a cell is covered by the first visible cell of its merged area."""
        area = self._covered.get((row, column))
        if area is None:
            return False
        first_row = next(one for one in self._rows if one >= area.top)
        first_column = next(one for one in self._columns if one >= area.left)
        return (row, column) != (first_row, first_column)

    def _filter_mark(self, row: int, column: int) -> str:
        """The header cells of a filter; those that hide rows are marked as such."""
        found = self._filter
        if found is None or row != found.area.top or not found.area.holds(row, column):
            return ""
        return "filter active" if found.criteria.get(column) else "filter"

    def _sticky(self, column: int) -> str:
        """Frozen columns stay at their distance from the left edge."""
        frozen = self._sheet.grid.get("frozenColumnCount", 0)
        if column >= frozen:
            return ""
        before = (one for one in self._columns if one < column)
        left = _ROW_HEADER + sum(self._width(one) for one in before)
        edge = " edge" if column == frozen - 1 else ""
        return f"stay {self._styles.name(f'left:{left}px')}{edge}"

    def _width(self, column: int) -> int:
        size = self._sheet.sizes["COLUMNS"].get(column, {}).get("pixelSize")
        return int(size or defaults.PIXELS["COLUMNS"])

    def _height(self, row: int) -> int:
        size = self._sheet.sizes["ROWS"].get(row, {}).get("pixelSize")
        return int(size or defaults.PIXELS["ROWS"])

    def _hidden(self, dimension: str, index: int) -> bool:
        size = self._sheet.sizes[dimension].get(index, {})
        if dimension == "ROWS" and index in self._filtered.hidden:
            return True
        return bool(size.get("hiddenByUser"))


def _extent(sheet: Sheet) -> tuple[int, int]:
    """Rows and columns to draw: all that hold anything, and some blank ones after them."""
    anchors = [
        one.get("position", {}).get("overlayPosition", {}).get("anchorCell", {})
        for one in [*sheet.resource.get("charts", []), *sheet.resource.get("slicers", [])]
    ]
    columns: Iterable[int] = (column for cells in sheet.rows.values() for column in cells)
    used_rows = max([*sheet.rows, *(one.get("rowIndex", 0) for one in anchors)], default=-1) + 1
    used_columns = max([*columns, *(one.get("columnIndex", 0) for one in anchors)], default=-1) + 1
    rows = min(sheet.row_count, MOST_ROWS, max(_FEWEST_ROWS, used_rows + _BLANK_ROWS))
    return rows, min(
        sheet.column_count, MOST_COLUMNS, max(_FEWEST_COLUMNS, used_columns + _BLANK_COLUMNS)
    )


def _natural(value: Mapping[str, Any]) -> str:
    """Numbers lie at the right, booleans and errors in the middle."""
    if "numberValue" in value:
        return "r"
    return "m" if {"boolValue", "errorValue"} & value.keys() else ""


def _is_checkbox(cell: Cell) -> bool:
    return bool(cell.get("dataValidation", {}).get("condition", {}).get("type") == "BOOLEAN")


def _is_list(cell: Cell) -> bool:
    kind = cell.get("dataValidation", {}).get("condition", {}).get("type", "")
    return str(kind).startswith("ONE_OF")
