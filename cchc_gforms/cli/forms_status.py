"""`cchc forms status`: how the forms stand, and which steps are still to be done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.forms_book import form_options, outsider, tell_waiting
from cchc_gforms.cli.ledger_book import printable
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.progress import working
from cchc_gforms.cli.settings import GoogleSettings

if TYPE_CHECKING:
    from cchc_gforms.generator.status import Standing

_COLLECTION = {
    "VERIFIED": "địa chỉ đã xác minh",
    "RESPONDER_INPUT": "địa chỉ người điền tự ghi",
    "DO_NOT_COLLECT": "không thu địa chỉ",
}
_STEPS = {
    "apply": "chạy `cchc forms plan` rồi `cchc forms apply`: biểu mẫu khác đặc tả",
    "link": "chưa liên kết với bảng tính: chạy menu CCHC của bảng tính",
    "link_elsewhere": "đang liên kết với một bảng tính khác: hủy liên kết trong biểu mẫu, rồi chạy "
    "menu CCHC",
    "by_hand": "làm các việc bằng tay nêu trên, trong trang sửa biểu mẫu",
    "restore_folders": "khôi phục thư mục tải lên: mở trang sửa biểu mẫu, ở thông báo thiếu thư "
    "mục (Missing File Upload folders) bấm khôi phục (Restore)",
    "script": "chưa thấy menu CCHC cài đặt biểu mẫu này (cho sửa sau khi gửi, thanh tiến trình, "
    "lời xác nhận)",
}


@click.command()
@form_options
def status(year: int, spec_dir: Path, as_json: bool, account: GoogleSettings) -> None:
    """Biểu mẫu nào đã phát hành, đang nhận câu trả lời, đã liên kết; còn việc gì phải làm tay.

    Google không cho biết biểu mẫu có cho sửa sau khi gửi hay không; ở đây chỉ nói được menu CCHC
    của bảng tính (scripts/apps_script) đã cài đặt biểu mẫu đó hay chưa.

    \b
    Ví dụ:
      cchc forms status --year 2022
    """
    from cchc_gforms.generator.status import status as look
    from cchc_gforms.spec.load import load_all

    reporting_year, specs = load_all(spec_dir, year)
    tell_waiting(reporting_year)
    with account.open() as google, working("Biểu mẫu", len(specs)) as step:
        found = look(google, reporting_year, specs, step)
    if as_json:
        forms = [
            {
                **asdict(one),
                "edit_url": one.form_id and google.address.form_editor(one.form_id),
            }
            for one in found.forms
        ]
        echo_json({"forms": forms, "responses": found.responses_id})
        return
    for one in found.forms:
        for line in _lines(one):
            click.echo(printable(line))
    if found.responses_id:
        url = google.address.spreadsheet_page(found.responses_id)
        click.echo(f"Bảng tính nhận câu trả lời: {url}")
    steps = sum(len(one.steps) for one in found.forms)
    click.echo(f"Còn {steps} việc." if steps else "Không còn việc gì.")


def _lines(one: Standing) -> Iterator[str]:
    yield f"{one.title} ({one.name})"
    if one.form_id is None:
        yield "  chưa tạo"
    else:
        accepting = {True: "đang nhận", False: "đang đóng", None: "không rõ có nhận hay không"}
        yield (
            f"  {'đã phát hành' if one.published else 'chưa phát hành'}, "
            f"{accepting[one.accepting]}; {_COLLECTION.get(one.email_collection, '?')}"
        )
        people = ["bất kỳ ai" if who == "anyone" else who for who in one.responders]
        yield f"  người trả lời: {', '.join(people) or 'chưa có ai'}"
        for who in one.other_responders:
            yield f"  ! {outsider(who)}"
        if one.script:
            yield f"  menu CCHC: {one.script}"
    if one.changes or one.refused:
        yield f"  khác đặc tả: {one.changes} chỗ, {one.refused} cột câu trả lời cần được phép bỏ"
    for stranger in one.strangers:
        yield f"  câu hỏi ngoài đặc tả: “{stranger}”"
    for todo in one.by_hand:
        yield f"  việc phải làm bằng tay: {todo}"
    for step in one.steps:
        yield f"  → {_STEPS[step]}"
