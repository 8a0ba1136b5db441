"""The methods of the Drive API v3, as far as they are here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google import accounts
from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.drive import files, query
from cchc_gforms.local_google.drive.files import File, Permission
from cchc_gforms.local_google.errors import ApiError, DriveError
from cchc_gforms.local_google.forms import store as form_store
from cchc_gforms.local_google.sheets import store as sheet_store
from cchc_gforms.local_google.times import rfc3339_ms

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
    mime_type = call.body.get("mimeType") or "application/octet-stream"
    name = call.body.get("name") or "Untitled"
    properties = call.body.get("appProperties") or {}
    _check_properties({}, properties)
    id = files.create_file(
        call.state,
        call.tx,
        mime_type=mime_type,
        name=name,
        owner=call.account.email,
        client_id=call.account.client_id,
        app_properties=properties,
        parents=call.body.get("parents") or (),
    )
    if mime_type == files.SPREADSHEET:
        sheet_store.create_spreadsheet(call.state, call.tx, file_id=id, title=name)
    elif mime_type == files.FORM:
        form_store.create_form(call.state, call.tx, form_id=id, title=name, document_title=name)
    return _resource(call, _file(call, id, "reader"))


def get(call: Call) -> dict[str, Any]:
    return _resource(call, _file(call, call.path["fileId"], "reader"))


def list_files(call: Call) -> dict[str, Any]:
    """Trashed files too, unless `q` says otherwise."""
    test = query.parse(call.one("q"))
    found = [file for file in files.all_files(call.tx) if _seen(call, file) and test(file)]
    size = call.number("pageSize", 100)
    if not 1 <= size <= 1000:
        raise DriveError("INVALID_ARGUMENT", "Invalid value for pageSize", "invalid")
    token = call.one("pageToken") or "0"
    if not token.isdigit():
        raise DriveError("INVALID_ARGUMENT", "Invalid Value", "invalid")
    start = int(token)
    page = found[start : start + size]
    answer: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    return {**answer, "files": [_resource(call, file) for file in page]}


def update(call: Call) -> dict[str, Any]:
    file = _file(call, call.path["fileId"], "writer")
    properties = call.body.get("appProperties")
    _check_properties(file.app_properties, properties or {})
    name = call.body.get("name")
    files.update(
        call.state,
        call.tx,
        file,
        name=name,
        trashed=call.body.get("trashed"),
        app_properties=properties,
    )
    if name and file.mime_type == files.SPREADSHEET:
        sheet_store.rename(call.tx, file.id, name)
    if name and file.mime_type == files.FORM:
        form = form_store.load_form(call.tx, file.id)
        form.resource["info"]["documentTitle"] = name
        form_store.save_form(call.tx, form)
    return _resource(call, _file(call, file.id, "reader"))


def delete(call: Call) -> None:
    """For good; only its owner may."""
    file = _file(call, call.path["fileId"], "writer")
    if file.owner != call.account.email:
        raise DriveError(
            "PERMISSION_DENIED",
            "The user does not have sufficient permissions for this file.",
            "insufficientFilePermissions",
        )
    files.delete(call.tx, file.id)
    form_store.delete_form(call.tx, file.id)
    sheet_store.delete(call.tx, file.id)


def create_permission(call: Call) -> dict[str, Any]:
    file = _file(call, call.path["fileId"], "writer")
    kind, role = call.body.get("type"), call.body.get("role")
    email, view = call.body.get("emailAddress"), call.body.get("view")
    if kind not in ("user", "anyone") or role not in ("reader", "commenter", "writer"):
        raise DriveError("INVALID_ARGUMENT", "The permission type or role is invalid.", "invalid")
    if (kind == "user") != bool(email):
        raise DriveError("INVALID_ARGUMENT", "The emailAddress field is invalid.", "invalid")
    if view and (view != "published" or role != "reader" or file.mime_type != files.FORM):
        raise DriveError("INVALID_ARGUMENT", "The view of the permission is invalid.", "invalid")
    email = email.lower() if email else None
    made = files.grant(call.state, call.tx, file.id, type=kind, role=role, email=email, view=view)
    return _permission(made)


def list_permissions(call: Call) -> dict[str, Any]:
    file = _file(call, call.path["fileId"], "writer")
    return {"kind": "drive#permissionList", "permissions": _permissions(call, file)}


def delete_permission(call: Call) -> None:
    file = _file(call, call.path["fileId"], "writer")
    if not files.revoke(call.tx, file.id, call.path["permissionId"]):
        raise DriveError(
            "NOT_FOUND", f"Permission not found: {call.path['permissionId']}.", "notFound"
        )


def _file(call: Call, id: str, role: Any) -> File:
    """Drive words its refusals differently from Forms and Sheets."""
    try:
        return files.require_for(call.tx, id, call.account, role)
    except ApiError as refused:
        if refused.status == "NOT_FOUND":
            raise DriveError("NOT_FOUND", f"File not found: {id}.", "notFound") from None
        raise DriveError(
            "PERMISSION_DENIED",
            "The user does not have sufficient permissions for this file.",
            "insufficientFilePermissions",
        ) from None


def _seen(call: Call, file: File) -> bool:
    own = not call.account.sees_only_own_files or file.client_id == call.account.client_id
    return own and files.role_of(call.tx, file.id, call.account.email) is not None


def _resource(call: Call, file: File) -> dict[str, Any]:
    pages = {files.FORM: "forms", files.SPREADSHEET: "spreadsheets"}
    owner = accounts.account(call.tx, file.owner)
    made: dict[str, Any] = {
        "kind": "drive#file",
        "id": file.id,
        "name": file.name,
        "mimeType": file.mime_type,
        "trashed": file.trashed,
        "version": str(file.version),
        "createdTime": rfc3339_ms(file.created_us),
        "modifiedTime": rfc3339_ms(file.modified_us),
        "ownedByMe": file.owner == call.account.email,
        "owners": [{"kind": "drive#user", "displayName": owner.name, "emailAddress": owner.email}],
        "permissions": _permissions(call, file),
    }
    if file.parents:
        made["parents"] = list(file.parents)
    if file.app_properties and file.client_id == call.account.client_id:
        made["appProperties"] = dict(file.app_properties)
    if page := pages.get(file.mime_type):
        made["webViewLink"] = f"{call.base_url}/{page}/d/{file.id}/edit"
    return made


def _permissions(call: Call, file: File) -> list[dict[str, Any]]:
    """Those of the published view only when asked for (facts 8.2)."""
    with_view = call.one("includePermissionsForView") == "published"
    found = files.permissions(call.tx, file.id)
    return [_permission(one) for one in found if with_view or one.view is None]


def _permission(one: Permission) -> dict[str, Any]:
    made = {"kind": "drive#permission", "id": one.id, "type": one.type, "role": one.role}
    if one.email:
        made["emailAddress"] = one.email
    if one.view:
        made["view"] = one.view
    return made


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
    "drive.permissions.create": create_permission,
    "drive.permissions.list": list_permissions,
    "drive.permissions.delete": delete_permission,
}
