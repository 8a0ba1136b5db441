"""Pictures and videos of items (facts 2.10). Nothing is fetched: the network is not ours here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.forms.around import Around

_WIDEST = 740  # pixels
_WEB = re.compile(r"https?://\S+")
_YOUTUBE = re.compile(r"https?://((www\.|m\.)?youtube\.com/watch\?\S*v=|youtu\.be/)[\w-]+\S*")


def settle_image(image: dict[str, Any] | None, around: Around) -> None:
    """A new picture names its source, which is not read back; one that is there keeps its own."""
    if image is None:
        raise invalid("image is required")
    source, held = image.pop("sourceUri", ""), image.pop("contentUri", "")
    if source and not _WEB.fullmatch(source):
        raise invalid("image.source_uri is invalid")
    if not source and held not in around.pictures:
        raise invalid("image.source_uri was not provided")
    image["contentUri"] = source or held
    _check_width(image)


def check_video(item: Mapping[str, Any]) -> None:
    video = item.get("video") or {}
    if not _YOUTUBE.fullmatch(video.get("youtubeUri", "")):
        raise invalid("video.youtube_uri is invalid")
    _check_width(video)


def _check_width(media: Mapping[str, Any]) -> None:
    if not 0 <= media.get("properties", {}).get("width", 0) <= _WIDEST:
        raise invalid("media_properties.width is invalid")
