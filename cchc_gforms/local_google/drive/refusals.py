"""What Drive refuses, in its own envelope."""

from __future__ import annotations

from typing import Literal

from cchc_gforms.local_google import discovery
from cchc_gforms.local_google.call import Call
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.errors import ApiError, DriveError, unimplemented


def opened(call: Call, id: str, role: Literal["reader", "writer"]) -> File:
    """Drive words its refusals differently, and what one may not see is not there."""
    try:
        return files.require_for(call.tx, id, call.account, role)
    except ApiError as refused:
        seen = refused.status != "NOT_FOUND" and files.role_of(call.tx, id, call.account.email)
    if seen:
        raise no_right()
    raise DriveError("NOT_FOUND", f"File not found: {id}.", "notFound")


def take_only(call: Call, schema: str, *here: str) -> None:
    """Refuses what the body sets beyond `here`: Google's own fields, and what is not here yet."""
    known = discovery.properties("drive", schema)
    for name in sorted(call.body.keys() - set(here)):
        if name in ("id", "kind") or known[name]["description"].startswith("Output only"):
            raise not_writable("The resource body includes fields which are not directly writable.")
        raise unimplemented(f"{schema}.{name} in a Drive request")


def bad_parameter(message: str) -> DriveError:
    return DriveError("INVALID_ARGUMENT", message, "invalid")


def not_writable(message: str) -> DriveError:
    return DriveError("PERMISSION_DENIED", message, "fieldNotWritable")


def no_right() -> DriveError:
    return DriveError(
        "PERMISSION_DENIED",
        "The user does not have sufficient permissions for this file.",
        "insufficientFilePermissions",
    )


def not_downloadable() -> DriveError:
    return DriveError(
        "PERMISSION_DENIED",
        "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
        "fileNotDownloadable",
        parameter="alt",
    )


def not_exportable() -> DriveError:
    text = "Export only supports Docs Editors files."
    return DriveError("PERMISSION_DENIED", text, "fileNotExportable")


def no_conversion() -> DriveError:
    text = "The requested conversion is not supported."
    return DriveError("INVALID_ARGUMENT", text, "badRequest", parameter="convertTo")


def too_large_to_export() -> DriveError:
    text = "This file is too large to be exported."
    return DriveError("PERMISSION_DENIED", text, "exportSizeLimitExceeded")
