"""Column, bar, line and area charts, plain and stacked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_charts.axes import Axes, add_axes
from cchc_gforms.local_google.pages.spreadsheet_charts.frame import Entry, add_legend, framed
from cchc_gforms.local_google.pages.spreadsheet_charts.model import Plot, Series, Source, plot_of
from cchc_gforms.local_google.pages.spreadsheet_charts.scale import Scale, scale_for
from cchc_gforms.local_google.pages.spreadsheet_charts.shapes import (
    Box,
    Dot,
    Picture,
    Stroke,
    Words,
    ink_on,
    text_width,
)

_FULL_BAND = 0.72
_LABEL = 11


def draw_basic(source: Source, spec: Mapping[str, Any], width: int, height: int) -> Picture:
    plot = plot_of(source, spec["basicChart"])
    picture, room = framed(spec, width, height, source.theme)
    picture.summary = _summary(str(spec.get("title", "")), plot)
    entries = [Entry(series.name, series.color) for series in plot.series]
    add_legend(picture, room, entries, plot.legend)
    axes = add_axes(picture, room, plot, _scale(plot))
    if plot.kind in {"COLUMN", "BAR"}:
        _add_bars(picture, axes, plot)
    else:
        _add_lines(picture, axes, plot)
    return picture


def _scale(plot: Plot) -> Scale:
    if plot.stacked == "PERCENT_STACKED":
        return Scale(0, 1, 0.25)
    values = [value or 0.0 for series in plot.series for value in series.values]
    if plot.stacked == "STACKED":
        values = [end for index in range(len(plot.categories)) for end in _ends(plot, index)]
    whole = all(float(value).is_integer() for value in values)
    return scale_for(values, whole=whole)


def _ends(plot: Plot, index: int) -> tuple[float, float]:
    """How far down and up the stack of a category reaches."""
    values = plot.values(index)
    return sum(v for v in values if v < 0), sum(v for v in values if v > 0)


def _stack(plot: Plot, index: int) -> Iterator[tuple[Series, float, float, float]]:
    """Series, its value, and from where to where it reaches in the stack of a category."""
    low, high = 0.0, 0.0
    values = plot.values(index)
    total = sum(map(abs, values)) or 1.0
    for series, value in zip(plot.series, values, strict=True):
        size = value / total if plot.stacked == "PERCENT_STACKED" else value
        if size < 0:
            yield series, value, low, low + size
            low += size
        else:
            yield series, value, high, high + size
            high += size


def _add_bars(picture: Picture, axes: Axes, plot: Plot) -> None:
    stacked = plot.stacked in {"STACKED", "PERCENT_STACKED"}
    full = axes.band * _FULL_BAND
    each = full if stacked else full / max(1, len(plot.series))
    for index in range(len(plot.categories)):
        start = axes.middle(index) - full / 2
        parts = _stack(plot, index) if stacked else _side_by_side(plot, index)
        for number, (series, value, low, high) in enumerate(parts):
            if value == 0:
                continue
            place = start + (0 if stacked else number * each)
            gap = 0.0 if stacked or each < 6 else 1.0
            tip = _tip(plot, index, series)
            box = _bar(axes, place + gap, each - 2 * gap, (low, high), series.color, tip)
            picture.boxes.append(box)
            if series.with_labels:
                _add_label(picture, axes, box, series.numbers.text(value), inside=stacked)


def _side_by_side(plot: Plot, index: int) -> Iterator[tuple[Series, float, float, float]]:
    for series, value in zip(plot.series, plot.values(index), strict=True):
        yield series, value, 0.0, value


def _bar(
    axes: Axes, place: float, breadth: float, ends: tuple[float, float], color: str, label: str
) -> Box:
    first, last = sorted(map(axes.along, ends))
    if axes.sideways:
        return Box(first, place, last - first, breadth, color, label)
    return Box(place, first, breadth, last - first, color, label)


def _add_label(picture: Picture, axes: Axes, box: Box, text: str, *, inside: bool) -> None:
    """The value at the end of its bar, or in the middle of its part of a stack if it fits."""
    middle_x, middle_y = box.x + box.width / 2, box.y + box.height / 2 + _LABEL * 0.35
    wide = text_width(text, _LABEL)
    if inside:
        if wide <= box.width and box.height >= _LABEL:
            ink = ink_on(box.fill)
            picture.words.append(Words(middle_x, middle_y, text, _LABEL, "middle", fill=ink))
    elif axes.sideways:
        picture.words.append(Words(box.x + box.width + 4, middle_y, text, _LABEL))
    else:
        picture.words.append(Words(middle_x, box.y - 4, text, _LABEL, "middle"))


def _add_lines(picture: Picture, axes: Axes, plot: Plot) -> None:
    """Lines break where a value is missing; areas reach down to zero or to the area below."""
    stacked = plot.stacked in {"STACKED", "PERCENT_STACKED"}
    stacks = [list(_stack(plot, index)) for index in range(len(plot.categories))]
    for number, series in enumerate(plot.series):
        runs: list[list[tuple[float, float, float, str]]] = [[]]
        for index, value in enumerate(series.values):
            if value is None and not stacked:
                runs.append([])
                continue
            low, high = stacks[index][number][2:] if stacked else (0.0, value or 0.0)
            tip = _tip(plot, index, series)
            runs[-1].append((axes.middle(index), axes.along(high), axes.along(low), tip))
        for run in runs:
            _add_run(picture, series, run, filled=plot.kind == "AREA")


def _add_run(
    picture: Picture,
    series: Series,
    run: list[tuple[float, float, float, str]],
    *,
    filled: bool,
) -> None:
    if not run:
        return
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y, _, _ in run)
    if filled:
        back = "L".join(f"{x:.1f} {low:.1f}" for x, _, low, _ in reversed(run))
        picture.strokes.append(Stroke(f"M{line}L{back}Z", fill=series.color, opacity=0.3))
    picture.strokes.append(Stroke(f"M{line}", series.color, 2))
    picture.dots += [Dot(x, y, 3.5, series.color, tip) for x, y, _, tip in run]


def _tip(plot: Plot, index: int, series: Series) -> str:
    value = series.values[index]
    shown = "" if value is None else series.numbers.text(value)
    name = f"{series.name}: " if series.name else ""
    return f"{plot.categories[index]} – {name}{shown}"


def _summary(title: str, plot: Plot) -> str:
    names = ", ".join(series.name for series in plot.series if series.name)
    return f"Biểu đồ {title}: {names}; {len(plot.categories)} mục"
