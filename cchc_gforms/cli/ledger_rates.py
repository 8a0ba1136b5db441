"""`cchc ledger rates`: shares with their numerators and denominators (L20)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.ledger_book import (
    as_of_option,
    book_options,
    expect_something,
    filter_options,
    label_of,
    load_year,
    moment,
    selection,
)
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import open_existing_store

if TYPE_CHECKING:
    from cchc_gforms.ledger.rates import Rate, Rates
    from cchc_gforms.ledger.row import InShort
    from cchc_gforms.regime.year import ReportingYear

_TITLES = ("Đã nộp", "Đúng hạn/phải nộp", "Đúng hạn/đã nộp", "Đã duyệt", "Duyệt ngay", "Trả/đã nộp")


@click.command()
@book_options
@filter_options
@as_of_option
@click.option(
    "--by",
    type=click.Choice(["document", "period", "level", "all"]),
    multiple=True,
    help="Gộp theo văn bản, kỳ, cấp học. Mặc định: văn bản và kỳ.",
)
def rates(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    as_of: datetime | None,
    by: tuple[str, ...],
    **filters: tuple[str, ...],
) -> None:
    """Tỷ lệ nộp, đúng hạn, duyệt, chuyển trả, kèm tử số và mẫu số.

    \b
    Ví dụ:
      cchc ledger rates --year 2022
      cchc ledger rates --year 2022 --by level --document periodic_report
    """
    from cchc_gforms.ledger.book import summaries
    from cchc_gforms.ledger.rates import grouped

    reporting_year = load_year(spec_dir, year)
    with open_existing_store(store_url) as log:
        expect_something(log, reporting_year)
        wanted = selection(log, reporting_year, filters)
        rows = summaries(log.events(), reporting_year, moment(log, reporting_year, as_of))
    found = grouped(wanted.of(rows), _key(by, reporting_year))
    if as_json:
        echo_json([{"group": group, **asdict(one)} for group, one in found.items()])
    else:
        _print(found)


def _key(by: tuple[str, ...], year: ReportingYear) -> Callable[[InShort], tuple[str, ...]]:
    if not by or set(by) == {"document", "period"}:
        return lambda row: (label_of(row, year),)
    from cchc_gforms.ledger.book import document_label, period_title

    say: dict[str, Callable[[InShort], str]] = {
        "document": lambda row: document_label(row, year),
        "period": lambda row: period_title(row, year),
        "level": lambda row: year.level_label(row.unit.level),
        "all": lambda _: "Tất cả",
    }
    return lambda row: tuple(say[word](row) for word in by)


def _print(found: dict[tuple[str, ...], Rates]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for title in ("Nhóm", *_TITLES):
        table.add_column(title, overflow="fold", justify="left" if title == "Nhóm" else "right")
    for group, one in found.items():
        said = (_said(getattr(one, field.name)) for field in fields(one))
        table.add_row(", ".join(group), *said)
    Console().print(table)


def _said(rate: Rate) -> str:
    share = "–" if rate.value is None else f"{rate.value:.1%}".replace(".", ",")
    return f"{rate.numerator}/{rate.denominator}\n{share}"
