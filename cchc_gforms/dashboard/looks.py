"""How the parts of a tab look, and rows of a table in that look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard import palette
from cchc_gforms.dashboard.columns import Kind
from cchc_gforms.dashboard.workbook import Cell, Content, Lane, Rule, Style
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.row import Timeliness

HEADER = Style(
    bold=True, background=palette.HEADER, colour=palette.ON_HEADER, align="centre", wrap=True
)
TITLE = Style(bold=True, size=16, colour=palette.HEADER)
HEADING = Style(bold=True, size=12, colour=palette.HEADER)
MUTED = Style(colour=palette.MUTED)

COUNTED: tuple[Timeliness, ...] = (
    "on_time", "late", "missing", "overdue", "not_due", "not_assessed",
)  # fmt: skip
"""In the order of tables and charts."""


def lane(
    width: int,
    kind: Kind = "text",
    *,
    wrap: bool = False,
    centre: bool = False,
    printed: bool = True,
) -> Lane:
    """A column of a table; without `wrap` every row is one line high."""
    align: Literal["centre"] | None = "centre" if centre else None
    style = Style(kind, align=align, wrap=wrap, clip=kind == "text" and not wrap)
    return Lane(width, style, printed)


def header(titles: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(Cell(title, HEADER) for title in titles)


def title_row(text: str, width: int, at: int) -> tuple[Cell, ...]:
    """A line above a table's header; from column `at`, the first that is not frozen, its text lies
    over the empty cells beside it."""
    return filled([*[Cell()] * at, Cell(text, MUTED)], width)


def filled(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    return (*cells, *[Cell()] * (width - len(cells)))


def body(rows: Iterable[Sequence[Content]], width: int) -> tuple[tuple[Content, ...], ...]:
    """The rows, numbered from 1; where there is none, a line that says so."""
    numbered = tuple((number, *row) for number, row in enumerate(rows, start=1))
    return numbered or ((None, "Không có", *[None] * (width - 2)),)


def timeliness_rules(column: int) -> tuple[Rule, ...]:
    return tuple(
        Rule(column, column + 1, "is", labels.TIMELINESS[one], palette.PALE[one])
        for one in (*COUNTED, "exempt")
    )


def moment(when: datetime, zone: ZoneInfo) -> str:
    return when.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
