"""What to write to a school that has not submitted."""

from __future__ import annotations

from datetime import date, datetime

from cchc_gforms.ledger.book import label
from cchc_gforms.ledger.row import UNASSESSED, Row
from cchc_gforms.regime.year import ReportingYear


def is_lacking(row: Row) -> bool:
    """Nothing counted has come, and the unit is held to it."""
    return row.first_submitted_at is None and row.timeliness not in UNASSESSED


def days_left(row: Row, today: date) -> int:
    """Days to the due date in force (L10); below zero once it is past."""
    return (row.due - today).days


def reminder(row: Row, year: ReportingYear, as_of: datetime) -> str:
    """One paragraph, ready to be pasted into Zalo or a mail."""
    document, due = label(row, year), f"{row.due:%d/%m/%Y}"
    today = as_of.astimezone(year.zone).date()
    bureau = year.agency_on(today).bureau.name
    if row.review == "quarantined":
        return (
            f"Kính gửi {row.unit.name}: {bureau} đã nhận được {document} gửi từ một địa chỉ không "
            "phải của đơn vị, nên chưa tính. Nếu đúng là của đơn vị, xin báo lại để nơi nhận xác "
            "nhận (thời điểm gửi được giữ nguyên); nếu không, đề nghị nộp lại bằng địa chỉ của đơn "
            "vị."
        )
    if row.days_overdue is not None:
        said = f"đã quá hạn {row.days_overdue} ngày (hạn {due}). Đề nghị đơn vị nộp ngay"
    else:
        left = days_left(row, today)
        when = f"còn {left} ngày" if left else "hôm nay là ngày cuối"
        said = f"đến hạn ngày {due} ({when}). Đề nghị đơn vị nộp trước khi hết ngày này"
    where = {
        "in_person": "trực tiếp tại nơi nhận",
        "online": "qua Google Form",
        "either": "qua Google Form hoặc trực tiếp tại nơi nhận",
    }[row.channel]
    return (
        f"Kính gửi {row.unit.name}: đến nay {bureau} chưa nhận được {document} của đơn vị; "
        f"văn bản này {said} {where}. Nếu đã nộp, xin báo lại để nơi nhận kiểm tra."
    )
