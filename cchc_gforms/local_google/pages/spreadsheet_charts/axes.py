"""The two axes of a basic chart: value marks with their lines, and category labels that fit."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_gforms.local_google.pages.spreadsheet_charts.frame import Room
from cchc_gforms.local_google.pages.spreadsheet_charts.model import Plot
from cchc_gforms.local_google.pages.spreadsheet_charts.scale import Scale
from cchc_gforms.local_google.pages.spreadsheet_charts.shapes import (
    Picture,
    Stroke,
    Words,
    shortened,
    text_width,
    wrapped,
)

_SIZE = 11
_LINE = _SIZE * 1.25
_TURNED = 135
_MOST_LINES, _WIDE_BAND = 4, 64
_GRID, _AXIS = "#e0e0e0", "#757575"


@dataclass(frozen=True)
class Axes:
    """Where values and categories lie. `sideways` charts (BAR) have their values along x."""

    room: Room
    scale: Scale
    count: int
    sideways: bool

    @property
    def band(self) -> float:
        """The breadth that one category has."""
        return (self.room.height if self.sideways else self.room.width) / max(1, self.count)

    def along(self, value: float) -> float:
        """The place of a value on its axis."""
        part = self.scale.part(value)
        if self.sideways:
            return self.room.left + part * self.room.width
        return self.room.bottom - part * self.room.height

    def middle(self, index: int) -> float:
        start = self.room.top if self.sideways else self.room.left
        return start + (index + 0.5) * self.band


def add_axes(picture: Picture, room: Room, plot: Plot, scale: Scale) -> Axes:
    """Draws both axes and their titles; what is left of the room is for the data."""
    sideways = plot.kind == "BAR"
    marks = [(mark, _mark(plot, mark)) for mark in scale.marks()]
    _add_titles(picture, room, plot, sideways=sideways)
    if sideways:
        room.bottom -= _LINE + 4
        room.right -= text_width(marks[-1][1], _SIZE) / 2
        _label_rows(picture, room, plot)
    else:
        room.left += max(text_width(text, _SIZE) for _, text in marks) + 8
        _label_columns(picture, room, plot)
    axes = Axes(room, scale, len(plot.categories), sideways)
    for mark, text in marks:
        _add_mark(picture, axes, mark, text)
    return axes


def _mark(plot: Plot, mark: float) -> str:
    if plot.stacked == "PERCENT_STACKED":
        return f"{mark:.0%}"
    return plot.series[0].numbers.mark(mark)


def _add_mark(picture: Picture, axes: Axes, mark: float, text: str) -> None:
    room, at = axes.room, round(axes.along(mark), 1)
    color = _AXIS if mark == 0 else _GRID
    if axes.sideways:
        picture.strokes.append(Stroke(f"M{at} {room.top}V{room.bottom}", color))
        picture.words.append(Words(at, room.bottom + _LINE, text, _SIZE, "middle"))
    else:
        picture.strokes.append(Stroke(f"M{room.left} {at}H{room.right}", color))
        picture.words.append(Words(room.left - 6, at + _SIZE * 0.35, text, _SIZE, "end"))


def _add_titles(picture: Picture, room: Room, plot: Plot, *, sideways: bool) -> None:
    below, beside = plot.category_title, plot.value_title
    if sideways:
        below, beside = beside, below
    if below:
        x, y = (room.left + room.right) / 2, room.bottom - 3
        picture.words.append(Words(x, y, below, _SIZE + 1, "middle", fill="#5f6368"))
        room.bottom -= _LINE + 4
    if beside:
        x, y = room.left + _SIZE, (room.top + room.bottom) / 2
        text = shortened(beside, _SIZE + 1, room.height)
        picture.words.append(Words(x, y, text, _SIZE + 1, "middle", fill="#5f6368", turn=-90))
        room.left += _LINE + 6


def _label_rows(picture: Picture, room: Room, plot: Plot) -> None:
    """Labels at the left of a BAR chart, on up to as many lines as a bar's band has."""
    most = room.width * 0.4
    widest = max((text_width(text, _SIZE) for text in plot.categories), default=0)
    wide = min(most, widest)
    room.left += wide + 10
    band = room.height / max(1, len(plot.categories))
    lines = max(1, int(band // _LINE))
    every = max(1, round(_LINE / band + 0.49))
    for index, text in enumerate(plot.categories):
        if index % every:
            continue
        parts = wrapped(text, _SIZE, wide + 1, min(3, lines))
        top = room.top + (index + 0.5) * band - (len(parts) - 1) * _LINE / 2 + _SIZE * 0.35
        for number, part in enumerate(parts):
            y = top + number * _LINE
            picture.words.append(Words(room.left - 8, y, part, _SIZE, "end", whole=text))


def _label_columns(picture: Picture, room: Room, plot: Plot) -> None:
    """Labels below: level where their words fit, on up to four lines; else turned."""
    band = room.width / max(1, len(plot.categories))
    words = [word for text in plot.categories for word in text.split()]
    fits = max((text_width(word, _SIZE) for word in words), default=0) <= band - 6
    lines = [wrapped(text, _SIZE, band - 6, _MOST_LINES) for text in plot.categories]
    whole = all(not parts or not parts[-1].endswith("…") for parts in lines)
    if fits and (whole or band >= _WIDE_BAND):
        room.bottom -= max(map(len, lines), default=0) * _LINE + 4
        for index, parts in enumerate(lines):
            x = room.left + (index + 0.5) * band
            for number, part in enumerate(parts):
                y = room.bottom + 4 + _SIZE + number * _LINE
                picture.words.append(
                    Words(x, y, part, _SIZE, "middle", whole=plot.categories[index])
                )
        return
    _turn_labels(picture, room, plot, band)


def _turn_labels(picture: Picture, room: Room, plot: Plot, band: float) -> None:
    """Labels at half a right angle; of too many, every second, third, … is written."""
    texts = [shortened(text, _SIZE, _TURNED) for text in plot.categories]
    longest = max((text_width(text, _SIZE) for text in texts), default=0)
    # A first label that leans out of the picture pushes the data to the right.
    room.left = max(room.left, longest * 0.71 - band / 2 + 14)
    band = room.width / max(1, len(texts))
    room.bottom -= longest * 0.71 + _LINE
    every = max(1, round(_LINE / band + 0.49))
    for index, text in enumerate(texts):
        if index % every == 0:
            x, y = room.left + (index + 0.5) * band, room.bottom + _LINE
            whole = plot.categories[index]
            picture.words.append(Words(x, y, text, _SIZE, "end", turn=-45, whole=whole))
