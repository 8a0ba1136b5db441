"""`cchc dashboard export`: the dashboard as files, without Google."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from cchc_gforms.cli.dashboard_book import read_situation
from cchc_gforms.cli.ledger_book import as_of_option, book_options
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import google_url_option, written


@click.command()
@book_options
@as_of_option
@google_url_option
@click.option(
    "--xlsx",
    "xlsx_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tệp Excel: mỗi trang của bảng theo dõi một trang tính, có biểu đồ, bộ lọc.",
)
@click.option(
    "--csv",
    "csv_folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục: mỗi trang một tệp CSV, mở được bằng Excel.",
)
def export(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    as_of: datetime | None,
    url: str | None,
    xlsx_file: Path | None,
    csv_folder: Path | None,
) -> None:
    """Ghi bảng theo dõi ra tệp, không cần đăng nhập, không cần mạng.

    Liên kết đến biểu mẫu có trong tệp nếu sổ đã nhớ địa chỉ các biểu mẫu (từ `cchc forms apply`).
    Cần bản PDF để lưu trữ thì in tệp Excel: khổ giấy đã đặt sẵn.

    \b
    Ví dụ:
      cchc dashboard export --year 2022 --xlsx bang-theo-doi.xlsx
      cchc dashboard export --year 2022 --csv bang-theo-doi --as-of 2022-06-30
    """
    from cchc_gforms.dashboard.build import snapshot
    from cchc_gforms.dashboard.csv_file import write_csv_folder
    from cchc_gforms.dashboard.xlsx_file import write_xlsx

    if not (xlsx_file or csv_folder):
        raise click.UsageError("Cần --xlsx, --csv hoặc cả hai.")
    workbook = snapshot(read_situation(spec_dir, store_url, year, as_of, url))
    made: list[Path] = []
    if xlsx_file:
        with written(xlsx_file):
            write_xlsx(workbook, xlsx_file)
        made.append(xlsx_file)
    if csv_folder:
        with written(csv_folder):
            made.extend(write_csv_folder(workbook, csv_folder))
    if as_json:
        echo_json({"files": made})
        return
    for path in made:
        click.echo(f"Đã ghi {path}.")
