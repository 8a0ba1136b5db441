"""What the content checks say of an answer reaches the ledger, and moves nothing (A16, L21)."""

from __future__ import annotations

from pathlib import Path

from tests.office import H1, YEAR, Bureau, cchc, local_google

SCHOOL = "MN01 – Trường Mầm non Mẫu 01"


def test_a_report_with_doubtful_answers_is_on_time_and_flagged(tmp_path: Path) -> None:
    wrong = {
        "completion_rate": "120",
        "feedback_received": "khoảng mười",
        "communication": "Ba bài về hội khỏe.",
        "direction": "Tiếp tục thực hiện theo Kế hoạch CCHC đã đề ra trong năm.",
        "evidence_scan": "đã gửi qua Zalo",
    }
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, SCHOOL, "mn01@truong.example", said=wrong)
        cchc("harvest", *YEAR)
        rows = cchc("ledger", "show", *YEAR)["rows"]
    (row,) = [
        row
        for row in rows
        if (row["unit"], row["document"], row["period"]) == ("MN01", "periodic_report", "2022-h1")
    ]
    assert row["timeliness"] == "on_time"
    flags = [flag for flag in row["flags"] if "xác nhận" not in flag]
    assert flags == [
        "Minh chứng: “đã gửi qua Zalo” không phải là một liên kết",
        "Mức độ hoàn thành các nội dung kế hoạch CCHC năm của đơn vị (%): 120 lớn hơn 100",
        "Số phản ánh đã tiếp nhận: “khoảng mười” không phải là một con số",
        "Nội dung tuyên truyền, truyền thông; hiệu quả: chưa thấy nói về CCHC, xem lại có đúng nội "
        "dung được hỏi không",
        "Phương hướng, nhiệm vụ chung: ghi chung chung “tiếp tục thực hiện theo Kế hoạch CCHC”, "
        "cần nêu cụ thể",
    ]
