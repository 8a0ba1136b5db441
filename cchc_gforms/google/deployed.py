"""What an apply put on a form, kept at the form itself: Google's ids with our keys.

It tells a question that was taken out of the spec from one that a person added in the editor, and
gives a lost key its name back. Drive keeps 30 properties of 124 bytes that only this application
sees, and 30 more that others may see too. So the list is compressed, an id that follows from its
key is left out, and what finds no room among the first goes into the second: 300 questions, as many
as Google Forms is known to take (facts 2.6), find room with keys of 20 letters.

Questions that were removed stay in the list, the oldest first, as long as there is room: what was
answered to them is read under their keys even if it is harvested only later.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from cchc_gforms.errors import CchcError

IdOf = Callable[[str], str]
"""The id that a question gets for its key."""

_PRIVATE = 26  # of 30, the others being the tags
_PUBLIC = 30
_LENGTH = 116  # of 124 bytes, the property's name being eight
_ROOM = (_PRIVATE + _PUBLIC) * _LENGTH
_ID = re.compile(r"[0-7][0-9a-f]{7}")  # no key begins with a digit


def as_tags(
    deployed: Mapping[str, str],
    now: Mapping[str, str],
    id_of: IdOf,
    removed: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str | None]:
    """The properties to set; None takes away one that is no longer needed. An item that is no
    question stands there by its id alone. Of `removed`, see `with_room`.

    CchcError for more than the properties hold: without them our own questions would later look
    like a stranger's.
    """
    text = _packed(deployed, id_of, removed)
    if len(text) > _ROOM:
        raise CchcError(
            f"biểu mẫu có {len(deployed)} câu hỏi, quá nhiều để nhớ trên Google câu nào là của "
            "chương trình",
            "giảm số lần lặp (repeat), đặt key ngắn hơn, hoặc chia làm hai biểu mẫu; chưa có gì bị "
            "thay đổi",
        )
    pieces = [text[at : at + _LENGTH] for at in range(0, len(text), _LENGTH)]
    tags: dict[str, str | None] = {_name(place): piece for place, piece in enumerate(pieces)}
    return dict.fromkeys(_names(now)) | tags


def with_room(
    removed: Mapping[str, str], deployed: Mapping[str, str], id_of: IdOf
) -> dict[str, str]:
    """The newest of the removed questions, in their order, as many as find room beside those that
    are there; always those that are last."""
    pairs = list(removed.items())

    def find_room(start: int) -> bool:
        return len(_packed(deployed, id_of, dict(pairs[start:]))) <= _ROOM

    return dict(pairs[bisect_left(range(len(pairs)), True, key=find_room) :])


def from_tags(tags: Mapping[str, str], id_of: IdOf) -> dict[str, str]:
    """Ids with keys, removed questions first and in the order in which they went; empty for a form
    that was never finished, or whose properties make no sense."""
    text = "".join(tags[name] for name in _names(tags))
    try:
        lines = zlib.decompress(base64.urlsafe_b64decode(text)).decode().splitlines()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return {}
    return dict(_pair(line, id_of) for line in lines)


def is_public(tag: str) -> bool:
    """Whether it is one of the properties that other applications may see."""
    return tag in {_name(place) for place in range(_PRIVATE, _PRIVATE + _PUBLIC)}


def _packed(deployed: Mapping[str, str], id_of: IdOf, removed: Mapping[str, str]) -> str:
    gone, there = (
        [key if key and id_of(key) == id else f"{id} {key}".rstrip() for id, key in those.items()]
        for those in (removed, deployed)
    )
    lines = [*gone, *sorted(there)]
    return base64.urlsafe_b64encode(zlib.compress("\n".join(lines).encode(), 9)).decode()


def _pair(line: str, id_of: IdOf) -> tuple[str, str]:
    first, _, key = line.partition(" ")
    return (first, key) if _ID.fullmatch(first) else (id_of(first), first)


def _names(tags: Mapping[str, str]) -> Iterator[str]:
    """Those that are there, in order, up to the first gap."""
    place = 0
    while (name := _name(place)) in tags:
        yield name
        place += 1


def _name(place: int) -> str:
    return f"cchc_k{place:02}"
