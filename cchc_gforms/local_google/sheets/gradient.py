"""Colour scales: a cell's background by where its number lies among the others."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.rendering import effective_value
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet


def gradient_color(sheet: Sheet, rule: Mapping[str, Any], cell: Cell) -> dict[str, Any]:
    """The background format, or nothing for a cell without a number."""
    number = effective_value(cell).get("numberValue")
    if number is None:
        return {}
    numbers = _numbers(sheet, rule)
    gradient = rule["gradientRule"]
    stops = [
        (_at(gradient[name], numbers), _rgb(gradient[name]))
        for name in ("minpoint", "midpoint", "maxpoint")
        if name in gradient
    ]
    color = _between(stops, float(number))
    return {"backgroundColor": color, "backgroundColorStyle": {"rgbColor": color}}


def _numbers(sheet: Sheet, rule: Mapping[str, Any]) -> list[float]:
    areas = [area_of(sheet, wire) for wire in rule["ranges"]]
    found = [
        effective_value(cell).get("numberValue")
        for row, column, cell in sheet.used()
        if any(area.holds(row, column) for area in areas)
    ]
    return sorted(float(number) for number in found if number is not None)


def _at(point: Mapping[str, Any], numbers: list[float]) -> float:
    """Where a point of the scale lies."""
    given = float(point.get("value") or 0)
    match point["type"]:
        case "MIN":
            return numbers[0]
        case "MAX":
            return numbers[-1]
        case "PERCENT":
            return numbers[0] + (numbers[-1] - numbers[0]) * given / 100
        case "PERCENTILE":
            return numbers[round((len(numbers) - 1) * given / 100)]
        case _:
            return given


def _rgb(point: Mapping[str, Any]) -> tuple[float, float, float]:
    color = point.get("color", {})
    return color.get("red", 0), color.get("green", 0), color.get("blue", 0)


def _between(
    stops: list[tuple[float, tuple[float, float, float]]], number: float
) -> dict[str, float]:
    for (low, first), (high, last) in pairwise(stops):
        if number <= high or (high, last) == stops[-1]:
            part = 0.0 if high <= low else min(1.0, max(0.0, (number - low) / (high - low)))
            mixed = [a + (b - a) * part for a, b in zip(first, last, strict=True)]
            return dict(zip(("red", "green", "blue"), mixed, strict=True))
    return {}
