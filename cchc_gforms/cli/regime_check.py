"""`cchc regime check`: every problem of regime, year and roster, warnings included."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import json_option, spec_option, year_option


@click.command()
@year_option
@spec_option
@json_option
def check(year: int, spec_dir: Path, as_json: bool) -> int:
    """Báo mọi lỗi và cảnh báo của regime.yaml, years/NĂM.yaml và units.csv.

    Cảnh báo (đơn vị gần giống nhau, chưa có ngày ban hành kế hoạch…) không cản việc nào.
    Mã thoát 1 khi có lỗi.

    \b
    Ví dụ:
      cchc regime check --year 2022
    """
    from cchc_gforms.regime.load import check as check_files

    found, problems = check_files(spec_dir, year)
    problems.sort(key=lambda one: (one.where.file, one.where.line, one.where.column, one.code))
    if as_json:
        echo_json(
            [
                {
                    "code": one.code,
                    "severity": one.severity,
                    "file": one.where.file,
                    "line": one.where.line,
                    "column": one.where.column,
                    "message": one.message,
                    "fix": one.fix,
                }
                for one in problems
            ]
        )
    else:
        for problem in problems:
            click.echo(str(problem), err=problem.severity == "error")
        errors = sum(problem.severity == "error" for problem in problems)
        click.echo(f"{errors} lỗi, {len(problems) - errors} cảnh báo.")
        if found:
            click.echo(
                f"Năm {year}: {len(found.duties)} văn bản có hạn, {len(found.roster.units)} đơn vị."
            )
    return 0 if found else 1
