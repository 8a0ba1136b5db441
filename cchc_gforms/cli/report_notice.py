"""`cchc report notice`: the notice of results to the schools, as DOCX for signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.ledger_book import (
    as_of_option,
    book_options,
    label_of,
    load_year,
    read_selected,
)
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import written
from cchc_gforms.errors import CchcError
from cchc_gforms.ledger.row import UNASSESSED

if TYPE_CHECKING:
    from cchc_gforms.ledger.row import Ledger, Row
    from cchc_gforms.regime.year import ReportingYear


@click.command()
@book_options
@as_of_option
@click.option("--period", "period_", required=True, help="Kỳ: 2022-h1, hoặc h1.")
@click.option(
    "--document",
    "document_",
    multiple=True,
    help="Loại văn bản, nêu được nhiều lần. Mặc định: mọi văn bản của kỳ, trừ loại chỉ nhắc hạn.",
)
@click.option("--number", default="", help="Số của thông báo. Mặc định: để chấm.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Ngày ban hành, quyết định cả tên cơ quan. Mặc định: để chấm.",
)
@click.option("--signer", default="", help="Họ tên người ký. Mặc định: bỏ trống.")
@click.option(
    "--docx",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tệp để ghi. Mặc định: thong-bao-KỲ.docx trong thư mục hiện tại.",
)
def notice(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    as_of: datetime | None,
    period_: str,
    document_: tuple[str, ...],
    number: str,
    day: datetime | None,
    signer: str,
    file: Path | None,
) -> None:
    """Lập thông báo kết quả của một kỳ gửi các trường, tệp DOCX để trình ký.

    Thể thức theo Nghị định 30/2020/NĐ-CP. Tên cơ quan, địa danh, chữ viết tắt, chức vụ người ký lấy
    ở mục agencies của regime.yaml theo ngày ban hành.

    \b
    Ví dụ:
      cchc report notice --year 2022 --period h1
      cchc report notice --year 2022 --period h1 --document plan_result --docx ket-qua.docx
    """
    from cchc_gforms.notice.compose import Signing, compose
    from cchc_gforms.notice.docx_file import write_docx

    reporting_year = load_year(spec_dir, year)
    filters = {"period_": (period_,), "document_": document_}
    book = read_selected(store_url, reporting_year, as_of, filters)
    if not document_:
        book = _without_reminders(book)
    if not book.rows:
        raise CchcError(
            f"kỳ {period_} của năm {year} chưa mở văn bản nào như vậy, nên không có kết quả",
            "xem `cchc period status`, hoặc nêu văn bản khác bằng --document",
        )
    path = file or Path(f"thong-bao-{book.rows[0].period}.docx")
    signing = Signing(number, day.date() if day else None, signer)
    with written(path):
        write_docx(compose(book, reporting_year, signing), path)
    for said in _doubts(book, reporting_year, signing.day):
        click.echo(f"Chú ý: {said}", err=True)
    if as_json:
        echo_json({"file": path, "as_of": book.as_of, "documents": _documents(book)})
    else:
        click.echo(f"Đã ghi {path}. Xem lại, điền chỗ còn chấm rồi trình ký.")


def _without_reminders(book: Ledger) -> Ledger:
    """Nobody is told off for a date that only reminds (A9), unless the period has no other."""
    binding = tuple(row for row in book.rows if not row.advisory)
    return replace(book, rows=binding or book.rows)


def _doubts(book: Ledger, year: ReportingYear, signed_on: date | None) -> Iterator[str]:
    """What whoever signs should know first: a date before the figures, results that are not final,
    what came and does not count yet (L13)."""
    as_of = book.as_of.astimezone(year.zone).date()
    if signed_on and signed_on < as_of:
        yield (
            f"số liệu tính đến {as_of:%d/%m/%Y}, sau ngày ban hành {signed_on:%d/%m/%Y}; thêm "
            f"--as-of {signed_on} nếu muốn số liệu của ngày đó."
        )
    waiting = {label_of(row, year): row.due for row in book.rows if row.timeliness == "not_due"}
    for label, due in waiting.items():
        yield f"{label} còn đơn vị chưa đến hạn ({due:%d/%m/%Y}); đây mới là kết quả tạm thời."
    if book.rows and all(row.timeliness in UNASSESSED for row in book.rows):
        yield (
            "không đơn vị nào bị xét ở kỳ này (“không xét” hoặc được miễn), nên thông báo không có "
            "kết quả đúng hạn, trễ hạn; xem `cchc period status`."
        )
    for row in book.rows:
        if row.review == "quarantined":
            yield (
                f"{row.unit.name} có {label_of(row, year)} gửi từ địa chỉ lạ, trong thông báo ghi "
                "là chờ xác minh; nên xem ở Chờ xử lý rồi xác nhận trước khi ban hành."
            )
    yield from _unknown(book)


def _unknown(book: Ledger) -> Iterator[str]:
    """What came in a name that nobody has may be the report of a unit called missing."""
    subjects = {(row.document, row.period) for row in book.rows}
    for one in book.anomalies:
        if one.kind == "unknown_unit" and (one.document, one.period) in subjects:
            claimed = getattr(one.event, "claimed_unit", "")
            yield (
                f"có bản gửi ghi đơn vị “{claimed}”, không nhận ra là đơn vị nào; xem ở Ngoại lệ "
                "trước khi thông báo ai chưa nộp."
            )


def _documents(book: Ledger) -> dict[str, dict[str, int]]:
    """How many rows of each document stand how."""
    found: dict[str, dict[str, int]] = {}
    for row in book.rows:
        counts = found.setdefault(_name(row), {})
        counts[row.timeliness] = counts.get(row.timeliness, 0) + 1
    return found


def _name(row: Row) -> str:
    return f"{row.document}/{row.period}"
