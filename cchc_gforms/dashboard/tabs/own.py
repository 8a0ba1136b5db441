"""Kết quả: what a single unit sees, its own rows and nothing of any other unit.

Narrow enough for a telephone: the document, its result and its due date stand in 390 pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.workbook import Cell, Content, Lane, Link, Rule, Tab
from cchc_gforms.events import RosterUnit
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.row import Row

KEY = "own"
TITLE = "Kết quả"
_STAMP = 2  # the row of the head that says as of when
_STAMPED = re.compile(r"Tính đến \d\d/\d\d/\d{4} \d\d:\d\d:\d\d")
_RESULT, _REVIEW = "Kết quả", "Trạng thái"
_COLUMNS: tuple[tuple[str, Lane], ...] = (
    ("Văn bản, kỳ", looks.lane(150, wrap=True)),
    (_RESULT, looks.lane(100, wrap=True)),
    ("Hạn", looks.lane(85, "day")),
    ("Biểu mẫu", looks.lane(95, centre=True)),
    (_REVIEW, looks.lane(110, wrap=True)),
    ("Nộp lần đầu", looks.lane(140, "time")),
    ("Ngày duyệt", looks.lane(140, "time")),
    ("Số lần chuyển trả", looks.lane(85, "number")),
    ("Lý do chuyển trả gần nhất", looks.lane(330, wrap=True)),
)


def own(unit: RosterUnit, rows: Iterable[Row], now: Situation) -> Tab:
    """`rows` are the unit's; they come by due date."""
    lanes = tuple(lane for _, lane in _COLUMNS)
    titles = [title for title, _ in _COLUMNS]
    mine = sorted(rows, key=lambda row: (row.due, row.document))
    return Tab(
        key=KEY,
        title=TITLE,
        lanes=lanes,
        head=(
            *(looks.filled([cell], len(lanes)) for cell in _above(unit, now)),
            looks.header(titles),
        ),
        body=tuple(_values(row, now) for row in mine),
        frozen=False,
        rules=tuple(_rules(titles.index(_RESULT), titles.index(_REVIEW))),
    )


def undated(tab: Tab) -> Tab:
    """Without the moment, which changes though nothing of the unit does."""
    return _stamped(tab, None)


def as_dated(tab: Tab, there: Sequence[Sequence[object]]) -> Tab:
    """With the moment that stands in the rows `there`, where that is one."""
    row = there[_STAMP] if len(there) > _STAMP else ()
    said = row[0] if row else None
    if not isinstance(said, str) or not _STAMPED.fullmatch(said):
        return tab
    return _stamped(tab, said)


def _stamped(tab: Tab, said: str | None) -> Tab:
    head = list(tab.head)
    first, *rest = head[_STAMP]
    head[_STAMP] = (replace(first, value=said), *rest)
    return replace(tab, head=tuple(head))


def _above(unit: RosterUnit, now: Situation) -> Iterator[Cell]:
    """Lines short enough for a telephone."""
    yield Cell(unit.name, looks.HEADING)
    yield Cell(f"Kế hoạch, báo cáo {now.year.regime.name} {now.year.year.year} của đơn vị")
    yield Cell(f"Tính đến {looks.moment(now.ledger.as_of, now.year.zone)}", looks.MUTED)
    yield Cell("Trang này chỉ được ghi lại khi kết quả đổi.", looks.MUTED)
    yield Cell(f"Cần hỏi: {now.year.agency_on(now.today).bureau.short_name}", looks.MUTED)
    for one in now.year.regime.reviewers:
        if one.holds_on(now.today):
            yield Cell(one.email, looks.MUTED)


def _values(row: Row, now: Situation) -> tuple[Content, ...]:
    return (
        now.labels[row.document, row.period],
        _result(row),
        row.due,
        _form(row, now),
        labels.REVIEW[row.review],
        row.first_submitted_at,
        row.approved_at,
        row.return_count,
        row.return_reasons[-1] if row.return_reasons else None,
    )


def _form(row: Row, now: Situation) -> Link | None:
    """Where the unit is to send something: who sent it already is not invited to send another, nor
    who may leave it."""
    words = {"none": "Nộp", "returned": "Nộp lại"}
    may_leave = row.timeliness == "not_assessed" and row.review == "none"
    if row.review not in words or row.timeliness == "exempt" or may_leave:
        return None
    form = now.addresses.form(row)
    return Link(words[row.review], form) if form else None


def _result(row: Row) -> str:
    said = labels.TIMELINESS[row.timeliness]
    return f"{said} {row.late_days} ngày" if row.late_days else said


def _rules(result: int, review: int) -> Iterator[Rule]:
    for one, said in labels.TIMELINESS.items():
        yield Rule(result, result + 1, "begins", said, palette.PALE[one])
    yield Rule(review, review + 1, "is", labels.REVIEW["returned"], palette.RETURNED)
