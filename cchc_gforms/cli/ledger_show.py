"""`cchc ledger show`: the ledger on the terminal, as JSON, CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.ledger_book import (
    as_of_option,
    book_options,
    filter_options,
    label_of,
    load_year,
    printable,
    read_selected,
)
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import day, long_time
from cchc_gforms.cli.settings import written

if TYPE_CHECKING:
    from cchc_gforms.ledger.row import Anomaly, Ledger, Row
    from cchc_gforms.regime.year import ReportingYear

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@book_options
@filter_options
@as_of_option
@click.option("--csv", "csv_file", type=_FILE, help="Ghi ra tệp CSV, mở được bằng Excel.")
@click.option("--xlsx", "xlsx_file", type=_FILE, help="Ghi ra tệp Excel; ngày là ngày thật.")
def show(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    as_of: datetime | None,
    csv_file: Path | None,
    xlsx_file: Path | None,
    **filters: tuple[str, ...],
) -> None:
    """In sổ theo dõi của một năm.

    \b
    Ví dụ:
      cchc ledger show --year 2022
      cchc ledger show --year 2022 --period h1 --level MN --status missing
      cchc ledger show --year 2022 --csv so-theo-doi.csv --xlsx so-theo-doi.xlsx
    """
    reporting_year = load_year(spec_dir, year)
    book = read_selected(store_url, reporting_year, as_of, filters)
    if csv_file or xlsx_file:
        _write(book, reporting_year, csv_file, xlsx_file)
    for path in filter(None, (csv_file, xlsx_file)):
        click.echo(f"Đã ghi {len(book.rows)} dòng vào {path}.", err=True)
    if as_json:
        echo_json(_as_json(book, reporting_year))
    elif not (csv_file or xlsx_file):
        _print(book, reporting_year)


def _write(
    book: Ledger, year: ReportingYear, csv_file: Path | None, xlsx_file: Path | None
) -> None:
    """The tab Sổ theo dõi of the dashboard, with these rows."""
    from cchc_gforms.dashboard.build import follow_up_alone
    from cchc_gforms.dashboard.csv_file import write_csv
    from cchc_gforms.dashboard.situation import Situation
    from cchc_gforms.dashboard.xlsx_file import write_xlsx

    workbook = follow_up_alone(Situation(book, year))
    if csv_file:
        with written(csv_file):
            write_csv(workbook.tabs[0], year.zone, csv_file)
    if xlsx_file:
        with written(xlsx_file):
            write_xlsx(workbook, xlsx_file)


def _as_json(book: Ledger, year: ReportingYear) -> dict[str, Any]:
    return {
        "as_of": book.as_of,
        "rows": [_row_as_json(row, year) for row in book.rows],
        "anomalies": [_anomaly_as_json(one) for one in book.anomalies],
    }


def _row_as_json(row: Row, year: ReportingYear) -> dict[str, Any]:
    return {
        "unit": row.unit.code,
        "unit_name": row.unit.name,
        "level": row.unit.level,
        "document": row.document,
        "period": row.period,
        "label": label_of(row, year),
        "window_from": row.window_from,
        "closes_on": row.closes_on,
        "due_on": row.due_on,
        "due_on_rolled": row.due_on_rolled,
        "rolled_because": row.rolled_because,
        "due_original": row.due_original,
        "due": row.due,
        "extension_reason": row.extension_reason,
        "deciding": row.deciding,
        "advisory": row.advisory,
        "channel": row.channel,
        "source_document": row.source_document,
        "not_assessed": row.not_assessed,
        "exempt": row.exempt,
        "first_submitted_at": row.first_submitted_at,
        "last_submitted_at": row.last_submitted_at,
        "versions": row.versions,
        "submission": row.submission,
        "approved_at": row.approved_at,
        "approved_by": row.approved_by,
        "timeliness": row.timeliness,
        "timeliness_original": row.timeliness_original,
        "review": row.review,
        "late_days": row.late_days,
        "days_overdue": row.days_overdue,
        "return_count": row.return_count,
        "return_reasons": row.return_reasons,
        "marks": row.marks,
        "flags": row.flags,
        "evidence": row.evidence and row.evidence.model_dump(),
        "left_out": row.left_out,
        "bureau_seconds": row.bureau_seconds,
        "unit_seconds": row.unit_seconds,
        "event_ids": row.event_ids,
    }


def _anomaly_as_json(one: Anomaly) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "at": one.event.at,
        "document": one.document,
        "period": one.period,
        "unit": one.unit_code,
        "claimed_unit": getattr(one.event, "claimed_unit", None),
        "event_id": one.event.id,
    }


def _print(book: Ledger, year: ReportingYear) -> None:
    from rich.console import Console
    from rich.table import Table

    from cchc_gforms.ledger import labels
    from cchc_gforms.ledger.book import by_subject

    console = Console()
    if not book.rows:
        click.echo(
            f"Không có dòng nào của năm {year.year.year}: chưa mở kỳ nào (xem `cchc period status`"
            "), hoặc bộ lọc không khớp dòng nào."
        )
        return
    for rows in by_subject(book.rows, year).values():
        due = "hạn " + ", ".join(day(one) for one in sorted({row.due_original for row in rows}))
        table = Table(title=f"{label_of(rows[0], year)} – {due}", title_justify="left")
        for title in ("Đơn vị", "Nộp lần đầu", "Duyệt", "Kết quả", "Trễ", "Trả", "Trạng thái"):
            table.add_column(title, overflow="fold")
        for row in rows:
            table.add_row(*_cells(row, year))
        console.print(table)
    for one in book.anomalies:
        at = long_time(one.event.at, year.zone)
        claimed = getattr(one.event, "claimed_unit", "")
        unit = one.unit_code or printable(claimed)
        click.echo(f"Không tính: {labels.ANOMALY[one.kind]} ({unit or '?'}, {at}).")
        if one.kind == "unknown_unit" and (alike := year.roster.alike(claimed)):
            click.echo(f"  Có phải là {' hay '.join(alike)}? Nếu đúng, xác nhận bằng phiếu xử lý.")
    click.echo(f"Tính đến {long_time(book.as_of, year.zone)}.")


def _cells(row: Row, year: ReportingYear) -> Iterator[str]:
    from rich.markup import escape

    from cchc_gforms.ledger import labels

    colours = {"on_time": "green", "late": "yellow", "missing": "red", "overdue": "magenta"}
    colour = colours.get(row.timeliness, "dim")
    yield escape(row.unit.code)
    yield long_time(row.first_submitted_at, year.zone)
    yield long_time(row.approved_at, year.zone)
    yield f"[{colour}]{labels.TIMELINESS[row.timeliness]}[/]"
    yield "" if not row.late_days else str(row.late_days)
    yield str(row.return_count or "")
    yield labels.REVIEW[row.review]
