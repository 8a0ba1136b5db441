"""The methods of Drive's permissions: who may see, edit, answer and own a file."""

from __future__ import annotations

import re
from typing import Any

from cchc_gforms.local_google import paging
from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.drive.files import File, Permission
from cchc_gforms.local_google.drive.refusals import bad_parameter, no_right, opened, take_only
from cchc_gforms.local_google.drive.resource import permission_resource, permission_resources
from cchc_gforms.local_google.errors import DriveError, NoStorageError, unimplemented

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_NAMED_BY = {"user": "emailAddress", "domain": "domain", "anyone": ""}
_ROLES = ("reader", "commenter", "writer")
# pygsheets sends the kind too.
_GIVEN = ("kind", "type", "role", "emailAddress", "domain", "view", "pendingOwner")


def create(call: Call) -> dict[str, Any]:
    take_only(call, "Permission", *_GIVEN)
    file = opened(call, call.path["fileId"], "writer")
    kind, role, view = (call.body.get(name) for name in ("type", "role", "view"))
    if kind == "group" or role in ("organizer", "fileOrganizer"):
        raise unimplemented(f"drive.permissions.create with type={kind}, role={role}")
    if kind not in _NAMED_BY or role not in (*_ROLES, "owner"):
        raise bad_parameter("The permission type or role is invalid.")
    grantee = _grantee(call, kind)
    if view and (view != "published" or role != "reader" or file.mime_type != files.FORM):
        raise bad_parameter("The view of the permission is invalid.")
    if role == "owner":
        raise _no_transfer(call, file)
    if call.body.get("pendingOwner"):
        raise bad_parameter("A new permission cannot have a pending owner.")
    made = files.grant(call.state, call.tx, file.id, type=kind, role=role, email=grantee, view=view)
    return permission_resource(made)


def get(call: Call) -> dict[str, Any]:
    file = opened(call, call.path["fileId"], "writer")
    return permission_resource(_found(call, file))


def list_all(call: Call) -> dict[str, Any]:
    file = opened(call, call.path["fileId"], "writer")
    shown = permission_resources(call, file)
    size = call.number("pageSize", 100)
    if not 1 <= size <= 100:
        raise bad_parameter(f"Invalid value '{size}'. Values must be within the range: [1, 100]")
    question = ("permissions", file.id, call.one("includePermissionsForView"))
    start = paging.start(call.one("pageToken"), *question)
    if start is None:
        raise bad_parameter("Invalid Value")
    answer: dict[str, Any] = {"kind": "drive#permissionList"}
    if start + size < len(shown):
        answer["nextPageToken"] = paging.token(start + size, *question)
    return {**answer, "permissions": shown[start : start + size]}


def update(call: Call) -> dict[str, Any]:
    """Of one that is there the role changes, and who is asked to become the owner."""
    take_only(call, "Permission", "role", "pendingOwner")
    if call.flag("removeExpiration"):
        raise unimplemented("drive.permissions.update with removeExpiration")
    file = opened(call, call.path["fileId"], "reader")
    one, role = _found(call, file), call.body.get("role")
    if role == "owner":
        _take_over(call, file, one)
    else:
        _change(call, file, one, role)
    return permission_resource(_found(call, file))


def delete(call: Call) -> None:
    """An owner cannot be shut out; whoever it is given to may give it back."""
    file = opened(call, call.path["fileId"], "reader")
    one = _found(call, file)
    own = one.email == call.account.email and one.view is None
    if one.role == "owner" or not (own or _may_share(call, file)):
        raise no_right()
    files.revoke(call.tx, file.id, one.id)


def _grantee(call: Call, kind: str) -> str | None:
    """The address or the domain, and nothing that does not belong to that type."""
    given = {name: call.body[name] for name in ("emailAddress", "domain") if call.body.get(name)}
    if given.keys() != ({_NAMED_BY[kind]} - {""}):
        raise bad_parameter(f"The {_NAMED_BY[kind] or next(iter(given))} field is invalid.")
    named: str | None = next((text.lower() for text in given.values()), None)
    pattern = _EMAIL if kind == "user" else _DOMAIN
    if named and not pattern.fullmatch(named):
        raise DriveError(
            "INVALID_ARGUMENT",
            "The specified emailAddress is invalid or not applicable for the given permission "
            "type.",
            "invalidSharingRequest",
        )
    return named


def _found(call: Call, file: File) -> Permission:
    """By whom it is given to; one of the published view only where it is the only one."""
    id = call.path["permissionId"]
    given = files.permissions(call.tx, file.id)
    for one in sorted(given, key=lambda one: one.view is not None):
        if one.grantee_id == id:
            return one
    raise DriveError("NOT_FOUND", f"Permission not found: {id}.", "notFound")


def _may_share(call: Call, file: File) -> bool:
    return files.has_role(call.tx, file.id, call.account.email, "writer")


def _change(call: Call, file: File, one: Permission, role: str | None) -> None:
    pending = call.body.get("pendingOwner")
    if not _may_share(call, file) or one.role == "owner":
        raise no_right()
    if call.flag("transferOwnership"):
        raise _must_be_enabled()
    if role not in _ROLES or (one.view and role != "reader"):
        raise bad_parameter("The permission type or role is invalid.")
    if pending and (one.type != "user" or one.view or role != "writer"):
        raise bad_parameter("A pending owner is a user who may write.")
    if pending is not None:
        if file.owner != call.account.email:
            raise no_right()
        files.set_pending(call.tx, file.id, one.id, pending=pending)
    files.set_role(call.tx, file.id, one.id, role)


def _take_over(call: Call, file: File, one: Permission) -> None:
    """Only who was asked becomes the owner, by his own call: between private accounts Google wants
    the new owner's consent."""
    mine = one.pending_owner and one.email == call.account.email
    if not call.flag("transferOwnership") or not mine:
        raise _no_transfer(call, file)
    if files.lacks_storage(call.state, call.tx, call.account.email):
        raise NoStorageError
    files.hand_over(call.tx, file, one)


def _no_transfer(call: Call, file: File) -> DriveError:
    if not call.flag("transferOwnership"):
        return _must_be_enabled()
    if file.owner != call.account.email:
        return no_right()
    return DriveError(
        "PERMISSION_DENIED",
        "Consent is required to transfer ownership of a file to another user.",
        "consentRequiredForOwnershipTransfer",
    )


def _must_be_enabled() -> DriveError:
    return DriveError(
        "PERMISSION_DENIED",
        "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
        "forbidden",
        parameter="transferOwnership",
    )


METHODS: dict[str, Handler] = {
    "drive.permissions.create": create,
    "drive.permissions.delete": delete,
    "drive.permissions.get": get,
    "drive.permissions.list": list_all,
    "drive.permissions.update": update,
}
PARTLY = {
    "drive.permissions.create": "nobody is written a mail; no groups, no expirationTime, no "
    "shared drives; ownership goes over only with the new owner's consent",
    "drive.permissions.update": "role and pendingOwner only, no expirationTime",
}
