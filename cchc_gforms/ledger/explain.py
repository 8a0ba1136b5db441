"""Why a row says what it says: each event, what it did, and the rule (L22)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cchc_gforms.events import Event
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
    "version_voided": ("Bản này đã bị hủy; xem như chưa gửi", "L9"),
    "voids": ("Hủy một bản đã gửi; bản kế tiếp (nếu có) được xét thay", "L9"),
    "void_without_version": ("Hủy một bản không có hoặc không rõ là bản nào; không tính", "L9"),
    "extended": ("Gia hạn nộp; hạn ban đầu vẫn ghi bên cạnh", "L10"),
    "extension_not_later": ("Hạn mới không sau hạn ban đầu; không tính", "L10"),
    "exempted": ("Miễn văn bản này; không tính vào tỷ lệ nào", "L11"),
    "stated_in_future": ("Thời điểm nhận trực tiếp sau lúc ghi sổ; không tính", "L12"),
    "accepted": ("Xác nhận câu trả lời đang chờ; tính theo thời điểm gửi ban đầu", "L13"),
    "version_reassigned": ("Đã chuyển sang đơn vị khác; không tính cho đơn vị này", "L13"),
    "nothing_to_accept": ("Không có câu trả lời nào đang chờ xác nhận; không tính", "L13"),
    "entry_revoked": ("Đã được rút lại; xem như chưa có", "L14"),
    "revokes": ("Rút lại một mục đã ghi trước đó", "L14"),
    "nothing_to_revoke": ("Không còn mục nào để rút lại; không tính", "L14"),
    "row_vanished": ("Hàng này không còn trong trang tính; bản đã thu thập vẫn được tính", "L3"),
    "row_returned": ("Hàng này lại có trong trang tính", "L3"),
    "row_edited": ("Hàng này bị sửa tay trong trang tính; bản đã thu thập giữ nguyên", "L3"),
}


RULES: Final[Mapping[str, str]] = {
    "L2": "Hạn là hết 24 giờ ngày đến hạn; từ 0 giờ ngày hôm sau là trễ.",
    "L8": "{document} xét theo thời điểm {decides}.",
    "L15": "Qua hạn mà chưa nộp là thiếu; đã nộp mà chưa được duyệt là quá hạn chưa duyệt.",
    "L16": "Số ngày trễ là ngày nộp (hoặc ngày duyệt) trừ ngày đến hạn, ít nhất là 1.",
    "L1": "Danh sách đơn vị và hạn nộp được chốt khi mở kỳ; thay đổi sau đó không đụng đến kỳ này.",
    "L3": "Mỗi lần gửi hoặc sửa câu trả lời là một phiên bản; các phiên bản trước vẫn được giữ.",
    "L4": "Nộp lần đầu là phiên bản sớm nhất không bị hủy; sửa hay nộp lại không làm đổi.",
    "L5": "Duyệt, chuyển trả áp dụng cho phiên bản mới nhất đã nộp trước lúc đó.",
    "L6": "Mỗi phiên bản bị chuyển trả chỉ tính một lần.",
    "L7": "Lần duyệt có hiệu lực cho đến khi chính phiên bản đó bị chuyển trả.",
    "L9": "Phiên bản bị hủy được xem như chưa từng gửi.",
    "L10": "Gia hạn phải sau hạn ban đầu; lần gia hạn mới nhất có hiệu lực.",
    "L11": "Văn bản được miễn hoặc không xét vẫn ở trong sổ nhưng không tính vào tỷ lệ nào.",
    "L12": "Nộp trực tiếp được tính theo thời điểm nhận, không được sau lúc ghi sổ.",
    "L13": "Bản gửi từ địa chỉ không phải của đơn vị phải chờ người duyệt xác nhận; được xác nhận "
    "thì tính theo thời điểm gửi ban đầu.",
    "L14": "Mục bị rút lại được xem như chưa từng có.",
    "L21": "Minh chứng, nội dung thiếu hoặc sai dạng chỉ bị ghi chú, không làm đổi thời điểm nộp.",
}
"""The rules that an explanation can name, in a sentence for those whom they concern."""

DECIDES: Final[Mapping[str, str]] = {
    "first_submission": "nộp lần đầu",
    "approval": "được duyệt",
}
"""What makes a document of a kind on time or late (L8)."""


def rule_said(rule: str, row: Row, document: str) -> str:
    """The sentence of a rule for a row of the document so called."""
    return RULES[rule].format(document=document, decides=DECIDES[row.deciding])


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
        Explanation(step.event, effect, _text(row, step.event, effect), _SAID[effect][1])
        for step in row.steps
        for effect in step.effects
    )


def _text(row: Row, event: Event, effect: Effect) -> str:
    return ". ".join([_SAID[effect][0], *_details(row, event, effect)])


def _details(row: Row, event: Event, effect: Effect) -> Iterator[str]:
    if event.kind == "period_opened":
        yield f"Hạn: {row.due_original:%d/%m/%Y}"
        if row.due_on_rolled != row.due_on:
            yield f"Nếu dời ngày nghỉ: {row.due_on_rolled:%d/%m/%Y} ({row.rolled_because or '?'})"
    if event.kind == "extended":
        yield f"Hạn mới: {event.due_on:%d/%m/%Y}"
    if event.kind == "received_in_person":
        yield f"Nộp trực tiếp, người ghi: {event.recorded_by or event.reviewer or 'không rõ'}"
    if event.kind == "row_edited":
        yield f"Cột: {', '.join(event.columns)}"
    reason = getattr(event, "reason", "")
    if reason and effect not in ("approval_withdrawn", "no_reason"):
        yield f"Lý do: {reason}"
