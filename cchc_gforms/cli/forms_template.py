"""`cchc forms template`: an empty form to put file upload questions on, and to copy others from."""

from __future__ import annotations

import re

import click

from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import GoogleSettings, google_options, json_option

_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")  # as `template` of a form file takes it


@click.command()
@click.argument("name", metavar="TÊN")
@json_option
@google_options
def template(name: str, as_json: bool, account: GoogleSettings) -> None:
    """Lập một biểu mẫu trống làm mẫu, để thêm câu hỏi tải tệp lên bằng tay.

    Google không cho phần mềm tạo câu hỏi tải tệp lên. Mở mẫu, thêm các câu đó, rồi ghi `template:
    TÊN` ở đặc tả: `cchc forms apply` chép mẫu rồi thêm các câu hỏi còn lại. Chạy lại thì chỉ in địa
    chỉ của mẫu đã có.

    \b
    Ví dụ:
      cchc forms template minh_chung
    """
    from cchc_gforms.generator.template import make_template

    if not _NAME.fullmatch(name):
        raise click.BadParameter(
            "tên mẫu chỉ gồm chữ không dấu, số, - và _, nhiều nhất 100 chữ", param_hint="TÊN"
        )
    with account.open() as google:
        made = make_template(google, name)
        url = google.address.form_editor(made.form_id)
    if as_json:
        echo_json({"form_id": made.form_id, "edit_url": url, "made": made.made})
        return
    click.echo(f"{'Đã lập mẫu' if made.made else 'Mẫu đã có'}: {url}")
    click.echo(
        "Mở địa chỉ trên, thêm các câu hỏi loại Tải tệp lên, rồi ghi vào đặc tả "
        f"`template: {name}` và mỗi câu một mục type: file_upload có title đúng tên câu đó."
    )
