"""What went wrong at a log's database, as an error a person can act on. The only place that
translates."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DatabaseError

from cchc_gforms.errors import StoreError, why

BACK: Final = (
    "đổi tên sổ hỏng (đừng xóa), rồi lấy lại sổ bằng `cchc store restore`: từ bản sao lưu, hoặc từ "
    "bảng theo dõi (--from-dashboard)"
)
_CHECK: Final = "kiểm tra --store (hoặc CCHC_STORE) có trỏ đúng tệp sổ và bạn có quyền ghi không"
_DAMAGED: Final = ("tệp sổ sự kiện {} hỏng: bị cắt cụt, hoặc bị ghi đè một phần", BACK)
_NO_DATABASE: Final = (
    "tệp {} hỏng, hoặc không phải là sổ sự kiện",
    f"nếu trỏ nhầm tệp thì sửa --store (hoặc CCHC_STORE); nếu đúng là tệp sổ thì {BACK}",
)
_BY_CODE: Final = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _NO_DATABASE,
    sqlite3.SQLITE_FULL: (
        "đĩa đã đầy, không ghi thêm được vào sổ sự kiện {}",
        "dọn bớt đĩa rồi chạy lại; những gì đã ghi trước đó vẫn nguyên",
    ),
    sqlite3.SQLITE_READONLY: (
        "không có quyền ghi vào sổ sự kiện {}",
        "cho bạn quyền ghi tệp đó và thư mục của nó, rồi chạy lại",
    ),
    sqlite3.SQLITE_BUSY: (
        "chương trình khác đang giữ sổ sự kiện {} quá lâu",
        "đóng chương trình đang mở tệp đó (hoặc đợi lượt thu thập xong) rồi chạy lại",
    ),
    sqlite3.SQLITE_IOERR: (
        "không đọc, ghi được tệp sổ sự kiện {}: ổ đĩa báo lỗi",
        "kiểm tra ổ đĩa (ổ mạng, ổ rời còn nối không), rồi chạy lại",
    ),
}


def named(url: str) -> str:
    """The file of a log, or the address of its database without the password."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return parsed.database
    return parsed.render_as_string()


@contextmanager
def opening(url: str) -> Iterator[None]:
    """Turns all that can hinder the opening of a log into StoreError."""
    try:
        with translated(url):
            yield
    except ImportError as error:
        raise StoreError(
            "chưa cài phần dùng PostgreSQL", 'chạy `pip install "cchc-gforms[postgres]"`'
        ) from error
    except ArgumentError as error:
        raise StoreError(f"địa chỉ sổ sự kiện không hợp lệ: {url!r}", _CHECK) from error
    except OSError as error:
        raise StoreError(f"không mở được sổ sự kiện {named(url)} ({why(error)})", _CHECK) from error


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turns what the database of a log raises into StoreError."""
    try:
        yield
    except DatabaseError as error:
        raise _refusal(error, url) from error


def _refusal(error: DatabaseError, url: str) -> StoreError:
    place, cause = named(url), error.orig
    if not isinstance(cause, sqlite3.Error):
        return StoreError(
            f"sổ sự kiện {place} không đọc, ghi được",
            "kiểm tra --store (hoặc CCHC_STORE), máy chủ CSDL còn chạy không, rồi chạy lại",
        )
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:  # Python's own: a text whose bytes are none
        message, fix = _DAMAGED
    else:
        unknown = (f"không mở được sổ sự kiện {{}} ({cause.sqlite_errorname})", _CHECK)
        message, fix = _BY_CODE.get(code & 0xFF, unknown)
    return StoreError(message.format(place), fix)
