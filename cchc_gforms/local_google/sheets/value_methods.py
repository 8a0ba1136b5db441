"""`spreadsheets.values.*`: values by ranges in A1 notation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.sheets import a1, structure, tables
from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.opening import changing, person_of, reading, shown
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.reading import rendered
from cchc_gforms.local_google.sheets.rendering import Renderer, renderer
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook
from cchc_gforms.local_google.sheets.writing import (
    Written,
    clear,
    option_of,
    rows_of,
    write_range,
    write_rows,
)


def get(call: Call) -> dict[str, Any]:
    return _read(call, reading(call), [call.path["range"]])[0]


def batch_get(call: Call) -> dict[str, Any]:
    workbook = reading(call)
    ranges = _read(call, workbook, call.query.get("ranges", []))
    answer: dict[str, Any] = {"spreadsheetId": workbook.spreadsheet_id}
    return answer | ({"valueRanges": ranges} if ranges else {})


def update(call: Call) -> dict[str, Any]:
    option = option_of(call.one("valueInputOption"))
    with changing(call) as workbook:
        written = write_range(workbook, call.path["range"], call.body, option, call.now)
        _check_may_edit(call, workbook, written.sheet, written.area)
    look = _read_back(call, workbook)
    view = calculated(workbook, call.now) if look else workbook
    return updated(view, written, call.body, look)


def batch_update(call: Call) -> dict[str, Any]:
    """All ranges or none; the totals count distinct rows and columns of each sheet once."""
    body = call.body
    option = option_of(body.get("valueInputOption"))
    with changing(call) as workbook:
        data = body.get("data") or []
        written = [
            write_range(workbook, one.get("range") or "", one, option, call.now) for one in data
        ]
        for one in written:
            _check_may_edit(call, workbook, one.sheet, one.area)
    look, view = None, workbook
    if body.get("includeValuesInResponse"):
        value_option = body.get("responseValueRenderOption")
        look = renderer(workbook.locale, value_option, body.get("responseDateTimeRenderOption"))
        view = calculated(workbook, call.now)
    answer: dict[str, Any] = {"spreadsheetId": workbook.spreadsheet_id}
    answer |= totals_of(written)
    pairs = zip(written, data, strict=True)
    responses = [updated(view, one, body, look) for one, body in pairs]
    return answer | ({"responses": responses} if responses else {})


def totals_of(written: Sequence[Written]) -> dict[str, int]:
    """The totals of several writes; those of zero are left out."""
    totals = {
        "totalUpdatedRows": len({(w.sheet.sheet_id, row) for w in written for row in w.rows}),
        "totalUpdatedColumns": len({(w.sheet.sheet_id, c) for w in written for c in w.columns}),
        "totalUpdatedCells": sum(one.cells for one in written),
        "totalUpdatedSheets": len({one.sheet.sheet_id for one in written if one.cells}),
    }
    return {name: total for name, total in totals.items() if total}


def append(call: Call) -> dict[str, Any]:
    """Below the table that the range meets, or at the range itself; the grid grows."""
    option = option_of(call.one("valueInputOption"))
    rows = rows_of(call.body)
    with changing(call) as workbook:
        sheet, area = a1.located(workbook, call.path["range"])
        table = tables.table_in(calculated(workbook, call.now).sheet(sheet.sheet_id), area)
        top, left = (table.bottom, table.left) if table else (area.top, area.left)
        if call.one("insertDataOption") == "INSERT_ROWS" and table and rows:
            structure.insert(workbook, sheet, "ROWS", top, len(rows))
        _grow(workbook, sheet, top + len(rows), left + max(map(len, rows), default=0))
        table_name = {"tableRange": a1.range_name(sheet, table)} if table else {}
        written = write_rows(workbook, sheet, top, left, rows, option, call.now)
        _check_may_edit(call, workbook, sheet, written.area)
    look = _read_back(call, workbook)
    view = calculated(workbook, call.now) if look else workbook
    updates = updated(view, written, call.body, look)
    return {"spreadsheetId": workbook.spreadsheet_id, **table_name, "updates": updates}


def clear_one(call: Call) -> dict[str, Any]:
    with changing(call) as workbook:
        cleared = _cleared(call, workbook, call.path["range"])
    return {"spreadsheetId": workbook.spreadsheet_id, "clearedRange": cleared}


def batch_clear(call: Call) -> dict[str, Any]:
    with changing(call) as workbook:
        cleared = [_cleared(call, workbook, text) for text in call.body.get("ranges") or []]
    answer: dict[str, Any] = {"spreadsheetId": workbook.spreadsheet_id}
    return answer | ({"clearedRanges": cleared} if cleared else {})


def _cleared(call: Call, workbook: Workbook, text: str) -> str:
    sheet, area = a1.located(workbook, text)
    _check_may_edit(call, workbook, sheet, area)
    clear(sheet, area)
    return a1.range_name(sheet, area)


def _check_may_edit(call: Call, workbook: Workbook, sheet: Sheet, area: Area) -> None:
    """Also after the write: a refusal takes back all that the request did."""
    check_may_edit(sheet, area, person_of(call, workbook.spreadsheet_id))


def _grow(workbook: Workbook, sheet: Sheet, rows: int, columns: int) -> None:
    structure.resize(workbook, sheet, "ROWS", max(rows, sheet.row_count))
    structure.resize(workbook, sheet, "COLUMNS", max(columns, sheet.column_count))


def updated(
    workbook: Workbook, written: Written, body: Mapping[str, Any], shown: Renderer | None
) -> dict[str, Any]:
    """The wire UpdateValuesResponse; counts of zero are left out.

    To be answered with values (`shown`), the workbook must have been calculated.
    """
    area: Area = written.area
    counts = {
        "updatedRows": len(written.rows),
        "updatedColumns": len(written.columns),
        "updatedCells": written.cells,
    }
    answer: dict[str, Any] = {
        "spreadsheetId": workbook.spreadsheet_id,
        "updatedRange": a1.range_name(written.sheet, area),
    }
    answer |= {name: count for name, count in counts.items() if count}
    if shown is not None:
        sheet = workbook.sheet(written.sheet.sheet_id)
        answer["updatedData"] = rendered(sheet, area, shown, body.get("majorDimension"))
    return answer


def _read(call: Call, workbook: Workbook, ranges: Sequence[str]) -> list[dict[str, Any]]:
    """The ValueRanges as the call asks for them; only their sheets' cells are loaded."""
    found = [a1.located(workbook, text) for text in ranges]
    view = shown(call, workbook, (sheet for sheet, _ in found))
    dates, major = call.one("dateTimeRenderOption"), call.one("majorDimension")
    look = renderer(workbook.locale, call.one("valueRenderOption"), dates)
    return [rendered(view.sheet(sheet.sheet_id), area, look, major) for sheet, area in found]


def _read_back(call: Call, workbook: Workbook) -> Renderer | None:
    if not call.flag("includeValuesInResponse"):
        return None
    dates = call.one("responseDateTimeRenderOption")
    return renderer(workbook.locale, call.one("responseValueRenderOption"), dates)


METHODS: dict[str, Handler] = {
    "get": get,
    "batchGet": batch_get,
    "update": update,
    "batchUpdate": batch_update,
    "append": append,
    "clear": clear_one,
    "batchClear": batch_clear,
}
