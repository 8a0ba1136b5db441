"""A formula cut into tokens; joined again they are the same text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cchc_gforms.local_google.sheets.error_values import SHOWN

_TITLE = r"(?:'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!"
_COLUMN, _ROW = r"\$?[A-Za-z]{1,3}", r"\$?[1-9][0-9]{0,7}"
_AREA = rf"(?:{_COLUMN}{_ROW}(?::(?:{_COLUMN}{_ROW}|{_COLUMN}|{_ROW}))?|{_COLUMN}:{_COLUMN}(?:{_ROW})?|{_ROW}:(?:{_COLUMN})?{_ROW})"  # noqa: E501
_NAME = r"[^\W\d][\w.]*"


class Unreadable(Exception):
    """The text is no formula: Google's #ERROR!."""


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is a group of the pattern in `_pattern`."""

    kind: str
    text: str


def tokens(text: str, decimal: str = ".") -> list[Token]:
    """The tokens of a formula without its `=`; blanks are tokens too. Raises `Unreadable`."""
    found: list[Token] = []
    place = 0
    pattern = _pattern(decimal)
    while place < len(text):
        match = pattern.match(text, place)
        if match is None or not match[0]:
            raise Unreadable(text[place:])
        found.append(Token(match.lastgroup or "", match[0]))
        place = match.end()
    return found


@lru_cache
def _pattern(decimal: str) -> re.Pattern[str]:
    point = re.escape(decimal)
    errors = "|".join(map(re.escape, SHOWN.values()))
    return re.compile(
        r"(?P<space>\s+)"
        r'|(?P<text>"(?:[^"]|"")*")'
        rf"|(?P<error>(?:{_TITLE})?(?:{errors}))"
        rf"|(?P<reference>(?:{_TITLE})?{_AREA}(?![\w.(!]))"
        rf"|(?P<call>{_NAME}(?=\s*\())"
        rf"|(?P<name>{_NAME})"
        rf"|(?P<number>(?:[0-9]+(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+-]?[0-9]+)?)"
        r"|(?P<operator><=|>=|<>|[-+*/^&=<>%])"
        r"|(?P<bracket>[(){}])"
        r"|(?P<separator>[,;\\])"
        r"|(?P<range>:)"
    )
