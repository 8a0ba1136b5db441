"""`cchc ledger missing`: who has not submitted, how to reach them, and what to write."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.ledger_book import (
    as_of_option,
    book_options,
    label_of,
    load_year,
    read_selected,
    subject_options,
)
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import day

if TYPE_CHECKING:
    from cchc_gforms.ledger.row import Ledger, Row
    from cchc_gforms.regime.year import ReportingYear


@click.command()
@book_options
@subject_options
@as_of_option
@click.option(
    "--within",
    type=click.IntRange(0, 366),
    help="Chỉ những văn bản đã quá hạn hoặc còn không quá chừng này ngày.",
)
def missing(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    as_of: datetime | None,
    within: int | None,
    **filters: tuple[str, ...],
) -> None:
    """Đơn vị chưa nộp, địa chỉ liên hệ và lời nhắc để dán vào thư, tin nhắn.

    \b
    Ví dụ:
      cchc ledger missing --year 2022 --period h1
      cchc ledger missing --year 2022 --within 7
    """
    reporting_year = load_year(spec_dir, year)
    book = read_selected(store_url, reporting_year, as_of, filters)
    rows = [
        row
        for row in book.rows
        if _lacks(row) and (within is None or _days_left(row, book, reporting_year) <= within)
    ]
    if as_json:
        echo_json([_as_json(row, book, reporting_year) for row in rows])
        return
    if not rows:
        click.echo("Không đơn vị nào còn thiếu.")
    for row in rows:
        contact = ", ".join(row.unit.emails) or "chưa có địa chỉ"
        click.echo(f"{row.unit.code} – {row.unit.name} <{contact}>")
        click.echo(f"  {reminder(row, book, reporting_year)}\n")


def _lacks(row: Row) -> bool:
    from cchc_gforms.ledger.row import UNASSESSED

    return row.first_submitted_at is None and row.timeliness not in UNASSESSED


def reminder(row: Row, book: Ledger, year: ReportingYear) -> str:
    """One paragraph to the school, ready to be pasted."""
    document, due = label_of(row, year), day(row.due)
    bureau = year.agency_on(book.as_of.astimezone(year.zone).date()).bureau.name
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
        left = _days_left(row, book, year)
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


def _days_left(row: Row, book: Ledger, year: ReportingYear) -> int:
    return (row.due - book.as_of.astimezone(year.zone).date()).days


def _as_json(row: Row, book: Ledger, year: ReportingYear) -> dict[str, Any]:
    return {
        "unit": row.unit.code,
        "unit_name": row.unit.name,
        "emails": row.unit.emails,
        "document": row.document,
        "period": row.period,
        "due": row.due,
        "days_overdue": row.days_overdue,
        "review": row.review,
        "text": reminder(row, book, year),
    }
