"""Figures as tiles: a name, a large number, and its numerator and denominator (L20)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.counts import count
from cchc_gforms.dashboard.workbook import Cell, Style
from cchc_gforms.ledger.rates import Rate
from cchc_gforms.ledger.row import Row

_NAME = Style(colour=palette.MUTED, background=palette.TILE, align="centre", wrap=True)
_PART = Style(colour=palette.MUTED, background=palette.TILE, align="centre", wrap=True)

_OUT_OF = "Đúng hạn, trễ hạn, quá hạn: trên số đã đến hạn hoặc đã có kết quả"


def tiles(title: str, below: str, rows: Sequence[Row]) -> Iterator[list[Cell]]:
    """Three rows: names, numbers, and what each is out of."""
    made = list(figures(rows))
    yield [Cell(title, looks.HEADING), *(Cell(name, _NAME) for name, _, _, _ in made)]
    yield [
        Cell(below, Style(colour=palette.MUTED, wrap=True)),
        *(Cell(number, _number(colour)) for _, number, _, colour in made),
    ]
    yield [
        Cell(_OUT_OF, Style(colour=palette.MUTED, wrap=True)),
        *(Cell(_share(number, of), _PART) for _, number, of, _ in made),
    ]


def _number(colour: str) -> Style:
    return Style(
        "number", bold=True, size=20, colour=colour, background=palette.TILE, align="centre"
    )


def figures(rows: Sequence[Row]) -> Iterator[tuple[str, int, int, str]]:
    """Name, number, what it is out of, colour: timeliness out of what is due by now."""
    found = count(rows)
    late, missing = (found.timeliness.get(one, 0) for one in ("late", "missing"))
    yield "Phải nộp", found.expected, len(rows), palette.HEADER
    yield "Đã nộp", found.submitted, found.expected, palette.HEADER
    yield "Đúng hạn", found.on_time.numerator, found.due, palette.INK["on_time"]
    yield "Trễ hạn", late, found.due, palette.INK["late"]
    yield "Quá hạn chưa nộp", missing, found.due, palette.INK["missing"]
    yield "Chờ duyệt", found.waiting, found.submitted, palette.HEADER
    yield "Đang chuyển trả", found.returned, found.submitted, palette.RETURNS
    yield "Đã duyệt", found.approved, found.submitted, palette.HEADER


def _share(number: int, of: int) -> str:
    rate = Rate(number, of)
    percent = "–" if rate.value is None else f"{rate.value:.1%}".replace(".", ",")
    return f"{number}/{of}\n{percent}" if of else "–"
