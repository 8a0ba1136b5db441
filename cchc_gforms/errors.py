"""The one error tree, and the problems that a file can have.

Every error carries its exit code; the command line turns it into text in one place.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, Literal


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file. Line and column count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: a stable code, where, what and why, and what to do (Vietnamese)."""

    code: str
    where: Where
    message: str
    fix: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        kind = "" if self.severity == "error" else "cảnh báo: "
        return f"{self.where}: {self.code}: {kind}{self.message} → {self.fix}"


class CchcError(Exception):
    """Root of all errors a user can meet: `message` says what and why, `fix` what to do."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message} → {self.fix}" if self.fix else self.message


class ProblemsError(CchcError):
    """Files with problems; holds every one of them, in file order. `files`: which (Vietnamese)."""

    def __init__(self, problems: Iterable[Problem], files: str = "tệp cấu hình") -> None:
        self.problems = tuple(
            sorted(problems, key=lambda p: (p.where.file, p.where.line, p.where.column, p.code))
        )
        count = len(self.problems)
        super().__init__(f"{count} lỗi trong {files}", "sửa các lỗi trên rồi chạy lại")


class GoogleError(CchcError):
    """Google answered with an error (`status` is the HTTP status), or did not answer (None)."""

    def __init__(self, message: str, fix: str = "", status: int | None = None) -> None:
        super().__init__(message, fix)
        self.status = status


class TimeUpError(GoogleError):
    """The time that was allowed for Google is over, or would be before the next attempt."""


class StoreError(CchcError):
    """The event log cannot be opened, or is not what it was."""


class BusyError(CchcError):
    """Somebody else is at work where only one may be; nothing was changed."""

    exit_code = 5


_WHY: Final = {
    errno.ENOENT: "không có thư mục hoặc tệp đó",
    errno.ENOTDIR: "không có thư mục đó",
    errno.EISDIR: "đó là một thư mục",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EEXIST: "đã có tệp hoặc thư mục tên đó",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EINVAL: "tên không hợp lệ",
    errno.EADDRINUSE: "cổng đang được chương trình khác dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
}


def why(error: OSError) -> str:
    """Why the system would not, in Vietnamese where it is one of the usual reasons."""
    return _WHY.get(error.errno or 0) or error.strerror or str(error)
