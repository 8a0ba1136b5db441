"""addSlicer and updateSlicerSpec."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.changes import embedded
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.filtering import check_criteria
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.wire import outgoing


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("slicer", {})
    position = asked.get("position", {})
    sheet, placed = embedded.place(edit, position.get("overlayPosition", {}), position)
    spec = _checked(edit, asked.get("spec", {}))
    taken = embedded.ids(edit.workbook)
    slicer_id = edit.free_id(asked.get("slicerId"), taken, embedded.TAKEN)
    slicer = {"slicerId": slicer_id, "spec": spec, "position": {"overlayPosition": placed}}
    sheet.listed("slicers").append(slicer)
    return {"addSlicer": {"slicer": outgoing(slicer)}}


def update_spec(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    tree = mask_of(body, "SlicerSpec")
    _, kind, slicer = embedded.find(edit.workbook, body.get("slicerId", 0))
    if kind != "slicers":
        raise invalid(f"No slicer with ID: {body.get('slicerId', 0)}")
    slicer["spec"] = _checked(edit, masked(slicer["spec"], body.get("spec", {}), tree))
    return {}


def _checked(edit: Edit, spec: dict[str, Any]) -> dict[str, Any]:
    """The column counts from the left of the data range [disc SlicerSpec.columnIndex]."""
    if "dataRange" not in spec:
        raise invalid("Slicer must specify a dataRange.")
    _, area = edit.area(spec["dataRange"])
    if not 0 <= spec.get("columnIndex", 0) < area.width:
        raise invalid(f"Column {spec.get('columnIndex', 0)} is outside the range.")
    check_criteria(spec.get("filterCriteria", {}), locale_of(edit.workbook.locale))
    return spec


CHANGES: dict[str, Change] = {"addSlicer": add, "updateSlicerSpec": update_spec}
