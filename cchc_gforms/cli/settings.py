"""Options that commands share: where the specs, the store and Google are."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.errors import CchcError, why

if TYPE_CHECKING:
    from cchc_gforms.google.address import Address
    from cchc_gforms.google.client import Google
    from cchc_gforms.google.credentials import Identity
    from cchc_gforms.store.log import EventLog

app_dir = Path(click.get_app_dir("cchc-gforms"))


def _url_of_store(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """A URL as it is; nothing, or a file name, as an SQLite file."""
    if value and "://" in value:
        return value
    return file_url(Path(value) if value else app_dir / "so-su-kien.sqlite")


def file_url(path: Path) -> str:
    """The address of the log in an SQLite file."""
    return f"sqlite:///{path.resolve().as_posix()}"


spec_option = click.option(
    "--spec",
    "spec_dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("forms_spec"),
    envvar="CCHC_SPEC",
    show_default=True,
    show_envvar=True,
    help="Thư mục đặc tả.",
)
year_option = click.option(
    "--year",
    type=click.IntRange(2022, 2100),
    required=True,
    envvar="CCHC_YEAR",
    show_envvar=True,
    help="Năm kế hoạch/báo cáo.",
)
store_option = click.option(
    "--store",
    "store_url",
    callback=_url_of_store,
    envvar="CCHC_STORE",
    show_envvar=True,
    help="Sổ sự kiện: tệp SQLite hoặc địa chỉ CSDL. Mặc định: thư mục dữ liệu của bạn.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="In JSON cho chương trình đọc.")


@dataclass(frozen=True, slots=True)
class GoogleSettings:
    """Where Google is and who we are there."""

    url: str | None
    credentials: Path
    token: Path
    subject: str | None

    @property
    def identity(self) -> Identity:
        from cchc_gforms.google.credentials import Identity

        return Identity(self.credentials, self.token, self.subject)

    @property
    def address(self) -> Address:
        from cchc_gforms.google.address import Address

        return Address.parse(self.url)

    @contextmanager
    def open(self, seconds: float | None = None, spent: float = 0) -> Iterator[Google]:
        """The way to Google, closed at the end; for so many seconds (None: no limit), of which
        some were `spent` before."""
        from cchc_gforms.google.client import Google

        google = Google(self.identity, self.address, seconds=seconds, spent=spent)
        try:
            yield google
        finally:
            google.close()


google_url_option = click.option(
    "--google-url",
    "url",
    envvar="CCHC_GOOGLE_URL",
    show_envvar=True,
    help="Địa chỉ Google cục bộ; bỏ trống để dùng Google thật.",
)
_GOOGLE_OPTIONS = (
    google_url_option,
    click.option(
        "--credentials",
        type=click.Path(dir_okay=False, path_type=Path),
        default=Path("credentials.json"),
        envvar="CCHC_CREDENTIALS",
        show_default=True,
        show_envvar=True,
        help="Tệp tải từ Google Cloud (ứng dụng máy tính hoặc tài khoản dịch vụ).",
    ),
    click.option(
        "--token",
        type=click.Path(dir_okay=False, path_type=Path),
        default=app_dir / "token.json",
        envvar="CCHC_TOKEN",
        show_envvar=True,
        help="Nơi giữ phiên đăng nhập của `cchc auth login`.",
    ),
    click.option(
        "--subject",
        envvar="CCHC_SUBJECT",
        show_envvar=True,
        help="Người mà tài khoản dịch vụ làm thay (ủy quyền toàn miền).",
    ),
)


def google_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The four options of GoogleSettings; the command gets them as one, named `account`."""

    @functools.wraps(command)
    def with_account(
        url: str | None, credentials: Path, token: Path, subject: str | None, **others: Any
    ) -> Any:
        return command(account=GoogleSettings(url, credentials, token, subject), **others)

    wrapped: Callable[..., Any] = with_account
    for option in reversed(_GOOGLE_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Around the writing of a file: CchcError when it cannot be, or must not be: a log is one file,
    and easily named by mistake."""
    try:
        if path.is_file() and _is_database(path):
            raise CchcError(
                f"{path} là tệp SQLite (một sổ sự kiện?), không ghi đè", "chọn tên tệp khác"
            )
        yield
    except OSError as error:
        raise CchcError(
            f"không ghi được {path} ({why(error)})",
            "đóng tệp đó nếu đang mở trong chương trình khác, hoặc chọn nơi khác",
        ) from error


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


@contextmanager
def open_store(store_url: str, regime: str | None = None) -> Iterator[EventLog]:
    """The log, made if there is none yet; StoreError when it is another than this regime's."""
    from cchc_gforms.store.log import EventLog
    from cchc_gforms.store.refusals import opening, translated

    with opening(store_url):
        if file := _file_of(store_url):
            file.parent.mkdir(parents=True, exist_ok=True)
    with EventLog.open(store_url) as log, translated(store_url):
        if regime:
            log.keep_to(regime)
        yield log


@contextmanager
def open_existing_store(store_url: str) -> Iterator[EventLog]:
    """The log, for commands that only look; CchcError, and nothing made, where there is none."""
    file = _file_of(store_url)
    if file and not file.exists():
        raise CchcError(
            f"chưa có sổ sự kiện nào ở {file}",
            "xem lại --store (hoặc CCHC_STORE); sổ có sau `cchc forms apply` hoặc `cchc harvest`",
        )
    if file and file.stat().st_size == 0 and not file.with_name(f"{file.name}-wal").exists():
        raise CchcError(
            f"sổ sự kiện {file} rỗng (0 byte), nội dung đã mất",
            "xóa tệp đó rồi lấy lại sổ bằng `cchc store restore` (từ bản sao lưu, hoặc bảng theo "
            "dõi)",
        )
    with open_store(store_url) as log:
        yield log


@contextmanager
def open_store_to_fill(store_url: str) -> Iterator[EventLog]:
    """The log, made if there is none yet; a file made for a filling that fails is taken away."""
    file = _file_of(store_url)
    is_new = file is not None and not file.exists()
    try:
        with open_store(store_url) as log:
            yield log
    except BaseException:
        if file and is_new:
            for end in ("", "-wal", "-shm"):
                file.with_name(file.name + end).unlink(missing_ok=True)
        raise


def _file_of(store_url: str) -> Path | None:
    path = store_url.removeprefix("sqlite:///")
    return Path(path) if path != store_url and path else None
