"""`cchc ledger diff`: what changed between two moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.ledger_book import (
    MOMENT,
    book_options,
    hung,
    label_of,
    load_year,
    printable,
    read_book,
)
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import day, long_time

if TYPE_CHECKING:
    from cchc_gforms.ledger.diff import Change
    from cchc_gforms.regime.year import ReportingYear

_TITLES = {
    "due": "hạn",
    "first_submitted_at": "nộp lần đầu",
    "last_submitted_at": "nộp gần nhất",
    "versions": "số phiên bản",
    "approved_at": "ngày duyệt",
    "timeliness": "kết quả",
    "review": "trạng thái",
    "late_days": "số ngày trễ",
    "return_count": "số lần chuyển trả",
    "exempt": "lý do miễn",
    "extension_reason": "lý do gia hạn",
    "marks": "ghi chú",
    "flags": "kiểm tra nội dung",
}


@click.command()
@book_options
@click.option("--from", "before", type=MOMENT, required=True, help="Thời điểm đầu (giờ Việt Nam).")
@click.option("--to", "after", type=MOMENT, help="Thời điểm sau. Mặc định: lần thu thập gần nhất.")
def diff(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    before: datetime,
    after: datetime | None,
) -> None:
    """Sổ thay đổi những gì giữa hai thời điểm.

    \b
    Ví dụ:
      cchc ledger diff --year 2022 --from 2022-06-01 --to 2022-06-08
    """
    from cchc_gforms.ledger.diff import diff as changes

    if after is not None and after < before:
        raise click.BadParameter("thời điểm sau lại trước thời điểm đầu", param_hint="--to")
    reporting_year = load_year(spec_dir, year)
    earlier, later = (read_book(store_url, reporting_year, at) for at in (before, after))
    found = list(changes(earlier, later))
    if as_json:
        echo_json([_as_json(change) for change in found])
        return
    for change in found:
        for line in _lines(change, reporting_year):
            click.echo(line)
    span = " đến ".join(long_time(one.as_of, reporting_year.zone) for one in (earlier, later))
    click.echo(f"{len(found)} dòng thay đổi, từ {span}.")


def _lines(change: Change, year: ReportingYear) -> Iterator[str]:
    """The row, and below it what changed in it; in 80 columns."""
    subject = f"{change.row.unit.code}, {label_of(change.row, year)}"
    if change.before is None or change.after is None:
        yield f"{subject}: {'mở kỳ' if change.before is None else 'không còn trong sổ'}."
        return
    yield f"{subject}:"
    for name in change.fields:
        before, after = (
            _said(name, getattr(one, name), year) for one in (change.before, change.after)
        )
        if isinstance(before, str) and isinstance(after, str):
            yield hung(f"  {_TITLES[name]}: {before} → {after}", 4)
            continue
        yield f"  {_TITLES[name]}:"
        yield from (hung(f"    − {one}", 6) for one in before if one not in after)
        yield from (hung(f"    + {one}", 6) for one in after if one not in before)


def _said(name: str, value: Any, year: ReportingYear) -> str | list[str]:
    """In words; of several things each."""
    from cchc_gforms.ledger import labels

    words: dict[str, Mapping[Any, str]] = {
        "timeliness": labels.TIMELINESS,
        "review": labels.REVIEW,
        "marks": labels.MARK,
    }
    named = words.get(name, {})
    if isinstance(value, datetime):
        return long_time(value, year.zone)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return [printable(named.get(one, str(one))) for one in value]
    return "không" if value is None else printable(named.get(value, str(value)))


def _as_json(change: Change) -> dict[str, Any]:
    fields = {
        name: {"before": getattr(change.before, name), "after": getattr(change.after, name)}
        for name in change.fields
    }
    row = change.row
    opened = change.before is None
    return {
        "unit": row.unit.code,
        "document": row.document,
        "period": row.period,
        "opened": opened,
        "fields": fields,
    }
