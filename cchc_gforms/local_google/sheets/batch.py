"""`spreadsheets.batchUpdate`: requests one by one; the caller's transaction makes them one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cchc_gforms.local_google.errors import ApiError, invalid, unimplemented
from cchc_gforms.local_google.sheets.changes import (
    appending,
    banding,
    borders,
    cells,
    charts,
    conditions,
    copies,
    dimensions,
    embedded,
    filter_views,
    filters,
    groups,
    merging,
    metadata,
    names,
    pasted_text,
    pasting,
    protecting,
    ranges,
    replacing,
    slicers,
    sorting,
    splitting,
    spreadsheet,
    tables,
    tabs,
    validation,
)
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.limits import check_request
from cchc_gforms.local_google.sheets.wire import incoming

_ROOMS = (
    appending, banding, borders, cells, charts, conditions, copies, dimensions, embedded,
    filter_views, filters, groups, merging, metadata, names, pasted_text, pasting, protecting,
    ranges, replacing, slicers, sorting, splitting, spreadsheet, tables, tabs, validation,
)  # fmt: skip
CHANGES: dict[str, Change] = {
    name: change for room in _ROOMS for name, change in room.CHANGES.items()
}


def run(edit: Edit, requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The replies, one a request. A refusal names its request (`Invalid requests[0].addSheet`)."""
    if not requests:
        raise invalid("Must specify at least one request.")
    return [_one(edit, index, request) for index, request in enumerate(requests)]


def apply(edit: Edit, name: str, body: dict[str, Any]) -> dict[str, Any]:
    """One request that is checked, its reply."""
    check_request(name, body)
    return CHANGES[name](edit, incoming(body))


def _one(edit: Edit, index: int, request: dict[str, Any]) -> dict[str, Any]:
    if len(request) != 1:
        raise invalid(f"Invalid requests[{index}]: No request set.")
    name, body = next(iter(request.items()))
    if name not in CHANGES:
        raise unimplemented(f"the request {name}")
    try:
        return apply(edit, name, body)
    except ApiError as refused:
        if refused.status != "INVALID_ARGUMENT":
            raise
        raise invalid(f"Invalid requests[{index}].{name}: {refused.message}") from None
