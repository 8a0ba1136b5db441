"""Charts: addChart, updateChartSpec, updateEmbeddedObjectPosition, deleteEmbeddedObject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Sheet

_WIDTH, _HEIGHT = 600, 371
_DRAWN = {"basicChart", "pieChart", "scorecardChart"}
_DRAWN_TYPES = {"COLUMN", "BAR", "LINE", "AREA"}
_KINDS = {
    "basicChart", "pieChart", "bubbleChart", "candlestickChart", "orgChart", "histogramChart",
    "waterfallChart", "treemapChart", "scorecardChart",
}  # fmt: skip


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("chart", {})
    position = asked.get("position", {})
    sheet, placed = _placed(edit, position.get("overlayPosition", {}), position)
    spec = _checked(edit, asked.get("spec", {}))
    chart_id = edit.free_id(asked.get("chartId"), _ids(edit), "An embedded object")
    chart = {"chartId": chart_id, "spec": spec, "position": {"overlayPosition": placed}}
    sheet.listed("charts").append(chart)
    return {"addChart": {"chart": outgoing(chart)}}


def update_spec(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The whole specification is replaced: there is no mask (facts C)."""
    _, chart = _find(edit, body.get("chartId", 0))
    chart["spec"] = _checked(edit, body.get("spec", {}))
    return {}


def move(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, chart = _find(edit, body.get("objectId", 0))
    position = body.get("newPosition", {})
    wanted = position.get("overlayPosition", {})
    # The mask's root is the overlay position [disc UpdateEmbeddedObjectPositionRequest.fields].
    tree = mask_of(body, "OverlayPosition")
    made = masked(chart["position"]["overlayPosition"], wanted, tree)
    target, placed = _placed(edit, made, position)
    chart["position"] = {"overlayPosition": placed}
    if target is not sheet:
        sheet.listed("charts").remove(chart)
        target.listed("charts").append(chart)
    return {"updateEmbeddedObjectPosition": {"position": outgoing(chart["position"])}}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, chart = _find(edit, body.get("objectId", 0))
    sheet.listed("charts").remove(chart)
    return {}


def _placed(
    edit: Edit, overlay: dict[str, Any], position: Mapping[str, Any]
) -> tuple[Sheet, dict[str, Any]]:
    for name in {"newSheet", "sheetId"} & position.keys():
        raise unimplemented(f"charts on a sheet of their own ({name})")
    anchor = {"sheetId": 0, **overlay.get("anchorCell", {})}
    row, column = anchor.get("rowIndex", 0), anchor.get("columnIndex", 0)
    sheet, _ = edit.area(
        {
            "sheetId": anchor["sheetId"],
            "startRowIndex": row,
            "endRowIndex": row + 1,
            "startColumnIndex": column,
            "endColumnIndex": column + 1,
        }
    )
    sized = {"widthPixels": _WIDTH, "heightPixels": _HEIGHT, **overlay}
    if sized["widthPixels"] <= 0 or sized["heightPixels"] <= 0:
        raise invalid("The size of an embedded object must be positive.")
    return sheet, {**sized, "anchorCell": anchor}


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


def _ids(edit: Edit) -> list[int]:
    return [one["chartId"] for sheet in edit.workbook.sheets for one in sheet.listed("charts")]


def _find(edit: Edit, wanted: int) -> tuple[Sheet, dict[str, Any]]:
    for sheet in edit.workbook.sheets:
        for chart in sheet.listed("charts"):
            if chart["chartId"] == wanted:
                return sheet, chart
    raise invalid(f"No embedded object with ID: {wanted}")


CHANGES: dict[str, Change] = {
    "addChart": add,
    "updateChartSpec": update_spec,
    "updateEmbeddedObjectPosition": move,
    "deleteEmbeddedObject": delete,
}
