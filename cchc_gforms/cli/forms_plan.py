"""`cchc forms plan`: what apply would change, and nothing of it done."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_gforms.cli.forms_book import (
    CHANGES,
    allow_options,
    allowed_of,
    as_typed,
    form_options,
    print_plan,
    refuse_needless,
    tell_lost,
    tell_waiting,
)
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.progress import working
from cchc_gforms.cli.settings import GoogleSettings, open_store, store_option


@click.command()
@form_options
@store_option
@allow_options
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi kế hoạch ra tệp, để `cchc forms apply --plan FILE` làm đúng như thế.",
)
def plan(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    account: GoogleSettings,
    allow_remove: tuple[str, ...],
    allow_replace: tuple[str, ...],
    out: Path | None,
) -> int:
    """Cho xem từng biểu mẫu, từng câu hỏi sẽ thay đổi thế nào; không thay đổi gì ở Google.

    Mã thoát: 0 không có gì phải làm; 3 có thay đổi; 1 lỗi, kể cả khi có cột câu trả lời sẽ bị bỏ
    mà chưa được phép.

    \b
    Ví dụ:
      cchc forms plan --year 2022
      cchc forms plan --year 2022 --out ke-hoach.json
    """
    from cchc_gforms.generator import plan_file
    from cchc_gforms.generator.year_plan import plan_year
    from cchc_gforms.spec.load import load_all

    reporting_year, specs = load_all(spec_dir, year)
    tell_waiting(reporting_year)
    allowed = allowed_of(allow_remove, allow_replace)
    with account.open() as google, open_store(store_url) as log:
        with working("Biểu mẫu", len(specs)) as step:
            made = plan_year(google, log, reporting_year, specs, allowed, step)
        tell_lost(log, made, specs)
    refuse_needless(made, allowed)
    if out and not made.is_refused:  # before anything is printed, to a reader who may leave
        plan_file.write(out, made, allowed)
        click.echo(f"Đã ghi kế hoạch vào {out}.", err=True)
    if as_json:
        echo_json(plan_file.as_json(made, allowed))
    else:
        print_plan(made)
    made.refuse_losses(as_typed())
    if not made.has_work and not as_json:
        click.echo("Không có gì phải làm.")
    return CHANGES if made.has_work else 0
