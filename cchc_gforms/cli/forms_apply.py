"""`cchc forms apply`: does what a plan says, the one in a file or one made now and shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.dashboard_addresses import remember_forms
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
from cchc_gforms.errors import CchcError

if TYPE_CHECKING:
    from cchc_gforms.generator.apply import Applied
    from cchc_gforms.generator.year_plan import YearPlan
    from cchc_gforms.google.client import Google


@click.command()
@form_options
@store_option
@allow_options
@click.option("--yes", "-y", is_flag=True, help="Không hỏi lại; dùng khi chạy tự động.")
@click.option(
    "--plan",
    "plan_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Làm đúng kế hoạch đã ghi bằng `cchc forms plan --out`; khác đi thì không làm gì.",
)
def apply(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    account: GoogleSettings,
    allow_remove: tuple[str, ...],
    allow_replace: tuple[str, ...],
    yes: bool,
    plan_path: Path | None,
) -> int:
    """Tạo các biểu mẫu còn thiếu, sửa những gì khác đặc tả, phát hành và mở kỳ.

    Cho xem kế hoạch rồi hỏi trước khi làm. Chạy tự động, không có ai để hỏi, thì thêm --yes. Chạy
    lại bao nhiêu lần cũng được: biểu mẫu đã đúng thì giữ nguyên, không tạo thêm bản nào.

    \b
    Ví dụ:
      cchc forms apply --year 2022
      cchc forms apply --year 2022 --yes
      cchc forms apply --year 2022 --plan ke-hoach.json
    """
    from cchc_gforms.generator import plan_file
    from cchc_gforms.generator.apply import apply_year
    from cchc_gforms.generator.rest_of_plan import refuse_another
    from cchc_gforms.generator.year_plan import plan_year
    from cchc_gforms.spec.load import load_all

    if plan_path and (allow_remove or allow_replace):
        raise click.UsageError("--plan đã ghi sẵn những gì được phép bỏ; đừng thêm --allow-…")
    reporting_year, specs = load_all(spec_dir, year)
    tell_waiting(reporting_year)
    file = plan_file.read(plan_path) if plan_path else None
    allowed = plan_file.allowed_in(file) if file else allowed_of(allow_remove, allow_replace)
    regime = reporting_year.regime.identity
    with account.open() as google, open_store(store_url, regime) as log:
        with working("Xem xét", len(specs)) as step:
            made = plan_year(google, log, reporting_year, specs, allowed, step)
        tell_lost(log, made, specs)
        if file:
            refuse_another(file, made)
        else:
            refuse_needless(made, allowed)
        made.refuse_losses(as_typed())
        if not (file or yes or _agreed(made, as_json=as_json)):
            click.echo("Chưa thay đổi gì.")
            return CHANGES
        with working("Biểu mẫu", len(specs)) as step:
            applied = apply_year(google, log, reporting_year, made, step)
        remember_forms(log, {one.name: one.responder_uri for one in applied.forms})
        if as_json:
            echo_json(_as_json(applied, google))
        else:
            _print(applied, google)
    return 0


def _agreed(made: YearPlan, *, as_json: bool) -> bool:
    """Whether a person who saw the plan says yes; nothing to do needs no asking."""
    if not made.has_work:
        return True
    if as_json or not sys.stdin.isatty():
        raise CchcError(
            "có việc phải làm ở Google mà không có ai để hỏi",
            "xem trước bằng `cchc forms plan`, rồi chạy lại với --yes",
        )
    print_plan(made)
    return click.confirm("Làm các việc trên?", default=False)


def _as_json(applied: Applied, google: Google) -> dict[str, Any]:
    return {
        "forms": [
            {
                "name": one.name,
                "title": one.title,
                "form_id": one.form_id,
                "responder_uri": one.responder_uri,
                "edit_url": google.address.form_editor(one.form_id),
                "done": one.done,
                "changes": one.changes,
                "strangers": one.strangers,
            }
            for one in applied.forms
        ],
        "responses": {
            "id": applied.responses_id,
            "url": google.address.spreadsheet_page(applied.responses_id),
        },
        "periods_opened": applied.periods_opened,
        "calls": google.calls,
    }


def _print(applied: Applied, google: Google) -> None:
    done = {"created": "đã tạo", "changed": "đã sửa", "unchanged": "không đổi"}
    for one in applied.forms:
        click.echo(f"{done[one.done]:>9}  {one.title}\n           {one.responder_uri}")
        for stranger in one.strangers:
            click.echo(f"           câu hỏi ngoài đặc tả, được giữ nguyên: “{stranger}”")
    url = google.address.spreadsheet_page(applied.responses_id)
    click.echo(f"Mở {applied.periods_opened} kỳ mới. Bảng tính nhận câu trả lời: {url}")
    if any(one.done == "created" for one in applied.forms):
        click.echo(
            "Còn việc mà chương trình không làm thay được: mở bảng tính trên, chạy menu CCHC (xem "
            "scripts/apps_script/README.md), hoặc liên kết từng biểu mẫu bằng tay. "
            "`cchc forms status` cho biết còn biểu mẫu nào."
        )
