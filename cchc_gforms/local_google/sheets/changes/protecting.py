"""addProtectedRange, updateProtectedRange, deleteProtectedRange."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.protection import may_edit
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Sheet


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The caller can always edit what it protected (facts B: addProtectedRange)."""
    asked = body.get("protectedRange", {})
    sheet = _sheet(edit, asked)
    taken = (one["protectedRangeId"] for _, one in _all(edit))
    new_id = edit.free_id(
        asked.get("protectedRangeId"), taken, "A protected range with id {id} already exists."
    )
    made = {"protectedRangeId": new_id, **asked}
    made.pop("requestingUserCanEdit", None)
    sheet.listed("protectedRanges").append(_with_editors(edit, made))
    reply = outgoing(made) | {"requestingUserCanEdit": True}
    if not asked.get("warningOnly"):
        reply["editors"] = asked.get("editors", {})
    return {"addProtectedRange": {"protectedRange": reply}}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("protectedRange", {})
    tree = mask_of(body, "ProtectedRange")
    sheet, old = _find(edit, asked.get("protectedRangeId", 0))
    made = masked(old, asked, tree) | {"protectedRangeId": old["protectedRangeId"]}
    if _sheet(edit, made) is not sheet:
        raise invalid("A protected range cannot move to another sheet.")
    listed = sheet.listed("protectedRanges")
    listed[listed.index(old)] = _with_editors(edit, made)
    return {}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, old = _find(edit, body.get("protectedRangeId", 0))
    sheet.listed("protectedRanges").remove(old)
    return {}


def _sheet(edit: Edit, protected: dict[str, Any]) -> Sheet:
    for name in {"namedRangeId", "tableId"} & protected.keys():
        raise unimplemented(f"protected ranges by {name}")
    if "range" not in protected:
        raise invalid("Protected range must specify a range.")
    sheet, area = edit.area(protected["range"])
    for wire in protected.get("unprotectedRanges", []):
        inner_sheet, inner = edit.area(wire)
        if inner_sheet is not sheet or not inner.within(area):
            raise invalid("Unprotected ranges must be within the protected range.")
    return sheet


def _with_editors(edit: Edit, protected: dict[str, Any]) -> dict[str, Any]:
    """Whoever protects stays among the editors; a warning has no editors."""
    if protected.get("warningOnly"):
        return {name: part for name, part in protected.items() if name != "editors"}
    editors = protected.get("editors", {})
    users = list(dict.fromkeys([*editors.get("users", []), edit.person.email]))
    return protected | {"editors": editors | {"users": users}}


def _all(edit: Edit) -> list[tuple[Sheet, dict[str, Any]]]:
    sheets = edit.workbook.sheets
    return [(sheet, one) for sheet in sheets for one in sheet.listed("protectedRanges")]


def _find(edit: Edit, wanted: int) -> tuple[Sheet, dict[str, Any]]:
    for sheet, one in _all(edit):
        if one["protectedRangeId"] == wanted:
            if not may_edit(one, edit.person):
                raise invalid(
                    "You are trying to edit a protected cell or object. Please contact the "
                    "spreadsheet owner to remove protection if you need to edit."
                )
            return sheet, one
    raise invalid(f"No protected range with ID: {wanted}")


CHANGES: dict[str, Change] = {
    "addProtectedRange": add,
    "updateProtectedRange": update,
    "deleteProtectedRange": delete,
}
