"""What the commands of `cchc dashboard` that ask nothing of Google share: the situation shown."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_gforms.cli.ledger_book import expect_something, moment
from cchc_gforms.cli.settings import open_existing_store

if TYPE_CHECKING:
    from cchc_gforms.dashboard.situation import Situation


def read_situation(
    spec_dir: Path, store_url: str, year: int, as_of: datetime | None, google_url: str | None
) -> Situation:
    """How the office stands at a local time, or as of the last harvest, with the links that the
    log remembers. The harvest told is the last one before that moment, or else the
    first since, which knows of it too."""
    from cchc_gforms.cli.dashboard_addresses import addresses, remembered_forms
    from cchc_gforms.dashboard.situation import Situation
    from cchc_gforms.google.address import Address
    from cchc_gforms.ledger.book import read
    from cchc_gforms.spec.load import load_all

    reporting_year, specs = load_all(spec_dir, year)
    with open_existing_store(store_url) as log:
        expect_something(log, reporting_year)
        book = read(log.events(), reporting_year, moment(log, reporting_year, as_of))
        harvests = sorted(one.as_of for one in log.harvests(year))
        forms = remembered_forms(log, specs)
    links = addresses(Address.parse(google_url), reporting_year, specs, forms)
    before = [one for one in harvests if one <= book.as_of]
    harvested = next(iter([*before[-1:], *harvests]), None)
    return Situation(book, reporting_year, harvested, addresses=links)
