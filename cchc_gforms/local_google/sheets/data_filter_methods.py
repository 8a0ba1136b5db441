"""`getByDataFilter` and `values.*ByDataFilter`: what data filters choose, read and written."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google import masks
from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import a1, data_filters, field_masks, present
from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.opening import changing, person_of, reading, shown, url_of
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.reading import rendered
from cchc_gforms.local_google.sheets.rendering import renderer
from cchc_gforms.local_google.sheets.value_methods import totals_of, updated
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook
from cchc_gforms.local_google.sheets.writing import Written, clear, option_of, write_range

Chosen = dict[str, tuple[Sheet, Area, list[dict[str, Any]]]]


def get_spreadsheet(call: Call) -> dict[str, Any]:
    """As `spreadsheets.get` with the ranges that the filters choose."""
    mask = call.one("fields")
    tree = masks.parse(mask)
    asked = call.body.get("includeGridData", False)
    wanted = field_masks.names(tree, "sheets", "data") if mask else asked
    workbook = reading(call)
    chosen = _chosen(workbook, call.body.get("dataFilters") or [])
    if wanted:
        workbook = shown(call, workbook, workbook.sheets)
    url, me = url_of(call, workbook.spreadsheet_id), call.account.email
    return present.spreadsheet(workbook, url, me, list(chosen), cells=bool(wanted), mask=tree)


def batch_get(call: Call) -> dict[str, Any]:
    """Each range once, with the filters that choose it; the last first, as Google was seen to."""
    body, workbook = call.body, reading(call)
    chosen = _chosen(workbook, _filters(body))
    view = shown(call, workbook, (sheet for sheet, _, _ in chosen.values()))
    look = renderer(
        workbook.locale, body.get("valueRenderOption"), body.get("dateTimeRenderOption")
    )
    ranges = [
        {
            "valueRange": rendered(
                view.sheet(sheet.sheet_id), area, look, body.get("majorDimension")
            ),
            "dataFilters": [_echoed(one) for one in filters],
        }
        for sheet, area, filters in reversed(chosen.values())
    ]
    answer: dict[str, Any] = {"spreadsheetId": workbook.spreadsheet_id}
    return answer | ({"valueRanges": ranges} if ranges else {})


def batch_update(call: Call) -> dict[str, Any]:
    """The values of each filter into every range that it chooses; all or none."""
    body = call.body
    option = option_of(body.get("valueInputOption"))
    written: list[tuple[Written, dict[str, Any], dict[str, Any]]] = []
    with changing(call) as workbook:
        for one in body.get("data") or []:
            for sheet, area in data_filters.areas(workbook, one.get("dataFilter") or {}):
                values = {name: one[name] for name in ("values", "majorDimension") if name in one}
                done = write_range(workbook, a1.range_name(sheet, area), values, option, call.now)
                _check_may_edit(call, workbook, sheet, done.area)
                written.append((done, one["dataFilter"], values))
    look, seen = None, workbook
    if body.get("includeValuesInResponse"):
        value_option = body.get("responseValueRenderOption")
        seen = calculated(workbook, call.now)
        look = renderer(workbook.locale, value_option, body.get("responseDateTimeRenderOption"))
    answer: dict[str, Any] = {"spreadsheetId": workbook.spreadsheet_id}
    answer |= totals_of([done for done, _, _ in written])
    responses = []
    for done, data_filter, values in written:
        one = updated(seen, done, values, look)
        del one["spreadsheetId"]
        responses.append(one | {"dataFilter": _echoed(data_filter)})
    return answer | ({"responses": responses} if responses else {})


def batch_clear(call: Call) -> dict[str, Any]:
    with changing(call) as workbook:
        chosen = _chosen(workbook, _filters(call.body))
        for sheet, area, _ in chosen.values():
            _check_may_edit(call, workbook, sheet, area)
            clear(sheet, area)
    answer: dict[str, Any] = {"spreadsheetId": workbook.spreadsheet_id}
    return answer | ({"clearedRanges": list(chosen)} if chosen else {})


def _filters(body: dict[str, Any]) -> list[dict[str, Any]]:
    filters: list[dict[str, Any]] = body.get("dataFilters") or []
    if not filters:
        raise invalid("Must specify at least one data filter.")
    return filters


def _chosen(workbook: Workbook, filters: list[dict[str, Any]]) -> Chosen:
    """The ranges by their names, each with the filters that choose it."""
    chosen: Chosen = {}
    for one in filters:
        for sheet, area in data_filters.areas(workbook, one):
            name = a1.range_name(sheet, area)
            chosen.setdefault(name, (sheet, area, []))[2].append(one)
    return chosen


def _echoed(data_filter: dict[str, Any]) -> Any:
    """The filter without the ends of its range that are 0, unlike ranges elsewhere."""
    if "gridRange" in data_filter:
        wire = data_filter["gridRange"]
        return {"gridRange": {name: end for name, end in wire.items() if end}}
    return outgoing(data_filter)


def _check_may_edit(call: Call, workbook: Workbook, sheet: Sheet, area: Area) -> None:
    check_may_edit(sheet, area, person_of(call, workbook.spreadsheet_id))


METHODS: dict[str, Handler] = {
    "getByDataFilter": get_spreadsheet,
    "values.batchGetByDataFilter": batch_get,
    "values.batchUpdateByDataFilter": batch_update,
    "values.batchClearByDataFilter": batch_clear,
}
