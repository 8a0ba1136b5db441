"""The spreadsheets of single units in Drive: made, marked as done, shown to their unit.

What each was left as stands in its own properties: the digest of its content, and marks of the
addresses that were let in from units.csv. So those who are taken out of units.csv are told from
people whom somebody else let in, without a file of ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cchc_gforms.errors import GoogleError
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import SPREADSHEET, DeployedFile

if TYPE_CHECKING:
    from googleapiclient.http import HttpRequest

DIGEST: Final = "cchc_digest"
SHARED: Final = "cchc_shared"
_MARK, _MOST = 6, 18  # letters of a mark, and as many as find room in 124 bytes


@dataclass(frozen=True, slots=True)
class Admission:
    """How those who may see a file differ from the addresses that are to. `revoke` are those whom
    we let in and who are no longer to, with the ids of their permissions; `others` were let in by
    somebody else, and are left."""

    grant: tuple[str, ...]
    revoke: Mapping[str, str]
    others: tuple[str, ...]
    marks: str


def admission(file: DeployedFile | None, wanted: Sequence[str]) -> Admission:
    """`wanted` are in lower case. Once named in units.csv, an address is ours to take back."""
    people = file.people if file else {}
    ours = file.tags.get(SHARED, "") if file else ""
    known = {ours[at : at + _MARK] for at in range(0, len(ours), _MARK)}
    strangers = {who: id for who, id in people.items() if who not in wanted}
    revoke = {who: id for who, id in strangers.items() if _mark(who) in known}
    return Admission(
        grant=tuple(who for who in wanted if who not in people),
        revoke=revoke,
        others=tuple(sorted(strangers.keys() - revoke.keys())),
        marks=_marks(wanted),
    )


def _marks(addresses: Iterable[str]) -> str:
    """Whoever finds no room any more will be left like a stranger."""
    return "".join([_mark(one) for one in addresses][:_MOST])


def _mark(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:_MARK]


@dataclass(frozen=True, slots=True)
class Left:
    """What is to be done to a file once it is written: its name and properties (nothing where
    `tags` is empty), and who is to be let in or shut out, these by the ids of their permissions."""

    file_id: str
    name: str
    tags: Mapping[str, str | None]
    grant: Sequence[str] = ()
    revoke: Sequence[str] = ()


def create(
    google: Google, files: Sequence[tuple[str, Mapping[str, str]]]
) -> list[str | GoogleError]:
    """New spreadsheets by name and properties, which they carry from the first moment: one HTTP
    batch; of each its id or its GoogleError."""
    making: Any = google.drive.files().create
    bodies = [
        {"name": name, "mimeType": SPREADSHEET, "appProperties": dict(tags)} for name, tags in files
    ]
    answers = google.try_together([making(body=body, fields="id") for body in bodies])
    return [answer if isinstance(answer, GoogleError) else answer["id"] for answer in answers]


def leave(
    google: Google, files: Sequence[Left], *, notify: bool = False
) -> list[str | GoogleError]:
    """One HTTP batch, and one before it where somebody is shut out: should the second fail, the
    marks that tell whom are still there. Of each file the time of its last change, "" where it was
    not touched, or the first error. `notify`: Google writes a mail to whoever is let in."""
    drive: Any = google.drive
    found: list[str | GoogleError] = [""] * len(files)
    out = [
        (at, drive.permissions().delete(fileId=one.file_id, permissionId=id))
        for at, one in enumerate(files)
        for id in one.revoke
    ]
    _try_all(google, out, found)
    left = [at for at, said in enumerate(found) if not isinstance(said, GoogleError)]
    marks = [(at, _marking(drive, files[at])) for at in left if files[at].tags]
    grants = [(at, who) for at in left for who in files[at].grant]
    letting = [(at, _letting(drive, files[at], who, notify=notify)) for at, who in grants]
    answers = _try_all(google, [*marks, *letting], found)
    for (at, who), answer in zip(grants, answers[len(marks) :], strict=True):
        if isinstance(answer, GoogleError) and answer.status == 400:
            found[at] = _not_let_in(who, answer)
    return found


def _marking(drive: Any, one: Left) -> HttpRequest:
    body = {"name": one.name, "appProperties": dict(one.tags)}
    request: HttpRequest = drive.files().update(
        fileId=one.file_id, body=body, fields="modifiedTime"
    )
    return request


def _letting(drive: Any, one: Left, address: str, *, notify: bool) -> HttpRequest:
    request: HttpRequest = drive.permissions().create(
        fileId=one.file_id,
        body={"type": "user", "role": "reader", "emailAddress": address},
        sendNotificationEmail=notify,
        fields="id",
    )
    return request


def _not_let_in(address: str, error: GoogleError) -> GoogleError:
    return GoogleError(
        f"không cho {address} xem được: {error.message}",
        "sửa địa chỉ trong units.csv; nếu đó không phải tài khoản Google thì thêm --notify",
        error.status,
    )


def _try_all(
    google: Google,
    requests: Sequence[tuple[int, HttpRequest]],
    found: list[str | GoogleError],
) -> list[Any]:
    """Each for the file at a place; notes what came of it there, errors before all."""
    answers = google.try_together([request for _, request in requests])
    for (at, _), answer in zip(requests, answers, strict=True):
        if isinstance(found[at], GoogleError):
            continue
        if isinstance(answer, GoogleError):
            found[at] = answer
        elif answer and "modifiedTime" in answer:
            found[at] = answer["modifiedTime"]
    return answers
