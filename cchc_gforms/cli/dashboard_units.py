"""`cchc dashboard units`: a spreadsheet for each unit, with its own rows alone."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.dashboard_units_told import lines, remarks, told, warn
from cchc_gforms.cli.durations import METAVAR, seconds
from cchc_gforms.cli.ledger_book import expect_something, moment, selection
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.progress import working
from cchc_gforms.cli.settings import (
    GoogleSettings,
    google_options,
    json_option,
    open_existing_store,
    spec_option,
    store_option,
    written,
    year_option,
)

if TYPE_CHECKING:
    from cchc_gforms.dashboard.situation import Situation
    from cchc_gforms.dashboard.unit_books import UnitBook
    from cchc_gforms.google.address import Address
    from cchc_gforms.google.client import Google
    from cchc_gforms.google.registry import DeployedFile
    from cchc_gforms.regime.load import ReportingYear
    from cchc_gforms.spec.model import FormSpec
    from cchc_gforms.store.log import EventLog

_PARTIAL = 4
_SEEN = "unit:"
_HEADER = ("Mã đơn vị", "Tên đơn vị", "Địa chỉ", "Đường liên kết", "Lời nhắn")


@click.command()
@year_option
@spec_option
@store_option
@click.option(
    "--unit",
    "units_",
    metavar="MÃ",
    multiple=True,
    help="Chỉ đơn vị này; dùng được nhiều lần. Mặc định: mọi đơn vị có văn bản phải nộp.",
)
@click.option(
    "--share",
    is_flag=True,
    help="Cho các địa chỉ của đơn vị trong units.csv xem (chỉ xem); địa chỉ không còn trong "
    "units.csv thì thôi cho xem.",
)
@click.option(
    "--notify",
    is_flag=True,
    help="Cùng với --share: Google gửi thư báo cho người mới được xem.",
)
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi đường liên kết và lời nhắn cho từng đơn vị ra tệp CSV.",
)
@click.option(
    "--max-time",
    metavar=METAVAR,
    callback=seconds(),
    default="30m",
    show_default=True,
    help="Được kéo dài bao lâu, kể cả lúc đợi Google; quá thì dừng, lần sau làm tiếp.",
)
@json_option
@google_options
def units(
    year: int,
    spec_dir: Path,
    store_url: str,
    units_: tuple[str, ...],
    share: bool,
    notify: bool,
    csv_file: Path | None,
    max_time: int,
    as_json: bool,
    account: GoogleSettings,
) -> int:
    """Mỗi đơn vị một bảng tính nhỏ, chỉ có kết quả của đơn vị đó.

    Bảng theo dõi chung thì ai mở được đều đọc được mọi dòng, dù lọc thế nào; vì vậy mỗi đơn vị một
    tệp. Chưa có --share thì chỉ tài khoản này mở được. Bảng không có gì mới thì không ghi lại.

    Mã thoát: 4 có đơn vị chưa xong, các đơn vị khác đã xong, chạy lại để làm tiếp; 1 chưa xong đơn
    vị nào.

    \b
    Ví dụ:
      cchc dashboard units --year 2022
      cchc dashboard units --year 2022 --share --csv bang-don-vi.csv
      cchc dashboard units --year 2022 --unit MN01 --unit TH02 --share
    """
    from cchc_gforms.spec.load import load_all

    if notify and not share:
        raise click.UsageError("--notify chỉ dùng cùng với --share.")
    reporting_year, specs = load_all(spec_dir, year)
    with open_existing_store(store_url) as log, account.open(max_time) as google:
        wanted = selection(log, reporting_year, {"unit_": units_}).units
        now = _situation(google, log, reporting_year, specs)
        books, left_over = _brought_up_to_date(google, log, now, wanted, share, notify)
        address, calls = google.address, google.calls
    if csv_file:
        _write(csv_file, books, address, reporting_year)
    if as_json:
        echo_json(told(books, address, left_over, calls, share=share))
    else:
        for line in lines(books, address, share=share, many=csv_file is not None):
            click.echo(line)
    warn(remarks(books, left_over, address, share=share))
    return _exit_code(books)


def _brought_up_to_date(
    google: Google,
    log: EventLog,
    now: Situation,
    wanted: Collection[str],
    share: bool,
    notify: bool,
) -> tuple[list[UnitBook], dict[str, DeployedFile]]:
    """The units asked for, all where none is; and, of all, files of units that owe nothing."""
    from cchc_gforms.dashboard.unit_books import UnitBooks
    from cchc_gforms.dashboard.unit_views import unit_views
    from cchc_gforms.google.registry import Registry

    year, regime = now.year.year.year, now.year.regime.identity
    views = list(unit_views(now, wanted or None))
    files = Registry.look_up(google, regime).units(year)
    run = UnitBooks(google, year, regime, _seen(log), share=share, notify=notify)
    with working("Bảng của đơn vị", len(views)) as step:
        books = run.bring_up_to_date(views, files, step)
    _remember(log, books)
    gone = files.keys() - now.units.keys() if not wanted else ()
    return books, {code: files[code] for code in sorted(gone)}


def _situation(
    google: Google, log: EventLog, year: ReportingYear, specs: Sequence[FormSpec]
) -> Situation:
    """As of the last harvest."""
    from cchc_gforms.cli.dashboard_addresses import addresses, form_addresses
    from cchc_gforms.dashboard.situation import Situation
    from cchc_gforms.ledger.book import read

    expect_something(log, year)
    links = addresses(google.address, year, specs, form_addresses(google, log, year, specs))
    book = read(log.events(), year, moment(log, year, None))
    return Situation(book, year, addresses=links)


def _seen(log: EventLog) -> dict[str, str]:
    """When each file was changed last, as far as we know, by its id."""
    kept = log.recall().items()
    return {name.removeprefix(_SEEN): value for name, value in kept if name.startswith(_SEEN)}


def _remember(log: EventLog, books: Sequence[UnitBook]) -> None:
    log.remember({f"{_SEEN}{one.id}": one.modified for one in books if one.error is None})


def _exit_code(books: Sequence[UnitBook]) -> int:
    failed = sum(one.error is not None for one in books)
    return 0 if not failed else 1 if failed == len(books) else _PARTIAL


def _write(path: Path, books: Sequence[UnitBook], address: Address, year: ReportingYear) -> None:
    """UTF-8 with a byte order mark, so that Excel reads the letters; no cell acts as a formula."""
    from cchc_gforms.foreign_text import in_csv

    what = f"{year.regime.name} năm {year.year.year}"
    with written(path), path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(_HEADER)
        for one in books:
            if not one.id:
                continue
            url, emails = address.spreadsheet_page(one.id), ", ".join(one.view.readers)
            text = (
                f"Kính gửi {one.view.name}: kết quả nộp kế hoạch, báo cáo {what} của đơn vị xem "
                f"tại {url} (đăng nhập bằng địa chỉ {emails or 'của đơn vị'})."
            )
            row = (one.view.code, one.view.name, emails, url, text)
            table.writerow([in_csv(cell) for cell in row])
