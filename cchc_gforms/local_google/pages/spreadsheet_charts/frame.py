"""What every chart has around its data: title, legend, and the room that is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_charts.shapes import (
    Box,
    Picture,
    Words,
    shortened,
    text_width,
    wrapped,
)
from cchc_gforms.local_google.sheets.wire import color_of

_TITLE, _SUBTITLE, _LEGEND = 16, 12, 12
_PAD, _SWATCH = 16, 12


@dataclass
class Room:
    """The part of a picture that is still free."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a legend."""

    name: str
    color: str


def framed(
    spec: Mapping[str, Any], width: int, height: int, theme: Mapping[str, Any]
) -> tuple[Picture, Room]:
    """An empty picture with its title and subtitle, and the room below them."""
    title, subtitle = str(spec.get("title", "")), str(spec.get("subtitle", ""))
    background = color_of(spec, "backgroundColor", theme) or "#ffffff"
    picture = Picture(width, height, title, background)
    room = Room(_PAD, _PAD, width - _PAD, height - _PAD)
    ink = color_of(spec.get("titleTextFormat", {}), "foregroundColor", theme) or "#3c4043"
    for text, size, color in ((title, _TITLE, ink), (subtitle, _SUBTITLE, "#5f6368")):
        for line in wrapped(text, size, room.width, 2):
            picture.words.append(Words(room.left, room.top + size * 0.9, line, size, fill=color))
            room.top += size * 1.3
    room.top += 6 if title or subtitle else 0
    return picture, room


def add_legend(picture: Picture, room: Room, entries: Sequence[Entry], position: str) -> None:
    """Draws the legend at its side and takes its place away from the room."""
    named = [entry for entry in entries if entry.name]
    if position in {"NO_LEGEND", "NONE", "LABELED_LEGEND"} or not named:
        return
    if position in {"BOTTOM_LEGEND", "TOP_LEGEND", "INSIDE_LEGEND"}:
        _in_rows(picture, room, named, at_bottom=position == "BOTTOM_LEGEND")
    else:
        _in_a_column(picture, room, named, at_left=position == "LEFT_LEGEND")


def _in_rows(picture: Picture, room: Room, entries: Sequence[Entry], *, at_bottom: bool) -> None:
    rows: list[list[tuple[Entry, str, float]]] = [[]]
    for entry in entries:
        text = shortened(entry.name, _LEGEND, room.width - _SWATCH - 24)
        wide = _SWATCH + 6 + text_width(text, _LEGEND) + 18
        if rows[-1] and sum(one[2] for one in rows[-1]) + wide > room.width:
            rows.append([])
        rows[-1].append((entry, text, wide))
    line = _LEGEND * 1.6
    top = room.bottom - line * len(rows) if at_bottom else room.top
    for number, row in enumerate(rows):
        left = room.left + (room.width - sum(one[2] for one in row) + 18) / 2
        for entry, text, wide in row:
            _entry(picture, entry, text, left, top + number * line)
            left += wide
    if at_bottom:
        room.bottom = top - 10
    else:
        room.top = top + line * len(rows) + 8


def _in_a_column(picture: Picture, room: Room, entries: Sequence[Entry], *, at_left: bool) -> None:
    most = room.width * 0.35
    wide = min(most, _SWATCH + 8 + max(text_width(one.name, _LEGEND) for one in entries))
    left = room.left if at_left else room.right - wide
    top = room.top + 4
    for entry in entries:
        lines = wrapped(entry.name, _LEGEND, wide - _SWATCH - 6, 3)
        _entry(picture, entry, lines[0], left, top)
        for number, line in enumerate(lines[1:], 1):
            y = top + _LEGEND * (1 + 1.25 * number)
            picture.words.append(Words(left + _SWATCH + 6, y, line, _LEGEND))
        top += _LEGEND * (0.5 + 1.25 * len(lines))
    if at_left:
        room.left += wide + 16
    else:
        room.right -= wide + 16


def _entry(picture: Picture, entry: Entry, text: str, left: float, top: float) -> None:
    picture.boxes.append(Box(left, top + 1, _SWATCH, _SWATCH, entry.color))
    words = Words(left + _SWATCH + 6, top + _LEGEND * 0.95, text, _LEGEND, whole=entry.name)
    picture.words.append(words)
