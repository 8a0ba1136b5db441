"""`cchc period`: opening periods, which freezes who owes and by when (L1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.ledger_book import book_options, load_year
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import day, long_time
from cchc_gforms.cli.settings import (
    GoogleSettings,
    google_options,
    open_existing_store,
    open_store,
)

if TYPE_CHECKING:
    from cchc_gforms.events import PeriodOpened
    from cchc_gforms.regime.differences import Difference
    from cchc_gforms.regime.duties import Duty
    from cchc_gforms.regime.year import ReportingYear


@click.group()
def period() -> None:
    """Mở kỳ: chốt danh sách đơn vị và hạn nộp của từng văn bản."""


@period.command("open")
@click.argument("document", required=False)
@click.argument("which", metavar="[PERIOD]", required=False)
@click.option("--all", "everything", is_flag=True, help="Mở mọi kỳ của năm, cả kỳ chưa đến ngày.")
@book_options
@google_options
def open_(
    document: str | None,
    which: str | None,
    everything: bool,
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    account: GoogleSettings,
) -> None:
    """Mở kỳ: chốt danh sách đơn vị và hạn nộp như các tệp đang ghi.

    Kỳ đã mở thì giữ nguyên, dù sau đó các tệp có đổi. Không nêu văn bản nào: mở những kỳ đã đến
    ngày và chưa qua hạn (`cchc forms apply` và `cchc harvest` cũng tự làm việc này). Kỳ đã qua hạn
    chỉ mở khi nêu tên: mở rồi thì mọi đơn vị chưa nộp là trễ. Thời điểm mở theo đồng hồ của Google.

    \b
    Ví dụ:
      cchc period open --year 2022
      cchc period open periodic_report 2022-h1 --year 2022
      cchc period open --all --year 2022
    """
    from cchc_gforms.google.registry import Registry
    from cchc_gforms.regime.openings import due_to_open, openings

    reporting_year = load_year(spec_dir, year)
    asked = _asked(reporting_year, document, which, everything=everything)
    regime = reporting_year.regime.identity
    with account.open() as google, open_store(store_url, regime) as log:
        Registry.look_up(google)  # for Google's clock
        wanted = due_to_open(reporting_year, google.now) if asked is None else asked
        new = log.append(openings(reporting_year, google.now, wanted), google.now)
        before = log.periods_opened()
    made = [one for one in new if one.kind == "period_opened"]
    if as_json:
        echo_json(
            {
                "opened": [_as_json(one, reporting_year) for one in made],
                "kept": [" ".join(duty.key) for duty in wanted if not _among(duty, made)],
            }
        )
        return
    for one in made:
        label = reporting_year.label(one.document, one.period)
        click.echo(f"Đã mở {label}: {len(one.units)} đơn vị, hạn {day(_due(one))}.")
    kept = [duty for duty in wanted if not _among(duty, made)]
    if kept:
        click.echo(f"{len(kept)} kỳ đã mở từ trước, giữ nguyên.")
    for duty in kept:
        _print_differences(before[duty.key], reporting_year, duty)
    if not wanted:
        click.echo("Chưa kỳ nào đến ngày mở. Xem `cchc period status`; mở sớm thì nêu tên kỳ.")


@period.command()
@book_options
def status(year: int, spec_dir: Path, store_url: str, as_json: bool) -> None:
    """Kỳ nào đã mở, kỳ nào chưa, và các tệp nay ghi khác gì so với lúc mở.

    Chỗ khác chỉ để biết: kỳ đã mở không đổi theo. Muốn đổi cho một đơn vị thì gia hạn, miễn…
    bằng phiếu xử lý.

    \b
    Ví dụ:
      cchc period status --year 2022
    """
    reporting_year = load_year(spec_dir, year)
    with open_existing_store(store_url) as log:
        opened = log.periods_opened()
    if as_json:
        echo_json([_status_as_json(duty, opened, reporting_year) for duty in reporting_year.duties])
        return
    for duty in reporting_year.duties:
        label = reporting_year.label(*duty.key)
        one = opened.get(duty.key)
        if one is None:
            click.echo(f"chưa mở  {label} ({_when(duty, reporting_year)})")
        else:
            at = long_time(one.at, reporting_year.zone)
            click.echo(f"đã mở    {label}: {at}, {len(one.units)} đơn vị, hạn {day(_due(one))}")
            _print_differences(one, reporting_year, duty)
    for key in sorted(set(opened) - set(reporting_year.obligated())):
        if key[1].startswith(f"{year}-"):
            click.echo(f"đã mở    {' '.join(key)}: các tệp nay không còn văn bản này")


def _among(duty: Duty, made: Sequence[PeriodOpened]) -> bool:
    return duty.key in {(one.document, one.period) for one in made}


def _when(duty: Duty, year: ReportingYear) -> str:
    on = duty.opens_on(year.regime.opens_days_before)
    begins = f"tự mở từ {day(on)}" if on else "tự mở lúc nào cũng được"
    return f"{begins}, đến hết hạn {day(duty.last_due)}; sau đó chỉ mở khi nêu tên, hoặc --all"


def _asked(
    year: ReportingYear, document: str | None, which: str | None, *, everything: bool
) -> Sequence[Duty] | None:
    """The duties named; None when those whose day has come are meant."""
    if everything and document:
        raise click.UsageError("nêu tên văn bản, hoặc --all, không dùng cả hai")
    if everything:
        return year.duties
    if document is None:
        return None
    named = [
        duty
        for duty in year.duties
        if duty.document == document and which in (None, duty.period.id, duty.period.kind)
    ]
    if not named:
        known = ", ".join(" ".join(key) for key in year.obligated())
        raise click.UsageError(f"không có '{document} {which or ''}'; dùng một trong: {known}")
    return named


def _differences(opened: PeriodOpened, year: ReportingYear, duty: Duty) -> list[Difference]:
    from cchc_gforms.regime.differences import differences
    from cchc_gforms.regime.openings import openings

    (today,) = openings(year, opened.at, [duty])
    return list(differences(opened, today))


def _print_differences(opened: PeriodOpened, year: ReportingYear, duty: Duty) -> None:
    said = {
        "due_on": "hạn theo văn bản",
        "due_on_rolled": "hạn nếu dời ngày nghỉ",
        "effective": "cách tính hạn",
        "deciding": "sự kiện xét hạn",
        "advisory": "chỉ nhắc",
        "not_assessed": "không xét",
        "channel": "cách nộp",
        "source_document": "văn bản yêu cầu",
        "window_from": "số liệu từ ngày",
        "closes_on": "ngày chốt",
        "document_label": "tên văn bản",
        "title": "tên kỳ",
        "reviewers": "người duyệt",
        "name": "tên",
        "level": "cấp học",
        "emails": "địa chỉ",
        "cluster": "cụm",
        "due": "hạn riêng",
    }
    for one in _differences(opened, year, duty):
        if one.subject == "unit_added":
            text = f"{one.unit} ({one.now}) nay có trong danh sách, kỳ này không tính"
        elif one.subject == "unit_removed":
            text = f"{one.unit} ({one.frozen}) nay không còn trong danh sách, kỳ này vẫn tính"
        else:
            what = f"{one.unit}: {said[one.subject]}" if one.unit else said[one.subject]
            text = f"{what}: lúc mở “{one.frozen}”, nay “{one.now}”; kỳ này giữ như lúc mở"
        click.echo(f"         khác: {text}")


def _due(opened: PeriodOpened) -> Any:
    return opened.due_on if opened.effective == "due_on" else opened.due_on_rolled


def _as_json(opened: PeriodOpened, year: ReportingYear) -> dict[str, Any]:
    return {
        "document": opened.document,
        "period": opened.period,
        "label": year.label(opened.document, opened.period),
        "at": opened.at,
        "due": _due(opened),
        "units": [unit.code for unit in opened.units],
    }


def _status_as_json(
    duty: Duty, opened: dict[tuple[str, str], PeriodOpened], year: ReportingYear
) -> dict[str, Any]:
    one = opened.get(duty.key)
    return {
        "document": duty.document,
        "period": duty.period.id,
        "label": year.label(*duty.key),
        "opens_on": duty.opens_on(year.regime.opens_days_before),
        "opened": one and _as_json(one, year),
        "differences": [
            {"subject": d.subject, "unit": d.unit, "frozen": d.frozen, "now": d.now}
            for d in (_differences(one, year, duty) if one else ())
        ],
    }
