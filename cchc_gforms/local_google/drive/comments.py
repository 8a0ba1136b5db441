"""Comments on files: said, read, changed and deleted; no replies."""

from __future__ import annotations

import sqlite3
from html import escape
from typing import Any

from cchc_gforms.local_google import accounts, paging
from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.drive.refusals import bad_parameter, no_right, opened, take_only
from cchc_gforms.local_google.errors import DriveError, unimplemented
from cchc_gforms.local_google.times import rfc3339_ms, to_us

TABLES = """
create table if not exists comments (
    id text primary key, file_id text not null, author text not null, content text not null,
    anchor text not null, created_us integer not null, modified_us integer not null,
    deleted integer not null
);
"""


def create(call: Call) -> dict[str, Any]:
    """Whoever may comment may; readers may not."""
    _require_fields(call)
    take_only(call, "Comment", "content", "anchor")
    file = opened(call, call.path["fileId"], "reader")
    if not files.has_role(call.tx, file.id, call.account.email, "commenter"):
        raise no_right()
    content = call.body.get("content")
    if not content:
        raise DriveError("INVALID_ARGUMENT", "Comment content is required.", "required")
    id, now = call.state.ids.comment_id(), to_us(call.now)
    call.tx.execute(
        "insert into comments values (?, ?, ?, ?, ?, ?, ?, 0)",
        (id, file.id, call.account.email, content, call.body.get("anchor", ""), now, now),
    )
    return _resource(call, _found(call, file.id, id))


def list_all(call: Call) -> dict[str, Any]:
    """Newest first; deleted ones when asked for."""
    _require_fields(call)
    if call.one("startModifiedTime"):
        raise unimplemented("drive.comments.list with startModifiedTime")
    file = opened(call, call.path["fileId"], "reader")
    size = call.number("pageSize", 20)
    if not 1 <= size <= 100:
        raise bad_parameter(f"Invalid value '{size}'. Values must be within the range: [1, 100]")
    rows = call.tx.execute(
        "select * from comments where file_id = ? and deleted <= ? "
        "order by modified_us desc, rowid desc",
        (file.id, int(call.flag("includeDeleted"))),
    ).fetchall()
    start = paging.start(call.one("pageToken"), "comments", file.id)
    if start is None:
        raise bad_parameter("Invalid Value")
    answer: dict[str, Any] = {"kind": "drive#commentList"}
    if start + size < len(rows):
        answer["nextPageToken"] = paging.token(start + size, "comments", file.id)
    return {**answer, "comments": [_resource(call, row) for row in rows[start : start + size]]}


def get(call: Call) -> dict[str, Any]:
    _require_fields(call)
    file = opened(call, call.path["fileId"], "reader")
    row = _found(call, file.id, call.path["commentId"])
    if row["deleted"] and not call.flag("includeDeleted"):
        raise _not_there(row["id"])
    return _resource(call, row)


def update(call: Call) -> dict[str, Any]:
    _require_fields(call)
    take_only(call, "Comment", "content")
    row = _own(call)
    call.tx.execute(
        "update comments set content = ?, modified_us = ? where id = ?",
        (call.body.get("content", row["content"]), to_us(call.now), row["id"]),
    )
    return _resource(call, _found(call, row["file_id"], row["id"]))


def delete(call: Call) -> None:
    """What was said is gone; that something was said is not."""
    row = _own(call)
    call.tx.execute(
        "update comments set content = '', deleted = 1, modified_us = ? where id = ?",
        (to_us(call.now), row["id"]),
    )


def delete_all(tx: sqlite3.Connection, file_id: str) -> None:
    tx.execute("delete from comments where file_id = ?", (file_id,))


def _own(call: Call) -> sqlite3.Row:
    file = opened(call, call.path["fileId"], "reader")
    row = _found(call, file.id, call.path["commentId"])
    if row["deleted"]:
        raise _not_there(row["id"])
    if row["author"] != call.account.email:
        raise no_right()
    return row


def _found(call: Call, file_id: str, id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = call.tx.execute(
        "select * from comments where file_id = ? and id = ?", (file_id, id)
    ).fetchone()
    if row is None:
        raise _not_there(id)
    return row


def _resource(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    author = accounts.account(call.tx, row["author"])
    user = {
        "kind": "drive#user",
        "displayName": author.name,
        "me": author.email == call.account.email,
    }
    made: dict[str, Any] = {
        "kind": "drive#comment",
        "id": row["id"],
        "createdTime": rfc3339_ms(row["created_us"]),
        "modifiedTime": rfc3339_ms(row["modified_us"]),
        "author": user,
        "deleted": bool(row["deleted"]),
        "replies": [],
    }
    if not row["deleted"]:
        made |= {"content": row["content"], "htmlContent": escape(row["content"])}
    return made | ({"anchor": row["anchor"]} if row["anchor"] else {})


def _require_fields(call: Call) -> None:
    if not call.one("fields"):
        text = "The 'fields' parameter is required for this method."
        raise DriveError("INVALID_ARGUMENT", text, "required")


def _not_there(id: str) -> DriveError:
    return DriveError("NOT_FOUND", f"Comment not found: {id}.", "notFound")


METHODS: dict[str, Handler] = {
    "drive.comments.create": create,
    "drive.comments.list": list_all,
    "drive.comments.get": get,
    "drive.comments.update": update,
    "drive.comments.delete": delete,
}
PARTLY = {
    "drive.comments.create": "content and anchor only",
    "drive.comments.list": "no startModifiedTime",
    "drive.comments.update": "content only",
}
