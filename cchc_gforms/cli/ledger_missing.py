"""`cchc ledger missing`: who has not submitted, how to reach them, and what to write."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.ledger_book import (
    as_of_option,
    book_options,
    load_year,
    read_selected,
    subject_options,
)
from cchc_gforms.cli.main import echo_json

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
    from cchc_gforms.ledger.reminder import days_left, is_lacking, reminder

    reporting_year = load_year(spec_dir, year)
    book = read_selected(store_url, reporting_year, as_of, filters)
    today = book.as_of.astimezone(reporting_year.zone).date()
    rows = [
        row
        for row in book.rows
        if is_lacking(row) and (within is None or days_left(row, today) <= within)
    ]
    if as_json:
        echo_json([_as_json(row, book, reporting_year) for row in rows])
        return
    if not rows:
        click.echo("Không đơn vị nào còn thiếu.")
    for row in rows:
        contact = ", ".join(row.unit.emails) or "chưa có địa chỉ"
        click.echo(f"{row.unit.code} – {row.unit.name} <{contact}>")
        click.echo(f"  {reminder(row, reporting_year, book.as_of)}\n")


def _as_json(row: Row, book: Ledger, year: ReportingYear) -> dict[str, Any]:
    from cchc_gforms.ledger.reminder import reminder

    return {
        "unit": row.unit.code,
        "unit_name": row.unit.name,
        "emails": row.unit.emails,
        "document": row.document,
        "period": row.period,
        "due": row.due,
        "days_overdue": row.days_overdue,
        "review": row.review,
        "text": reminder(row, year, book.as_of),
    }
