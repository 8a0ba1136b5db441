"""What an apply put on a form, kept at the form itself: Google's ids with our keys.

It tells a question that was taken out of the spec from one that a person added in the editor, and
gives a lost key its name back. Drive keeps 30 properties of 124 bytes for an application, so the
list is compressed; where it is still too long, the keys are left out and the ids alone are kept.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Container, Iterator, Mapping

from cchc_gforms.errors import CchcError

_MOST = 26  # of 30, the others being the tags
_LENGTH = 116  # of 124 bytes, the property's name being eight


def as_tags(
    deployed: Mapping[str, str], now: Mapping[str, str], keep: Container[str] = ()
) -> dict[str, str | None]:
    """The properties to set; None takes away one that is no longer needed. The ids to `keep` have
    their keys in any case: nothing else tells them.

    CchcError for more questions than the properties hold: without them our own questions would
    later look like a stranger's.
    """
    text = _packed(deployed)
    if len(text) > _MOST * _LENGTH:
        text = _packed({id: key if id in keep else "" for id, key in deployed.items()})
    if len(text) > _MOST * _LENGTH:
        raise CchcError(
            f"biểu mẫu có {len(deployed)} câu hỏi, quá nhiều để nhớ trên Google câu nào là của "
            "chương trình",
            "giảm số lần lặp (repeat), hoặc chia làm hai biểu mẫu; chưa có gì bị thay đổi",
        )
    pieces = [text[at : at + _LENGTH] for at in range(0, len(text), _LENGTH)]
    tags: dict[str, str | None] = {_name(place): piece for place, piece in enumerate(pieces)}
    return dict.fromkeys(_names(now)) | tags


def from_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Empty for a form that was never finished, or whose properties make no sense."""
    text = "".join(tags[name] for name in _names(tags))
    try:
        lines = zlib.decompress(base64.urlsafe_b64decode(text)).decode().splitlines()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return {}
    pairs = (line.partition(" ") for line in lines)
    return {id: key for id, _, key in pairs}


def _packed(deployed: Mapping[str, str]) -> str:
    lines = "\n".join(f"{id} {key}".rstrip() for id, key in sorted(deployed.items()))
    return base64.urlsafe_b64encode(zlib.compress(lines.encode(), 9)).decode()


def _names(tags: Mapping[str, str]) -> Iterator[str]:
    """Those that are there, in order, up to the first gap."""
    place = 0
    while (name := _name(place)) in tags:
        yield name
        place += 1


def _name(place: int) -> str:
    return f"cchc_k{place:02}"
