"""The order of texts: letters before marks and case, as a reader of the locale expects."""

from __future__ import annotations

import unicodedata

# Breve, circumflex and horn make letters of their own in Vietnamese, in this order; tones only
# decide between words else alike.
_LETTERS = {"\u0306": 1, "\u0302": 2, "\u031b": 3}
_BARRED = {"đ": ("d", 4)}

Key = tuple[tuple[tuple[str, int], ...], str, str]


def key_of(text: str, locale: str) -> Key:
    """Sorts by letters, then by marks and tones, then lower case before upper."""
    folded = unicodedata.normalize("NFD", text.casefold())
    return tuple(_letters(folded, vietnamese=locale.startswith("vi"))), folded, text.swapcase()


def _letters(folded: str, *, vietnamese: bool) -> list[tuple[str, int]]:
    letters: list[tuple[str, int]] = []
    for sign in folded:
        if not unicodedata.combining(sign):
            letters.append(_BARRED.get(sign, (sign, 0)))
        elif vietnamese and sign in _LETTERS and letters:
            letters[-1] = (letters[-1][0], _LETTERS[sign])
    return letters
