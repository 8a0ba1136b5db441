"""`cchc schedule`: has the machine's own scheduler run the harvest."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from cchc_gforms.cli.durations import METAVAR, seconds
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import (
    GoogleSettings,
    app_dir,
    google_options,
    json_option,
    spec_option,
    store_option,
    year_option,
)
from cchc_gforms.errors import CchcError

if TYPE_CHECKING:
    from cchc_gforms.scheduler.job import Job, Step
    from cchc_gforms.scheduler.machine import Machine

_WITH = click.option(
    "--with",
    "kind",
    type=click.Choice(["systemd", "cron", "windows"]),
    help="Trình lập lịch. Mặc định: cái mà máy này có.",
)
_YES = click.option("--yes", is_flag=True, help="Làm luôn, không hỏi.")
Kind = Literal["systemd", "cron", "windows"]


@click.group()
def schedule() -> None:
    """Lịch thu thập tự động trên máy này: systemd, cron hoặc Windows Task Scheduler."""


@schedule.command()
@year_option
@click.option(
    "--every",
    metavar=METAVAR,
    callback=seconds(least=60),
    default="15m",
    show_default=True,
    help="Bao lâu thu thập một lần (5m, 15m, 1h…).",
)
@click.option("--publish", is_flag=True, help="Sau mỗi lượt cập nhật luôn bảng theo dõi.")
@_WITH
@_YES
@spec_option
@store_option
@google_options
def install(
    year: int,
    every: int,
    publish: bool,
    kind: Kind | None,
    yes: bool,
    spec_dir: Path,
    store_url: str,
    account: GoogleSettings,
) -> None:
    """Đặt lịch chạy `cchc harvest`. In ra mọi việc sẽ làm, hỏi, rồi mới làm.

    Các thiết lập đang dùng (--spec, --store…, hoặc biến CCHC_…) được ghi vào lịch; mật khẩu thì
    không. Đặt lại thì thay lịch cũ của năm đó.

    \b
    Ví dụ:
      cchc schedule install --year 2022 --every 15m --publish
    """
    from cchc_gforms.google.credentials import load as load_credentials
    from cchc_gforms.regime.load import load as load_regime

    about = load_regime(spec_dir, year).regime.name
    machine = _machine()
    kind = kind or machine.kind()
    settings = _settings(spec_dir, store_url, account)
    job = _job(kind, year, every, about, [*settings, "--publish"] if publish else settings)
    _do(machine, machine.install(kind, job, _now()), yes)
    click.echo(f"Đã đặt lịch {job.name} ({kind}). Xem lại: `cchc schedule status --year {year}`.")
    if kind == "windows":
        click.echo("Lịch chạy khi bạn đang đăng nhập Windows.")
    try:
        load_credentials(account.identity, account.address)
    except CchcError as error:
        click.echo(f"Lưu ý: lịch chưa chạy được: {error}.")


@schedule.command()
@year_option
@json_option
def status(year: int, as_json: bool) -> int:
    """Đã đặt lịch chưa, chạy lần trước và lần tới khi nào, xem kết quả các lượt ở đâu.

    Mã thoát 3 khi chưa đặt lịch, hoặc lịch đã bị tắt nên sẽ không chạy.

    \b
    Ví dụ:
      cchc schedule status --year 2022
    """
    found = _machine().found(_name(year), _now())
    if found is None:
        if as_json:
            echo_json({"installed": False})
        else:
            click.echo(f"Chưa đặt lịch nào cho năm {year}: chạy `cchc schedule install`.")
        return 3
    kind, standing = found
    code = 0 if standing.runs else 3
    if as_json:
        told = {"every_minutes": standing.minutes, "last": standing.last, "next": standing.next}
        log = None if kind == "systemd" else _log_file(year)
        echo_json({"installed": True, "with": kind, "runs": standing.runs, "log": log, **told})
        return code
    if standing.runs:
        every = f"cứ {standing.minutes} phút một lần" if standing.minutes else "lịch đã bị sửa tay"
        click.echo(f"Đã đặt lịch {_name(year)} ({kind}), {every}.")
        unknown = "trình lập lịch không cho biết"
        click.echo(f"Lần trước: {standing.last or unknown}. Lần tới: {standing.next or unknown}.")
    else:
        click.echo(
            f"Lịch {_name(year)} ({kind}) có đó nhưng đã bị tắt: SẼ KHÔNG CHẠY. Đặt lại bằng "
            f"`cchc schedule install --year {year}`."
        )
    click.echo(f"Lượt thu thập tốt gần nhất: `cchc harvest status --year {year}`.")
    click.echo(f"Kết quả từng lượt: {_where_told(kind, year)}")
    return code


@schedule.command()
@year_option
@_WITH
@_YES
def remove(year: int, kind: Kind | None, yes: bool) -> None:
    """Bỏ lịch của năm đó. Sổ sự kiện và mọi tệp khác vẫn nguyên.

    \b
    Ví dụ:
      cchc schedule remove --year 2022
    """
    machine = _machine()
    found = machine.found(_name(year), _now())
    if kind is None and found is None:
        click.echo(f"Không có lịch nào cho năm {year}.")
        return
    kind = kind or (found[0] if found else machine.kind())
    _do(machine, machine.remove(kind, _name(year)), yes)
    click.echo(f"Đã bỏ lịch {_name(year)} ({kind}).")


def interval(year: int) -> int | None:
    """Seconds between two harvests as this machine's schedule has it, if it has one."""
    try:
        found = _machine().found(_name(year), _now())
    except CchcError:  # whoever may not use cron has no schedule there
        return None
    minutes = found[1].minutes if found else None
    return minutes * 60 if minutes else None


def _where_told(kind: Kind, year: int) -> str:
    """Where the job leaves what it told; only systemd keeps that by itself."""
    if kind == "systemd":
        return f"`journalctl --user -u {_name(year)}`"
    return str(_log_file(year))


def _log_file(year: int) -> Path:
    return app_dir / f"thu-thap-{year}.log"


def _machine() -> Machine:
    from cchc_gforms.scheduler.machine import Machine

    return Machine.here(app_dir)


def _now() -> datetime:
    return datetime.now().astimezone()


def _name(year: int) -> str:
    return f"cchc-harvest-{year}"


def _job(kind: Kind, year: int, every: int, about: str, settings: list[str]) -> Job:
    from cchc_gforms.scheduler.job import Job

    minutes, rest = divmod(every, 60)
    if rest:
        raise CchcError("lịch tính theo phút chẵn", "viết như --every 15m hoặc --every 1h")
    command = [*_program(), "harvest", "--year", str(year), *settings]
    if kind != "systemd":  # which keeps what a job prints by itself
        command += ["--log", str(_log_file(year))]
    title = f"Thu thập báo cáo {about} năm {year}"
    return Job(_name(year), title, tuple(command), str(Path.cwd()), minutes)


def _settings(spec_dir: Path, store_url: str, account: GoogleSettings) -> list[str]:
    """The options that hold, with absolute paths: a scheduler starts elsewhere and knows none of
    our variables."""
    from sqlalchemy import make_url

    store = make_url(store_url)
    if store.password or "password" in store.query:
        raise CchcError(
            "địa chỉ CSDL có mật khẩu, không ghi vào lịch",
            "bỏ mật khẩu khỏi --store (CCHC_STORE) và ghi nó vào tệp mật khẩu của PostgreSQL "
            "(~/.pgpass, trên Windows %APPDATA%\\postgresql\\pgpass.conf)",
        )
    options = {
        "--spec": str(spec_dir.resolve()),
        "--store": store_url,
        "--credentials": str(account.credentials.resolve()),
        "--token": str(account.token.resolve()),
        "--google-url": account.url,
        "--subject": account.subject,
    }
    return [word for option, value in options.items() if value for word in (option, value)]


def _program() -> list[str]:
    """This very installation. On Windows without a console, which would flash up each time."""
    python = Path(sys.executable)
    if os.name == "nt":
        code = "from cchc_gforms.cli.main import main; main()"
        return [str(python.with_name("pythonw.exe")), "-c", code]
    beside = python.with_name("cchc")
    found = str(beside) if beside.exists() else shutil.which("cchc")
    if found is None:
        raise CchcError("không thấy chương trình cchc", "cài bằng `pip install cchc-gforms`")
    return [str(Path(found).absolute())]


def _do(machine: Machine, steps: list[Step], yes: bool) -> None:
    click.echo("Các việc sẽ làm:")
    for step in steps:
        click.echo(str(step))
    if not yes:
        click.confirm("Làm các việc trên?", default=False, abort=True)
    for remark in machine.carry_out(steps):
        click.echo(f"Lưu ý: {remark}")
