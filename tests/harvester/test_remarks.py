"""What a harvest remarks on several forms or periods is one remark, naming them."""

from __future__ import annotations

from cchc_gforms.harvester.tally import not_linked, not_listed, not_made, not_opened
from tests.harvester.stand import YEAR


def test_nothing_to_remark_is_no_remark() -> None:
    assert not_made([]) == not_linked([]) == not_opened(YEAR, []) == not_listed("Kế hoạch", 0) == []


def test_forms_are_named_in_one_remark() -> None:
    assert not_made(["Báo cáo"]) == ["chưa tạo biểu mẫu “Báo cáo”: chạy `cchc forms apply`"]
    assert not_linked(["Báo cáo", "Kế hoạch"]) == [
        "chưa thấy trang tính của 2 biểu mẫu (“Báo cáo”, “Kế hoạch”): chưa được liên kết với bảng "
        "tính"
    ]


def test_periods_past_their_due_date_are_named_in_one_remark_with_what_to_run() -> None:
    q1, h1 = (
        next(duty for duty in YEAR.duties if duty.key == ("periodic_report", f"2022-{period}"))
        for period in ("q1", "h1")
    )
    assert not_opened(YEAR, [q1]) == [
        "đã qua hạn mà kỳ chưa mở, nên chưa tính cho ai: Báo cáo CCHC quý I năm 2022. Nếu các đơn "
        "vị phải nộp, chạy `cchc period open periodic_report 2022-q1 --year 2022`"
    ]
    assert not_opened(YEAR, [q1, h1]) == [
        "đã qua hạn mà kỳ chưa mở, nên chưa tính cho ai: Báo cáo CCHC quý I năm 2022; Báo cáo CCHC "
        "06 tháng đầu năm 2022. Nếu các đơn vị phải nộp, chạy `cchc period open VĂN_BẢN KỲ --year "
        "2022` (tên từng kỳ: `cchc period status --year 2022`)"
    ]
