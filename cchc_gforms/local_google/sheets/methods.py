"""The Sheets methods that are implemented, by their ids in the discovery document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cchc_gforms.local_google import masks
from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.sheets import (
    batch,
    creation,
    data_filter_methods,
    field_masks,
    present,
    searching,
    store,
    value_methods,
)
from cchc_gforms.local_google.sheets.changes import copies
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.opening import (
    changing,
    edit_of,
    reading,
    shown,
    url_of,
)


def create(call: Call) -> dict[str, Any]:
    """A file of the caller, and its spreadsheet."""
    title = (call.body.get("properties") or {}).get("title") or "Untitled spreadsheet"
    file_id = files.create_file(
        call.state,
        call.tx,
        mime_type=files.SPREADSHEET,
        name=title,
        owner=call.account.email,
        client_id=call.account.client_id,
    )
    workbook = creation.empty(file_id, title)
    creation.fill(edit_of(call, workbook), call.body)
    store.save(call.tx, workbook, {})
    return present.spreadsheet(workbook, url_of(call, file_id), call.account.email)


def get(call: Call) -> dict[str, Any]:
    """With a field mask, the mask alone says whether cells are wanted [disc includeGridData]."""
    mask = call.one("fields")
    tree = masks.parse(mask)
    wanted = field_masks.names(tree, "sheets", "data") if mask else call.flag("includeGridData")
    workbook = reading(call)
    if wanted:
        workbook = shown(call, workbook, workbook.sheets)
    return present.spreadsheet(
        workbook,
        url_of(call, workbook.spreadsheet_id),
        call.account.email,
        call.query.get("ranges", []),
        cells=wanted,
        mask=tree,
    )


def batch_update(call: Call) -> dict[str, Any]:
    """All requests or none; replies in their order."""
    with changing(call) as workbook:
        replies = batch.run(edit_of(call, workbook), call.body.get("requests") or [])
    answer: dict[str, Any] = {"spreadsheetId": workbook.spreadsheet_id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        answer["updatedSpreadsheet"] = present.spreadsheet(
            calculated(workbook, call.now),
            url_of(call, workbook.spreadsheet_id),
            call.account.email,
            call.body.get("responseRanges") or [],
            cells=bool(call.body.get("responseIncludeGridData")),
        )
    return answer


def copy_to(call: Call) -> dict[str, Any]:
    """From a spreadsheet that the caller may read into one that it may write."""
    source = reading(call)
    sheet = source.sheet(int(call.path["sheetId"]))
    store.load_cells(call.tx, source, [sheet])
    target_id = call.body.get("destinationSpreadsheetId", "")
    target_call = replace(call, path={**call.path, "spreadsheetId": target_id})
    with changing(target_call) as workbook:
        return copies.copy_into(edit_of(target_call, workbook), sheet)


METHODS: dict[str, Handler] = {
    "sheets.spreadsheets.create": create,
    "sheets.spreadsheets.get": get,
    "sheets.spreadsheets.batchUpdate": batch_update,
    "sheets.spreadsheets.sheets.copyTo": copy_to,
    "sheets.spreadsheets.developerMetadata.get": searching.get,
    "sheets.spreadsheets.developerMetadata.search": searching.search,
    **{
        f"sheets.spreadsheets.values.{name}": handler
        for name, handler in value_methods.METHODS.items()
    },
    **{
        f"sheets.spreadsheets.{name}": handler
        for name, handler in data_filter_methods.METHODS.items()
    },
}
