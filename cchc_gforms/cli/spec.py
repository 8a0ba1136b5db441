"""`cchc spec`: the files in forms_spec."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_gforms.cli.settings import spec_option, year_option


@click.group()
def spec() -> None:
    """Kiểm tra các tệp trong forms_spec."""


@spec.command()
@year_option
@spec_option
def check(year: int, spec_dir: Path) -> None:
    """Báo mọi lỗi của các tệp đặc tả, chế độ báo cáo và danh sách đơn vị, không gửi gì đi.

    \b
    Ví dụ:
      cchc spec check --year 2022
    """
    from cchc_gforms.spec.load import load_all

    _, specs = load_all(spec_dir, year)
    questions = sum(len(section.items) for one in specs for section in one.sections)
    click.echo(f"Không có lỗi: {len(specs)} biểu mẫu, {questions} mục.")
