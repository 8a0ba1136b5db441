"""`cchc forms links`: a link for each unit, ready to send."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.forms_book import form_options, named
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import day
from cchc_gforms.cli.settings import GoogleSettings, written

if TYPE_CHECKING:
    from cchc_gforms.generator.links import UnitLink

_HEADER = ("Mã đơn vị", "Tên đơn vị", "Địa chỉ", "Biểu mẫu", "Hạn", "Đường liên kết", "Lời nhắn")


@click.command()
@click.argument("name")
@form_options
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi ra tệp CSV, mở được bằng Excel.",
)
@click.option("--text", is_flag=True, help="In lời nhắn cho từng đơn vị, để dán vào Zalo, thư.")
def links(
    name: str,
    year: int,
    spec_dir: Path,
    as_json: bool,
    account: GoogleSettings,
    csv_file: Path | None,
    text: bool,
) -> None:
    """Đường liên kết riêng cho từng đơn vị, tên đơn vị đã chọn sẵn.

    \b
    Ví dụ:
      cchc forms links periodic_report/2022-h1 --year 2022 --csv lien-ket.csv
      cchc forms links periodic_report/2022-h1 --year 2022 --text
    """
    from cchc_gforms.generator.links import links as made
    from cchc_gforms.spec.load import load_all

    reporting_year, specs = load_all(spec_dir, year)
    (spec,) = named(specs, [name])
    with account.open() as google:
        found = made(google, reporting_year, spec)
    if csv_file:
        _write(found, csv_file)
        click.echo(f"Đã ghi {len(found)} đường liên kết vào {csv_file}.", err=True)
    if as_json:
        echo_json(
            [
                {
                    "unit": one.unit.code,
                    "unit_name": one.unit.name,
                    "emails": one.unit.emails,
                    "due": one.due,
                    "link": one.link,
                    "text": one.text,
                }
                for one in found
            ]
        )
    elif text:
        for one in found:
            contact = ", ".join(one.unit.emails) or "chưa có địa chỉ"
            click.echo(f"{one.unit.code} – {one.unit.name} <{contact}>\n  {one.text}\n")
    elif not csv_file:
        for one in found:
            click.echo(f"{one.unit.code}  {one.link}")


def _write(found: Sequence[UnitLink], path: Path) -> None:
    """UTF-8 with a byte order mark, so that Excel reads the letters; no cell acts as a formula."""
    from cchc_gforms.dashboard.csv_file import harmless

    with written(path), path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(_HEADER)
        for one in found:
            emails = ", ".join(one.unit.emails)
            row = (
                one.unit.code,
                one.unit.name,
                emails,
                one.title,
                day(one.due),
                one.link,
                one.text,
            )
            table.writerow([harmless(cell) for cell in row])
