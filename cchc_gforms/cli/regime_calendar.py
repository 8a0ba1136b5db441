"""`cchc regime calendar`: windows, closing dates and due dates of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.ledger_book import load_year
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import day
from cchc_gforms.cli.settings import json_option, spec_option, written, year_option

if TYPE_CHECKING:
    from rich.table import Table

    from cchc_gforms.regime.deadlines import DueDates
    from cchc_gforms.regime.duties import Duty
    from cchc_gforms.regime.year import ReportingYear


@click.command()
@year_option
@spec_option
@json_option
@click.option(
    "--ics",
    "ics_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi ra tệp lịch, mở được bằng Google Calendar, Outlook, điện thoại.",
)
def calendar(year: int, spec_dir: Path, as_json: bool, ics_file: Path | None) -> None:
    """Lịch của một năm: thời gian số liệu, ngày chốt, hạn theo văn bản, hạn nếu dời ngày nghỉ.

    \b
    Ví dụ:
      cchc regime calendar --year 2026
      cchc regime calendar --year 2026 --ics lich-cchc-2026.ics
    """
    reporting_year = load_year(spec_dir, year)
    if ics_file:
        from cchc_gforms.regime.ics import calendar_file

        with written(ics_file):
            ics_file.write_bytes(calendar_file(reporting_year, datetime.now(UTC)))
        click.echo(f"Đã ghi lịch năm {year} vào {ics_file}.", err=True)
    if as_json:
        duties = (*reporting_year.duties, *reporting_year.undated)
        echo_json([_as_json(duty, reporting_year) for duty in duties])
    elif not ics_file:
        _print(reporting_year)


def _as_json(duty: Duty, year: ReportingYear) -> dict[str, Any]:
    window = duty.window or (None, None)
    return {
        "document": duty.document,
        "period": duty.period.id,
        "label": year.label(*duty.key),
        "window_from": window[0],
        "closes_on": window[1],
        **_dates(duty.due),
        "due_by_level": {level: _dates(due) for level, due in duty.due_by_level.items()},
        "opens_on": duty.opens_on(year.regime.opens_days_before),
        "deciding": duty.rules.deciding,
        "advisory": duty.rules.advisory,
        "channel": duty.channel,
        "source_document": duty.request.source_document if duty.request else None,
        "not_assessed": year.not_assessed(*duty.key),
        "expected": len(duty.expected(year.roster)),
    }


def _dates(due: DueDates | None) -> dict[str, Any]:
    return {
        "due_on": due and due.due_on,
        "due_on_rolled": due and due.due_on_rolled,
        "rolled_because": due and due.rolled_because,
        "due": due and due.counted,
    }


def _print(year: ReportingYear) -> None:
    from rich.console import Console

    console = Console()
    duties = (*year.duties, *year.undated)
    for document in dict.fromkeys(duty.document for duty in duties):
        mine = [duty for duty in duties if duty.document == document]
        console.print(_table(year.document_label(document), mine, year))
    click.echo("Hạn là hết ngày ghi trên (24 giờ); dấu * chỉ ngày đang áp dụng.")
    if year.undated:
        bureau = year.agency.bureau.short_name
        click.echo(
            f"Chưa có hạn thì ghi ngày ban hành Kế hoạch của {bureau} vào mục 'plan' của "
            f"years/{year.year.year}.yaml."
        )


def _table(label: str, duties: Sequence[Duty], year: ReportingYear) -> Table:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    said = f"[bold]{escape(label)} năm {year.year.year}[/]" + (
        " (chỉ nhắc)" if duties[0].rules.advisory else ""
    )
    table = Table(title=said, title_justify="left", title_style="", box=box.SIMPLE, pad_edge=False)
    table.add_column("Kỳ", overflow="fold")
    for title in ("Số liệu từ", "Ngày chốt", "Hạn\ntheo văn bản", "Nếu dời\nngày nghỉ"):
        table.add_column(title, no_wrap=True)
    table.add_column("Lý do dời", overflow="fold")
    for duty in duties:
        window = duty.window or (None, None)
        cells = _cells(duty.due) if duty.due else ("chưa có", "", "")
        table.add_row(escape(_named(duty, year)), day(window[0]), day(window[1]), *cells)
        for level, due in duty.due_by_level.items():
            table.add_row(f"  {escape(year.level_label(level))}", "", "", *_cells(due))
    return table


def _named(duty: Duty, year: ReportingYear) -> str:
    notes = []
    if year.not_assessed(*duty.key):
        notes.append("không xét")
    if duty.channel == "in_person":
        notes.append("nộp trực tiếp")
    return duty.period.label + (f" ({', '.join(notes)})" if notes else "")


def _cells(due: DueDates) -> tuple[str, str, str]:
    written, rolled = day(due.due_on), day(due.due_on_rolled)
    if due.effective == "due_on":
        return f"{written} *", rolled, due.rolled_because or ""
    return written, f"{rolled} *", due.rolled_because or ""
