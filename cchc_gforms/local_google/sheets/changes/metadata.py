"""Developer metadata: create, update, delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.data_filters import matching
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.wire import outgoing

_TAKEN = (
    "Cannot add developer metadata with ID [{id}] because developer metadata with that ID already "
    "exists."
)


def create(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("developerMetadata", {})
    taken = (one["metadataId"] for one in edit.workbook.metadata)
    new_id = edit.free_id(asked.get("metadataId"), taken, _TAKEN)
    made = {"metadataId": new_id, **asked, "location": _located(edit, asked.get("location", {}))}
    _check(made)
    edit.workbook.metadata.append(made)
    return {"createDeveloperMetadata": {"developerMetadata": outgoing(made)}}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("developerMetadata", {})
    tree = mask_of(body, "DeveloperMetadata")
    found = matching(edit.workbook, body.get("dataFilters", []))
    changed = []
    for old in found:
        made = masked(old, asked, tree) | {"metadataId": old["metadataId"]}
        made["location"] = _located(edit, made.get("location", {}))
        _check(made)
        edit.workbook.metadata[edit.workbook.metadata.index(old)] = made
        changed.append(made)
    reply = {"developerMetadata": outgoing(changed)} if changed else {}
    return {"updateDeveloperMetadata": reply}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    gone = matching(edit.workbook, [body.get("dataFilter", {})])
    edit.workbook.metadata = [one for one in edit.workbook.metadata if one not in gone]
    reply = {"deletedDeveloperMetadata": outgoing(gone)} if gone else {}
    return {"deleteDeveloperMetadata": reply}


def _located(edit: Edit, location: Mapping[str, Any]) -> dict[str, Any]:
    """The place with its type; metadata of a row or column sticks to one of them."""
    made = {name: part for name, part in location.items() if name != "locationType"}
    if len(made) != 1:
        raise invalid("Exactly one of spreadsheet, sheetId or dimensionRange must be set.")
    kind = _location_type(edit, made)
    if location.get("locationType", kind) != kind:
        raise invalid("DeveloperMetadataLocation.locationType is read-only.")
    return {"locationType": kind, **made}


def _location_type(edit: Edit, made: Mapping[str, Any]) -> str:
    if "dimensionRange" not in made:
        if "sheetId" in made:
            edit.workbook.sheet(made["sheetId"])
        return "SHEET" if "sheetId" in made else "SPREADSHEET"
    lines = made["dimensionRange"]
    edit.sheet(lines)
    if lines.get("endIndex", 0) - lines.get("startIndex", 0) != 1:
        raise invalid("Developer metadata must be on exactly one row or column.")
    return "ROW" if lines.get("dimension") == "ROWS" else "COLUMN"


def _check(made: Mapping[str, Any]) -> None:
    if not made.get("metadataKey"):
        raise invalid("Developer metadata must specify a metadataKey.")
    if made.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        raise invalid("Developer metadata must specify a visibility.")


CHANGES: dict[str, Change] = {
    "createDeveloperMetadata": create,
    "updateDeveloperMetadata": update,
    "deleteDeveloperMetadata": delete,
}
