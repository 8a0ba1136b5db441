"""Chưa nộp: who has not submitted, the longest overdue first, and what to write to them."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.columns import NUMBER, TIMELINESS
from cchc_gforms.dashboard.situation import SOON, Situation
from cchc_gforms.dashboard.workbook import Content, Lane, Link, Rule, Tab
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.reminder import days_left, is_lacking, reminder
from cchc_gforms.ledger.row import Row

KEY = "missing"
TITLE = "Chưa nộp"
_DAYS = "Còn (ngày)"
_COLUMNS: tuple[tuple[str, Lane], ...] = (
    (NUMBER, looks.lane(50, "number")),
    ("Mã đơn vị", looks.lane(75)),
    ("Tên đơn vị", looks.lane(180)),
    ("Cấp học", looks.lane(75)),
    ("Văn bản, kỳ", looks.lane(360)),
    ("Hạn", looks.lane(85, "day")),
    (_DAYS, looks.lane(70, "number")),
    (TIMELINESS, looks.lane(135)),
    ("Liên hệ", looks.lane(165)),
    ("Biểu mẫu", looks.lane(95, centre=True)),
    ("Ghi chú của phòng", looks.lane(260, wrap=True)),
    ("Lời nhắc, để dán vào Zalo, thư", looks.lane(260, printed=False)),
)
_SOON = 7  # days


def missing(now: Situation) -> Tab:
    lacking = [row for row in now.ledger.rows if is_lacking(row) and row.due <= now.today + SOON]
    lacking.sort(key=lambda row: (row.due, row.unit.code, row.document))
    lanes = tuple(lane for _, lane in _COLUMNS)
    overdue = sum(row.days_overdue is not None for row in lacking)
    said = (
        f"{len(lacking)} văn bản chưa nộp, trong đó {overdue} đã quá hạn (số ngày "
        f"âm), còn lại đến hạn trong {SOON.days} ngày tới. Tính đến "
        f"{looks.moment(now.ledger.as_of, now.year.zone)}"
    )
    titles = [title for title, _ in _COLUMNS]
    days, timeliness = titles.index(_DAYS), titles.index(TIMELINESS)
    return Tab(
        key=KEY,
        title=TITLE,
        lanes=lanes,
        head=(looks.title_row(said, len(lanes), at=3), looks.header(titles)),
        body=looks.body((_values(row, now) for row in lacking), len(lanes)),
        frozen_columns=3,
        filtered=True,
        rules=(
            Rule(days, days + 1, "below", 0, palette.PALE["missing"]),
            Rule(days, days + 1, "below", _SOON + 1, palette.PALE["late"]),
            *looks.timeliness_rules(timeliness),
        ),
    )


def _values(row: Row, now: Situation) -> Sequence[Content]:
    form = now.addresses.form(row)
    text = reminder(row, now.year, now.ledger.as_of)
    return (
        row.unit.code,
        row.unit.name,
        now.year.level_label(row.unit.level),
        now.labels[row.document, row.period],
        row.due,
        days_left(row, now.today),
        labels.TIMELINESS[row.timeliness],
        ", ".join(row.unit.emails) or "chưa có địa chỉ",
        Link("Mở biểu mẫu", form) if form else None,
        now.notes.of(row) or None,
        f"{text} Biểu mẫu: {form}" if form else text,
    )
