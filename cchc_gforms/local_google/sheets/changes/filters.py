"""setBasicFilter and clearBasicFilter: one filter a tab, which hides rows for everybody."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import unimplemented
from cchc_gforms.local_google.sheets import filtering, row_order
from cchc_gforms.local_google.sheets.areas import Area, wire_of
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.workbook import Sheet


def set_filter(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Rows are hidden as they are now; values that change later hide nothing by themselves."""
    wanted = filtering.normal(body.get("filter", {}))
    if "tableId" in wanted:
        raise unimplemented("basic filters by tableId")
    sheet, area = edit.area(wanted.get("range", {}))
    filtering.check(wanted, area, locale_of(edit.workbook.locale))
    _show_all(sheet)
    sheet.resource["basicFilter"] = wanted | {"range": wire_of(sheet.sheet_id, area)}
    if wanted.get("sortSpecs"):
        body_rows = Area(area.top + 1, area.left, area.bottom, area.right)
        row_order.sort(edit, sheet, body_rows, wanted["sortSpecs"])
    for row in filtering.hidden_rows(Shown.now(edit, sheet), wanted, area):
        size = sheet.sizes["ROWS"].get(row, {})
        sheet.sizes["ROWS"][row] = size | {"hiddenByFilter": True}
    return {}


def clear_filter(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    sheet = edit.sheet(body)
    sheet.resource.pop("basicFilter", None)
    _show_all(sheet)
    return {}


def _show_all(sheet: Sheet) -> None:
    for row, size in sheet.sizes["ROWS"].items():
        kept = {name: part for name, part in size.items() if name != "hiddenByFilter"}
        sheet.sizes["ROWS"][row] = kept


CHANGES: dict[str, Change] = {"setBasicFilter": set_filter, "clearBasicFilter": clear_filter}
