"""The upload protocols of Drive: simple, multipart, and resumable by sessions.

A session's address is all the right that is needed to continue it; it is good for a week.
"""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from starlette.responses import Response

from cchc_gforms.local_google.call import Account, Call, Media
from cchc_gforms.local_google.drive.content import BYTES
from cchc_gforms.local_google.drive.refusals import bad_parameter, opened
from cchc_gforms.local_google.errors import ApiError
from cchc_gforms.local_google.times import to_us

TABLES = """
create table if not exists uploads (
    id text primary key, email text not null, client_id text not null, scopes text not null,
    path text not null, query text not null, body text not null, mime_type text not null,
    total integer, content blob not null, created_us integer not null, answer text
);
"""

_WEEK = 7 * 24 * 3600 * 1_000_000  # microseconds
_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes (?:(?P<first>\d+)-(?P<last>\d+)|\*)/(?P<total>\d+|\*)")


@dataclass(frozen=True, slots=True)
class Sent:
    """A request taken apart: its JSON, and its bytes unless they come later (`later`)."""

    metadata: bytes
    media: Media | None = None
    later: bool = False


@dataclass(slots=True)
class Session:
    """A resumable upload. `answer` is what was answered at its end, and is again."""

    id: str
    account: Account
    path: dict[str, str]
    query: dict[str, list[str]]
    body: dict[str, object]
    mime_type: str
    total: int | None
    content: bytes
    answer: str | None = None


def take_apart(kind: str, headers: Mapping[str, str], body: bytes) -> Sent:
    """By `uploadType`; 400 for what the protocol does not know."""
    mime_type = headers.get("content-type", BYTES)
    if kind == "media":
        return Sent(b"", Media(body, mime_type))
    if kind == "resumable":
        return Sent(body, later=True)
    if kind == "multipart":
        return _two_parts(mime_type, body)
    raise bad_parameter(f"Invalid upload request: uploadType={kind}")


def begin(call: Call, headers: Mapping[str, str], address: str) -> Response:
    """200 with the session's address; the file of an update must be the caller's to write."""
    if "fileId" in call.path:
        opened(call, call.path["fileId"], "writer")
    size = headers.get("x-upload-content-length", "")
    if size and not size.isdecimal():
        raise bad_parameter("Invalid X-Upload-Content-Length")
    id, account = call.state.ids.upload_id(), call.account
    call.tx.execute(
        "insert into uploads values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
        (
            id, account.email, account.client_id, " ".join(sorted(account.scopes)),
            json.dumps(dict(call.path)), json.dumps(dict(call.query)), json.dumps(call.body),
            headers.get("x-upload-content-type", BYTES), int(size) if size else None, b"",
            to_us(call.now),
        ),
    )  # fmt: skip
    joint = "&" if "?" in address else "?"
    where = {"Location": f"{address}{joint}upload_id={id}", "X-GUploader-UploadID": id}
    return Response(status_code=200, headers=where)


def find(tx: sqlite3.Connection, id: str, now_us: int) -> Session:
    """404 for one that is not there, was given up, or has waited for more than a week."""
    tx.execute("delete from uploads where created_us < ?", (now_us - _WEEK,))
    row = tx.execute("select * from uploads where id = ?", (id,)).fetchone()
    if row is None:
        raise ApiError("NOT_FOUND", "The upload session was not found.")
    account = Account(row["email"], row["client_id"], frozenset(row["scopes"].split()))
    path, query, body = (json.loads(row[name]) for name in ("path", "query", "body"))
    return Session(
        id, account, path, query, body, row["mime_type"], row["total"], bytes(row["content"]),
        row["answer"],
    )  # fmt: skip


def give_up(tx: sqlite3.Connection, session: Session) -> Response:
    tx.execute("delete from uploads where id = ?", (session.id,))
    return Response(status_code=499)


def take(
    tx: sqlite3.Connection, session: Session, content_range: str, chunk: bytes
) -> Response | None:
    """Keeps a chunk and says how far it is (308); None once all is there."""
    found = _RANGE.fullmatch(content_range) if content_range else None
    if content_range and found is None:
        raise bad_parameter("Invalid Content-Range header.")
    if found is None:
        session.content, session.total = chunk, len(chunk)
        return None
    _agree(session, found["total"])
    if found["first"] is not None:
        _append(session, int(found["first"]), int(found["last"]), chunk)
    tx.execute(
        "update uploads set content = ?, total = ? where id = ?",
        (session.content, session.total, session.id),
    )
    if session.total is not None and len(session.content) == session.total:
        return None
    return _incomplete(session)


def finish(tx: sqlite3.Connection, session: Session, answer: str) -> None:
    """The bytes are the file's now."""
    tx.execute("update uploads set content = ?, answer = ? where id = ?", (b"", answer, session.id))


def _agree(session: Session, total: str) -> None:
    if total == "*":
        return
    if session.total is not None and session.total != int(total):
        raise bad_parameter("The size of the upload is not the one it began with.")
    session.total = int(total)


def _append(session: Session, first: int, last: int, chunk: bytes) -> None:
    """Bytes that are there already are passed over; of a chunk that is not the last, whole
    multiples of 256 KiB are kept."""
    here = len(session.content)
    if last - first + 1 != len(chunk) or (session.total is not None and last >= session.total):
        raise bad_parameter("The Content-Range header does not fit the bytes sent.")
    if first > here:
        raise bad_parameter(
            "Invalid request.  According to the Content-Range header, the upload offset is "
            f"{first} byte(s), which exceeds already uploaded size of {here} byte(s)."
        )
    is_last = session.total is not None and last + 1 == session.total
    if not is_last and len(chunk) < _CHUNK:
        raise bad_parameter(
            "Invalid request.  The number of bytes uploaded is required to be equal or greater "
            f"than {_CHUNK}, except for the final request (it's recommended to be the exact "
            f"multiple of {_CHUNK}).  The received request contained {len(chunk)} bytes, which "
            "does not meet this requirement."
        )
    after = session.content[:first] + chunk
    if len(after) >= here:
        session.content = after if is_last else after[: len(after) - len(after) % _CHUNK]


def _incomplete(session: Session) -> Response:
    there = len(session.content)
    headers = {"Range": f"bytes=0-{there - 1}"} if there else {}
    return Response(status_code=308, headers={**headers, "X-GUploader-UploadID": session.id})


def _two_parts(content_type: str, body: bytes) -> Sent:
    """JSON first, then the bytes, exactly as they came."""
    boundary = _header(f"Content-Type: {content_type}".encode()).get_param("boundary")
    if not content_type.lower().startswith("multipart/related") or not boundary:
        raise bad_parameter("Missing multipart boundary")
    cut = re.compile(rb"(?:\A|\r?\n)--" + re.escape(str(boundary).encode()) + rb"(?:--)?[ \t]*")
    parts = [part for part in cut.split(body)[1:-1] if part.strip()]
    if len(parts) != 2:
        raise bad_parameter("A multipart upload has two parts.")
    (kind, metadata), (mime_type, content) = map(_part, parts)
    if not kind.startswith("application/json"):
        raise bad_parameter("The first part of a multipart upload is JSON.")
    return Sent(metadata, Media(content, mime_type))


def _part(part: bytes) -> tuple[str, bytes]:
    """The type and the content; base64 is decoded, all else is taken as it is."""
    found = re.match(rb"\r?\n((?:[^\r\n]+\r?\n)*)\r?\n", part)
    if found is None:
        raise bad_parameter("A part of the upload has no headers.")
    headers, content = _header(found[1]), part[found.end() :]
    if headers.get("Content-Transfer-Encoding", "").lower() == "base64":
        try:
            content = base64.b64decode(content)
        except ValueError:
            raise bad_parameter("A part of the upload is no base64.") from None
    return headers.get("Content-Type", BYTES), content


def _header(text: bytes) -> Message:
    return BytesHeaderParser().parsebytes(text)
