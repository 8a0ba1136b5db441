"""`cchc dashboard show`: the overview in the terminal."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from cchc_gforms.cli.dashboard_book import read_situation
from cchc_gforms.cli.ledger_book import as_of_option, book_options
from cchc_gforms.cli.main import echo_json


@click.command()
@book_options
@as_of_option
def show(year: int, spec_dir: Path, store_url: str, as_json: bool, as_of: datetime | None) -> None:
    """In trang Tổng quan ngay tại đây, không cần Google.

    \b
    Ví dụ:
      cchc dashboard show --year 2022
      cchc dashboard show --year 2022 --as-of 2022-06-10
    """
    from rich.console import Console

    from cchc_gforms.dashboard.terminal import is_stale, shown, standings

    now = read_situation(spec_dir, store_url, year, as_of, None)
    if as_json:
        echo_json(
            {
                "as_of": now.ledger.as_of,
                "harvested_at": now.harvested_at,
                "stale": is_stale(now),
                "documents": [asdict(one) for one in standings(now)],
            }
        )
        return
    Console().print(shown(now))
