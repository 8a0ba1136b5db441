"""File upload questions: a person adds them in the editor, the API only reads them (facts 3, 3.1).

Whether the API may change or move one that is there is not known, so it may not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google.control import refusing
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.forms import columns, history, store
from cchc_gforms.local_google.forms.around import is_upload
from cchc_gforms.local_google.forms.items import assign_ids, ids_of
from cchc_gforms.local_google.state import State
from cchc_gforms.local_google.times import to_us

TYPES = (
    "ANY", "DOCUMENT", "PRESENTATION", "SPREADSHEET", "DRAWING", "PDF", "IMAGE", "VIDEO", "AUDIO",
)  # fmt: skip


def lose_folder(item: Mapping[str, Any]) -> None:
    """On a copied form: a person must restore the folder in the editor before files come (3.1)."""
    if is_upload(item):
        item["questionItem"]["question"]["fileUploadQuestion"].pop("folderId", None)


def add(
    state: State,
    tx: sqlite3.Connection,
    form_id: str,
    *,
    title: str,
    index: int,
    types: tuple[str, ...] = ("ANY",),
    max_files: int = 1,
    max_bytes: int = 10_485_760,
) -> dict[str, Any]:
    """What a person does in the editor: the item, with its new folder in the owner's Drive.

    ValueError for what the editor does not offer.
    """
    form, file = store.find_form(tx, form_id), files.find(tx, form_id)
    if form is None or file is None:
        raise ValueError(f"there is no form {form_id}")
    if not title or not 0 <= index <= len(form.items) or not set(types) <= set(TYPES) or not types:
        raise ValueError("an upload question has a title, an index in the form and types of files")
    if not 1 <= max_files <= 10 or max_bytes < 1:
        raise ValueError("an upload question takes 1 to 10 files, of a byte at least")
    folder = _new_folder(state, tx, title, file.owner)
    asked = {
        "folderId": folder,
        "types": list(types),
        "maxFiles": max_files,
        "maxFileSize": str(max_bytes),
    }
    item = {"title": title, "questionItem": {"question": {"fileUploadQuestion": asked}}}
    assign_ids(item, {id for one in form.items for id in ids_of(one).all}, state.ids)
    history.keep(tx, form, to_us(state.clock.now()))
    form.items.insert(index, item)
    form.revision += 1
    store.save_form(tx, form)
    columns.refresh(tx, form)
    files.touch(state, tx, form_id)
    return item


def restore(state: State, tx: sqlite3.Connection, form_id: str) -> int:
    """What a person does in the editor of a copied form: its upload questions get new folders.

    How many did. ValueError for no form.
    """
    form, file = store.find_form(tx, form_id), files.find(tx, form_id)
    if form is None or file is None:
        raise ValueError(f"there is no form {form_id}")
    lost = [item for item in form.items if is_upload(item) and not _folder_id(item)]
    if lost:
        history.keep(tx, form, to_us(state.clock.now()))
    for item in lost:
        folder = _new_folder(state, tx, item.get("title", ""), file.owner)
        item["questionItem"]["question"]["fileUploadQuestion"]["folderId"] = folder
    if lost:
        form.revision += 1
        store.save_form(tx, form)
        files.touch(state, tx, form_id)
    return len(lost)


def _folder_id(item: Mapping[str, Any]) -> str:
    found: str = item["questionItem"]["question"]["fileUploadQuestion"].get("folderId", "")
    return found


def _new_folder(state: State, tx: sqlite3.Connection, title: str, owner: str) -> str:
    name = f"{title} (File responses)"
    return files.create_file(
        state, tx, mime_type=files.FOLDER, name=name, owner=owner, client_id=None
    )


@refusing
async def added(request: Request) -> Response:
    """`POST /_control/file_upload_question` with form_id, title, index and, where they are not the
    usual, types, max_files and max_bytes; answers the item."""
    body = await request.json()
    state: State = request.app.state.google
    with state.transaction() as tx:
        item = add(state, tx, body.pop("form_id"), **body)
    return JSONResponse(item)


@refusing
async def restored(request: Request) -> Response:
    """`POST /_control/upload_folders` with form_id; answers how many questions got a folder."""
    body = await request.json()
    state: State = request.app.state.google
    with state.transaction() as tx:
        count = restore(state, tx, body["form_id"])
    return JSONResponse({"restored": count})


routes = [
    Route("/_control/file_upload_question", added, methods=["POST"]),
    Route("/_control/upload_folders", restored, methods=["POST"]),
]
