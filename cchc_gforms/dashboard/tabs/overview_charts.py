"""The charts of Tổng quan, and the tables that they stand on, below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.counts import assessed
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.workbook import Cell, Chart, Content, Series, Style
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.row import Row
from cchc_gforms.ledger.waiting import WAITING

HEIGHT, TALL = 300, 384  # pixels
LINES: Final = (15, 19, 15)
"""Rows of the tab that each line of charts takes."""

RIGHT, RIGHT_COLUMN = 635, 5
"""Width and column of the charts to the right."""
_LEFT, _ACROSS = 656, 1_299  # widths
_BEFORE, _AFTER = 30, 20  # most days shown before and after the due date
_MOST_RETURNS = 4
_WAITED = (1, 3, 7, 14)  # days

Line = tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A chart's figures: a header, and lines that each begin with their label."""

    header: Sequence[str]
    lines: Sequence[Line]
    colours: Sequence[str]


@dataclass
class Charts:
    """Laid out from the row `top` on: one across, two, two; then the tables."""

    now: Situation
    top: int
    _tables: dict[str, Table] = field(init=False)

    def __post_init__(self) -> None:
        mine = [row for rows in self.now.current.values() for row in rows]
        self._tables = {
            "days": _days(assessed(mine), self.now),
            "levels": _levels(mine, self.now),
            "returns": _returns(self.now.ledger.rows),
            "waited": _waited(self.now.ledger.rows),
        }

    @property
    def middle(self) -> int:
        """The row of the second line of charts."""
        return self.top + LINES[0]

    @property
    def _last(self) -> int:
        return self.middle + LINES[1]

    def rows(self) -> Iterator[list[Cell]]:
        """What stands in the tab from `top` on."""
        for _ in range(sum(LINES)):
            yield []
        yield [Cell("Số liệu của các biểu đồ", looks.HEADING)]
        for table in self._tables.values():
            yield list(looks.header(table.header))
            for label, *figures in table.lines:
                yield [Cell(label), *(Cell(one, Style("number")) for one in figures)]
            yield []

    def charts(self) -> tuple[Chart, ...]:
        due = max((row.due_original for row in self._mine()), default=None)
        until = f", hạn {due:%d/%m/%Y}" if due else ""
        return (
            self._chart(
                "days", f"Kỳ hiện tại: số văn bản nộp mỗi ngày{until}", self.top, 0, _ACROSS
            ),
            self._chart("levels", "Kỳ hiện tại: kết quả theo cấp học", self.middle, 0, _LEFT, TALL),
            self._chart(
                "returns", "Cả năm: số văn bản theo số lần chuyển trả", self._last, 0, _LEFT
            ),
            self._chart(
                "waited", "Cả năm: số văn bản theo thời gian chờ xử lý", self._last,
                RIGHT_COLUMN, RIGHT,
            ),
        )  # fmt: skip

    def _mine(self) -> Iterator[Row]:
        for rows in self.now.current.values():
            yield from rows

    def _chart(
        self, key: str, title: str, row: int, column: int, width: int, height: int = HEIGHT
    ) -> Chart:
        table, first = self._tables[key], self._first(key)
        return Chart(
            key, title, "bar" if key == "levels" else "column", stacked=True, first=first,
            last=first + 1 + len(table.lines), domain=0,
            series=tuple(Series(at, colour) for at, colour in enumerate(table.colours, start=1)),
            row=row, column=column, width=width, height=height,
        )  # fmt: skip

    def _first(self, key: str) -> int:
        """The row of a table's header."""
        row = self.top + sum(LINES) + 1
        for name, table in self._tables.items():
            if name == key:
                break
            row += len(table.lines) + 2
        return row


def _days(rows: Sequence[Row], now: Situation) -> Table:
    """First submissions by local day, in time and late (L4); far days are put together."""
    zone = now.year.zone
    came = Counter(
        (row.first_submitted_at.astimezone(zone).date(), row.submission)
        for row in rows
        if row.first_submitted_at
    )
    due = max((row.due_original for row in rows), default=now.today)
    seen = [day for day, _ in came] or [due]
    first = max(min(*seen, due - timedelta(days=7)), due - timedelta(days=_BEFORE))
    last = min(max(*seen, due), due + timedelta(days=_AFTER))
    grouped: Counter[tuple[date, str | None]] = Counter()
    for (day, word), count in came.items():
        grouped[min(max(day, first), last), word] += count
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    lines = [
        (_day_label(day, first, last, due, seen), grouped[day, "on_time"], grouped[day, "late"])
        for day in days
    ]
    colours = (palette.TIMELINESS["on_time"], palette.TIMELINESS["late"])
    return Table(("Ngày", "Nộp trong hạn", "Nộp sau hạn"), lines, colours)


def _day_label(day: date, first: date, last: date, due: date, seen: Sequence[date]) -> str:
    said = f"{day:%d/%m}"
    if day == due:
        return f"{said} (hạn)"
    if day == first and min(seen) < first:
        return f"đến {said}"
    if day == last and max(seen) > last:
        return f"từ {said}"
    return said


def _levels(rows: Sequence[Row], now: Situation) -> Table:
    """Timeliness by level of school (L15)."""
    known = list(now.year.regime.levels)
    levels = [*known, *sorted({row.unit.level for row in rows} - set(known))]
    counts = Counter((row.unit.level, row.timeliness) for row in rows)
    lines: list[Line] = [
        (now.year.level_label(level), *(counts[level, word] for word in looks.COUNTED))
        for level in levels
    ]
    header = ("Cấp học", *(labels.TIMELINESS[word] for word in looks.COUNTED))
    return Table(header, lines, [palette.TIMELINESS[word] for word in looks.COUNTED])


def _returns(rows: Sequence[Row]) -> Table:
    """How many documents were returned how often (R13), of those that were sent."""
    sent = [row for row in assessed(rows) if row.first_submitted_at]
    counts = Counter(min(row.return_count, _MOST_RETURNS) for row in sent)
    lines = [
        (f"{n} lần" if n < _MOST_RETURNS else f"từ {n} lần", counts[n])
        for n in range(_MOST_RETURNS + 1)
    ]
    return Table(("Số lần chuyển trả", "Số văn bản"), lines, [palette.RETURNS])


def _waited(rows: Sequence[Row]) -> Table:
    """How long documents waited for the bureau in all (L17)."""
    sent = [row for row in assessed(rows) if row.first_submitted_at]
    counts = Counter((_span(row.bureau_seconds / 86_400), row.review in WAITING) for row in sent)
    spans = list(zip((0, *_WAITED), (*_WAITED, None), strict=True))
    lines = [
        (_span_label(*span), counts[n, False], counts[n, True]) for n, span in enumerate(spans)
    ]
    header = ("Số ngày chờ xử lý", "Đã xử lý", "Đang chờ")
    return Table(header, lines, [palette.TIMELINESS["on_time"], palette.TIMELINESS["late"]])


def _span(days: float) -> int:
    return sum(days >= least for least in _WAITED)


def _span_label(least: int, below: int | None) -> str:
    if below is None:
        return f"từ {least} ngày"
    return f"{least}–{below} ngày" if least else f"dưới {below} ngày"
