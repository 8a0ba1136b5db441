"""SPARKLINE: a small chart inside its cell, by the options of Google's help page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_charts.shapes import Box, Picture, Stroke
from cchc_gforms.local_google.sheets.formulas.values import Sparkline
from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.number_format import render_general

_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})|[A-Za-z]+")
_INK, _AXIS = "#4285f4", "#9aa0a6"
_BARS = ("#ff9900", "#109618")
_EDGE = 2.0


@dataclass(frozen=True)
class _Drawing:
    """Values from left to right; None draws nothing. `options` as the formula gives them."""

    values: Sequence[float | None]
    options: Mapping[str, Any]
    width: int
    height: int

    def color(self, name: str, otherwise: str) -> str:
        """What is no colour is not taken over into the page."""
        given = str(self.options.get(name, ""))
        return given if _COLOR.fullmatch(given) else otherwise

    def number(self, name: str, otherwise: float) -> float:
        given = self.options.get(name)
        number = isinstance(given, int | float) and not isinstance(given, bool)
        return float(given) if given is not None and number else otherwise

    @property
    def known(self) -> list[float]:
        return [value for value in self.values if value is not None]


def sparkline_picture(sparkline: Sparkline, width: int, height: int, locale: Locale) -> Picture:
    """At the size of its cell. `summary` tells how many values, the least and the greatest."""
    options, values = sparkline.options, list(sparkline.data)
    if str(options.get("empty", "")).lower() == "zero":
        values = [0.0 if value is None else value for value in values]
    if options.get("rtl") is True:
        values.reverse()
    drawing = _Drawing(values, options, width, height)
    picture = Picture(width, height, _summary(drawing.known, locale), background="none")
    if drawing.known:
        _DRAWERS[str(options.get("charttype", "line"))](drawing, picture)
    return picture


def _line(drawing: _Drawing, picture: Picture) -> None:
    low = drawing.number("ymin", min(drawing.known))
    high = drawing.number("ymax", max(drawing.known))
    step = (drawing.width - 2 * _EDGE) / max(1, len(drawing.values) - 1)
    points = [
        f"{_EDGE + place * step:.2f} {_up(value, low, high, drawing.height):.2f}"
        for place, value in enumerate(drawing.values)
        if value is not None
    ]
    width = max(0.5, min(10.0, drawing.number("linewidth", 1.5)))
    path = "M" + " L".join(points if len(points) > 1 else points * 2)
    picture.strokes.append(Stroke(path, drawing.color("color", _INK), width))


def _bar(drawing: _Drawing, picture: Picture) -> None:
    """The values one after the other in one bar, two colours in turn."""
    lengths = [max(0.0, value) for value in drawing.known]
    whole = drawing.number("max", sum(lengths))
    colors = [drawing.color(f"color{place + 1}", _BARS[place]) for place in (0, 1)]
    start = 0.0
    for place, length in enumerate(lengths):
        share = length / whole * drawing.width if whole > 0 else 0.0
        share = min(share, drawing.width - start)
        picture.boxes.append(Box(start, 0, share, drawing.height, colors[place % 2]))
        start += share


def _column(drawing: _Drawing, picture: Picture) -> None:
    low = drawing.number("ymin", min(0.0, *drawing.known))
    high = drawing.number("ymax", max(0.0, *drawing.known))
    base = _up(min(max(0.0, low), high), low, high, drawing.height)
    for place, value in enumerate(drawing.values):
        if value is not None:
            top = _up(min(max(value, low), high), low, high, drawing.height)
            _stand(drawing, picture, place, min(top, base), abs(top - base))
    _axis(drawing, picture, base)


def _win_loss(drawing: _Drawing, picture: Picture) -> None:
    """Above the middle what is positive, below it what is negative; 0 is nothing."""
    middle = drawing.height / 2
    for place, value in enumerate(drawing.values):
        if value:
            _stand(drawing, picture, place, _EDGE if value > 0 else middle, middle - _EDGE)
    _axis(drawing, picture, middle)


def _stand(drawing: _Drawing, picture: Picture, place: int, top: float, height: float) -> None:
    slot = drawing.width / len(drawing.values)
    left, width = place * slot + slot * 0.1, slot * 0.8
    picture.boxes.append(Box(left, top, width, height, _column_color(drawing, place)))


def _column_color(drawing: _Drawing, place: int) -> str:
    """The more particular colour wins: first and last, lowest and highest, negative, all."""
    value = drawing.values[place] or 0.0
    last = len(drawing.values) - 1
    holds = {
        "firstcolor": place == 0,
        "lastcolor": place == last,
        "lowcolor": value == min(drawing.known),
        "highcolor": value == max(drawing.known),
        "negcolor": value < 0,
    }
    usual = drawing.color("color", _INK)
    named = [name for name, held in holds.items() if held and name in drawing.options]
    return drawing.color(named[0], usual) if named else usual


def _axis(drawing: _Drawing, picture: Picture, height: float) -> None:
    if drawing.options.get("axis") is True:
        path = f"M0 {height:.2f} L{drawing.width} {height:.2f}"
        picture.strokes.append(Stroke(path, drawing.color("axiscolor", _AXIS)))


def _up(value: float, low: float, high: float, height: int) -> float:
    """Pixels from the top; where all values are one, in the middle."""
    part = (value - low) / (high - low) if high > low else 0.5
    return height - _EDGE - part * (height - 2 * _EDGE)


def _summary(known: Sequence[float], locale: Locale) -> str:
    if not known:
        return "Biểu đồ nhỏ không có giá trị"
    low, high = (render_general(value, locale) for value in (min(known), max(known)))
    return f"Biểu đồ nhỏ: {len(known)} giá trị, từ {low} đến {high}"


_DRAWERS = {"line": _line, "bar": _bar, "column": _column, "winloss": _win_loss}
