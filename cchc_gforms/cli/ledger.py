"""`cchc ledger`: who owes what, and who sent it when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import day, long_time
from cchc_gforms.cli.settings import (
    json_option,
    open_store,
    spec_option,
    store_option,
    year_option,
)
from cchc_gforms.errors import CchcError

if TYPE_CHECKING:
    from cchc_gforms.dashboard.columns import Value
    from cchc_gforms.ledger.row import Anomaly, Ledger, Row
    from cchc_gforms.regime.load import ReportingYear

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what one can begin with


@click.group()
def ledger() -> None:
    """Sổ theo dõi: ai đã nộp, đúng hạn hay trễ hạn, bị chuyển trả mấy lần."""


@ledger.command()
@year_option
@spec_option
@store_option
@json_option
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi ra tệp CSV, mở được bằng Excel.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="Xem sổ tại thời điểm này (giờ Việt Nam). Mặc định: lần thu thập gần nhất.",
)
def show(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    csv_file: Path | None,
    as_of: datetime | None,
) -> None:
    """In sổ theo dõi của một năm.

    \b
    Ví dụ:
      cchc ledger show --year 2022
      cchc ledger show --year 2022 --csv so-theo-doi.csv
    """
    from cchc_gforms.ledger.book import read
    from cchc_gforms.regime.load import load as load_regime

    reporting_year = load_regime(spec_dir, year)
    asked = as_of.replace(tzinfo=reporting_year.zone) if as_of else None
    with open_store(store_url) as log:
        last = log.last_harvest()
        # What is not harvested yet is not known: the ledger stands as of the last harvest.
        moment = asked or (last.as_of if last else datetime.now(UTC))
        book = read(log.events(), reporting_year, moment)
    if csv_file:
        _write_csv(book, reporting_year, csv_file)
    if as_json:
        echo_json(_as_json(book, reporting_year))
    elif csv_file is None:
        _print(book, reporting_year)


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
        "label": year.label(row.document, row.period),
        "due_on": row.due_on,
        "due_on_rolled": row.due_on_rolled,
        "due": row.due,
        "deciding": row.deciding,
        "advisory": row.advisory,
        "not_assessed": row.not_assessed,
        "first_submitted_at": row.first_submitted_at,
        "last_submitted_at": row.last_submitted_at,
        "versions": row.versions,
        "submission": row.submission,
        "approved_at": row.approved_at,
        "approved_by": row.approved_by,
        "timeliness": row.timeliness,
        "review": row.review,
        "late_days": row.late_days,
        "days_overdue": row.days_overdue,
        "return_count": row.return_count,
        "return_reasons": row.return_reasons,
        "marks": row.marks,
        "flags": row.flags,
        "event_ids": row.event_ids,
    }


def _anomaly_as_json(one: Anomaly) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "at": one.event.at,
        "document": one.document,
        "period": one.period,
        "unit": one.unit_code,
        "event_id": one.event.id,
    }


def _write_csv(book: Ledger, year: ReportingYear, path: Path) -> None:
    """UTF-8 with BOM, so that Excel reads the letters; nothing in it can act as a formula."""
    import pandas as pd

    from cchc_gforms.dashboard.columns import LEDGER, table

    rows = [[_csv_text(value, year) for value in values] for values in table(book, year)]
    frame = pd.DataFrame(rows, columns=[column.title for column in LEDGER], dtype=object)
    try:
        frame.to_csv(path, index=False, encoding="utf-8-sig")
    except OSError as error:
        raise CchcError(
            f"không ghi được {path} ({error.strerror or error})",
            "đóng tệp đó nếu đang mở trong Excel, hoặc chọn nơi khác",
        ) from error
    click.echo(f"Đã ghi {len(book.rows)} dòng vào {path}.", err=True)


def _csv_text(value: Value, year: ReportingYear) -> str | int | float | None:
    if isinstance(value, datetime):
        return long_time(value, year.zone)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"  # a spreadsheet program would run it
    return value


def _printable(text: str) -> str:
    """An answer that nobody checked: no control character of it reaches the terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def _print(book: Ledger, year: ReportingYear) -> None:
    from rich.console import Console
    from rich.table import Table

    from cchc_gforms.ledger import labels

    console = Console()
    if not book.rows:
        click.echo(f"Chưa mở kỳ nào của năm {year.year.year}: chạy `cchc forms apply`.")
        return
    for document, period in year.obligated():
        rows = [row for row in book.rows if (row.document, row.period) == (document, period)]
        if not rows:
            continue
        due = f"hạn {day(rows[0].due)}"
        table = Table(title=f"{year.label(document, period)} – {due}", title_justify="left")
        for title in ("Đơn vị", "Nộp lần đầu", "Duyệt", "Kết quả", "Trễ", "Trả", "Trạng thái"):
            table.add_column(title, overflow="fold")
        for row in rows:
            table.add_row(*_cells(row, year))
        console.print(table)
    for one in book.anomalies:
        at = long_time(one.event.at, year.zone)
        unit = one.unit_code or _printable(getattr(one.event, "claimed_unit", ""))
        click.echo(f"Không tính: {labels.ANOMALY[one.kind]} ({unit or '?'}, {at}).")
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
