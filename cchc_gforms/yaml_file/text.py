"""Bytes of a file to text, or the place where they stop being text."""

from __future__ import annotations

import codecs
import re

from cchc_gforms.errors import Problem, Where

_SAVE_AS_UTF8 = "lưu lại tệp với bảng mã UTF-8"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


def decode(raw: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """Text of UTF-8 bytes, with or without a byte order mark; None with what is wrong."""
    if raw.startswith(_UTF16):
        return None, [_encoding(Where(name), "tệp dùng bảng mã UTF-16")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        where = place(before, len(before), name)
        return None, [_encoding(where, "chữ ở đây không thuộc bảng mã UTF-8")]
    control = _CONTROL.search(text)
    if control is None:
        return text, []
    code = f"U+{ord(control.group()):04X}"
    return None, [
        Problem(
            "FILE-CONTROL-CHARACTER",
            place(text, control.start(), name),
            f"có ký tự điều khiển {code}, không nhìn thấy được",
            "xóa ký tự này và gõ lại chỗ đó",
        )
    ]


def place(text: str, offset: int, name: str) -> Where:
    """Line and column of the character at `offset`."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Where(name, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def _encoding(where: Where, message: str) -> Problem:
    return Problem("FILE-ENCODING", where, message, _SAVE_AS_UTF8)
