"""The spreadsheet that a call is about: opened for reading, or changed as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from cchc_gforms.local_google.call import Call
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.errors import forbidden
from cchc_gforms.local_google.sheets import conditional, formula_text, store, table_headers
from cchc_gforms.local_google.sheets.edit import Edit
from cchc_gforms.local_google.sheets.formulas.shown import calculated, without_formulas
from cchc_gforms.local_google.sheets.identity import Person
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

_ALL_SPREADSHEETS = {
    f"https://www.googleapis.com/auth/{name}" for name in ("spreadsheets", "spreadsheets.readonly")
}


def reading(call: Call) -> Workbook:
    """Without its cells. Raises Google's 404 or 403 for who may not read it."""
    _require(call, "reader")
    return store.load(call.tx, call.path["spreadsheetId"], cells=False)


def shown(call: Call, workbook: Workbook, sheets: Iterable[Sheet]) -> Workbook:
    """A workbook that came without cells, with those of some sheets, their formulas computed."""
    wanted = list(sheets)
    store.load_cells(call.tx, workbook, wanted)
    with_formulas = any(conditional.asks_formulas(sheet) for sheet in wanted)
    if not with_formulas and not store.has_formulas(call.tx, workbook.spreadsheet_id, wanted):
        return without_formulas(workbook, call.now)
    loaded = {sheet.sheet_id for sheet in wanted}
    others = [sheet for sheet in workbook.sheets if sheet.sheet_id not in loaded]
    store.load_cells(call.tx, workbook, others)
    return calculated(workbook, call.now)


@contextmanager
def changing(call: Call) -> Iterator[Workbook]:
    """Saves what the block changed, and moves the file's modified time."""
    file_id = call.path["spreadsheetId"]
    _require(call, "writer")
    workbook = store.load(call.tx, file_id)
    before = store.snapshot(workbook)
    title = workbook.properties["title"]
    yield workbook
    table_headers.settle(workbook)
    formula_text.settle(workbook, before)
    store.save(call.tx, workbook, before)
    if workbook.properties["title"] != title:
        files.rename(call.tx, file_id, workbook.properties["title"])
    files.touch(call.state, call.tx, file_id)


def url_of(call: Call, file_id: str) -> str:
    return f"{call.base_url}/spreadsheets/d/{file_id}/edit"


def edit_of(call: Call, workbook: Workbook) -> Edit:
    person = person_of(call, workbook.spreadsheet_id)
    return Edit(workbook, person, call.state.ids.number, call.now)


def person_of(call: Call, file_id: str) -> Person:
    role = files.role_of(call.tx, file_id, call.account.email)
    return Person(call.account.email, role == "owner")


def _require(call: Call, role: Literal["reader", "writer"]) -> None:
    """The scopes of Sheets reach every spreadsheet of the person; `drive.file` only the app's."""
    file_id = call.path["spreadsheetId"]
    if call.account.scopes & _ALL_SPREADSHEETS:
        if files.find(call.tx, file_id) and not files.role_of(call.tx, file_id, call.account.email):
            raise forbidden()
        files.require_access(call.tx, file_id, call.account.email, role)
    else:
        files.require_for(call.tx, file_id, call.account, role)
