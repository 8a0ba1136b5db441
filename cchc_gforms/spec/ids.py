"""Google's ids for our keys: eight hex digits, the same in every form and year.

The API takes ids from the client (facts 2.8), so the mapping from answer to question needs no
state, and a prefilled link can be written before the form exists. A form that was taken over has
ids of Google's own; a key that spells them (`id_2b414436_16271a0f`: the item's, the question's)
stands for itself, and `moved` leads from it to the key that people use.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache

_SPELLED = re.compile(r"id_([0-7][0-9a-f]{7})(?:_([0-7][0-9a-f]{7}))?")


def item_id(key: str) -> str:
    return _hex("item", key)


def section_id(key: str) -> str:
    return _hex("section", key)


def question_id(key: str) -> str:
    """Of a question, or of a grid's row by `row_key`."""
    return _hex("question", key)


def row_key(key: str, row: str) -> str:
    """The key under which a grid row's answer stands."""
    return f"{key}/{row}"


def entry_id(key: str) -> int:
    """N of `entry.N` in prefilled links and posts: the question id as a number (facts 7.2)."""
    return int(question_id(key), 16)


@cache
def _hex(kind: str, key: str) -> str:
    """00000001 to 7fffffff, from the first bytes of a digest, or as the key spells it."""
    if spelled := _SPELLED.fullmatch(key.rpartition("/")[2]):
        return spelled[2] if kind == "question" and spelled[2] else spelled[1]
    digest = hashlib.sha256(f"{kind}:{key}".encode()).digest()
    return f"{int.from_bytes(digest[:4], 'big') % 0x7FFFFFFF + 1:08x}"


def keys_ever(key: str, moves: Mapping[str, str]) -> list[str]:
    """The key, and where the moves lead from it, one after the other; a circle is gone round
    once."""
    keys = [key]
    while (key := moves.get(key, keys[0])) not in keys:
        keys.append(key)
    return keys
