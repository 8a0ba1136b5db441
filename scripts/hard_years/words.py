"""What people write that programs trip over: formulas, controls, marks, markup, length, forms of
one name that look alike."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator

LONGEST = 50_000

_HOSTILE = (
    '=IMPORTXML("http://thu.example/";"//a")',
    '=HYPERLINK("http://thu.example";"bấm")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'=1+1",
    "<script>alert(1)</script><b onmouseover=alert(1)>",
    "‮gpj.exe‬ ⁦bidi⁩ ‏",
    "chuông \a, lùi \b, thoát \x1b[31m, xóa \x7f",
    "zwj ‍ zwnj ‌ bom ﻿ nbsp \xa0",
    "dòng một\ndòng hai\ttab",
    unicodedata.normalize("NFD", "Đã thực hiện cải cách hành chính ở trường"),
    "0042",
    "1/2",
    "TRUE",
    "#REF!",
    "{{ 7*7 }} ${7*7} %s %(x)s",
    "'; drop table events; --",
    '{"answers": null}',
    "🏫👩🏽‍🏫 𠀋",
    'Báo cáo quý, số liệu; tab\tvà "nháy"',
)
_PLAIN = ("Đã triển khai theo kế hoạch.", "Hoàn thành 12/12 nhiệm vụ.", "Chưa có gì mới.")
_SYLLABLES = ("Hòa", "Thủy", "Nguyễn", "Ðức", "Đông", "Tân Thuận", "Phú Mỹ", "Lê Quý Đôn", "Ấp 5")


_SORTS = {
    "like a formula": re.compile(r"^'?[=+@-]"),
    f"{LONGEST:,} characters": re.compile(rf"^.{{{LONGEST}}}$", re.DOTALL),
    "control characters": re.compile(r"[\x00-\x08\x1b\x7f]"),
    "marks of direction": re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]"),
    "markup": re.compile("<script>"),
}
_DECOMPOSED, _COMPOSED = "decomposed (NFD)", "composed (NFC)"
SORTS = (*_SORTS, _DECOMPOSED, _COMPOSED)


def sorts(*texts: str) -> Iterator[str]:
    """What is hostile about them, by the names in SORTS; the form of Unicode, where there are two
    to choose from."""
    for text in texts:
        yield from (name for name, pattern in _SORTS.items() if pattern.search(text))
        if len(text) < LONGEST and unicodedata.normalize("NFD", text) != unicodedata.normalize(
            "NFC", text
        ):
            composed = unicodedata.is_normalized("NFC", text)
            yield _COMPOSED if composed else _DECOMPOSED


def text(chance: random.Random) -> str:
    """An answer: plain, hostile, or as long as a cell may be."""
    kind = chance.random()
    if kind < 0.03:
        return ("=" + "Aệ🏫" * LONGEST)[:LONGEST]
    return chance.choice(_HOSTILE if kind < 0.6 else _PLAIN)


def unit_name(chance: random.Random, number: int) -> str:
    """A school's name, in one of the forms of Unicode."""
    name = f"Trường {chance.choice(('Mầm non', 'Tiểu học'))} {chance.choice(_SYLLABLES)} {number}"
    return unicodedata.normalize(chance.choice(("NFC", "NFD")), name)


def written_anyhow(chance: random.Random, name: str) -> str:
    """The same name as somebody types it: the same letters, another form, case or spacing."""
    typed = unicodedata.normalize(chance.choice(("NFC", "NFD", "NFKD")), name)
    typed = chance.choice((typed, typed.upper(), typed.lower(), f"  {typed} "))
    return typed.replace(" ", chance.choice((" ", "  ", "\xa0")))
