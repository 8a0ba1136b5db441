"""A dashboard as plain values: tabs of cells, charts, colours, filters. No Google in it.

Rows and columns count from 0, ranges end before their last number, sizes are pixels, colours are
"#rrggbb". What XLSX and Sheets both can is here; what only Sheets can (filter views, slicers) is
left out elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from cchc_gforms.dashboard.columns import Kind, Value


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to an address of the web."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Jump:
    """A text in a head that leads to another tab, by its key."""

    text: str
    tab: str


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Small columns of the numbers in the same row, from column `first` to before `last`."""

    first: int
    last: int
    colour: str


@dataclass(frozen=True, slots=True)
class Aged:
    """The text `old` once `moment` (aware) is more than so many hours ago, by the clock of whoever
    looks at it; until then `fresh`."""

    moment: datetime
    hours: int
    fresh: str
    old: str


Content = Value | Link | Jump | Sparkline | Aged
"""What stands in a cell. A text is never anything but text, whatever it looks like."""


@dataclass(frozen=True, slots=True)
class Style:
    """`size` is in points; 0 leaves the default. A text too long for its cell goes on in further
    lines (`wrap`), is cut at the edge (`clip`), or lies over empty cells beside it."""

    kind: Kind = "text"
    bold: bool = False
    background: str | None = None
    colour: str | None = None
    align: Literal["left", "centre", "right"] | None = None
    size: int = 0
    wrap: bool = False
    clip: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`note` is what shows when the mouse rests on the cell."""

    value: Content = None
    style: Style = Style()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of a tab: its width, and the style of its cells in the body. The last columns may be
    for the screen alone."""

    width: int
    style: Style = Style()
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """A column of the chart's table, with its colour."""

    column: int
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Over the rows `first` to before `last` of its own tab (the header being `first`), with its
    upper left corner at the cell `row`, `column`.

    `domain` is the column of the labels. A bar lies, a column stands.
    """

    key: str
    title: str
    kind: Literal["bar", "column"]
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
    """Colours for the body's cells in the columns `first` to before `last` (those of one `row`,
    where it says so).

    The cell's text is, or begins with, `than`; its number is at least, or below, `than`; or the
    text of the first of the columns, in the same row, begins with it. The first rule that holds
    counts.
    """

    first: int
    last: int
    when: Literal["is", "begins", "at_least", "below", "first_begins"]
    than: str | float
    background: str
    colour: str = "#000000"
    row: int | None = None


@dataclass(frozen=True, slots=True)
class FilterView:
    """A named view of the filtered table: the rows that have these texts, by column."""

    key: str
    title: str
    shown: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Slicer:
    """A box to choose the values of one column with; it stands in the first row, at `at`."""

    key: str
    title: str
    column: int
    at: int
    width: int


@dataclass(frozen=True, slots=True)
class Source:
    """A column of another tab, by the tab's title, from the row `first` down."""

    tab: str
    column: int
    first: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the body's cells of a column offer: some texts, or what stands in another tab. Anything
    else may be typed too."""

    column: int
    of: tuple[str, ...] | Source


@dataclass(frozen=True, slots=True)
class Tab:
    """The `head` is styled cell by cell, the `body` below it by column. `key` stays when the title
    changes.

    A derived tab is rewritten whole; a log only grows at its end; of a tab of people the head alone
    is ours. `filtered`: the head's last row is the header of a filter over the body. `proof`: the
    first columns of a log that tell whether it is still what it was.
    """

    key: str
    title: str
    lanes: tuple[Lane, ...]
    head: tuple[tuple[Cell, ...], ...] = ()
    body: Sequence[tuple[Content, ...]] = ()
    kind: Literal["derived", "log", "people"] = "derived"
    frozen_columns: int = 0
    frozen: bool = True  # the head stays in sight
    gridlines: bool = True
    filtered: bool = False
    proof: int = 0
    charts: tuple[Chart, ...] = ()
    rules: tuple[Rule, ...] = ()
    views: tuple[FilterView, ...] = ()
    slicers: tuple[Slicer, ...] = ()
    choices: tuple[Choices, ...] = ()
    heights: dict[int, int] = field(default_factory=dict)  # of rows, where not the default

    @property
    def rows(self) -> int:
        """How many rows the tab holds."""
        return len(self.head) + len(self.body)


@dataclass(frozen=True, slots=True)
class Workbook:
    title: str
    zone: str  # of the times shown
    tabs: tuple[Tab, ...]
