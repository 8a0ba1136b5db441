"""`cchc ledger explain`: why a row says what it says (L22)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.ledger_book import (
    as_of_option,
    book_options,
    hung,
    label_of,
    load_year,
    printable,
    read_selected,
)
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import day, long_time
from cchc_gforms.errors import CchcError

if TYPE_CHECKING:
    from cchc_gforms.ledger.row import Row
    from cchc_gforms.regime.year import ReportingYear


_VERDICT = {
    "on_time": ("L8", "L2"),
    "late": ("L8", "L2", "L16"),
    "not_due": ("L8", "L2"),
    "missing": ("L8", "L2", "L15"),
    "overdue": ("L8", "L2", "L15"),
    "exempt": ("L11",),
    "not_assessed": ("L11",),
}


@click.command()
@click.argument("unit")
@click.argument("document")
@click.argument("period")
@book_options
@as_of_option
def explain(
    unit: str,
    document: str,
    period: str,
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    as_of: datetime | None,
) -> None:
    """Giải thích một dòng của sổ: từng sự kiện, nó làm gì, theo quy tắc nào.

    \b
    Ví dụ:
      cchc ledger explain MN01 periodic_report 2022-h1 --year 2022
    """
    reporting_year = load_year(spec_dir, year)
    asked = {"unit": (unit,), "document": (document,), "period": (period,)}
    rows = read_selected(store_url, reporting_year, as_of, asked).rows
    if not rows:
        raise CchcError(
            f"{unit} không có {document} kỳ {period}: kỳ chưa mở, hoặc đơn vị không phải nộp",
            "xem `cchc period status` và `cchc ledger show`",
        )
    if as_json:
        echo_json([_step for row in rows for _step in _steps(row)])
        return
    for row in rows:
        _print(row, reporting_year)


def _steps(row: Row) -> list[dict[str, object]]:
    from cchc_gforms.ledger.explain import explain as explain_row
    from cchc_gforms.ledger.order import counts_from

    return [
        {
            "at": counts_from(one.event),
            "event": one.event.kind,
            "event_id": one.event.id,
            "effect": one.effect,
            "text": one.text,
            "rule": one.rule,
        }
        for one in explain_row(row)
    ]


def _print(row: Row, year: ReportingYear) -> None:
    from cchc_gforms.ledger import labels
    from cchc_gforms.ledger.book import document_label
    from cchc_gforms.ledger.explain import explain as explain_row
    from cchc_gforms.ledger.explain import rule_said
    from cchc_gforms.ledger.order import counts_from

    click.echo(f"{row.unit.code} – {row.unit.name}")
    click.echo(f"{label_of(row, year)}, hạn {day(row.due)} (hết ngày)")
    click.echo()
    told = explain_row(row)
    for one in told:
        at = long_time(counts_from(one.event), year.zone)
        click.echo(hung(f"  {at}  {printable(one.text).rstrip('.')} ({one.rule}).", 23))
    click.echo()
    click.echo(hung(f"Kết quả: {labels.TIMELINESS[row.timeliness]}. {_because(row, year)}", 2))
    click.echo(f"Trạng thái: {labels.REVIEW[row.review]}. Chuyển trả: {row.return_count} lần.")
    for mark in row.marks:
        click.echo(f"Lưu ý: {labels.MARK[mark]}.")
    if row.flags:
        click.echo("Cần xem lại ở bản gần nhất (L21):")
    for flag in row.flags:
        click.echo(hung(f"- {printable(flag)}", 2))
    rules = [
        *(one.rule for one in told),
        *_VERDICT[row.timeliness],
        *(("L21",) if row.flags else ()),
    ]
    click.echo("\nQuy tắc:")
    for rule in dict.fromkeys(rules):
        said = rule_said(rule, row, document_label(row, year))
        click.echo(hung(f"  {rule}  {said}", len(rule) + 4))


def _because(row: Row, year: ReportingYear) -> str:
    """What the result rests on, in one sentence."""
    from cchc_gforms.ledger.explain import DECIDES

    decides = DECIDES[row.deciding]
    if row.exempt is not None:
        return f"Lý do: {row.exempt.rstrip('.') or 'không ghi'}."
    if row.not_assessed is not None:
        return f"Lý do: {row.not_assessed.rstrip('.')}."
    if row.decided_at is None:
        return f"Xét theo thời điểm {decides}; việc đó chưa diễn ra."
    late = f", trễ {row.late_days} ngày" if row.late_days else ""
    return f"Xét theo thời điểm {decides}: {long_time(row.decided_at, year.zone)}{late}."
