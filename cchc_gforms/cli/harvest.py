"""`cchc harvest`: pulls what Google holds into the event log."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import long_time
from cchc_gforms.cli.progress import working
from cchc_gforms.cli.settings import (
    GoogleSettings,
    google_options,
    json_option,
    open_store,
    spec_option,
    store_option,
    year_option,
)

_KINDS = {
    "period_opened": "kỳ được mở",
    "version_seen": "lượt nộp",
    "decided": "quyết định của người duyệt",
    "unreadable": "phiếu không đọc được",
}


@click.command()
@year_option
@spec_option
@store_option
@json_option
@click.option(
    "--wait",
    type=click.FloatRange(0, 3600),
    default=60,
    show_default=True,
    help="Số giây đợi khi một lượt thu thập khác đang chạy; quá thì thoát với mã 5.",
)
@google_options
def harvest(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    wait: float,
    account: GoogleSettings,
) -> None:
    """Thu thập câu trả lời từ Trang tính liên kết và từ Biểu mẫu vào sổ sự kiện.

    Chạy lại không ghi trùng: những gì đã có trong sổ thì giữ nguyên.

    \b
    Ví dụ:
      cchc harvest --year 2022
    """
    from cchc_gforms.harvester.harvest import harvest as run
    from cchc_gforms.spec.load import load_all
    from cchc_gforms.store.turn import one_at_a_time

    reporting_year, specs = load_all(spec_dir, year)
    with (
        open_store(store_url) as log,
        one_at_a_time(store_url, wait),
        account.open() as google,
        working("Thu thập", len(specs)) as step,
    ):
        done = run(google, log, reporting_year, specs, step)
    if as_json:
        echo_json(
            {
                "as_of": done.as_of.isoformat(),
                "responses": done.responses,
                "new_events": done.new,
                "new_by_kind": dict(done.kinds),
                "calls": done.calls,
                "remarks": done.remarks,
            }
        )
        return
    parts = [f"{count} {_KINDS.get(kind, kind)}" for kind, count in done.kinds.items()]
    news = ", ".join(parts) if parts else "không có gì mới"
    click.echo(f"Đã đọc {done.responses} câu trả lời: {news}.")
    click.echo(f"Sổ đầy đủ đến {long_time(done.as_of, reporting_year.zone)}.")
    for remark in done.remarks:
        click.echo(f"Lưu ý: {remark}.")
