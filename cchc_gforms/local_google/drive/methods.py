"""The methods of the Drive API v3, as far as they are here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google import accounts, paging
from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.drive import files, permissions, query
from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.drive.refusals import (
    bad_parameter,
    no_right,
    not_writable,
    opened,
    take_only,
)
from cchc_gforms.local_google.drive.resource import file_resource
from cchc_gforms.local_google.errors import DriveError, unimplemented
from cchc_gforms.local_google.forms import responses
from cchc_gforms.local_google.forms import store as form_store
from cchc_gforms.local_google.sheets import store as sheet_store

DEFAULT_FIELDS = {
    "drive.files.create": "kind,id,name,mimeType",
    "drive.files.get": "kind,id,name,mimeType",
    "drive.files.update": "kind,id,name,mimeType",
    "drive.files.list": "kind,nextPageToken,incompleteSearch,files(kind,id,name,mimeType)",
    "drive.permissions.create": "kind,id,type,role",
    "drive.permissions.list": "kind,nextPageToken,permissions(kind,id,type,role)",
}
"""What is answered without a `fields` parameter."""

_PROPERTY_BYTES = 124
_PROPERTIES_MOST = 30


def about(call: Call) -> dict[str, Any]:
    """Has no default: the real one refuses a call without `fields` too."""
    if not call.one("fields"):
        raise DriveError(
            "INVALID_ARGUMENT",
            "The 'fields' parameter is required for this method.",
            "required",
        )
    me = accounts.account(call.tx, call.account.email)
    user = {"kind": "drive#user", "displayName": me.name, "me": True, "emailAddress": me.email}
    return {"kind": "drive#about", "user": user}


def create(call: Call) -> dict[str, Any]:
    take_only(call, "File", "name", "mimeType", "appProperties", "parents")
    mime_type = call.body.get("mimeType") or "application/octet-stream"
    name = call.body.get("name") or "Untitled"
    properties = {k: v for k, v in call.body.get("appProperties", {}).items() if v is not None}
    _check_properties({}, properties)
    id = files.create_file(
        call.state,
        call.tx,
        mime_type=mime_type,
        name=name,
        owner=call.account.email,
        client_id=call.account.client_id,
        app_properties=properties,
        parents=_parents(call),
    )
    if mime_type == files.SPREADSHEET:
        sheet_store.create_spreadsheet(call.state, call.tx, file_id=id, title=name)
    elif mime_type == files.FORM:
        form_store.create_form(call.state, call.tx, form_id=id, title=name, document_title=name)
    return file_resource(call, opened(call, id, "reader"))


def get(call: Call) -> dict[str, Any]:
    return file_resource(call, opened(call, call.path["fileId"], "reader"))


def list_files(call: Call) -> dict[str, Any]:
    """Trashed files too, unless `q` says otherwise."""
    for name, usual in {"corpora": "user", "spaces": "drive", "orderBy": "", "driveId": ""}.items():
        if call.one(name, usual) != usual:
            raise unimplemented(f"drive.files.list with {name}={call.one(name)}")
    q, client_id = call.one("q"), call.account.client_id
    test = query.parse(q, client_id)
    found = [one for one in files.listed_for(call.tx, call.account.email) if test(one)]
    if call.account.sees_only_own_files:
        found = [one for one in found if one.client_id == client_id]
    size = call.number("pageSize", 100)
    if not 1 <= size <= 1000:
        raise bad_parameter(f"Invalid value '{size}'. Values must be within the range: [1, 1000]")
    start = paging.start(call.one("pageToken"), "files", q)
    if start is None:
        raise bad_parameter("Invalid Value")
    answer: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    if start + size < len(found):
        answer["nextPageToken"] = paging.token(start + size, "files", q)
    return {**answer, "files": [file_resource(call, file) for file in found[start : start + size]]}


def update(call: Call) -> dict[str, Any]:
    if "parents" in call.body:
        raise not_writable(
            "The parents field is not directly writable in update requests. "
            "Use the addParents and removeParents parameters instead."
        )
    take_only(call, "File", "name", "appProperties", "trashed")
    for parameter in ("addParents", "removeParents"):
        if call.one(parameter):
            raise unimplemented(f"drive.files.update with {parameter}")
    file = opened(call, call.path["fileId"], "writer")
    name, trashed = call.body.get("name"), call.body.get("trashed")
    if trashed is not None:
        _require_owner(call, file)
    properties = call.body.get("appProperties", {})
    client_id = call.account.client_id
    _check_properties(file.properties_of(client_id), properties)
    files.update(
        call.state, call.tx, file, client_id, name=name, trashed=trashed, app_properties=properties
    )
    if name:
        _rename_content(call, file, name)
    return file_resource(call, opened(call, file.id, "reader"))


def delete(call: Call) -> None:
    """For good; only its owner may. A form whose Sheet goes is linked to none any more."""
    file = opened(call, call.path["fileId"], "writer")
    _require_owner(call, file)
    files.delete(call.tx, file.id)
    form_store.delete_form(call.tx, file.id)
    form_store.unlink(call.tx, file.id)
    responses.delete_all(call.tx, file.id)
    sheet_store.delete(call.tx, file.id)


def _parents(call: Call) -> list[str]:
    """One folder at most, which the caller may write into."""
    given: list[str] = call.body.get("parents", [])
    if len(given) > 1:
        raise bad_parameter("A file can have one parent.")
    for id in given:
        if id != "root" and opened(call, id, "writer").mime_type != files.FOLDER:
            raise bad_parameter("The specified parent is not a folder.")
    return [id for id in given if id != "root"]


def _rename_content(call: Call, file: File, name: str) -> None:
    if file.mime_type == files.SPREADSHEET:
        sheet_store.rename(call.tx, file.id, name)
    if file.mime_type == files.FORM:
        form = form_store.load_form(call.tx, file.id)
        form.resource["info"]["documentTitle"] = name
        form_store.save_form(call.tx, form)


def _require_owner(call: Call, file: File) -> None:
    if file.owner != call.account.email:
        raise no_right()


def _check_properties(now: Mapping[str, str], new: Mapping[str, str | None]) -> None:
    """124 bytes a pair, 30 pairs an app (facts, Drive)."""
    after = {**now, **new}
    if len([value for value in after.values() if value is not None]) > _PROPERTIES_MOST or any(
        len((key + (value or "")).encode()) > _PROPERTY_BYTES for key, value in new.items()
    ):
        raise DriveError(
            "PERMISSION_DENIED",
            "The properties limit for this file has been exceeded.",
            "appPropertiesLimitExceeded",
        )


METHODS: dict[str, Handler] = {
    "drive.about.get": about,
    "drive.files.create": create,
    "drive.files.get": get,
    "drive.files.list": list_files,
    "drive.files.update": update,
    "drive.files.delete": delete,
    **permissions.METHODS,
}
