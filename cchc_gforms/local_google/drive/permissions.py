"""The methods of Drive's permissions: who may see, edit and answer a file."""

from __future__ import annotations

import re
from typing import Any

from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.drive.refusals import bad_parameter, no_right, opened, take_only
from cchc_gforms.local_google.drive.resource import permission_resource, permission_resources
from cchc_gforms.local_google.errors import DriveError, unimplemented

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def create(call: Call) -> dict[str, Any]:
    take_only(call, "Permission", "type", "role", "emailAddress", "domain", "view")
    file = opened(call, call.path["fileId"], "writer")
    kind, role = call.body.get("type"), call.body.get("role")
    email, view = call.body.get("emailAddress"), call.body.get("view")
    if kind in ("group", "domain") or role in ("owner", "organizer", "fileOrganizer"):
        raise unimplemented(f"drive.permissions.create with type={kind}, role={role}")
    if kind not in ("user", "anyone") or role not in ("reader", "commenter", "writer"):
        raise bad_parameter("The permission type or role is invalid.")
    if (kind == "user") != bool(email):
        raise bad_parameter("The emailAddress field is invalid.")
    if email and not _EMAIL.fullmatch(email):
        raise DriveError(
            "INVALID_ARGUMENT",
            "The specified emailAddress is invalid or not applicable for the given permission "
            "type.",
            "invalidSharingRequest",
        )
    if view and (view != "published" or role != "reader" or file.mime_type != files.FORM):
        raise bad_parameter("The view of the permission is invalid.")
    email = email.lower() if email else None
    made = files.grant(call.state, call.tx, file.id, type=kind, role=role, email=email, view=view)
    return permission_resource(made)


def list_all(call: Call) -> dict[str, Any]:
    file = opened(call, call.path["fileId"], "writer")
    return {"kind": "drive#permissionList", "permissions": permission_resources(call, file)}


def delete(call: Call) -> None:
    """An owner cannot be shut out."""
    file, id = opened(call, call.path["fileId"], "writer"), call.path["permissionId"]
    found = [one for one in files.permissions(call.tx, file.id) if one.id == id]
    if not found:
        raise DriveError("NOT_FOUND", f"Permission not found: {id}.", "notFound")
    if found[0].role == "owner":
        raise no_right()
    files.revoke(call.tx, file.id, id)


METHODS: dict[str, Handler] = {
    "drive.permissions.create": create,
    "drive.permissions.list": list_all,
    "drive.permissions.delete": delete,
}
