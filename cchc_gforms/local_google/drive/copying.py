"""`files.copy`: the caller's own copy of a form, a spreadsheet or plain bytes; nobody else's."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from cchc_gforms.local_google.call import Call
from cchc_gforms.local_google.drive import content, files
from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.drive.refusals import bad_parameter, no_right
from cchc_gforms.local_google.forms import store as form_store
from cchc_gforms.local_google.forms import uploading
from cchc_gforms.local_google.sheets import store as sheet_store


def copied(call: Call, source: File, name: str, parents: list[str]) -> str:
    """The id of the copy. Its properties are those of the source, changed as the body says (patch
    semantics [disc]); permissions are not copied (facts C)."""
    if source.mime_type == files.FOLDER:
        raise no_right()
    if call.body.get("mimeType", source.mime_type) != source.mime_type:
        raise bad_parameter("The mimeType of a copy is that of the source.")
    account = call.account
    tags = files.merged(source.properties_of(account.client_id), call.body.get("appProperties", {}))
    id = _new_file(call, source, name, account.client_id, tags, parents)
    properties = files.merged(source.properties, call.body.get("properties", {}))
    description = call.body.get("description", source.description)
    files.describe(call.tx, id, properties, description)
    if source.mime_type == files.FORM:
        _copy_form(call, source.id, id, name)
    elif source.mime_type == files.SPREADSHEET:
        _copy_spreadsheet(call, source.id, id, name)
    elif (held := content.load(call.tx, source.id)) is not None:
        content.keep(call.tx, id, held)
    return id


def _new_file(
    call: Call,
    source: File,
    name: str,
    client_id: str | None,
    tags: dict[str, str],
    parents: list[str],
) -> str:
    return files.create_file(
        call.state,
        call.tx,
        mime_type=source.mime_type,
        name=name,
        owner=call.account.email,
        client_id=client_id,
        app_properties=tags,
        parents=parents,
    )


def _copy_form(call: Call, source_id: str, id: str, name: str) -> form_store.Form:
    """Unpublished and linked to nothing (facts 1.11, 3.3); items keep their ids, upload questions
    lose their folders (3.1)."""
    source = form_store.load_form(call.tx, source_id)
    resource: dict[str, Any] = copy.deepcopy(source.resource)
    resource["info"]["documentTitle"] = name
    for item in resource.get("items", []):
        uploading.lose_folder(item)
    form = form_store.Form(
        form_id=id,
        public_id=call.state.ids.public_form_id(),
        resource=resource,
        allow_edits=source.allow_edits,
        confirmation_message=source.confirmation_message,
        closed_message=source.closed_message,
    )
    form_store.save_form(call.tx, form)
    return form


def _copy_spreadsheet(call: Call, source_id: str, id: str, name: str) -> None:
    """With a copy of each form that writes into it (facts 3.3), which writes into the copy."""
    source = sheet_store.load(call.tx, source_id)
    properties = {**source.properties, "title": name}
    made = replace(source, spreadsheet_id=id, properties=properties)
    for sheet in made.sheets:
        if sheet.linked is not None:
            form_id = _copy_linked_form(call, sheet.linked["form_id"], id, sheet.sheet_id)
            sheet.linked = {**sheet.linked, "form_id": form_id} if form_id else None
    sheet_store.save_new(call.tx, made)


def _copy_linked_form(call: Call, form_id: str, spreadsheet_id: str, sheet_id: int) -> str | None:
    """None when it is gone or not the caller's to read. No app made the copy: under `drive.file`
    it is not there."""
    source = files.find(call.tx, form_id)
    if source is None or not files.role_of(call.tx, form_id, call.account.email):
        return None
    name = f"Copy of {source.name}"
    id = _new_file(call, source, name, None, {}, [])
    form = _copy_form(call, form_id, id, name)
    form.linked_spreadsheet_id, form.linked_sheet_id = spreadsheet_id, sheet_id
    form_store.save_form(call.tx, form)
    return id
