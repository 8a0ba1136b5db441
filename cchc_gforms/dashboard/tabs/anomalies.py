"""Ngoại lệ: what counts for nothing, in plain words, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cchc_gforms.dashboard import looks
from cchc_gforms.dashboard.columns import NUMBER
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.workbook import Content, Lane, Tab
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.row import Anomaly, AnomalyKind

KEY = "anomalies"
TITLE = "Ngoại lệ"
_COLUMNS: tuple[tuple[str, Lane], ...] = (
    (NUMBER, looks.lane(50, "number")),
    ("Lúc", looks.lane(140, "time")),
    ("Chuyện gì", looks.lane(220, wrap=True)),
    ("Đơn vị (như đã ghi)", looks.lane(190, wrap=True)),
    ("Văn bản, kỳ", looks.lane(220, wrap=True)),
    ("Ai gửi", looks.lane(160)),
    ("Nên làm gì", looks.lane(330, wrap=True)),
)
_TO_DO: Final[Mapping[AnomalyKind, str]] = {
    "version_quarantined": "Hỏi đơn vị; nếu đúng là của đơn vị, chọn “Xác nhận” trên phiếu xử lý. "
    "Thời điểm gửi được giữ nguyên.",
    "decision_quarantined": "Người duyệt gửi lại phiếu xử lý bằng địa chỉ của mình; thêm địa chỉ "
    "vào regime.yaml nếu là người duyệt mới.",
    "decision_without_version": "Xem lại đơn vị và văn bản đã chọn trên phiếu xử lý, rồi gửi phiếu "
    "mới.",
    "void_without_version": "Gửi phiếu hủy mới, ghi đúng thời điểm của bản cần hủy.",
    "extension_not_later": "Gửi phiếu gia hạn mới với ngày sau hạn ban đầu.",
    "stated_in_future": "Gửi phiếu mới, ghi đúng thời điểm đã nhận trực tiếp.",
    "nothing_to_accept": "Không phải làm gì nếu bản đó đã được xác nhận; nếu không, xem lại đơn vị "
    "và văn bản đã chọn.",
    "nothing_to_revoke": "Xem lại đơn vị và văn bản đã chọn trên phiếu xử lý.",
    "unknown_unit": "Hỏi người gửi là đơn vị nào; đề nghị nộp lại, chọn đúng tên đơn vị.",
    "not_expected": "Đơn vị không có tên khi mở kỳ. Không phải làm gì nếu đúng vậy; nếu sai, xem "
    "`cchc period status`.",
    "never_opened": "Mở kỳ bằng `cchc period open` nếu văn bản này có thật.",
    "unreadable": "Mở câu trả lời trong biểu mẫu để xem; đề nghị đơn vị gửi lại.",
}


def anomalies(now: Situation) -> Tab:
    lanes = tuple(lane for _, lane in _COLUMNS)
    told = [*(_anomaly(one, now) for one in now.ledger.anomalies), *_astray(now)]
    said = f"{len(told)} điều không tính vào sổ. Không có gì bị xóa: tất cả còn trong Nhật ký."
    return Tab(
        key=KEY,
        title=TITLE,
        lanes=lanes,
        head=(
            looks.title_row(said, len(lanes), at=1),
            looks.header(title for title, _ in _COLUMNS),
        ),
        body=looks.body(told, len(lanes)),
        frozen_columns=1,
        filtered=True,
    )


def _anomaly(one: Anomaly, now: Situation) -> Sequence[Content]:
    event = one.event
    said_who = (getattr(event, name, None) for name in ("reviewer", "recorded_by", "email"))
    claimed = getattr(event, "claimed_unit", None) or one.unit_code
    alike = now.year.roster.alike(claimed) if one.kind == "unknown_unit" and claimed else ()
    perhaps = f" Có phải là {' hay '.join(alike)}?" if alike else ""
    return (
        event.at,
        labels.ANOMALY[one.kind],
        claimed,
        _subject(one, now),
        next(filter(None, said_who), None),
        _TO_DO[one.kind] + perhaps,
    )


def _subject(one: Anomaly, now: Situation) -> str | None:
    if one.document is None or one.period is None:
        return None
    known = now.labels.get((one.document, one.period))
    return known or now.year.label(one.document, one.period)


def _astray(now: Situation) -> Iterator[Sequence[Content]]:
    """Notes that belong to no row of the ledger."""
    for row, said, why in now.notes.astray:
        what = f"Ghi chú ở hàng {row} của trang Ghi chú: {why}"
        yield (None, what, said, None, None, "Sửa mã đơn vị hoặc tên văn bản, kỳ ở hàng đó.")
