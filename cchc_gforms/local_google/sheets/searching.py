"""`spreadsheets.developerMetadata`: metadata by its id, or by data filters."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.call import Call
from cchc_gforms.local_google.errors import not_found
from cchc_gforms.local_google.sheets.data_filters import matching
from cchc_gforms.local_google.sheets.opening import reading
from cchc_gforms.local_google.sheets.wire import outgoing


def get(call: Call) -> dict[str, Any]:
    wanted = call.path["metadataId"]
    for item in reading(call).metadata:
        if str(item["metadataId"]) == wanted:
            found: dict[str, Any] = outgoing(item)
            return found
    raise not_found()


def search(call: Call) -> dict[str, Any]:
    """Each item with the filters that it matches; `{}` when none does."""
    workbook = reading(call)
    filters = call.body.get("dataFilters") or []
    by_filter = [(one, matching(workbook, [one])) for one in filters]
    found = [
        {"developerMetadata": outgoing(item), "dataFilters": matched}
        for item in workbook.metadata
        if (matched := [one for one, items in by_filter if item in items])
    ]
    return {"matchedDeveloperMetadata": found} if found else {}
