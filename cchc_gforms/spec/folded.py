"""How texts are compared: whatever their case, their spaces, and the form of their letters."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
