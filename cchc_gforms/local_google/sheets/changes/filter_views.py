"""addFilterView, updateFilterView, duplicateFilterView, deleteFilterView."""

from __future__ import annotations

import copy
from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets import filtering
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Sheet


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = filtering.normal(body.get("filter", {}))
    sheet = _checked(edit, asked)
    made = {"filterViewId": _free_id(edit, asked.get("filterViewId")), **asked}
    made.setdefault("title", f"Filter {len(sheet.listed('filterViews')) + 1}")
    sheet.listed("filterViews").append(made)
    return {"addFilterView": {"filter": outgoing(made)}}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("filter", {})
    tree = mask_of(body, "FilterView")
    sheet, old = _find(edit, asked.get("filterViewId", 0))
    made = masked(old, asked, tree) | {"filterViewId": old["filterViewId"]}
    if "criteria" in tree and "filterSpecs" not in tree:
        made.pop("filterSpecs", None)
    elif "filterSpecs" in tree:
        made.setdefault("filterSpecs", [])
    made = filtering.normal(made)
    if _checked(edit, made) is not sheet:
        raise invalid("A filter view cannot move to another sheet.")
    views = sheet.listed("filterViews")
    views[views.index(old)] = made
    return {}


def duplicate(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, old = _find(edit, body.get("filterId", 0))
    made = copy.deepcopy(old) | {"filterViewId": _free_id(edit, None)}
    made["title"] = f"Copy of {old.get('title', '')}"
    sheet.listed("filterViews").append(made)
    return {"duplicateFilterView": {"filter": outgoing(made)}}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet, old = _find(edit, body.get("filterId", 0))
    sheet.listed("filterViews").remove(old)
    return {}


def _checked(edit: Edit, view: dict[str, Any]) -> Sheet:
    for name in {"namedRangeId", "tableId"} & view.keys():
        raise unimplemented(f"filter views by {name}")
    if "range" not in view:
        raise invalid("Filter view must specify a range.")
    sheet, area = edit.area(view["range"])
    filtering.check(view, area, locale_of(edit.workbook.locale))
    return sheet


def _free_id(edit: Edit, asked: int | None) -> int:
    views = (one for sheet in edit.workbook.sheets for one in sheet.listed("filterViews"))
    return edit.free_id(
        asked, (one["filterViewId"] for one in views), "A filter view with id {id} already exists."
    )


def _find(edit: Edit, wanted: int) -> tuple[Sheet, dict[str, Any]]:
    for sheet in edit.workbook.sheets:
        for one in sheet.listed("filterViews"):
            if one["filterViewId"] == wanted:
                return sheet, one
    raise invalid(f"No filter view with ID: {wanted}")


CHANGES: dict[str, Change] = {
    "addFilterView": add,
    "updateFilterView": update,
    "duplicateFilterView": duplicate,
    "deleteFilterView": delete,
}
