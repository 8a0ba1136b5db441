"""`cchc store restore` and `rebuild`: a log that was lost, from a copy of it or from Google."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.harvest_round import Order, attempt
from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import (
    GoogleSettings,
    file_url,
    google_options,
    json_option,
    open_existing_store,
    open_store,
    open_store_to_fill,
    spec_option,
    store_option,
    year_option,
)
from cchc_gforms.errors import CchcError, StoreError

if TYPE_CHECKING:
    from cchc_gforms.google.client import Google
    from cchc_gforms.regime.load import ReportingYear

LOST = {
    "earlier_versions": "Nội dung những bản mà đơn vị đã sửa, và các lần sửa ở giữa: Google chỉ "
    "giữ bản sau cùng. Lúc nộp lần đầu và lúc sửa sau cùng thì vẫn đúng.",
    "vanished": "Câu trả lời, hàng của trang tính, biểu mẫu đã bị xóa; ô trang tính đã bị sửa tay.",
    "edited_decisions": "Phiếu xử lý mà người duyệt đã sửa: chỉ còn nội dung sau cùng.",
    "frozen_periods": "Danh sách đơn vị, hạn, người duyệt đã chốt khi mở kỳ: kỳ được mở lại theo "
    "các tệp hiện nay. Kỳ đã qua hạn không tự mở: xem `cchc period status`, rồi `cchc period open` "
    "những kỳ các đơn vị phải nộp.",
    "not_from_google": "Những gì không đến từ biểu mẫu: mục nhập từ tệp (`cchc store import`), mục "
    "ghi bằng lệnh.",
    "observed_at": "Lúc ghi nhận: mọi sự kiện mang lúc dựng lại, chuỗi mã băm bắt đầu lại.",
}
"""What a log rebuilt from Google does not have, by a code for programs."""


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--from-dashboard",
    "year",
    type=click.IntRange(2022, 2100),
    metavar="NĂM",
    help="Lấy từ trang Nhật ký của bảng theo dõi năm đó, thay cho một tệp.",
)
@spec_option
@store_option
@google_options
def restore(
    file: Path | None, year: int | None, spec_dir: Path, store_url: str, account: GoogleSettings
) -> None:
    """Phục hồi sổ từ bản sao lưu (FILE), hoặc từ trang Nhật ký, vào sổ đang trống.

    Cũng là cách chuyển sang PostgreSQL. Nguồn được kiểm tra theo chuỗi mã băm; sai một chỗ thì
    không phục hồi gì.

    \b
    Ví dụ:
      cchc store restore so-su-kien-sao-luu.sqlite
      cchc store restore --from-dashboard 2022
    """
    from cchc_gforms.regime.load import load
    from cchc_gforms.store.transfer import copy

    if file and year is None:
        with open_existing_store(file_url(file)) as log, open_store_to_fill(store_url) as target:
            click.echo(f"Đã phục hồi {copy(log, target)} bản ghi.")
    elif year and file is None:
        count = _from_dashboard(load(spec_dir, year), store_url, account)
        click.echo(
            f"Đã phục hồi {count} bản ghi từ trang Nhật ký. Chạy `cchc harvest --year {year}` để "
            "lấy những gì mới hơn lần cập nhật bảng theo dõi sau cùng."
        )
    else:
        raise click.UsageError("cho biết một tệp sao lưu, hoặc --from-dashboard NĂM")


@click.command()
@year_option
@spec_option
@store_option
@json_option
@google_options
def rebuild(
    year: int, spec_dir: Path, store_url: str, as_json: bool, account: GoogleSettings
) -> int:
    """Dựng sổ mới từ những gì Google còn giữ, khi không còn bản sao lưu và trang Nhật ký.

    Chỉ ghi vào sổ đang trống. Lệnh nói rõ những gì một sổ dựng lại không thể biết. Mã thoát như
    `cchc harvest`.

    \b
    Ví dụ:
      cchc store rebuild --year 2022 --store so-moi.sqlite
    """
    with open_store(store_url) as log:
        if next(log.records(), None):
            raise StoreError(
                "sổ này đã có sự kiện, không dựng lại trên đó",
                "thu thập tiếp bằng `cchc harvest`; muốn dựng lại thì chọn sổ mới bằng --store",
            )
    outcome = attempt(Order(year, spec_dir, store_url, account, 60, 3600, publish=False, anew=True))
    if outcome.error:
        raise outcome.error
    if as_json:
        echo_json(outcome.as_json() | {"lost": LOST})
        return outcome.exit_code
    for line in (*outcome.lines, *(f"Lưu ý: {remark}." for remark in outcome.remarks)):
        click.echo(line)
    click.echo("\nSổ dựng lại từ Google không biết:")
    for said in LOST.values():
        click.echo(f"- {said}")
    click.echo("Còn bản sao lưu hoặc trang Nhật ký thì dùng `cchc store restore`: đủ hơn.")
    return outcome.exit_code


def _from_dashboard(year: ReportingYear, store_url: str, account: GoogleSettings) -> int:
    from cchc_gforms.google.registry import Registry
    from cchc_gforms.store.mirror import read

    with account.open() as google, open_store_to_fill(store_url) as log:
        found = Registry.look_up(google, year.regime.identity).dashboard(year.year.year)
        if found is None:
            raise CchcError(
                f"không thấy bảng theo dõi nào của năm {year.year.year}",
                "kiểm tra tài khoản đang đăng nhập (`cchc auth status`), hoặc `cchc store rebuild`",
            )
        return log.fill(read(_tab(google, found.id)), ())


def _tab(google: Google, spreadsheet: str) -> list[list[Any]]:
    """The mirror's cells as they were written: numbers and texts, no date formats (facts C)."""
    from cchc_gforms.store.mirror import TAB

    http = google.sheets.http_client
    sheets = http.fetch_sheet_metadata(spreadsheet)["sheets"]
    if TAB not in {sheet["properties"]["title"] for sheet in sheets}:
        raise CchcError(
            f"bảng theo dõi không có trang “{TAB}”",
            "đặt lại tên trang nếu ai đã đổi, hoặc dùng bản sao lưu, `cchc store rebuild`",
        )
    options: Any = {"valueRenderOption": "UNFORMATTED_VALUE"}
    cells: list[list[Any]] = http.values_get(spreadsheet, f"'{TAB}'", options).get("values", [])
    return cells
