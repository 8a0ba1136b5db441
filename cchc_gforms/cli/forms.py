"""`cchc forms`: the forms of a year."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_gforms.cli.main import echo_json
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


@click.group()
def forms() -> None:
    """Tạo, cập nhật và phát hành các biểu mẫu của một năm."""


@forms.command()
@year_option
@spec_option
@store_option
@json_option
@google_options
def apply(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    account: GoogleSettings,
) -> None:
    """Tạo các biểu mẫu còn thiếu, sửa những gì khác đặc tả, phát hành và mở kỳ.

    Chạy lại bao nhiêu lần cũng được: biểu mẫu đã đúng thì giữ nguyên, không tạo thêm bản nào.

    \b
    Ví dụ:
      cchc forms apply --year 2022
    """
    from cchc_gforms.generator.apply import Applied, apply_year
    from cchc_gforms.spec.load import load_all

    reporting_year, specs = load_all(spec_dir, year)
    with (
        account.open() as google,
        open_store(store_url) as log,
        working("Biểu mẫu", len(specs)) as step,
    ):
        applied: Applied = apply_year(google, log, reporting_year, specs, step)
    responses_url = google.address.spreadsheet_page(applied.responses_id)
    if as_json:
        echo_json(
            {
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
                "responses": {"id": applied.responses_id, "url": responses_url},
                "periods_opened": applied.periods_opened,
                "calls": google.calls,
            }
        )
        return
    done = {"created": "đã tạo", "changed": "đã sửa", "unchanged": "không đổi"}
    for one in applied.forms:
        click.echo(f"{done[one.done]:>9}  {one.title}\n           {one.responder_uri}")
        for stranger in one.strangers:
            click.echo(f"           câu hỏi ngoài đặc tả, được giữ nguyên: “{stranger}”")
    click.echo(f"Mở {applied.periods_opened} kỳ mới. Bảng tính nhận câu trả lời: {responses_url}")
    if any(one.done == "created" for one in applied.forms):
        click.echo(
            "Việc cần làm bằng tay, một lần: mở từng biểu mẫu mới, mục “Câu trả lời”, bấm "
            "“Liên kết với Trang tính” và chọn bảng tính trên."
        )
