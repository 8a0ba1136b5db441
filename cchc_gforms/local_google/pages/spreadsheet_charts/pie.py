"""Pie charts, and rings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_charts.frame import Entry, Room, add_legend, framed
from cchc_gforms.local_google.pages.spreadsheet_charts.model import Source, number_of
from cchc_gforms.local_google.pages.spreadsheet_charts.shapes import Picture, Stroke, Words, ink_on
from cchc_gforms.local_google.sheets.number_format import render_general

_LABEL = 12
_SMALLEST_LABELLED = 0.05


def draw_pie(source: Source, spec: Mapping[str, Any], width: int, height: int) -> Picture:
    """Slices clockwise from the top, each with its share of the whole."""
    chart = spec["pieChart"]
    slices = _slices(source, chart)
    picture, room = framed(spec, width, height, source.theme)
    picture.summary = f"Biểu đồ tròn {spec.get('title', '')}: {len(slices)} phần"
    entries = [Entry(name, source.accent(index)) for index, (name, _) in enumerate(slices)]
    add_legend(picture, room, entries, chart.get("legendPosition", "RIGHT_LEGEND"))
    total = sum(value for _, value in slices)
    turned = 0.0
    for index, (name, value) in enumerate(slices):
        part = value / total
        share = render_general(round(100 * part, 1), source.locale) + "%"
        _add_slice(picture, room, turned, part, source.accent(index), f"{name}: {share}", chart)
        if part >= _SMALLEST_LABELLED:
            middle = _at(room, _label_radius(room, chart), turned + part / 2)
            picture.words.append(_share(middle, share, ink_on(source.accent(index))))
        turned += part
    return picture


def _slices(source: Source, chart: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Names and values; a heading, and what is no positive number, has no slice."""
    names = source.texts(chart.get("domain", {}))
    values = [number_of(cell) for cell in source.cells(chart.get("series", {}))]
    pairs = zip(names, values, strict=False)
    return [(name, value) for name, value in pairs if value is not None and value > 0]


def _add_slice(
    picture: Picture,
    room: Room,
    start: float,
    part: float,
    color: str,
    label: str,
    chart: Mapping[str, Any],
) -> None:
    """A whole circle is drawn a hair short of itself: an arc cannot end where it begins."""
    outer = min(room.width, room.height) / 2
    inner = outer * chart.get("pieHole", 0)
    end = start + min(part, 0.99999)
    large = int(end - start > 0.5)
    first, last = _at(room, outer, start), _at(room, outer, end)
    if inner:
        back, home = _at(room, inner, end), _at(room, inner, start)
        closing = f"L{back}A{inner:.1f} {inner:.1f} 0 {large} 0 {home}Z"
    else:
        closing = f"L{_at(room, 0, 0)}Z"
    path = f"M{first}A{outer:.1f} {outer:.1f} 0 {large} 1 {last}{closing}"
    picture.strokes.append(Stroke(path, "#ffffff", 1, color, label=label))


def _label_radius(room: Room, chart: Mapping[str, Any]) -> float:
    """Well inside a slice, and in the middle of a ring."""
    hole = float(chart.get("pieHole", 0))
    return min(room.width, room.height) / 2 * (hole + (1 - hole) * (0.5 if hole else 0.62))


def _share(middle: str, text: str, ink: str) -> Words:
    x, y = map(float, middle.split())
    return Words(x, y + _LABEL * 0.35, text, _LABEL, "middle", fill=ink, weight="700")


def _at(room: Room, radius: float, turned: float) -> str:
    """A point of a circle in the room's middle, `turned` (0 to 1) clockwise from the top."""
    angle = 2 * math.pi * turned
    x = (room.left + room.right) / 2 + radius * math.sin(angle)
    y = (room.top + room.bottom) / 2 - radius * math.cos(angle)
    return f"{x:.2f} {y:.2f}"
