"""A dashboard as plain values: tabs of styled cells, charts, colours. No Google in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cchc_gforms.dashboard.columns import Kind, Value


@dataclass(frozen=True, slots=True)
class Style:
    """Colours are "#rrggbb". `size` is in points; 0 leaves the default."""

    kind: Kind = "text"
    bold: bool = False
    background: str | None = None
    colour: str | None = None
    align: Literal["left", "centre", "right"] | None = None
    size: int = 0
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    value: Value = None
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Series:
    """A column of the chart's table, with its colour."""

    column: int
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over the rows `first` to `last` (the header being `first`), placed at a cell.

    `domain` is the column of the labels. Rows and columns count from 0, sizes are pixels.
    """

    key: str
    title: str
    stacked: bool
    first: int
    last: int
    domain: int
    series: tuple[Series, ...]
    row: int
    column: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Cells of a column (from row `first` on) whose text is `text` get these colours."""

    column: int
    first: int
    text: str
    background: str
    colour: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab; `filter_row` is the header row of the filter. `key` stays when the title changes."""

    key: str
    title: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    frozen_rows: int = 0
    frozen_columns: int = 0
    charts: tuple[Chart, ...] = ()
    rules: tuple[Rule, ...] = ()
    filter_row: int | None = None
    gridlines: bool = True


@dataclass(frozen=True, slots=True)
class Workbook:
    title: str
    zone: str  # of the times shown
    tabs: tuple[Tab, ...]
