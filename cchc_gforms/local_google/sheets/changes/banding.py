"""Alternating colours: addBanding, updateBanding, deleteBanding."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Sheet


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("bandedRange", {})
    sheet = _checked(edit, asked, None)
    taken = (one["bandedRangeId"] for each in edit.workbook.sheets for one in _bands(each))
    new_id = edit.free_id(
        asked.get("bandedRangeId"), taken, "A banded range with id {id} already exists."
    )
    made = {"bandedRangeId": new_id, **asked}
    _bands(sheet).append(made)
    return {"addBanding": {"bandedRange": outgoing(made)}}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("bandedRange", {})
    tree = mask_of(body, "BandedRange")
    sheet, old = _find(edit, asked.get("bandedRangeId", 0))
    made = masked(old, asked, tree) | {"bandedRangeId": old["bandedRangeId"]}
    target = _checked(edit, made, old)
    _bands(sheet).remove(old)
    _bands(target).append(made)
    return {}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, old = _find(edit, body.get("bandedRangeId", 0))
    _bands(sheet).remove(old)
    return {}


def _checked(edit: Edit, band: dict[str, Any], old: dict[str, Any] | None) -> Sheet:
    if "range" not in band:
        raise invalid("Banded range must specify a range.")
    sheet, area = edit.area(band["range"])
    colors = [band[name] for name in ("rowProperties", "columnProperties") if name in band]
    if not colors:
        raise invalid("Banded range must specify rowProperties or columnProperties.")
    if any(f"{name}BandColorStyle" not in one for one in colors for name in ("first", "second")):
        raise invalid("Banded range must specify firstBandColor and secondBandColor.")
    others = (one for one in _bands(sheet) if one is not old)
    taken = [one["range"] for one in (*others, *sheet.listed("tables"))]
    if any(area_of(sheet, wire).meets(area) for wire in taken):
        raise invalid(
            "You cannot add alternating background colors to a range that already has "
            "alternating background colors."
        )
    return sheet


def _bands(sheet: Sheet) -> list[dict[str, Any]]:
    return sheet.listed("bandedRanges")


def _find(edit: Edit, wanted: int) -> tuple[Sheet, dict[str, Any]]:
    for sheet in edit.workbook.sheets:
        for one in _bands(sheet):
            if one["bandedRangeId"] == wanted:
                return sheet, one
    raise invalid(f"No banded range with ID: {wanted}")


CHANGES: dict[str, Change] = {"addBanding": add, "updateBanding": update, "deleteBanding": delete}
