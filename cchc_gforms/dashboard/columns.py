"""The ledger as a table: the columns of the follow-up book (requirements §3), one row a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cchc_gforms.ledger import labels
from cchc_gforms.ledger.book import document_label, period_title
from cchc_gforms.ledger.row import Ledger, Row
from cchc_gforms.regime.year import ReportingYear

Value = str | int | float | date | datetime | None
Kind = Literal["text", "number", "decimal", "day", "time"]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in pixels. A number is whole, a decimal has one place (L17); a day is a date, a time
    an aware datetime, both shown local."""

    title: str
    kind: Kind
    width: int
    value: Callable[[Row, ReportingYear], Value]


NUMBER = "STT"
"""Title of the column before all others, which counts the rows."""

TIMELINESS = "Đúng hạn/Trễ hạn"
REVIEW = "Trạng thái"

LEDGER: tuple[Column, ...] = (
    Column("Mã đơn vị", "text", 75, lambda row, _: row.unit.code),
    Column("Tên đơn vị", "text", 190, lambda row, _: row.unit.name),
    Column("Cấp học", "text", 75, lambda row, year: year.level_label(row.unit.level)),
    Column("Loại văn bản", "text", 215, document_label),
    Column("Kỳ", "text", 150, period_title),
    Column("Số liệu từ ngày", "day", 85, lambda row, _: row.window_from),
    Column("Ngày chốt", "day", 85, lambda row, _: row.closes_on),
    Column("Hạn theo văn bản", "day", 85, lambda row, _: row.due_on),
    Column("Hạn nếu dời ngày nghỉ", "day", 95, lambda row, _: row.due_on_rolled),
    Column("Lý do dời", "text", 200, lambda row, _: row.rolled_because),
    Column("Hạn đang áp dụng", "day", 90, lambda row, _: row.due),
    Column("Nộp lần đầu", "time", 145, lambda row, _: row.first_submitted_at),
    Column("Nộp gần nhất", "time", 145, lambda row, _: row.last_submitted_at),
    Column("Số phiên bản", "number", 70, lambda row, _: row.versions),
    Column("Ngày duyệt", "time", 145, lambda row, _: row.approved_at),
    Column("Người duyệt", "text", 170, lambda row, _: row.approved_by),
    Column(REVIEW, "text", 150, lambda row, _: labels.REVIEW[row.review]),
    Column(TIMELINESS, "text", 150, lambda row, _: labels.TIMELINESS[row.timeliness]),
    Column("Số ngày trễ", "number", 70, lambda row, _: row.late_days),
    Column("Số ngày quá hạn", "number", 80, lambda row, _: row.days_overdue),
    Column("Số lần chuyển trả", "number", 80, lambda row, _: row.return_count),
    Column("Lý do chuyển trả", "text", 240, lambda row, _: "; ".join(row.return_reasons)),
    Column("Số ngày chờ duyệt", "decimal", 80, lambda row, _: _days(row.bureau_seconds)),
    Column("Minh chứng", "text", 220, lambda row, _: _evidence(row)),
    Column("Thiếu mục đề cương", "text", 150, lambda row, _: ", ".join(row.left_out)),
    Column("Ghi chú", "text", 320, lambda row, _: "; ".join(_remarks(row))),
)


def table(ledger: Ledger, year: ReportingYear) -> Iterator[list[Value]]:
    """A list of values for every row of the ledger, in the order of the columns."""
    for row in ledger.rows:
        yield [column.value(row, year) for column in LEDGER]


def _evidence(row: Row) -> str:
    """Number, link and confirmation, and what of them is missing (R17)."""
    if row.evidence is None:
        return ""
    said = [row.evidence.number or "thiếu số hiệu", row.evidence.link or "thiếu liên kết"]
    confirmed = "đã có xác nhận" if row.evidence.confirmed else "chưa có xác nhận"
    return "; ".join([*said, confirmed])


def _days(seconds: float) -> float:
    """Days with one decimal (L17)."""
    return round(seconds / 86_400, 1)


def _remarks(row: Row) -> Iterator[str]:
    if row.not_assessed:
        yield f"không xét: {row.not_assessed}"
    if row.exempt is not None:
        yield f"được miễn: {row.exempt or 'không ghi lý do'}"
    if row.extension_reason is not None:
        yield f"gia hạn: {row.extension_reason or 'không ghi lý do'}"
    if row.source_document:
        yield f"theo {row.source_document}"
    if row.advisory:
        yield "hạn chỉ để nhắc"
    yield from (labels.MARK[mark] for mark in row.marks)
    yield from row.flags
