"""The methods of the Drive API v3 that are here, and what is missing of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google import accounts
from cchc_gforms.local_google.call import Call, Handler, Media
from cchc_gforms.local_google.drive import (
    comments,
    content,
    copying,
    exporting,
    files,
    listing,
    permissions,
    placing,
)
from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.drive.refusals import (
    bad_parameter,
    no_right,
    not_downloadable,
    not_writable,
    opened,
    take_only,
)
from cchc_gforms.local_google.drive.resource import file_resource, root_resource, user_resource
from cchc_gforms.local_google.errors import DriveError, unimplemented
from cchc_gforms.local_google.forms import responses
from cchc_gforms.local_google.forms import store as form_store
from cchc_gforms.local_google.sheets import store as sheet_store

_GOOGLE = "application/vnd.google-apps."
_KINDS = (files.FORM, files.SPREADSHEET, files.FOLDER)
_FOUR = "kind,id,name,mimeType"
DEFAULT_FIELDS = {
    "drive.files.copy": _FOUR,
    "drive.files.create": _FOUR,
    "drive.files.get": _FOUR,
    "drive.files.update": _FOUR,
    "drive.files.list": "kind,nextPageToken,incompleteSearch,files(kind,id,name,mimeType)",
    "drive.permissions.create": "kind,id,type,role",
    "drive.permissions.get": "kind,id,type,role",
    "drive.permissions.update": "kind,id,type,role",
    "drive.permissions.list": "kind,nextPageToken,permissions(kind,id,type,role)",
}
"""What is answered without a `fields` parameter."""

_WRITABLE = ("name", "mimeType", "appProperties", "properties", "description")
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
    user = user_resource(me, me=True)
    storeless = files.lacks_storage(call.state, call.tx, me.email)
    used = str(content.used_by(call.tx, me.email))
    quota = {"limit": "0" if storeless else "16106127360", "usage": used, "usageInDrive": used}
    return {
        "kind": "drive#about",
        "user": user,
        "storageQuota": quota,
        "exportFormats": exporting.FORMATS,
        "importFormats": content.IMPORTS,
    }


def create(call: Call) -> dict[str, Any]:
    take_only(call, "File", *_WRITABLE, "parents")
    body = call.body
    mime_type = body.get("mimeType") or (call.media.mime_type if call.media else content.BYTES)
    name = body.get("name") or "Untitled"
    if mime_type.startswith(_GOOGLE) and mime_type not in _KINDS:
        raise unimplemented(f"files of type {mime_type}")
    _check_properties({}, body.get("appProperties", {}))
    _check_properties({}, body.get("properties", {}))
    id = files.create_file(
        call.state,
        call.tx,
        mime_type=mime_type,
        name=name,
        owner=call.account.email,
        client_id=call.account.client_id,
        app_properties=files.merged({}, body.get("appProperties", {})),
        parents=placing.asked(call),
    )
    shared = files.merged({}, body.get("properties", {}))
    files.describe(call.tx, id, shared, body.get("description", ""))
    if mime_type == files.SPREADSHEET:
        sheet_store.create_spreadsheet(call.state, call.tx, file_id=id, title=name)
    elif mime_type == files.FORM:
        form_store.create_form(call.state, call.tx, form_id=id, title=name, document_title=name)
    if call.media:
        content.receive(call, opened(call, id, "writer"), call.media)
    return file_resource(call, opened(call, id, "reader"))


def get(call: Call) -> dict[str, Any] | Media:
    """With `alt=media` the bytes; a file that was made without any holds none."""
    if call.path["fileId"] == "root" or call.path["fileId"] == placing.root_of(call):
        return root_resource(call)
    file = opened(call, call.path["fileId"], "reader")
    if call.one("alt") != "media":
        return file_resource(call, file)
    if file.mime_type.startswith(_GOOGLE):
        raise not_downloadable()
    return Media(content.load(call.tx, file.id) or b"", file.mime_type)


def copy(call: Call) -> dict[str, Any]:
    """`Copy of <name>`, beside the source where the caller may write there."""
    take_only(call, "File", *_WRITABLE, "parents")
    if call.flag("copyComments"):
        raise unimplemented("drive.files.copy with copyComments")
    source = opened(call, call.path["fileId"], "reader")
    _check_properties(
        source.properties_of(call.account.client_id), call.body.get("appProperties", {})
    )
    _check_properties(source.properties, call.body.get("properties", {}))
    name = call.body.get("name") or f"Copy of {source.name}"
    parents = placing.asked(call) if "parents" in call.body else placing.beside(call, source)
    return file_resource(call, opened(call, copying.copied(call, source, name, parents), "reader"))


def update(call: Call) -> dict[str, Any]:
    if "parents" in call.body:
        raise not_writable(
            "The parents field is not directly writable in update requests. "
            "Use the addParents and removeParents parameters instead."
        )
    take_only(call, "File", *_WRITABLE, "trashed")
    file = opened(call, call.path["fileId"], "writer")
    name, trashed = call.body.get("name"), call.body.get("trashed")
    if name == "":
        raise bad_parameter("The name of a file cannot be empty.")
    if trashed is not None:
        _require_owner(call, file)
    properties = call.body.get("appProperties", {})
    client_id = call.account.client_id
    _check_properties(file.properties_of(client_id), properties)
    _check_properties(file.properties, call.body.get("properties", {}))
    files.update(call.state, call.tx, file, client_id, name=name, app_properties=properties)
    if trashed is not None:
        files.trash(call.tx, file, trashed=trashed)
    shared = files.merged(file.properties, call.body.get("properties", {}))
    files.describe(call.tx, file.id, shared, call.body.get("description", file.description))
    _change_type(call, file)
    placing.move(call, file)
    if name:
        _rename_content(call, file, name)
    if call.media:
        content.receive(call, opened(call, file.id, "writer"), call.media)
    return file_resource(call, opened(call, file.id, "reader"))


def delete(call: Call) -> None:
    """For good; only its owner may. What of his lies in a folder goes with it."""
    file = opened(call, call.path["fileId"], "writer")
    _require_owner(call, file)
    _delete(call, file)


def empty_trash(call: Call) -> None:
    """All that the caller owns and has put there."""
    if call.one("driveId"):
        raise unimplemented("drive.files.emptyTrash with driveId")
    for file in files.all_files(call.tx):
        if file.trashed and file.owner == call.account.email:
            _delete(call, file)


def _delete(call: Call, file: File) -> None:
    """A form whose Sheet goes is linked to none any more."""
    files.delete(call.tx, file.id)
    content.delete(call.tx, file.id)
    comments.delete_all(call.tx, file.id)
    form_store.delete_form(call.tx, file.id)
    form_store.unlink(call.tx, file.id)
    responses.delete_all(call.tx, file.id)
    sheet_store.delete(call.tx, file.id)
    for inner in files.all_files(call.tx):
        if file.id in inner.parents and inner.owner == file.owner:
            _delete(call, inner)


def _change_type(call: Call, file: File) -> None:
    """Between types of bytes only: to or from a Google document it would be a conversion."""
    wanted = call.body.get("mimeType", file.mime_type)
    wanted = call.media.mime_type if call.media and "mimeType" not in call.body else wanted
    if file.mime_type.startswith(_GOOGLE) or wanted == file.mime_type:
        if "mimeType" in call.body and wanted != file.mime_type:
            raise unimplemented("drive.files.update to another mimeType")
        return
    if wanted.startswith(_GOOGLE):
        raise unimplemented("drive.files.update to another mimeType")
    files.set_type(call.tx, file.id, wanted)


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
    """124 bytes a pair, 30 pairs an app (facts, Drive), each with a key."""
    if "" in new:
        raise bad_parameter("The key of a property cannot be empty.")
    if len(files.merged(now, new)) > _PROPERTIES_MOST or any(
        len((key + (value or "")).encode()) > _PROPERTY_BYTES for key, value in new.items()
    ):
        raise DriveError(
            "PERMISSION_DENIED",
            "The properties limit for this file has been exceeded.",
            "appPropertiesLimitExceeded",
        )


METHODS: dict[str, Handler] = {
    "drive.about.get": about,
    "drive.files.copy": copy,
    "drive.files.create": create,
    "drive.files.delete": delete,
    "drive.files.emptyTrash": empty_trash,
    "drive.files.export": exporting.export,
    "drive.files.get": get,
    "drive.files.list": listing.list_files,
    "drive.files.update": update,
    **comments.METHODS,
    **permissions.METHODS,
}
_METADATA = "of the metadata name, mimeType, parents, properties, appProperties and description"
PARTLY = {
    "drive.about.get": "user, storageQuota, importFormats and exportFormats only",
    "drive.files.copy": f"{_METADATA}; no comments along, no conversion",
    "drive.files.create": f"{_METADATA}; of Google's types forms, spreadsheets and folders; only "
    "CSV and TSV in UTF-8 become a spreadsheet",
    "drive.files.export": "spreadsheets only, to csv, tsv and xlsx; charts are left out of xlsx",
    "drive.files.get": "of the metadata what drive/resource.py has, with the chief capabilities; "
    "no thumbnails, labels, shortcuts or revisions; of the root folder no times",
    "drive.files.update": f"{_METADATA} and trashed; only CSV and TSV replace a spreadsheet",
    **listing.PARTLY,
    **comments.PARTLY,
    **permissions.PARTLY,
}
