"""A copy of a sheet: its cells, sizes and what lies over them, under another id."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from cchc_gforms.local_google.sheets.following import rewrite_cells
from cchc_gforms.local_google.sheets.references import renamed
from cchc_gforms.local_google.sheets.shifting import GONE, Rehomed, moved
from cchc_gforms.local_google.sheets.workbook import Sheet

_IDS = {
    "charts": "chartId",
    "slicers": "slicerId",
    "filterViews": "filterViewId",
    "bandedRanges": "bandedRangeId",
}
# Protection stays with the original.
_LEFT = {"properties", "protectedRanges"}


def copy_of(
    source: Sheet, properties: dict[str, Any], rule: Rehomed, new: Callable[[], int]
) -> Sheet:
    """`rule` says what becomes of ranges on other sheets; `new` draws ids."""

    def rewrite(text: str) -> str:
        return renamed(text, source.title, properties["title"])

    resource: dict[str, Any] = {"properties": properties}
    for name, part in source.resource.items():
        if name in _LEFT:
            continue
        made = moved(copy.deepcopy(part), rule, rewrite)
        if made is not GONE:
            resource[name] = _with_ids(name, made, new)
    rows = {row: dict(cells) for row, cells in source.rows.items()}
    made_sheet = Sheet(resource, rows, copy.deepcopy(source.sizes))
    rewrite_cells(made_sheet, rewrite)
    return made_sheet


def _with_ids(name: str, part: Any, new: Callable[[], int]) -> Any:
    return [{**one, _IDS[name]: new()} for one in part] if name in _IDS else part
