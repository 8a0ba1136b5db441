"""`cchc dashboard`: the spreadsheet that people look at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import (
    GoogleSettings,
    google_options,
    json_option,
    open_existing_store,
    spec_option,
    store_option,
    year_option,
)

if TYPE_CHECKING:
    from cchc_gforms.dashboard.publish import Published
    from cchc_gforms.google.client import Google
    from cchc_gforms.regime.load import ReportingYear
    from cchc_gforms.store.log import EventLog


@click.group()
def dashboard() -> None:
    """Bảng theo dõi trên Google Trang tính."""


@dashboard.command()
@year_option
@spec_option
@store_option
@json_option
@google_options
def publish(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    account: GoogleSettings,
) -> None:
    """Ghi bảng theo dõi: Tổng quan, Sổ theo dõi, Chưa nộp. Chạy lại thì ghi đè đúng bảng đó.

    \b
    Ví dụ:
      cchc dashboard publish --year 2022
    """
    from cchc_gforms.regime.load import load as load_regime

    reporting_year = load_regime(spec_dir, year)
    with open_existing_store(store_url) as log, account.open() as google:
        done = bring_up_to_date(google, log, reporting_year)
    if as_json:
        echo_json({"spreadsheet_id": done.spreadsheet_id, "url": done.url, "calls": done.calls})
    else:
        click.echo(f"Đã cập nhật bảng theo dõi: {done.url}")


def bring_up_to_date(google: Google, log: EventLog, year: ReportingYear) -> Published:
    """Publishes what the log says as of its last harvest."""
    from cchc_gforms.dashboard.build import build
    from cchc_gforms.dashboard.publish import publish as run
    from cchc_gforms.ledger.book import read

    last = log.last_harvest()
    book = read(log.events(), year, last.as_of if last else datetime.now(UTC))
    return run(google, build(book, year, last.as_of if last else None), year.year.year)
