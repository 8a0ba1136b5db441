"""`cchc dashboard`: the spreadsheet that people look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.dashboard_export import export
from cchc_gforms.cli.dashboard_show import show
from cchc_gforms.cli.dashboard_units import units
from cchc_gforms.cli.durations import METAVAR, seconds
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
    from cchc_gforms.dashboard.publish import Published, Rows
    from cchc_gforms.dashboard.workbook import Workbook
    from cchc_gforms.google.client import Google
    from cchc_gforms.regime.load import ReportingYear
    from cchc_gforms.spec.model import FormSpec
    from cchc_gforms.store.log import EventLog

_DAY = 24 * 3600


@click.group()
def dashboard() -> None:
    """Bảng theo dõi trên Google Trang tính, trong tệp, trên màn hình này."""


dashboard.add_command(export)
dashboard.add_command(show)
dashboard.add_command(units)


@dashboard.command()
@year_option
@spec_option
@store_option
@click.option(
    "--viewer",
    "viewers",
    metavar="ĐỊA_CHỈ",
    multiple=True,
    help="Cho địa chỉ này xem bảng (chỉ xem, không sửa); dùng được nhiều lần.",
)
@click.option(
    "--stale-after",
    metavar=METAVAR,
    callback=seconds(least=60),
    help="Lần thu thập cũ hơn ngần này thì Tổng quan cảnh báo. Mặc định: hai lần khoảng cách của "
    "lịch đã đặt trên máy này, chưa đặt lịch thì 2d.",
)
@click.option(
    "--new-log",
    is_flag=True,
    help="Nhật ký trên bảng là của một sổ khác (đã mất, đã dựng lại): thay bằng sổ này.",
)
@json_option
@google_options
def publish(
    year: int,
    spec_dir: Path,
    store_url: str,
    viewers: tuple[str, ...],
    stale_after: int | None,
    new_log: bool,
    as_json: bool,
    account: GoogleSettings,
) -> None:
    """Cập nhật bảng theo dõi trên Google Trang tính; trang nào không đổi thì để yên.

    Tám trang: Tổng quan, Sổ theo dõi, Chờ xử lý, Chưa nộp, Theo đơn vị, Ngoại lệ, Ghi chú, Nhật ký.
    Trang bị xóa, đổi tên, sắp xếp lại hay sửa nhầm được dựng lại; trang Ghi chú là của mọi người,
    chương trình chỉ đọc.

    \b
    Ví dụ:
      cchc dashboard publish --year 2022
      cchc dashboard publish --year 2022 --viewer lanhdao@phonggd.example
    """
    from cchc_gforms.google.registry import share
    from cchc_gforms.regime.email import email
    from cchc_gforms.spec.load import load_all

    readers = [_address(one, email) for one in viewers]
    reporting_year, specs = load_all(spec_dir, year)
    with open_existing_store(store_url) as log, account.open() as google:
        done = bring_up_to_date(google, log, reporting_year, specs, stale_after, new_log=new_log)
        if readers:
            share(google, done.spreadsheet_id, readers)
    if as_json:
        echo_json(
            {
                "spreadsheet_id": done.spreadsheet_id,
                "url": done.url,
                "calls": done.calls,
                "batches": done.batches,
                "viewers": readers,
            }
        )
        return
    _tell(done, readers)


def _tell(done: Published, readers: Sequence[str]) -> None:
    said = "Đã cập nhật bảng theo dõi" if done.batches else "Bảng theo dõi đã đúng, không có gì đổi"
    click.echo(f"{said}: {done.url}")
    for reader in readers:
        click.echo(f"Được xem: {reader}")
    if readers:
        click.echo(
            "Muốn dùng liên kết “Mở phiếu”, người duyệt còn phải được chia sẻ các biểu mẫu, hoặc "
            "bảng tính câu trả lời, trong Drive."
        )


def bring_up_to_date(
    google: Google,
    log: EventLog,
    year: ReportingYear,
    specs: Sequence[FormSpec],
    stale_after: int | None = None,
    *,
    new_log: bool = False,
) -> Published:
    """Publishes what the log says as of its last harvest, which is stale after so many seconds.
    `new_log`: also where the dashboard mirrors another log, or more than this one has."""
    from cchc_gforms.cli.dashboard_addresses import addresses, form_addresses
    from cchc_gforms.dashboard.build import TITLES, build, with_journal
    from cchc_gforms.dashboard.publish import publish as run
    from cchc_gforms.dashboard.situation import Situation
    from cchc_gforms.dashboard.tabs import notes
    from cchc_gforms.ledger.book import read
    from cchc_gforms.store import mirror

    before = google.calls
    last = log.last_harvest(year.year.year)
    file = f"dashboard:{year.year.year}"
    links = addresses(google.address, year, specs, form_addresses(google, log, year, specs))

    def from_ledger(written: Rows) -> Workbook:
        situation = Situation(
            ledger=read(log.events(), year, last.as_of if last else datetime.now(UTC)),
            year=year,
            harvested_at=last.as_of if last else None,
            stale_after=timedelta(seconds=stale_after or _allowed(year.year.year)),
            addresses=links,
        )
        known = notes.read(written, year.roster, situation.labels)
        return build(replace(situation, notes=known))

    def made(written: Rows) -> Workbook:
        return with_journal(from_ledger(written), mirror.HEADER, mirror.Mirror(log))

    kept, today = log.recall(), datetime.now(UTC).date().isoformat()
    look = kept.get(f"{file}:looked") != today
    known = kept.get(file)
    guard = (lambda _: None) if new_log else partial(mirror.refuse_another, log=log)
    done = run(
        google, year.year.year, year.regime, TITLES, made, known=known, look=look, guard=guard
    )
    log.remember({file: done.spreadsheet_id} | ({f"{file}:looked": today} if done.looked else {}))
    _tell_of_loss(done)
    return replace(done, calls=google.calls - before)


def _tell_of_loss(done: Published) -> None:
    """What people wrote is not made again by publishing: where to find it."""
    if done.replaced:
        click.echo(
            "Chú ý: bảng theo dõi cũ đã bị xóa hoặc nằm trong thùng rác, nên đây là tệp khác: "
            f"{done.url}. Ghi chú trong tệp cũ không có ở đây: nếu cần, khôi phục tệp cũ từ thùng "
            "rác của Drive rồi chép sang. Người xem phải thêm lại bằng --viewer.",
            err=True,
        )
    elif done.notes_made:
        click.echo(
            "Chú ý: trang Ghi chú đã bị xóa, nay dựng lại trang trống. Ghi chú cũ lấy lại được ở "
            "Tệp > Nhật ký phiên bản của bảng theo dõi.",
            err=True,
        )


def _allowed(year: int) -> int:
    """Seconds: two rounds of the schedule, for one may be late or fail."""
    from cchc_gforms.cli.schedule import interval

    return 2 * (interval(year) or _DAY)


def _address(text: str, checked: Callable[[str], str]) -> str:
    try:
        return checked(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--viewer") from None
