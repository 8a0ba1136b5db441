"""Pictures and videos of items (facts 2.10). Nothing is fetched: the network is not ours here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.forms.around import Around

_WIDEST = 740  # pixels
_WEB = re.compile(r"https?://\S+")
_NOT_PUBLIC = (".localhost", ".local", ".internal")
_YOUTUBE = re.compile(r"https?://((www\.|m\.)?youtube\.com/watch\?\S*v=|youtu\.be/)[\w-]+\S*")


def settle_image(image: dict[str, Any] | None, around: Around) -> None:
    """A new picture names its source, which is not read back; one that is there keeps its own."""
    if image is None:
        raise invalid("image is required")
    source, held = image.pop("sourceUri", ""), image.pop("contentUri", "")
    if source and held:
        raise invalid("image.content_uri is output only")
    if source and not _is_public(source):
        raise invalid("image.source_uri is invalid")
    if not source and held not in around.pictures:
        raise invalid("image.source_uri was not provided")
    if not source and image.get("properties", {}).get("width") == 0:
        raise invalid("media_properties.width may only be 0 with a new source")
    image["contentUri"] = source or held
    _check_width(image)


def _is_public(source: str) -> bool:
    """Whether Google could fetch it: no name or address of this machine or of a private net."""
    if not _WEB.fullmatch(source):
        return False
    try:
        host = urlsplit(source).hostname or ""
    except ValueError:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.rstrip(".").endswith(_NOT_PUBLIC)


def check_video(item: Mapping[str, Any]) -> None:
    video = item.get("video") or {}
    if not _YOUTUBE.fullmatch(video.get("youtubeUri", "")):
        raise invalid("video.youtube_uri is invalid")
    _check_width(video)


def _check_width(media: Mapping[str, Any]) -> None:
    if not 0 <= media.get("properties", {}).get("width", 0) <= _WIDEST:
        raise invalid("media_properties.width is invalid")
