"""`cchc harvest status`: is the log as fresh as its schedule promises?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from cchc_gforms.cli.durations import METAVAR, in_words, seconds
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import long_time
from cchc_gforms.cli.settings import (
    json_option,
    open_existing_store,
    spec_option,
    store_option,
    year_option,
)

_NO_SCHEDULE = 24 * 3600


@click.command()
@year_option
@spec_option
@store_option
@click.option(
    "--older-than",
    metavar=METAVAR,
    callback=seconds(),
    help="Cũ hơn ngần này là quá hạn. Mặc định: hai lần khoảng cách của lịch đã đặt trên máy này "
    "(`cchc schedule`), chưa đặt lịch thì 1d.",
)
@json_option
def status(year: int, spec_dir: Path, store_url: str, older_than: int | None, as_json: bool) -> int:
    """Lượt thu thập tốt gần nhất lúc nào. Mã thoát 0 còn mới, 3 đã cũ, 1 chưa có lượt nào.

    \b
    Ví dụ:
      cchc harvest status --year 2022 --older-than 45m
    """
    from cchc_gforms.regime.load import load as load_regime

    zone = load_regime(spec_dir, year).zone
    with open_existing_store(store_url) as log:
        harvests = log.harvests(year)
    since, good = next(
        ((ago, one) for ago, one in enumerate(reversed(harvests)) if not one.failed), (0, None)
    )
    limit = older_than or _limit(year)
    if good is None:
        if as_json:
            echo_json({"last_good": None, "stale": True, "limit_seconds": limit})
        else:
            click.echo("Chưa có lượt thu thập nào đọc được mọi biểu mẫu: chạy `cchc harvest`.")
        return 1
    age = (datetime.now(UTC) - good.as_of).total_seconds()
    stale = age > limit
    if as_json:
        told = {"age_seconds": round(age), "limit_seconds": limit, "partial_since": since}
        echo_json({"last_good": good.as_of.isoformat(), "stale": stale, **told})
        return 3 if stale else 0
    click.echo(
        f"Lượt thu thập tốt gần nhất: {long_time(good.as_of, zone)} "
        f"(cách đây {in_words(max(age, 0))}, cho phép {in_words(limit)})."
    )
    if since:
        click.echo(f"Từ đó đến nay {since} lượt không đọc được hết các biểu mẫu.")
    if stale:
        click.echo(
            f"ĐÃ CŨ: chạy `cchc harvest --year {year}`; nếu đã đặt lịch thì xem "
            f"`cchc schedule status --year {year}`."
        )
    return 3 if stale else 0


def _limit(year: int) -> int:
    """Two rounds of the schedule: one may be late or fail."""
    from cchc_gforms.cli.schedule import interval

    every = interval(year)
    return 2 * every if every else _NO_SCHEDULE
