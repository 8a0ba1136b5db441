"""What the ledger's words are called in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc_gforms.ledger.row import AnomalyKind, Mark, Review, Submission, Timeliness

TIMELINESS: Final[Mapping[Timeliness, str]] = {
    "exempt": "Được miễn",
    "not_assessed": "Không xét",
    "on_time": "Đúng hạn",
    "late": "Trễ hạn",
    "not_due": "Chưa đến hạn",
    "missing": "Chưa nộp, quá hạn",
    "overdue": "Đã nộp, quá hạn chưa duyệt",
}

SUBMISSION: Final[Mapping[Submission, str]] = {
    "on_time": "Nộp đúng hạn",
    "late": "Nộp trễ hạn",
}

REVIEW: Final[Mapping[Review, str]] = {
    "none": "Chưa nộp",
    "waiting": "Chờ duyệt",
    "returned": "Đã chuyển trả",
    "resubmitted": "Đã nộp lại, chờ duyệt",
    "approved": "Đã duyệt",
    "approved_edited": "Đã duyệt, có bản sửa mới",
    "quarantined": "Chờ xác nhận địa chỉ",
}

MARK: Final[Mapping[Mark, str]] = {
    "submitted_on_time_approved_late": "Nộp đúng hạn, duyệt trễ",
    "differs_if_rolled": "Kết quả khác nếu dời ngày nghỉ",
    "before_closing": "Nộp trước ngày chốt",
    "return_without_reason": "Chuyển trả không ghi lý do",
    "returned_twice_same_version": "Chuyển trả lại cùng một bản, chỉ tính một lần",
    "quarantined_beside": "Có bản gửi từ địa chỉ lạ, không tính",
    "extended": "Được gia hạn",
    "late_by_original": "Trễ so với hạn ban đầu, đúng hạn nhờ gia hạn",
    "voided": "Có bản bị hủy, xem như chưa gửi",
    "in_person": "Có bản nộp trực tiếp",
    "imported": "Có dữ liệu nhập từ tệp",
    "sheet_only": "Có bản chỉ thấy trong trang tính, không thấy trong biểu mẫu",
    "api_only": "Có bản chỉ thấy trong biểu mẫu, không thấy trong trang tính",
    "sheet": "Chỉ đọc trang tính: bản đã sửa thì không biết thời điểm nộp trước đó",
    "forms": "Chưa đối chiếu với trang tính",
    "row_vanished": "Có hàng đã bị xóa khỏi trang tính; bản đã thu thập vẫn được tính",
    "row_edited": "Có ô bị sửa tay trong trang tính; bản đã thu thập giữ nguyên",
}

ANOMALY: Final[Mapping[AnomalyKind, str]] = {
    "version_quarantined": "Bản gửi từ địa chỉ không phải của đơn vị",
    "decision_quarantined": "Quyết định từ địa chỉ không phải của người duyệt",
    "decision_without_version": "Quyết định khi đơn vị chưa nộp bản nào",
    "void_without_version": "Hủy một bản không có hoặc không rõ là bản nào",
    "extension_not_later": "Gia hạn đến ngày không sau hạn ban đầu",
    "stated_in_future": "Thời điểm nhận trực tiếp sau lúc ghi sổ",
    "nothing_to_accept": "Xác nhận khi không có bản nào chờ xác nhận",
    "nothing_to_revoke": "Rút lại khi không còn gì để rút lại",
    "unknown_unit": "Không nhận ra đơn vị",
    "not_expected": "Đơn vị không thuộc danh sách của kỳ",
    "never_opened": "Kỳ chưa được mở",
    "unreadable": "Câu trả lời không đọc được",
}
