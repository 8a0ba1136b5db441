"""What a chart shows, read out of its specification and the cells it points at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.rendering import effective_value, format_number, formatted
from cchc_gforms.local_google.sheets.wire import color_of, theme_of
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook

_MARKS = {"type": "NUMBER", "pattern": "#,##0.##########"}
_ACCENTS = [f"ACCENT{number}" for number in range(1, 7)]


@dataclass(frozen=True)
class Numbers:
    """How a chart writes its numbers: as the cells they come from."""

    number_format: Mapping[str, Any]
    locale: Locale

    def text(self, value: float) -> str:
        return format_number(value, self.number_format, self.locale)

    def mark(self, value: float) -> str:
        """As on an axis: thousands apart also where the cells do not say so."""
        return format_number(value, self.number_format or _MARKS, self.locale)


@dataclass(frozen=True)
class Series:
    """Values by category; None where the cell holds no number."""

    name: str
    color: str
    values: list[float | None]
    numbers: Numbers
    with_labels: bool
    kind: str


@dataclass(frozen=True)
class Plot:
    """A basic chart's data; `stacked` is NOT_STACKED, STACKED or PERCENT_STACKED."""

    kind: str
    categories: list[str]
    series: list[Series]
    stacked: str
    legend: str
    category_title: str
    value_title: str

    def values(self, index: int) -> list[float]:
        """The values of a category, missing ones as 0."""
        return [series.values[index] or 0.0 for series in self.series]


class Source:
    """The cells that a specification's ranges point at."""

    def __init__(self, workbook: Workbook, shown: Sheet, hidden: frozenset[int]) -> None:
        self._shown, self._filtered = shown, hidden
        self._sheets = {sheet.sheet_id: sheet for sheet in workbook.sheets}
        self.locale = locale_of(workbook.locale)
        self.theme = theme_of(workbook.properties)

    def cells(self, data: Mapping[str, Any]) -> list[Cell]:
        """The cells of a ChartData, in order; none where the tab is gone."""
        found: list[Cell] = []
        for wire in data.get("sourceRange", {}).get("sources", []):
            sheet = self._sheets.get(wire.get("sheetId", 0))
            if sheet is not None:
                hidden = self._filtered if sheet is self._shown else frozenset()
                area = area_of(sheet, wire)
                found += [sheet.cell(row, at) for row, at in area.cells() if row not in hidden]
        return found

    def texts(self, data: Mapping[str, Any]) -> list[str]:
        return [formatted(cell, self.locale) for cell in self.cells(data)]

    def numbers_of(self, cells: list[Cell]) -> Numbers:
        """The number format of the first cell that holds a number."""
        held = (cell for cell in cells if "numberValue" in effective_value(cell))
        first: Cell = next(held, {})
        number_format = first.get("userEnteredFormat", {}).get("numberFormat", {})
        return Numbers(number_format, self.locale)

    def accent(self, index: int) -> str:
        name = _ACCENTS[index % len(_ACCENTS)]
        return color_of({"colorStyle": {"themeColor": name}}, "color", self.theme) or "#4285f4"


def plot_of(source: Source, chart: Mapping[str, Any]) -> Plot:
    """The data of a BasicChartSpec."""
    domains = chart.get("domains") or [{}]
    domain = domains[0].get("domain", {})
    labels = source.texts(domain)
    given = [source.cells(one.get("series", {})) for one in chart["series"]]
    headers = chart.get("headerCount", _guessed_headers(given))
    axes = {axis.get("position"): str(axis.get("title", "")) for axis in chart.get("axis", [])}
    series = [
        _series(source, one, cells, headers, index, chart["chartType"])
        for index, (one, cells) in enumerate(zip(chart["series"], given, strict=True))
    ]
    count = max((len(one.values) for one in series), default=0)
    categories = labels[headers:] + [""] * max(0, count - len(labels[headers:]))
    return Plot(
        kind=chart["chartType"],
        categories=categories[:count],
        series=[_padded(one, count) for one in series],
        stacked=chart.get("stackedType", "NOT_STACKED"),
        legend=chart.get("legendPosition", "RIGHT_LEGEND" if len(series) > 1 else "NO_LEGEND"),
        category_title=axes.get("BOTTOM_AXIS", ""),
        value_title=axes.get("LEFT_AXIS", "") or axes.get("RIGHT_AXIS", ""),
    )


def number_of(cell: Cell) -> float | None:
    number = effective_value(cell).get("numberValue")
    return None if number is None else float(number)


def _series(
    source: Source,
    wire: Mapping[str, Any],
    cells: list[Cell],
    headers: int,
    index: int,
    chart_type: str,
) -> Series:
    named = [formatted(cell, source.locale) for cell in cells[:headers]]
    return Series(
        name=" ".join(named),
        color=color_of(wire, "color", source.theme) or source.accent(index),
        values=[number_of(cell) for cell in cells[headers:]],
        numbers=source.numbers_of(cells[headers:]),
        with_labels=wire.get("dataLabel", {}).get("type") == "DATA",
        kind=wire.get("type", chart_type),
    )


def _padded(series: Series, count: int) -> Series:
    missing: list[float | None] = [None] * (count - len(series.values))
    values = series.values + missing
    return Series(
        series.name, series.color, values, series.numbers, series.with_labels, series.kind
    )


def _has_number(cell: Cell) -> bool:
    return number_of(cell) is not None


def _guessed_headers(given: list[list[Cell]]) -> int:
    """One, where every series begins with a text and goes on with numbers."""
    return int(
        bool(given)
        and all(
            cells and number_of(cells[0]) is None and any(map(_has_number, cells))
            for cells in given
        )
    )
