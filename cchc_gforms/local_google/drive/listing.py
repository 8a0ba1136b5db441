"""`files.list`: what a query finds, in an order, by pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from cchc_gforms.local_google import paging
from cchc_gforms.local_google.call import Call
from cchc_gforms.local_google.drive import files, query
from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.drive.refusals import bad_parameter
from cchc_gforms.local_google.drive.resource import file_resource
from cchc_gforms.local_google.errors import unimplemented

Key = Callable[[File], Any]


def _natural(file: File) -> list[tuple[int, int, str]]:
    """Numbers inside a name in their order: 2 before 10."""
    parts = re.findall(r"\d+|\D+", file.name.casefold())
    return [(0, int(one), "") if one.isdecimal() else (1, 0, one) for one in parts]


_ORDERS: dict[str, Key] = {
    "createdTime": lambda file: file.created_us,
    "folder": lambda file: file.mime_type != files.FOLDER,
    "modifiedTime": lambda file: file.modified_us,
    "name": lambda file: file.name.casefold(),
    "name_natural": _natural,
    "recency": lambda file: file.modified_us,
}
_NOT_HERE = frozenset(
    {"modifiedByMeTime", "quotaBytesUsed", "sharedWithMeTime", "starred", "viewedByMeTime"}
)
PARTLY = {
    "drive.files.list": "the user's own corpus and the space drive only; no orderBy by "
    f"{', '.join(sorted(_NOT_HERE))}; no {', '.join(sorted(query.NOT_HERE))} in q"
}


def list_files(call: Call) -> dict[str, Any]:
    """Trashed files too, unless `q` says otherwise; the newest change first, unless asked."""
    for name, usual in {"corpora": "user", "spaces": "drive", "driveId": ""}.items():
        if call.one(name, usual) != usual:
            raise unimplemented(f"drive.files.list with {name}={call.one(name)}")
    q, order = call.one("q"), call.one("orderBy")
    test = query.parse(q, call.account)
    found = [one for one in files.listed_for(call.tx, call.account.email) if test(one, call.tx)]
    if call.account.sees_only_own_files:
        found = [one for one in found if one.client_id == call.account.client_id]
    _sort(found, order)
    size = call.number("pageSize", 100)
    if not 1 <= size <= 1000:
        raise bad_parameter(f"Invalid value '{size}'. Values must be within the range: [1, 1000]")
    start = paging.start(call.one("pageToken"), "files", q, order)
    if start is None:
        raise bad_parameter("Invalid Value")
    answer: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    if start + size < len(found):
        answer["nextPageToken"] = paging.token(start + size, "files", q, order)
    return {**answer, "files": [file_resource(call, file) for file in found[start : start + size]]}


def _sort(found: list[File], order: str) -> None:
    """By the first key; among equals by the second, and so on. `desc` after a key turns it."""
    for part in reversed([part.split() for part in order.split(",") if part.strip()]):
        key, turned = part[0], part[1:]
        if key in _NOT_HERE:
            raise unimplemented(f"drive.files.list with orderBy={key}")
        if key not in _ORDERS or turned not in ([], ["desc"]):
            raise bad_parameter("Invalid Value")
        newest_first = key == "recency"
        found.sort(key=_ORDERS[key], reverse=bool(turned) != newest_first)
