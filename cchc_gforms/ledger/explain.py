"""Why a row says what it says: each event, what it did, and the rule (L22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cchc_gforms.events import Decided, Event
from cchc_gforms.ledger.row import Effect, Row

_SAID: Final[Mapping[Effect, tuple[str, str]]] = {
    "opened": ("Mở kỳ: chốt danh sách đơn vị và hạn nộp", "L1"),
    "first_submission": ("Nộp lần đầu", "L4"),
    "further_version": ("Nộp bản tiếp theo; thời điểm nộp lần đầu giữ nguyên", "L3"),
    "approved": ("Duyệt bản mới nhất", "L7"),
    "approved_further": ("Duyệt bản mới; thời điểm duyệt trước đó giữ nguyên", "L7"),
    "approved_again": ("Duyệt lại bản đã duyệt; không thay đổi gì", "L7"),
    "returned": ("Chuyển trả; tính thêm một lần chuyển trả", "L6"),
    "returned_again": ("Chuyển trả lần nữa cùng một bản; không tính thêm", "L6"),
    "approval_withdrawn": ("Lần duyệt bản này trước đó hết hiệu lực", "L7"),
    "no_reason": ("Chuyển trả không ghi lý do", "L6"),
    "version_quarantined": ("Gửi từ địa chỉ không phải của đơn vị; không tính", "L13"),
    "decision_quarantined": ("Người gửi không phải người duyệt; không tính", "L13"),
    "decision_without_version": ("Chưa có bản nào để xử lý; không tính", "L5"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing that an event did to the row, in Vietnamese, and the rule that says so."""

    event: Event
    effect: Effect
    text: str
    rule: str


def explain(row: Row) -> tuple[Explanation, ...]:
    """Everything that made the row, in order; an event with two effects is there twice."""
    return tuple(
        Explanation(step.event, effect, _text(step.event, effect), _SAID[effect][1])
        for step in row.steps
        for effect in step.effects
    )


def _text(event: Event, effect: Effect) -> str:
    said = _SAID[effect][0]
    if isinstance(event, Decided) and effect in ("returned", "returned_again") and event.reason:
        return f"{said}. Lý do: {event.reason}"
    return said
