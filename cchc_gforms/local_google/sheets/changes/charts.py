"""addChart and updateChartSpec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets.changes import embedded
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.wire import outgoing

_DRAWN = {"basicChart", "pieChart", "scorecardChart"}
_DRAWN_TYPES = {"COLUMN", "BAR", "LINE", "AREA"}
_KINDS = {
    "basicChart", "pieChart", "bubbleChart", "candlestickChart", "orgChart", "histogramChart",
    "waterfallChart", "treemapChart", "scorecardChart",
}  # fmt: skip


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("chart", {})
    position = asked.get("position", {})
    sheet, placed = embedded.place(edit, position.get("overlayPosition", {}), position)
    spec = _checked(edit, asked.get("spec", {}))
    taken = embedded.ids(edit.workbook)
    chart_id = edit.free_id(asked.get("chartId"), taken, embedded.TAKEN)
    chart = {"chartId": chart_id, "spec": spec, "position": {"overlayPosition": placed}}
    chart |= {"border": asked["border"]} if "border" in asked else {}
    sheet.listed("charts").append(chart)
    return {"addChart": {"chart": outgoing(chart)}}


def update_spec(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The whole specification is replaced: there is no mask (facts C)."""
    _, kind, chart = embedded.find(edit.workbook, body.get("chartId", 0))
    if kind != "charts":
        raise invalid(f"No chart with ID: {body.get('chartId', 0)}")
    chart["spec"] = _checked(edit, body.get("spec", {}))
    return {}


def _checked(edit: Edit, spec: dict[str, Any]) -> dict[str, Any]:
    kinds = sorted(_KINDS & spec.keys())
    if len(kinds) != 1:
        raise invalid("Exactly one kind of chart must be set.")
    if kinds[0] not in _DRAWN:
        raise unimplemented(kinds[0])
    if kinds[0] == "basicChart":
        _check_basic(spec["basicChart"])
    for wire in _sources(spec):
        _, area = edit.area(wire)
        if area.height != 1 and area.width != 1:
            raise invalid("Chart source ranges must be one row or one column.")
    return spec


def _check_basic(chart: Mapping[str, Any]) -> None:
    if chart.get("chartType") not in _DRAWN_TYPES:
        raise unimplemented(f"charts of type {chart.get('chartType')}")
    if not chart.get("series"):
        raise invalid("At least one series is required.")


def _sources(value: Any) -> list[dict[str, Any]]:
    """Every source range of a specification."""
    if isinstance(value, list):
        return [wire for item in value for wire in _sources(item)]
    if not isinstance(value, dict):
        return []
    own: list[dict[str, Any]] = value.get("sourceRange", {}).get("sources", [])
    return own + [wire for item in value.values() for wire in _sources(item) if wire not in own]


CHANGES: dict[str, Change] = {"addChart": add, "updateChartSpec": update_spec}
