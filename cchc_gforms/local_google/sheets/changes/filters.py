"""setBasicFilter and clearBasicFilter: one filter a tab."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import unimplemented
from cchc_gforms.local_google.sheets.areas import wire_of
from cchc_gforms.local_google.sheets.edit import Change, Edit


def set_filter(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    wanted = body.get("filter", {})
    for name in wanted.keys() - {"range"}:
        raise unimplemented(f"basic filters with {name}")
    sheet, area = edit.area(wanted.get("range", {}))
    sheet.resource["basicFilter"] = {"range": wire_of(sheet.sheet_id, area)}
    return {}


def clear_filter(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    edit.sheet(body).resource.pop("basicFilter", None)
    return {}


CHANGES: dict[str, Change] = {"setBasicFilter": set_filter, "clearBasicFilter": clear_filter}
