"""Scorecards: one large number, and how it compares with another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_charts.frame import framed
from cchc_gforms.local_google.pages.spreadsheet_charts.model import Source, number_of
from cchc_gforms.local_google.pages.spreadsheet_charts.shapes import Picture, Words, text_width
from cchc_gforms.local_google.sheets.number_format import render_general
from cchc_gforms.local_google.sheets.wire import color_of

_AGGREGATES: dict[str, Callable[[list[float]], float]] = {
    "AVERAGE": lambda numbers: sum(numbers) / len(numbers),
    "COUNT": len,
    "MAX": max,
    "MEDIAN": median,
    "MIN": min,
    "SUM": sum,
}
_LARGEST, _SMALLER = 48.0, 14


def draw_scorecard(source: Source, spec: Mapping[str, Any], width: int, height: int) -> Picture:
    chart = spec["scorecardChart"]
    picture, room = framed(spec, width, height, source.theme)
    key, shown = _value(source, chart, chart.get("keyValueData", {}))
    picture.summary = f"{spec.get('title', '')}: {shown}"
    size = _LARGEST
    while size > _SMALLER and (
        text_width(shown, size) > room.width or size * 1.2 > room.height * 0.8
    ):
        size -= 1
    look = chart.get("keyValueFormat", {}).get("textFormat", {})
    ink = color_of(look, "foregroundColor", source.theme) or "#202124"
    x = (room.left + room.right) / 2
    y = (room.top + room.bottom) / 2 + size * 0.35
    baseline = _baseline(source, chart, key)
    if baseline is not None:
        y -= _SMALLER * 0.7
        text, color = baseline
        picture.words.append(Words(x, y + _SMALLER * 1.8, text, _SMALLER, "middle", fill=color))
    picture.words.append(Words(x, y, shown, size, "middle", fill=ink))
    return picture


def _value(
    source: Source, chart: Mapping[str, Any], data: Mapping[str, Any]
) -> tuple[float | None, str]:
    """The number of a ChartData and its text; without a number, the first cell's text."""
    cells = source.cells(data)
    numbers = [number for cell in cells if (number := number_of(cell)) is not None]
    if not numbers:
        return None, next(iter(source.texts(data)), "")
    aggregate = _AGGREGATES.get(chart.get("aggregateType", ""))
    number = float(aggregate(numbers)) if aggregate else numbers[0]
    return number, source.numbers_of(cells).text(number)


def _baseline(
    source: Source, chart: Mapping[str, Any], key: float | None
) -> tuple[str, str] | None:
    """How far the number lies above or below the baseline, and the colour that says so."""
    if "baselineValueData" not in chart or key is None:
        return None
    base, shown = _value(source, chart, chart["baselineValueData"])
    look = chart.get("baselineValueFormat", {})
    if base is None:
        return None
    difference = key - base
    arrow = "▲" if difference > 0 else "▼" if difference < 0 else "●"
    name = "positiveColor" if difference >= 0 else "negativeColor"
    fallback = "#188038" if difference >= 0 else "#c5221f"
    if look.get("comparisonType") == "PERCENTAGE_DIFFERENCE" and base:
        part = round(100 * difference / abs(base), 1)
        shown = render_general(abs(part), source.locale) + "%"
    elif look.get("comparisonType") == "ABSOLUTE_DIFFERENCE":
        shown = render_general(abs(difference), source.locale)
    text = f"{arrow} {shown} {look.get('description', '')}".strip()
    return text, color_of(look, name, source.theme) or fallback
