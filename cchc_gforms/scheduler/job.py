"""A job for the machine's scheduler, and the steps that set it up, as values."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import PurePath

from cchc_gforms.errors import CchcError


@dataclass(frozen=True, slots=True)
class Job:
    """`command` (program first, all paths absolute) run in `directory` every so many minutes."""

    name: str  # ASCII letters, digits and dashes
    title: str
    command: tuple[str, ...]
    directory: str
    minutes: int

    def __post_init__(self) -> None:
        for said in (*self.command, self.directory):
            if not said.isprintable():
                raise CchcError(
                    f"{said!r} có ký tự điều khiển, trình lập lịch không nhận",
                    "đổi tên thư mục hoặc tệp đó rồi chạy lại",
                )


@dataclass(frozen=True, slots=True)
class Write:
    path: PurePath
    text: str
    encoding: str = "utf-8"

    def __str__(self) -> str:
        return f"Ghi tệp {self.path}:\n{_indented(self.text)}"


@dataclass(frozen=True, slots=True)
class Delete:
    path: PurePath

    def __str__(self) -> str:
        return f"Xóa tệp {self.path}"


@dataclass(frozen=True, slots=True)
class Run:
    """`needed` False: a failure is told and does not stop what follows."""

    command: tuple[str, ...]
    stdin: str | None = None
    needed: bool = True

    def __str__(self) -> str:
        said = f"Chạy: {shlex.join(self.command)}"
        return said if self.stdin is None else f"{said}, với nội dung:\n{_indented(self.stdin)}"


Step = Write | Delete | Run


@dataclass(frozen=True, slots=True)
class Standing:
    """A job as the scheduler has it. `last` and `next` are told as the scheduler tells them, for
    people; None where it does not tell. `minutes` is None where somebody changed them by hand, and
    `runs` False where somebody switched it off."""

    minutes: int | None
    last: str | None = None
    next: str | None = None
    runs: bool = True


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip("\n").split("\n"))
