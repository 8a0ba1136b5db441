"""Figures as tiles: a name, a large number, and its numerator and denominator (L20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.workbook import Cell, Style
from cchc_gforms.ledger.rates import Rate
from cchc_gforms.ledger.row import UNASSESSED, Row
from cchc_gforms.ledger.waiting import WAITING

_NAME = Style(colour=palette.MUTED, background=palette.TILE, align="centre", wrap=True)
_PART = Style(colour=palette.MUTED, background=palette.TILE, align="centre", wrap=True)


def tiles(title: str, below: str, rows: Sequence[Row]) -> Iterator[list[Cell]]:
    """Three rows: names, numbers, and what each is out of."""
    made = list(figures(rows))
    yield [Cell(title, looks.HEADING), *(Cell(name, _NAME) for name, _, _, _ in made)]
    yield [
        Cell(below, Style(colour=palette.MUTED, wrap=True)),
        *(Cell(number, _number(colour)) for _, number, _, colour in made),
    ]
    yield [Cell(), *(Cell(_share(number, of), _PART) for _, number, of, _ in made)]


def _number(colour: str) -> Style:
    return Style(
        "number", bold=True, size=20, colour=colour, background=palette.TILE, align="centre"
    )


def figures(rows: Sequence[Row]) -> Iterator[tuple[str, int, int, str]]:
    """Name, number, what it is out of, colour. Rows that nobody is held to are work all the same,
    and in no other figure (L11)."""
    assessed = [row for row in rows if row.timeliness not in UNASSESSED]
    sent = [row for row in assessed if row.first_submitted_at is not None]
    sent_at_all = sum(row.first_submitted_at is not None for row in rows)
    expected, timeliness = len(assessed), Counter(row.timeliness for row in assessed)
    yield "Phải nộp", expected, len(rows), palette.HEADER
    yield "Đã nộp", len(sent), expected, palette.HEADER
    yield "Đúng hạn", timeliness["on_time"], expected, palette.INK["on_time"]
    yield "Trễ hạn", timeliness["late"], expected, palette.INK["late"]
    yield "Quá hạn chưa nộp", timeliness["missing"], expected, palette.INK["missing"]
    yield "Chờ duyệt", sum(row.review in WAITING for row in rows), sent_at_all, palette.HEADER
    yield (
        "Đang chuyển trả",
        sum(row.review == "returned" for row in sent),
        len(sent),
        palette.RETURNS,
    )
    yield "Đã duyệt", sum(row.approved_at is not None for row in sent), len(sent), palette.HEADER


def _share(number: int, of: int) -> str:
    rate = Rate(number, of)
    percent = "–" if rate.value is None else f"{rate.value:.1%}".replace(".", ",")
    return f"{number}/{of}\n{percent}" if of else "–"
