"""Number format patterns cut into sections and tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cchc_gforms.local_google.errors import invalid, unimplemented

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_(?P<space>.)"
    r"|\*(?P<filler>.)"
    r"|(?P<elapsed>\[(?:h+|m+|s+)\])"
    r"|(?P<bracket>\[[^\]]*\])"
    r"|(?P<halves>am/pm|a/p)"
    r"|(?P<fraction>(?<=[sS])\.0+)"
    r"|(?P<date>y+|m+|d+|h+|s+)"
    r"|(?P<exponent>e[+-]0*)"
    r"|(?P<digits>[0#?,.]+)"
    r"|(?P<percent>%)"
    r"|(?P<text>@)"
    r"|(?P<general>General)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LITERAL = {"quoted", "escaped", "other"}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is a group of `_TOKEN`, or `literal`; `minutes` instead of `date` for such an m."""

    kind: str
    text: str


@lru_cache(maxsize=512)
def sections(pattern: str) -> tuple[tuple[Token, ...], ...]:
    """The parts between semicolons: positive; negative; zero; text."""
    found: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(pattern):
        kind = match.lastgroup or "quoted"
        text = match[kind] or ""
        if kind == "other" and text == ";":
            found.append([])
        elif kind == "space":
            found[-1].append(Token("literal", " "))
        elif kind != "filler":
            found[-1].append(Token("literal" if kind in _LITERAL else kind, text))
    return tuple(tuple(_with_minutes(section)) for section in found)


@lru_cache(maxsize=512)
def check(pattern: str) -> None:
    """Refuses what Sheets cannot read: a bracket or a quote that is left open, and fractions."""
    parts = sections(pattern)
    for section in parts:
        if any(token.kind == "literal" and token.text == "[" for token in section):
            raise invalid(f"Invalid number format pattern: {pattern}")
        if _has_fraction(section):
            raise unimplemented(f"number formats with fractions: {pattern}")
    if pattern.replace('\\"', "").count('"') % 2:
        raise invalid(f"Invalid number format pattern: {pattern}")


def _has_fraction(section: tuple[Token, ...]) -> bool:
    kinds = [token.text if token.text == "/" else token.kind for token in section]
    return any(kinds[i : i + 3] == ["digits", "/", "digits"] for i in range(len(kinds)))


def is_date(section: tuple[Token, ...]) -> bool:
    return any(token.kind in {"date", "minutes", "elapsed", "halves"} for token in section)


def _with_minutes(tokens: list[Token]) -> list[Token]:
    """An m or mm right after hours or right before seconds counts minutes."""
    clock = [i for i, token in enumerate(tokens) if token.kind in {"date", "elapsed"}]
    for place, index in enumerate(clock):
        token = tokens[index]
        if token.kind != "date" or token.text.lower() not in {"m", "mm"}:
            continue
        before = tokens[clock[place - 1]].text.lower().strip("[") if place else ""
        after = tokens[clock[place + 1]].text.lower() if place + 1 < len(clock) else ""
        if before.startswith("h") or after.startswith("s"):
            tokens[index] = Token("minutes", token.text)
    return tokens
