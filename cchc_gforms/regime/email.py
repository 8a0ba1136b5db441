"""E-mail addresses as they are compared: trimmed, in lower case."""

from __future__ import annotations

import re

_ADDRESS = r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+"
EMAIL_PATTERN = rf"^\s*{_ADDRESS}\s*$"


def email(text: str) -> str:
    """The address; ValueError when it is none."""
    address = text.strip().lower()
    if not re.fullmatch(_ADDRESS, address):
        raise ValueError(f"'{text}' không phải địa chỉ e-mail")
    return address
