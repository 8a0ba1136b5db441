"""`cchc forms adopt`: a spec from a form that was made by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import (
    GoogleSettings,
    google_options,
    json_option,
    spec_option,
    written,
)
from cchc_gforms.errors import CchcError, GoogleError

if TYPE_CHECKING:
    from cchc_gforms.google.client import Google

_NAME = re.compile(r"[a-z][a-z0-9_]*/(\d{4})(-[a-z0-9_-]+)?")
_HEAD = """\
# Lập từ biểu mẫu {id} bằng `cchc forms adopt`.
# `moved` giữ mã của Google cho từng câu hỏi: xóa dòng nào là bỏ câu trả lời cũ của câu đó.
# Việc còn lại: ghi `role: unit` ở câu hỏi về đơn vị, rồi chạy `cchc spec check`.
"""


@click.command()
@click.argument("form_id")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Ghi đặc tả ra tệp này."
)
@click.option(
    "--as",
    "name",
    help="Nhận biểu mẫu này làm biểu mẫu của văn bản và kỳ, ví dụ periodic_report/2022-h1: "
    "`cchc forms apply` sẽ sửa chính nó thay vì tạo mới.",
)
@spec_option
@json_option
@google_options
def adopt(
    form_id: str,
    out: Path | None,
    name: str | None,
    spec_dir: Path,
    as_json: bool,
    account: GoogleSettings,
) -> None:
    """Lập đặc tả từ một biểu mẫu làm bằng tay, giữ mã câu hỏi nên câu trả lời đã có vẫn đọc được.

    Công cụ chỉ xin quyền drive.file, nên chỉ thấy biểu mẫu do chính nó tạo ra hoặc được người dùng
    mở bằng nó. Biểu mẫu không thấy được thì phải tạo bản của mình bằng công cụ này.

    \b
    Ví dụ:
      cchc forms adopt 1AbC… --out forms_spec/khao_sat.yaml
      cchc forms adopt 1AbC… --out forms_spec/annual_plan.yaml --as annual_plan/2026-year
    """
    from cchc_gforms.generator.adopt import adopted
    from cchc_gforms.google.registry import REGIME, admit, form_tags
    from cchc_gforms.regime.load import load

    year = _NAME.fullmatch(name) if name else None
    if name and year is None:
        raise click.BadParameter(
            f"'{name}' không phải tên biểu mẫu, ví dụ periodic_report/2022-h1", param_hint="--as"
        )
    if out and out.exists():
        raise CchcError(f"đã có tệp {out}", "chọn tên khác, để không ghi đè đặc tả đang dùng")
    tags = {}
    if name and year:
        regime = load(spec_dir, int(year[1])).regime.identity
        tags = form_tags(name, int(year[1]), regime)
    with account.open() as google:
        made = adopted(_form(google, form_id))
        if name and tags:
            _refuse_a_second(google, form_id, name, tags[REGIME])
        text = _HEAD.format(id=form_id) + _yaml(made.file)
        if out:
            with written(out):
                out.write_text(text, "utf-8")
        if tags:
            admit(google, form_id, tags={**tags})
    if as_json:
        echo_json({"form_id": form_id, "spec": made.file, "remarks": made.remarks, "as": name})
    elif not out:
        click.echo(text, nl=False)
    for remark in made.remarks:
        click.echo(f"Lưu ý: {remark}.", err=True)


def _refuse_a_second(google: Google, form_id: str, name: str, regime: str) -> None:
    """Two forms of one name would take turns in being brought up to date."""
    from cchc_gforms.google.registry import Registry

    other = Registry.look_up(google, regime).form(name, "")
    if other and other.id != form_id:
        raise CchcError(
            f"đã có biểu mẫu của {name}: “{other.name}” ({other.id})",
            "xóa biểu mẫu kia trong Drive nếu không dùng, hoặc nhận với tên khác",
        )


def _form(google: Google, form_id: str) -> Any:
    from cchc_gforms.google.forms import get

    try:
        return get(google, form_id)
    except GoogleError as error:
        if error.status in (403, 404):
            raise CchcError(
                f"không thấy biểu mẫu {form_id}: hoặc mã sai, hoặc công cụ không được thấy tệp này "
                "(quyền drive.file chỉ cho thấy tệp do công cụ tạo ra hoặc đã được mở bằng nó)",
                "mã là phần giữa /d/ và /edit trong địa chỉ trang sửa biểu mẫu",
            ) from error
        raise


def _yaml(content: dict[str, Any]) -> str:
    import io

    from ruamel.yaml import YAML

    writer = YAML()
    writer.default_flow_style = False
    writer.width = 100
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    writer.dump(content, stream)
    return stream.getvalue()
