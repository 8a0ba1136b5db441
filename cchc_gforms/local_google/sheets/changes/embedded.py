"""What floats over the cells, charts and slicers alike: its place, its border, its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

_WIDTH, _HEIGHT = 600, 371
TAKEN = "An embedded object with id {id} already exists."
_KINDS = {"charts": "chartId", "slicers": "slicerId"}


def move(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, kind, one = find(edit.workbook, body.get("objectId", 0))
    position = body.get("newPosition", {})
    wanted = position.get("overlayPosition", {})
    # The mask's root is the overlay position [disc UpdateEmbeddedObjectPositionRequest.fields].
    tree = mask_of(body, "OverlayPosition")
    made = masked(one["position"]["overlayPosition"], wanted, tree)
    target, placed = place(edit, made, position)
    one["position"] = {"overlayPosition": placed}
    if target is not sheet:
        sheet.listed(kind).remove(one)
        target.listed(kind).append(one)
    return {"updateEmbeddedObjectPosition": {"position": outgoing(one["position"])}}


def update_border(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    _, kind, one = find(edit.workbook, body.get("objectId", 0))
    if kind != "charts":
        raise invalid("Only charts have a border.")
    tree = mask_of(body, "EmbeddedObjectBorder")
    one["border"] = masked(one.get("border", {}), body.get("border", {}), tree)
    if not one["border"]:
        del one["border"]
    return {}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, kind, one = find(edit.workbook, body.get("objectId", 0))
    sheet.listed(kind).remove(one)
    return {}


def place(
    edit: Edit, overlay: dict[str, Any], position: Mapping[str, Any]
) -> tuple[Sheet, dict[str, Any]]:
    """The sheet of an overlay position, and the position with its defaults."""
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


def ids(workbook: Workbook) -> list[int]:
    return [
        one[name]
        for sheet in workbook.sheets
        for kind, name in _KINDS.items()
        for one in sheet.listed(kind)
    ]


def find(workbook: Workbook, wanted: int) -> tuple[Sheet, str, dict[str, Any]]:
    """The object, the list it is in, and that list's sheet."""
    for sheet in workbook.sheets:
        for kind, name in _KINDS.items():
            for one in sheet.listed(kind):
                if one[name] == wanted:
                    return sheet, kind, one
    raise invalid(f"No embedded object with ID: {wanted}")


CHANGES: dict[str, Change] = {
    "updateEmbeddedObjectPosition": move,
    "updateEmbeddedObjectBorder": update_border,
    "deleteEmbeddedObject": delete,
}
