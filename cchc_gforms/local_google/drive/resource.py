"""Files and permissions as Drive shows them to a caller."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google import accounts
from cchc_gforms.local_google.call import Call
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.drive.files import File, Permission
from cchc_gforms.local_google.drive.refusals import bad_parameter
from cchc_gforms.local_google.times import rfc3339_ms


def file_resource(call: Call, file: File) -> dict[str, Any]:
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
    }
    if files.role_of(call.tx, file.id, call.account.email) in ("owner", "writer"):
        made["permissions"] = permission_resources(call, file)
    if file.parents:
        made["parents"] = list(file.parents)
    if own := file.properties_of(call.account.client_id):
        made["appProperties"] = dict(own)
    if page := pages.get(file.mime_type):
        made["webViewLink"] = f"{call.base_url}/{page}/d/{file.id}/edit"
    return made


def permission_resources(call: Call, file: File) -> list[dict[str, Any]]:
    """Those of the published view only when asked for (facts 8.2)."""
    view = call.one("includePermissionsForView")
    if view not in ("", "published"):
        raise bad_parameter("Only 'published' is supported.")
    with_view = view == "published"
    found = files.permissions(call.tx, file.id)
    return [permission_resource(one) for one in found if with_view or one.view is None]


def permission_resource(one: Permission) -> dict[str, Any]:
    made = {"kind": "drive#permission", "id": one.id, "type": one.type, "role": one.role}
    if one.email:
        made["emailAddress"] = one.email
    if one.view:
        made["view"] = one.view
    return made
