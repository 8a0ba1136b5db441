"""Where files lie: in one folder, or in their owner's My Drive."""

from __future__ import annotations

import base64
import hashlib

from cchc_gforms.local_google.call import Call
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.drive.refusals import bad_parameter, no_right, opened
from cchc_gforms.local_google.errors import ApiError, DriveError

_ROOT = "root"


def root_id(email: str) -> str:
    """The id of an account's My Drive: 19 characters, `0A` first and `Uk9PVA` last."""
    middle = base64.urlsafe_b64encode(hashlib.sha256(email.encode()).digest()).decode()[:11]
    return f"0A{middle}Uk9PVA"


def root_of(call: Call) -> str:
    return root_id(call.account.email)


def asked(call: Call) -> list[str]:
    """The `parents` of a body: one folder at most, which the caller may write into."""
    given: list[str] = call.body.get("parents", [])
    if len(given) > 1:
        raise bad_parameter("A file can have one parent.")
    return [id for id in given if not _is_root(call, id) and _folder(call, id)]


def beside(call: Call, source: File) -> list[str]:
    """The folder of the source, where the caller may write into it."""
    try:
        return [id for id in source.parents if _folder(call, id)]
    except ApiError:
        return []


def move(call: Call, file: File) -> None:
    """`addParents` and `removeParents`: a file cannot be in two folders, nor in none."""
    add, remove = _ids(call, "addParents"), _ids(call, "removeParents")
    if not add and not remove:
        return
    now = list(file.parents) or [root_id(file.owner)]
    after = [id for id in now if id not in remove]
    after += [id for id in add if id not in after]
    if len(after) > 1:
        text = "Increasing the number of parents is not allowed"
        raise DriveError("PERMISSION_DENIED", text, "cannotAddParent")
    folders = [id for id in after if not _is_root(call, id)]
    for id in folders:
        _folder(call, id)
        _refuse_loop(call, file, id)
    if file.owner != call.account.email and after != now:
        raise no_right()
    files.move(call.tx, file.id, folders)


def _ids(call: Call, name: str) -> list[str]:
    given = [id.strip() for id in call.one(name).split(",") if id.strip()]
    return [root_of(call) if id == _ROOT else id for id in given]


def _is_root(call: Call, id: str) -> bool:
    return id in (_ROOT, root_of(call))


def _folder(call: Call, id: str) -> bool:
    if opened(call, id, "writer").mime_type != files.FOLDER:
        raise bad_parameter("The specified parent is not a folder.")
    return True


def _refuse_loop(call: Call, file: File, folder_id: str) -> None:
    folder: File | None = files.find(call.tx, folder_id)
    while folder is not None:
        if folder.id == file.id:
            raise bad_parameter("A folder cannot be moved into itself.")
        folder = files.find(call.tx, folder.parents[0]) if folder.parents else None
