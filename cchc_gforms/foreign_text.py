"""Text that strangers wrote, made fit for the files it is shown in. The store keeps it as it is."""

from __future__ import annotations

import re
from typing import Final

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"  # XML 1.0 forbids most of them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # and these turn the line round
)
_ACTIVE: Final = re.compile(r"(^|[;|\t\n])([^\S\t\n]*)([=+\-@＝＋－＠])")


def in_file(text: str) -> str:
    """For the XML of XLSX and DOCX and the cells of Sheets: no character that XML forbids, and none
    that turns the direction of writing; lines end in \\n."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def in_csv(text: str) -> str:
    """As in a file, and nothing in it begins as a formula does: neither the text, nor what follows
    a sign that ends a cell in other countries, for whose programs the quotes stand elsewhere."""
    return _ACTIVE.sub(r"\1\2'\3", in_file(text))
