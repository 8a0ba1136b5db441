"""Charts as pictures over a sheet: which there are, where they stand, drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_charts.basic import draw_basic
from cchc_gforms.local_google.pages.spreadsheet_charts.model import Source
from cchc_gforms.local_google.pages.spreadsheet_charts.pie import draw_pie
from cchc_gforms.local_google.pages.spreadsheet_charts.scorecard import draw_scorecard
from cchc_gforms.local_google.pages.spreadsheet_charts.shapes import Picture
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

__all__ = ["ChartView", "Picture", "chart_views"]

_ALL = "SHOW_ALL"
_DRAWERS: dict[str, Callable[[Source, Mapping[str, Any], int, int], Picture]] = {
    "basicChart": draw_basic,
    "pieChart": draw_pie,
    "scorecardChart": draw_scorecard,
}


@dataclass(frozen=True)
class ChartView:
    """A picture at its anchor cell, moved from the cell's corner by pixels."""

    row: int
    column: int
    offset_x: int
    offset_y: int
    picture: Picture
    number: int


def chart_views(
    workbook: Workbook, sheet: Sheet, hidden: frozenset[int] = frozenset()
) -> list[ChartView]:
    """`hidden` rows of this tab are filtered away, and so are their values in its charts."""
    filtered, whole = Source(workbook, sheet, hidden), Source(workbook, sheet, frozenset())
    return [
        _view(whole if chart["spec"].get("hiddenDimensionStrategy") == _ALL else filtered, chart)
        for chart in sheet.resource.get("charts", [])
    ]


def _view(source: Source, chart: Mapping[str, Any]) -> ChartView:
    overlay = chart["position"]["overlayPosition"]
    spec = chart["spec"]
    kind = next(name for name in _DRAWERS if name in spec)
    picture = _DRAWERS[kind](source, spec, overlay["widthPixels"], overlay["heightPixels"])
    anchor = overlay["anchorCell"]
    return ChartView(
        anchor.get("rowIndex", 0),
        anchor.get("columnIndex", 0),
        overlay.get("offsetXPixels", 0),
        overlay.get("offsetYPixels", 0),
        picture,
        chart["chartId"],
    )
