"""E-mail addresses as they are compared: trimmed, in lower case."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


def email(text: str) -> str:
    """The address; ValueError when it is none."""
    address = text.strip().lower()
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"'{text}' không phải địa chỉ e-mail")
    return address
