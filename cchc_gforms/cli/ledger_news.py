"""`cchc ledger news`: news items per quarter (R33, A21)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from cchc_gforms.cli.ledger_book import as_of_option, book_options, load_year, moment
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import open_existing_store


@click.command()
@book_options
@as_of_option
def news(year: int, spec_dir: Path, store_url: str, as_json: bool, as_of: datetime | None) -> None:
    """Số tin, bài mỗi đơn vị cung cấp theo quý; chỉ để biết, không xét đúng hạn.

    \b
    Ví dụ:
      cchc ledger news --year 2022
    """
    from cchc_gforms.ledger.news import count_news

    reporting_year = load_year(spec_dir, year)
    units = dict.fromkeys(unit.code for unit in reporting_year.roster.units)
    with open_existing_store(store_url) as log:
        at = moment(log, reporting_year, as_of)
        for opened in log.periods_opened().values():  # who has left the roster since, too
            units |= dict.fromkeys(unit.code for unit in opened.units)
        found = count_news(log.events(), list(units), year=year, zone=reporting_year.zone, as_of=at)
    if as_json:
        echo_json({"by_unit": found.by_unit, "unknown": found.unknown})
        return
    click.echo("Đơn vị: quý I, quý II, quý III, quý IV")
    for code, quarters in found.by_unit.items():
        click.echo(f"{code}: {', '.join(str(one) for one in quarters)}")
    if found.unknown:
        click.echo(f"Không nhận ra đơn vị: {found.unknown} tin, bài.")
