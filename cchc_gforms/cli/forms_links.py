"""`cchc forms links`: a link for each unit, ready to send."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.forms_book import form_options, named
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.moments import day
from cchc_gforms.cli.settings import GoogleSettings, open_existing_store, store_option, written
from cchc_gforms.errors import CchcError, StoreError

if TYPE_CHECKING:
    from cchc_gforms.generator.links import Dues, FormLinks, UnitLink
    from cchc_gforms.ledger.row import Row
    from cchc_gforms.regime.load import ReportingYear
    from cchc_gforms.spec.carry_over import Lines
    from cchc_gforms.spec.model import FormSpec

_HEADER = (
    "Mã đơn vị",
    "Tên đơn vị",
    "Địa chỉ",
    "Biểu mẫu",
    "Hạn",
    "Hạn ban đầu (nếu gia hạn)",
    "Đường liên kết",
    "Lời nhắn",
    "Ghi chú",
)
_DONE = "đã duyệt, không cần gửi lại"


@click.command()
@click.argument("name")
@form_options
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi ra tệp CSV, mở được bằng Excel.",
)
@store_option
@click.option("--text", is_flag=True, help="In lời nhắn cho từng đơn vị, để dán vào Zalo, thư.")
def links(
    name: str,
    year: int,
    spec_dir: Path,
    as_json: bool,
    account: GoogleSettings,
    csv_file: Path | None,
    store_url: str,
    text: bool,
) -> None:
    """Đường liên kết riêng cho từng đơn vị, tên đơn vị đã chọn sẵn.

    Đơn vị đã được duyệt thì không có lời nhắn nữa; biểu mẫu đang đóng thì không đơn vị nào có.

    Hạn là hạn đang có hiệu lực theo sổ; đơn vị được gia hạn thì kèm hạn ban đầu. Biểu mẫu kết quả
    thực hiện kế hoạch: điền sẵn cả nhiệm vụ trong kế hoạch đã duyệt của đơn vị.

    \b
    Ví dụ:
      cchc forms links periodic_report/2022-h1 --year 2022 --csv lien-ket.csv
      cchc forms links periodic_report/2022-h1 --year 2022 --text
    """
    from cchc_gforms.generator.links import links as made
    from cchc_gforms.spec.carry_over import sources
    from cchc_gforms.spec.load import load_all

    reporting_year, specs = load_all(spec_dir, year)
    (spec,) = named(specs, [name])
    rows = _rows(store_url, reporting_year, spec)
    with account.open() as google:
        lines, dues, done = _lines(rows, spec, specs), _dues(rows, spec), _approved(rows, spec)
        answer = made(google, reporting_year, spec, lines, dues, done)
    if answer.shut:
        click.echo(f"Lưu ý: biểu mẫu “{spec.title}” {answer.shut}; không soạn lời nhắn.", err=True)
    if sources(spec):
        _tell_filled(answer.units)
    if csv_file:
        _write(answer, csv_file)
        click.echo(f"Đã ghi {len(answer.units)} đường liên kết vào {csv_file}.", err=True)
    if as_json:
        echo_json(_as_json(answer))
    elif text:
        _tell_texts(answer)
    elif not csv_file:
        for one in answer.units:
            click.echo(f"{one.unit.code}  {one.link}")


def _as_json(answer: FormLinks) -> list[dict[str, object]]:
    return [
        {
            "unit": one.unit.code,
            "unit_name": one.unit.name,
            "emails": one.emails,
            "due": one.due,
            "due_original": one.due_original,
            "link": one.link,
            "text": "" if answer.shut else one.text,
            "approved": one.approved,
            "accepting": not answer.shut,
        }
        for one in answer.units
    ]


def _tell_texts(answer: FormLinks) -> None:
    """A text for each unit that still has to send something by a form that is open."""
    for one in () if answer.shut else answer.units:
        if one.text:
            contact = f" <{', '.join(one.emails) or 'chưa có địa chỉ'}>" if one.bureau else ""
            click.echo(f"{one.unit.code} – {one.unit.name}{contact}\n  {one.text}\n")
    _tell_done(answer.units)


def _tell_done(found: Sequence[UnitLink]) -> None:
    """Whom there is no text for, because the document is approved."""
    if done := ", ".join(one.unit.code for one in found if one.approved):
        click.echo(f"Đã duyệt, không cần nhắc: {done}.", err=True)


def _tell_filled(found: Sequence[UnitLink]) -> None:
    """How many links begin with approved answers, and how many of them were cut."""
    filled, cut = sum(one.filled for one in found), sum(one.cut for one in found)
    click.echo(
        f"Đã điền sẵn từ văn bản được duyệt: {filled}/{len(found)} đơn vị"
        + (f"; {cut} đơn vị quá dài, bỏ các dòng cuối và ghi “…”." if cut else "."),
        err=True,
    )


def _rows(store_url: str, year: ReportingYear, spec: FormSpec) -> Sequence[Row]:
    """The ledger as of the last harvest; nothing for a form that nobody owes, nor without a log."""
    from cchc_gforms.cli.ledger_book import moment
    from cchc_gforms.ledger.book import read

    if spec.period is None:
        return ()
    try:
        with open_existing_store(store_url) as log:
            return read(log.events(), year, moment(log, year, None)).rows
    except StoreError:
        raise
    except CchcError as missing:
        click.echo(
            f"Lưu ý: {missing.message}; hạn ghi theo đặc tả, không kể gia hạn, và không điền sẵn "
            "được gì.",
            err=True,
        )
        return ()


def _dues(rows: Sequence[Row], spec: FormSpec) -> dict[str, Dues]:
    """By unit: the due date in force and the original one (L10)."""
    own = (row for row in rows if (row.document, row.period) == (spec.document, spec.period))
    return {row.unit.code: (row.due, row.due_original) for row in own}


def _approved(rows: Sequence[Row], spec: FormSpec) -> set[str]:
    """The codes of the units whose document is approved (L5)."""
    own = (row for row in rows if (row.document, row.period) == (spec.document, spec.period))
    return {row.unit.code for row in own if row.review in ("approved", "approved_edited")}


def _lines(rows: Sequence[Row], spec: FormSpec, specs: Sequence[FormSpec]) -> dict[str, Lines]:
    """By unit: what its approved documents give the form to begin with."""
    from cchc_gforms.ledger.approved import approved_answers
    from cchc_gforms.spec.carry_over import carried_over, sources

    given = approved_answers(rows, sources(spec))
    return {unit: carried_over(spec, specs, answers) for unit, answers in given.items()}


def _write(answer: FormLinks, path: Path) -> None:
    """UTF-8 with a byte order mark, so that Excel reads the letters; no cell acts as a formula."""
    from cchc_gforms.foreign_text import in_csv

    with written(path), path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(_HEADER)
        for one in answer.units:
            emails = ", ".join(one.emails)
            row = (
                one.unit.code,
                one.unit.name,
                emails,
                one.title,
                day(one.due),
                day(one.due_original if one.extended else None),
                one.link,
                "" if answer.shut else one.text,
                _DONE if one.approved else "",
            )
            table.writerow([in_csv(cell) for cell in row])
