"""`cchc regime roster`: the roster in a spreadsheet that people edit together."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import (
    GoogleSettings,
    google_options,
    json_option,
    spec_option,
    written,
    year_option,
)


@click.group()
def roster() -> None:
    """Danh sách đơn vị trên Google Trang tính: đưa lên, lấy về."""


@roster.command()
@year_option
@spec_option
@json_option
@google_options
def push(year: int, spec_dir: Path, as_json: bool, account: GoogleSettings) -> None:
    """Ghi units.csv lên một trang tính để nhiều người cùng sửa (tạo mới nếu chưa có).

    Ghi đè những gì đang có trên trang tính đó: sửa xong trên trang tính thì lấy về trước.

    \b
    Ví dụ:
      cchc regime roster push --year 2022
    """
    from cchc_gforms.generator.roster_sheet import push as write
    from cchc_gforms.regime.load import load
    from cchc_gforms.regime.roster_file import written as table

    found = load(spec_dir, year)
    with account.open() as google:
        id = write(google, found.regime, table(found.roster, found.regime.levels))
        url = google.address.spreadsheet_page(id)
    if as_json:
        echo_json({"id": id, "url": url, "units": len(found.roster.units)})
    else:
        click.echo(f"Đã ghi {len(found.roster.units)} đơn vị lên {url}")


@roster.command()
@year_option
@spec_option
@json_option
@google_options
def pull(year: int, spec_dir: Path, as_json: bool, account: GoogleSettings) -> None:
    """Lấy danh sách từ trang tính về units.csv; có lỗi nào thì báo hết và không ghi gì.

    \b
    Ví dụ:
      cchc regime roster pull --year 2022
    """
    from cchc_gforms.errors import ProblemsError
    from cchc_gforms.generator.roster_sheet import pull as read
    from cchc_gforms.generator.roster_sheet import title
    from cchc_gforms.regime.load import load
    from cchc_gforms.regime.roster_file import read_roster
    from cchc_gforms.regime.roster_file import written as table

    regime = load(spec_dir, year).regime
    levels = regime.levels
    with account.open() as google:
        rows = read(google, regime)
    found, problems = read_roster(rows, title(regime), levels)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ProblemsError(errors)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table(found, levels))
    path = spec_dir / "units.csv"
    changed = path.read_text("utf-8-sig") != text.getvalue()
    if changed:
        with written(path):
            path.write_text(text.getvalue(), "utf-8-sig", newline="")
    if as_json:
        echo_json({"units": len(found.units), "changed": changed})
        return
    for problem in problems:
        click.echo(str(problem))
    click.echo(
        f"Đã ghi {len(found.units)} đơn vị vào {path}."
        if changed
        else f"{path} đã giống trang tính: {len(found.units)} đơn vị."
    )
