"""What the commands of `cchc dashboard` that need no Google share: the situation they show."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_gforms.cli.ledger_book import expect_something, load_year, moment
from cchc_gforms.cli.settings import open_existing_store

if TYPE_CHECKING:
    from cchc_gforms.dashboard.situation import Situation


def read_situation(spec_dir: Path, store_url: str, year: int, as_of: datetime | None) -> Situation:
    """How the office stands at a local time, or as of the last harvest; without links, which only
    Google knows."""
    from cchc_gforms.dashboard.situation import Situation
    from cchc_gforms.ledger.book import read

    reporting_year = load_year(spec_dir, year)
    with open_existing_store(store_url) as log:
        expect_something(log, reporting_year)
        book = read(log.events(), reporting_year, moment(log, reporting_year, as_of))
        last = log.last_harvest()
    return Situation(book, reporting_year, last.as_of if last else None)
