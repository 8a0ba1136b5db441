"""Tổng quan: how the office stands, for the documents it is at and for the year."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.counts import count
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.tabs.first_look import first_look
from cchc_gforms.dashboard.tabs.overview_charts import RIGHT, RIGHT_COLUMN, TALL, Charts
from cchc_gforms.dashboard.tabs.tiles import tiles
from cchc_gforms.dashboard.workbook import Aged, Cell, Chart, Lane, Rule, Series, Style, Tab
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.rates import Rate
from cchc_gforms.ledger.row import Row

KEY = "overview"
TITLE = "Tổng quan"
_FIRST, _REST, _LAST = 364, 75, 110  # widths; in all 1,299, which a screen of 1,366 has room for
_HEADER = (
    "Văn bản và kỳ", "Phải nộp", "Đã nộp", *(labels.TIMELINESS[one] for one in looks.COUNTED),
    "Chờ duyệt", "Đã duyệt", "Số lần chuyển trả", "Đúng hạn trên số đã đến hạn",
)  # fmt: skip
_WIDTH = len(_HEADER)
_HARVEST = 2  # the row that tells of the last harvest
_STALE = "⚠ Dữ liệu cũ"
_TABLE = 15  # the row of the table's header


def overview(now: Situation) -> Tab:
    end = _TABLE + 1 + len(now.subjects)
    charts = Charts(now, top=end + 2)
    rows = [*_top(now), *_table(now), *charts.rows()]
    return Tab(
        key=KEY,
        title=TITLE,
        lanes=(Lane(_FIRST), *[Lane(_REST)] * (_WIDTH - 2), Lane(_LAST)),
        head=tuple(looks.filled(row, _WIDTH) for row in rows),
        frozen=False,
        gridlines=False,
        charts=(*charts.charts(), _timeliness(end, charts.middle)),
        rules=(Rule(0, _WIDTH, "first_begins", _STALE, palette.WARNING, row=_HARVEST),),
        heights=_heights(end, len(rows)),
    )


def _heights(end: int, last: int) -> dict[int, int]:
    """Of every row outside the table, whose labels may wrap: what an earlier look left goes."""
    plain = dict.fromkeys([*range(_TABLE), *range(end, last)], 21)
    return plain | {
        0: 34, 6: 12, 7: 38, 8: 66, 9: 38, 10: 12, 11: 38, 12: 44, 13: 38, 14: 12, _TABLE: 75,
    }  # fmt: skip


def _top(now: Situation) -> Iterator[Sequence[Cell]]:
    """The title, the time of the last harvest, what needs somebody, the figures of the current
    documents and of the year; as many rows as stand before the table."""
    bureau = now.year.agency_on(now.today).bureau.name
    year = now.year.year.year
    about = now.year.regime.name
    yield [Cell(f"Theo dõi công tác {about} năm {year} – {bureau}", looks.TITLE)]
    yield [Cell(f"Tính đến {looks.moment(now.ledger.as_of, now.year.zone)}", looks.MUTED)]
    yield _harvest(now)
    yield from first_look(now)
    yield []
    mine = [row for rows in now.current.values() for row in rows]
    yield from tiles("Kỳ hiện tại", _names(now), mine)
    yield []
    yield from tiles(f"Cả năm {year}", f"{len(now.subjects)} văn bản và kỳ", now.ledger.rows)
    yield []


def _harvest(now: Situation) -> list[Cell]:
    """The warning is worked out in the spreadsheet, by the clock of who looks at it: should the
    job stop, nobody would be there to write it."""
    if now.harvested_at is None:
        return [Cell(f"{_STALE}: chưa thu thập lần nào; chạy `cchc harvest`")]
    hours = math.ceil(now.stale_after / timedelta(hours=1))
    at = looks.moment(now.harvested_at, now.year.zone)
    which = "đầu" if now.harvested_at > now.ledger.as_of else "cuối"
    old = (
        f"{_STALE}: lần thu thập cuối lúc {at}, đã quá {hours} giờ; xem lịch chạy `cchc harvest` "
        "còn hoạt động không"
    )
    return [Cell(Aged(now.harvested_at, hours, f"Thu thập lần {which} lúc {at}", old))]


def _names(now: Situation) -> str:
    """The current documents with their due dates."""
    dues = {
        f"{now.labels[subject]} (hạn {max(row.due_original for row in rows):%d/%m/%Y})"
        for subject, rows in now.current.items()
    }
    return "; ".join(sorted(dues)) or "chưa mở kỳ nào"


def _table(now: Situation) -> Iterator[Sequence[Cell]]:
    yield looks.header(_HEADER)
    for subject, rows in now.subjects.items():
        yield list(_figures(now.labels[subject], rows, Style()))
    yield list(_figures("Cộng", now.ledger.rows, Style(bold=True, background=palette.TOTAL)))
    yield []


def _figures(label: str, rows: Sequence[Row], style: Style) -> Iterator[Cell]:
    """Rows that nobody is held to are in a column of their own and in no other figure (L11)."""
    found = count(rows)
    number = replace(style, kind="number")
    yield Cell(label, replace(style, wrap=True))
    yield Cell(found.expected, number)
    yield Cell(found.submitted, number)
    for one in looks.COUNTED:
        yield Cell(found.timeliness.get(one, 0), number)
    for figure in (found.waiting, found.approved, found.returns):
        yield Cell(figure, number)
    yield Cell(share(found.on_time), replace(style, align="right"))


def share(rate: Rate) -> str:
    """Numerator and denominator beside the share (L20)."""
    if rate.value is None:
        return "–"
    return f"{rate.value:.1%} ({rate.numerator}/{rate.denominator})".replace(".", ",")


def _timeliness(end: int, row: int) -> Chart:
    return Chart(
        "timeliness", "Đúng hạn, trễ hạn theo văn bản và kỳ", "bar", stacked=True,
        first=_TABLE, last=end, domain=0,
        series=tuple(
            Series(3 + place, palette.TIMELINESS[one]) for place, one in enumerate(looks.COUNTED)
        ),
        row=row, column=RIGHT_COLUMN, width=RIGHT, height=TALL,
    )  # fmt: skip
