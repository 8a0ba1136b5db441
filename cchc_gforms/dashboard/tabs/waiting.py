"""Chờ xử lý: what waits for the bureau, the longest first (L17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.columns import NUMBER
from cchc_gforms.dashboard.counts import assessed
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.workbook import Content, Lane, Link, Rule, Tab
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.row import Row
from cchc_gforms.ledger.waiting import waiting_since

KEY = "waiting"
TITLE = "Chờ xử lý"
_STATE = "Trạng thái"
_COLUMNS: tuple[tuple[str, Lane], ...] = (
    (NUMBER, looks.lane(50, "number")),
    ("Chờ (ngày)", looks.lane(65, "decimal")),
    ("Phiếu đã nộp", looks.lane(80, centre=True)),
    ("Duyệt", looks.lane(75, centre=True)),
    ("Chuyển trả", looks.lane(85, centre=True)),
    ("Mã đơn vị", looks.lane(75)),
    ("Tên đơn vị", looks.lane(180)),
    ("Văn bản, kỳ", looks.lane(240, wrap=True)),
    (_STATE, looks.lane(120, wrap=True)),
    ("Cần lưu ý", looks.lane(330, wrap=True)),
    ("Chờ từ lúc", looks.lane(140, "time")),
    ("Số lần chuyển trả", looks.lane(75, "number")),
    ("Ghi chú của phòng", looks.lane(220, wrap=True)),
)
_LONG, _TOO_LONG = 3, 7  # days
_MOST_FLAGS = 3


def waiting(now: Situation) -> Tab:
    due = [(since, row) for row in now.ledger.rows if (since := waiting_since(row))]
    due.sort(key=lambda one: (one[0], one[1].unit.code))
    lanes = tuple(lane for _, lane in _COLUMNS)
    titles = [title for title, _ in _COLUMNS]
    state = titles.index(_STATE)
    unassessed = len(due) - len(assessed(row for _, row in due))
    beside = f" ({unassessed} không xét hạn)" if unassessed else ""
    said = (
        f"{len(due)} văn bản chờ xử lý{beside}, lâu nhất ở trên; bấm Duyệt hoặc Chuyển trả để mở "
        f"phiếu xử lý đã điền sẵn. Tính đến {looks.moment(now.ledger.as_of, now.year.zone)}"
    )
    return Tab(
        key=KEY,
        title=TITLE,
        lanes=lanes,
        head=(
            looks.title_row(said, len(lanes), at=5),
            looks.header(titles),
        ),
        body=looks.body((_values(row, since, now) for since, row in due), len(lanes)),
        frozen_columns=5,
        filtered=True,
        rules=(
            Rule(1, 2, "at_least", _TOO_LONG, palette.PALE["missing"]),
            Rule(1, 2, "at_least", _LONG, palette.PALE["late"]),
            Rule(state, state + 1, "is", labels.REVIEW["quarantined"], palette.RETURNED),
        ),
    )


def _values(row: Row, since: datetime, now: Situation) -> Sequence[Content]:
    response = now.addresses.response(row)
    return (
        round((now.ledger.as_of - since).total_seconds() / 86_400, 1),
        Link("Mở phiếu", response) if response else None,
        *_deeds(row, now),
        row.unit.code,
        row.unit.name,
        now.labels[row.document, row.period],
        labels.REVIEW[row.review],
        _in_short([*_flags(row)]),
        since,
        row.return_count,
        now.notes.of(row) or None,
    )


def _deeds(row: Row, now: Situation) -> tuple[Content, Content]:
    """What is quarantined is first accepted (L13), or left where it is."""
    if row.review == "quarantined":
        accept = now.addresses.accept(row)
        return (Link("Xác nhận", accept) if accept else None, None)
    approve, give_back = now.addresses.approve(row), now.addresses.give_back(row)
    return (
        Link("Duyệt", approve) if approve else None,
        Link("Chuyển trả", give_back) if give_back else None,
    )


def _in_short(flags: Sequence[str]) -> str | None:
    """The first few; all of them stand in the ledger."""
    more = len(flags) - _MOST_FLAGS
    shown = "; ".join(flags[:_MOST_FLAGS])
    return f"{shown}; và {more} điểm khác" if more > 0 else shown or None


def _flags(row: Row) -> Iterator[str]:
    """What a reviewer should look at (R17, L13, L21)."""
    if row.review == "quarantined":
        yield "Gửi từ địa chỉ không phải của đơn vị: xác nhận nếu đúng là của đơn vị"
    elif "quarantined_beside" in row.marks:
        yield labels.MARK["quarantined_beside"]
    if row.left_out:
        yield f"Thiếu mục {', '.join(row.left_out)}"
    yield from row.flags
