"""`cchc harvest`: pulls what Google holds into the event log, once or again and again."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.durations import METAVAR, seconds
from cchc_gforms.cli.harvest_loop import Stopping, repeat
from cchc_gforms.cli.harvest_round import Order, Outcome, attempt, note
from cchc_gforms.cli.harvest_status import status
from cchc_gforms.cli.main import echo_json, show_error
from cchc_gforms.cli.settings import (
    GoogleSettings,
    google_options,
    json_option,
    spec_option,
    store_option,
    written,
)
from cchc_gforms.errors import CchcError

if TYPE_CHECKING:
    from cchc_gforms.regime.model import Sources


def _that_takes_lines(_: click.Context, __: click.Parameter, file: Path | None) -> Path | None:
    """Told before anything is done, like every option that cannot be used."""
    if file:
        try:
            with written(file):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.open("a", encoding="utf-8").close()
        except CchcError as error:
            raise click.BadParameter(str(error)) from error
    return file


@click.group(invoke_without_command=True, subcommand_metavar="[status]")
@click.option(
    "--year",
    type=click.IntRange(2022, 2100),
    envvar="CCHC_YEAR",
    show_envvar=True,
    help="Năm kế hoạch/báo cáo. Bắt buộc.",
)
@click.option(
    "--every",
    metavar=METAVAR,
    callback=seconds(least=60),
    help="Thu thập mãi, cứ ngần ấy lâu một lượt (15m, 1h…), đến khi được bảo dừng.",
)
@click.option(
    "--source",
    type=click.Choice(["both", "sheet", "forms"]),
    help="Thu thập từ đâu: cả hai, chỉ trang tính, chỉ biểu mẫu; bỏ trống thì như regime.yaml.",
)
@click.option(
    "--publish",
    is_flag=True,
    help="Sau mỗi lượt cập nhật bảng theo dõi (`cchc dashboard publish`).",
)
@click.option(
    "--max-time",
    metavar=METAVAR,
    callback=seconds(),
    default="10m",
    show_default=True,
    help="Một lượt được kéo dài bao lâu, kể cả lúc đợi Google; quá thì dừng, giữ phần đã thu được.",
)
@click.option(
    "--wait",
    type=click.FloatRange(0, 3600),
    default=60,
    show_default=True,
    help="Số giây đợi khi một lượt thu thập khác đang chạy; quá thì thoát với mã 5.",
)
@click.option(
    "--log",
    "log_file",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_that_takes_lines,
    help="Ghi thêm kết quả mỗi lượt vào tệp này, mỗi lượt một dòng JSON.",
)
@spec_option
@store_option
@json_option
@google_options
@click.pass_context
def harvest(
    ctx: click.Context,
    year: int | None,
    every: int | None,
    source: Sources | None,
    publish: bool,
    max_time: int,
    wait: float,
    log_file: Path | None,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    account: GoogleSettings,
) -> int:
    """Thu thập câu trả lời từ Trang tính liên kết và từ Biểu mẫu vào sổ sự kiện.

    Chạy lại không ghi trùng: những gì đã có trong sổ thì giữ nguyên. Lệnh con `status` cho biết
    lượt thu thập tốt gần nhất.

    Mã thoát: 0 tốt; 4 có biểu mẫu không đọc được, hoặc chưa cập nhật được bảng theo dõi, phần còn
    lại đã ghi vào sổ; 1 chưa làm được gì; 5 lượt khác đang chạy. Với --every, lượt hỏng được báo
    rồi lượt sau vẫn chạy; Ctrl+C (hoặc SIGTERM) dừng giữa hai lượt, mã 0. Mỗi lượt một dòng JSON
    khi có --json hoặc khi đầu ra không phải màn hình.

    \b
    Ví dụ:
      cchc harvest --year 2022
      cchc harvest --year 2022 --every 15m --publish
    """
    if ctx.invoked_subcommand:
        return 0
    if year is None:
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    stale_after = 2 * every if every else None  # one round may be late or fail
    order = Order(year, spec_dir, store_url, account, wait, max_time, publish, source, stale_after)
    if every is not None:
        _for_ever(order, every, log_file, as_json or not sys.stdout.isatty())
        return 0
    outcome = _round(order, log_file)
    if outcome.error:
        raise outcome.error
    if as_json:
        echo_json(outcome.as_json())
    else:
        _print(outcome)
    return outcome.exit_code


harvest.add_command(status)


def _round(order: Order, log_file: Path | None) -> Outcome:
    """A log that cannot be written is told, and takes nothing from the round."""
    outcome = attempt(order)
    if log_file:
        try:
            note(outcome, log_file)
        except CchcError as error:
            show_error(error)
    return outcome


def _for_ever(order: Order, every: int, log_file: Path | None, as_json: bool) -> None:
    remarks: set[str] = set()

    def tell() -> None:
        outcome = _round(order, log_file)
        if as_json:
            click.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
            return
        click.echo(f"[{outcome.at.astimezone():%d/%m/%Y %H:%M:%S %Z}]")
        _print(outcome, known=remarks)
        remarks.update(outcome.remarks)
        if outcome.error:
            show_error(outcome.error)

    said = "Đang dừng; lượt đang chạy (nếu có) sẽ chạy xong."
    with Stopping(lambda: click.echo(said, err=True)) as stopping:
        repeat(tell, every, stopping, time.monotonic, time.sleep)


def _print(outcome: Outcome, known: Collection[str] = ()) -> None:
    """For people; remarks that they know already are left out."""
    for line in outcome.lines:
        click.echo(line)
    for remark in outcome.remarks:
        if remark not in known:
            click.echo(f"Lưu ý: {remark}.")
