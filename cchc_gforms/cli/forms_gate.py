"""`cchc forms close`, `cchc forms open`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cchc_gforms.cli.forms_book import form_options, named
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import GoogleSettings

_names = click.argument("names", metavar="NAME...", nargs=-1, required=True)


@click.command()
@_names
@form_options
def close(
    names: tuple[str, ...], year: int, spec_dir: Path, as_json: bool, account: GoogleSettings
) -> None:
    """Đóng biểu mẫu: không nhận câu trả lời nữa. `cchc forms apply` không tự mở lại.

    \b
    Ví dụ:
      cchc forms close periodic_report/2022-q1 --year 2022
    """
    _set(names, year, spec_dir, account, as_json=as_json, opened=False)


@click.command("open")
@_names
@form_options
def open_(
    names: tuple[str, ...], year: int, spec_dir: Path, as_json: bool, account: GoogleSettings
) -> None:
    """Mở lại biểu mẫu đã đóng.

    \b
    Ví dụ:
      cchc forms open periodic_report/2022-q1 --year 2022
    """
    _set(names, year, spec_dir, account, as_json=as_json, opened=True)


def _set(
    names: tuple[str, ...],
    year: int,
    spec_dir: Path,
    account: GoogleSettings,
    *,
    as_json: bool,
    opened: bool,
) -> None:
    from cchc_gforms.generator.gate import set_gate
    from cchc_gforms.spec.load import load_all

    reporting_year, specs = load_all(spec_dir, year)
    wanted = named(specs, names)
    with account.open() as google:
        moved = set_gate(google, reporting_year.regime.identity, wanted, opened=opened)
    if as_json:
        echo_json([{**asdict(one), "accepting": opened} for one in moved])
        return
    for one in moved:
        before = "" if one.changed else " từ trước"
        click.echo(f"{'Đang nhận' if opened else 'Đã đóng'}{before}: {one.title}")
