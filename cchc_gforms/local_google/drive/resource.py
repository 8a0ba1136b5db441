"""Files and permissions as Drive shows them to a caller."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google import accounts
from cchc_gforms.local_google.call import Call
from cchc_gforms.local_google.drive import content, files
from cchc_gforms.local_google.drive.files import File, Permission
from cchc_gforms.local_google.drive.placing import root_id
from cchc_gforms.local_google.drive.refusals import bad_parameter
from cchc_gforms.local_google.errors import DriveError
from cchc_gforms.local_google.times import rfc3339_ms


def file_resource(call: Call, file: File) -> dict[str, Any]:
    pages = {files.FORM: "forms", files.SPREADSHEET: "spreadsheets"}
    owner = accounts.account(call.tx, file.owner)
    given = [one for one in files.permissions(call.tx, file.id) if one.view is None]
    made: dict[str, Any] = {
        "kind": "drive#file",
        "id": file.id,
        "name": file.name,
        "mimeType": file.mime_type,
        "trashed": file.trashed,
        "explicitlyTrashed": file.explicitly_trashed,
        "version": str(file.version),
        "createdTime": rfc3339_ms(file.created_us),
        "modifiedTime": rfc3339_ms(file.modified_us),
        "starred": False,
        "spaces": ["drive"],
        "shared": len(given) > 1,
        "capabilities": _capabilities(call, file),
        "ownedByMe": file.owner == call.account.email,
        "owners": [user_resource(owner, me=owner.email == call.account.email)],
    }
    if files.role_of(call.tx, file.id, call.account.email) in ("owner", "writer"):
        made["permissions"] = permission_resources(call, file)
    if parents := _parents(call, file):
        made["parents"] = parents
    if file.properties:
        made["properties"] = dict(file.properties)
    if file.description:
        made["description"] = file.description
    if own := file.properties_of(call.account.client_id):
        made["appProperties"] = dict(own)
    if page := pages.get(file.mime_type):
        made["webViewLink"] = f"{call.base_url}/{page}/d/{file.id}/edit"
    elif (held := content.load(call.tx, file.id)) is not None:
        made |= {"size": str(len(held)), **content.checksums(held)}
        made["originalFilename"] = file.name
    return made


def root_resource(call: Call) -> dict[str, Any]:
    """The caller's My Drive, which lies in nothing; not for an app that sees its own files only."""
    owner = accounts.account(call.tx, call.account.email)
    id = root_id(owner.email)
    if call.account.sees_only_own_files:
        raise DriveError("NOT_FOUND", f"File not found: {id}.", "notFound")
    return {
        "kind": "drive#file",
        "id": id,
        "name": "My Drive",
        "mimeType": files.FOLDER,
        "trashed": False,
        "explicitlyTrashed": False,
        "starred": False,
        "spaces": ["drive"],
        "shared": False,
        "ownedByMe": True,
        "owners": [user_resource(owner, me=True)],
    }


def user_resource(one: accounts.Known, *, me: bool) -> dict[str, Any]:
    """The User resource: its permissionId is the id of every permission that this person has."""
    return {
        "kind": "drive#user",
        "displayName": one.name,
        "me": me,
        "permissionId": files.grantee_id("user", one.email),
        "emailAddress": one.email,
    }


def _capabilities(call: Call, file: File) -> dict[str, bool]:
    """Of the caller's role; who may write may share here."""
    email = call.account.email
    writes, owns = files.has_role(call.tx, file.id, email, "writer"), file.owner == email
    copies = file.mime_type != files.FOLDER
    made = {f"can{deed}": writes for deed in ("Edit", "ModifyContent", "Rename", "Share")}
    made["canComment"] = files.has_role(call.tx, file.id, email, "commenter")
    made |= {f"can{deed}": owns for deed in ("Delete", "Trash", "Untrash")}
    made |= {f"can{deed}": copies for deed in ("Copy", "Download")}
    made["canAddChildren"] = writes and not copies
    made["canListChildren"] = not copies
    return made


def v2_resource(call: Call, file: File) -> dict[str, Any]:
    """As version 2 of the API, which gspread uploads by, names the same."""
    new = file_resource(call, file)
    made = {"kind": "drive#file", "id": file.id, "title": file.name, "mimeType": file.mime_type}
    made |= {"createdDate": new["createdTime"], "modifiedDate": new["modifiedTime"]}
    if "webViewLink" in new:
        made["alternateLink"] = new["webViewLink"]
    return made


def _parents(call: Call, file: File) -> list[str]:
    """My Drive is shown to its owner; under `drive.file` only what the app has made is."""
    if call.account.sees_only_own_files:
        found = [files.find(call.tx, id) for id in file.parents]
        own = call.account.client_id
        return [one.id for one in found if one is not None and one.client_id == own]
    if not file.parents and file.owner == call.account.email:
        return [root_id(file.owner)]
    return list(file.parents)


def permission_resources(call: Call, file: File) -> list[dict[str, Any]]:
    """Those of the published view only when asked for (facts 8.2)."""
    view = call.one("includePermissionsForView")
    if view not in ("", "published"):
        raise bad_parameter("Only 'published' is supported.")
    with_view = view == "published"
    found = files.permissions(call.tx, file.id)
    return [permission_resource(one) for one in found if with_view or one.view is None]


def permission_resource(one: Permission) -> dict[str, Any]:
    made: dict[str, Any] = {
        "kind": "drive#permission",
        "id": one.grantee_id,
        "type": one.type,
        "role": one.role,
    }
    if one.email:
        made["domain" if one.type == "domain" else "emailAddress"] = one.email
    if one.pending_owner:
        made["pendingOwner"] = True
    if one.view:
        made["view"] = one.view
    return made
