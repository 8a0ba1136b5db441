"""`cchc spec`: the files in forms_spec."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.preview import preview
from cchc_gforms.cli.settings import json_option, spec_option, written, year_option

_KINDS = ("form", "lists", "parts", "outline", "regime", "year")


@click.group()
def spec() -> None:
    """Kiểm tra, xem thử và tra cứu các tệp trong forms_spec."""


spec.add_command(preview)


@spec.command()
@year_option
@spec_option
def check(year: int, spec_dir: Path) -> None:
    """Báo mọi lỗi của các tệp đặc tả, chế độ báo cáo và danh sách đơn vị, không gửi gì đi.

    \b
    Ví dụ:
      cchc spec check --year 2022
    """
    from cchc_gforms.spec.load import check_all
    from cchc_gforms.spec.outline import coverage, load_outline

    _, specs = check_all(spec_dir, year)
    questions = sum(len(section.items) for one in specs for section in one.sections)
    click.echo(f"Không có lỗi: {len(specs)} biểu mẫu, {questions} mục.")
    if (spec_dir / "outline.yaml").exists():
        served = coverage(specs, load_outline(spec_dir).nodes)
        if left := [one.node.id for one in served if not one.documents]:
            click.echo(f"Mục của đề cương chưa có câu hỏi: {', '.join(left)}.")


@spec.command()
@year_option
@spec_option
@json_option
def coverage(year: int, spec_dir: Path, as_json: bool) -> None:
    """Mục nào của đề cương được văn bản nào hỏi đến, mục nào chưa.

    \b
    Ví dụ:
      cchc spec coverage --year 2022
    """
    from cchc_gforms.spec.load import load_all
    from cchc_gforms.spec.outline import coverage as of_nodes
    from cchc_gforms.spec.outline import load_outline

    _, specs = load_all(spec_dir, year)
    served = of_nodes(specs, load_outline(spec_dir).nodes)
    if as_json:
        nodes = [
            {"id": one.node.id, "text": one.node.text, "documents": one.documents} for one in served
        ]
        echo_json(
            {"nodes": nodes, "left_out": [one.node.id for one in served if not one.documents]}
        )
        return
    for one in served:
        click.echo(f"{one.node.id:<8} {', '.join(one.documents) or 'CHƯA CÓ':<18} {one.node.text}")


@spec.command()
@click.argument("kind", type=click.Choice(_KINDS), required=False)
@click.option("--write", is_flag=True, help="Ghi mọi lược đồ vào thư mục schema của đặc tả.")
@spec_option
def schema(kind: str | None, write: bool, spec_dir: Path) -> None:
    """In JSON Schema của một loại tệp (mặc định: form), cho trình soạn thảo.

    \b
    Ví dụ:
      cchc spec schema form
      cchc spec schema --write
    """
    from cchc_gforms.spec import schema as schemas

    if not write:
        click.echo(schemas.written(kind or "form"), nl=False)
        return
    directory = spec_dir / schemas.DIRECTORY
    for one in [kind] if kind else _KINDS:
        path = directory / f"{one}.json"
        with written(path):
            directory.mkdir(parents=True, exist_ok=True)
            path.write_text(schemas.written(one), "utf-8", newline="\n")
        click.echo(f"Đã ghi {path}.")


@spec.command()
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi vào tệp này; bỏ trống thì in ra.",
)
def docs(output: Path | None) -> None:
    """Sách tra cứu ngôn ngữ biểu mẫu (Markdown), sinh từ chính các mô hình.

    \b
    Ví dụ:
      cchc spec docs --output docs/form-language.md
    """
    from cchc_gforms.spec.reference import reference

    if output is None:
        click.echo(reference(), nl=False)
        return
    with written(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(reference(), "utf-8", newline="\n")
    click.echo(f"Đã ghi {output}.")
