"""Colour scales: a cell's background by where its number lies among the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.rendering import effective_value
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colours at numbers, from the lowest to the highest."""

    stops: tuple[tuple[float, Rgb], ...]

    def format_for(self, cell: Cell) -> dict[str, Any]:
        """A background, or nothing for a cell without a number."""
        number = effective_value(cell).get("numberValue")
        if number is None or not self.stops:
            return {}
        channels = zip(("red", "green", "blue"), self._color(float(number)), strict=True)
        color = dict(channels)
        return {"backgroundColor": color, "backgroundColorStyle": {"rgbColor": color}}

    def _color(self, number: float) -> Rgb:
        for (low, first), (high, last) in pairwise(self.stops):
            if number <= high or (high, last) == self.stops[-1]:
                part = 0.0 if high <= low else min(1.0, max(0.0, (number - low) / (high - low)))
                red, green, blue = (a + (b - a) * part for a, b in zip(first, last, strict=True))
                return red, green, blue
        return self.stops[0][1]


def gradient_of(sheet: Sheet, rule: Mapping[str, Any]) -> Gradient:
    """The scale of a gradient rule, its ends placed by the numbers in the rule's ranges."""
    areas = [area_of(sheet, wire) for wire in rule["ranges"]]
    found = (
        effective_value(cell).get("numberValue")
        for row, column, cell in sheet.used()
        if any(area.holds(row, column) for area in areas)
    )
    numbers = sorted(float(number) for number in found if number is not None)
    points = [
        rule["gradientRule"][name]
        for name in ("minpoint", "midpoint", "maxpoint")
        if name in rule["gradientRule"]
    ]
    return Gradient(tuple((_at(point, numbers), _rgb(point)) for point in points if numbers))


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


def _rgb(point: Mapping[str, Any]) -> Rgb:
    color = point.get("color", {})
    return color.get("red", 0), color.get("green", 0), color.get("blue", 0)
