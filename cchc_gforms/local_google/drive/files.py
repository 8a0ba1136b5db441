"""Files of the local Drive: what they are, whose they are, who may do what with them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cchc_gforms.local_google.call import Account
from cchc_gforms.local_google.errors import NoStorageError, forbidden, not_found
from cchc_gforms.local_google.state import State
from cchc_gforms.local_google.times import to_us

FORM = "application/vnd.google-apps.form"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"

TABLES = """
create table if not exists files (
    id text primary key, mime_type text not null, name text not null, owner text not null,
    client_id text, created_us integer not null, modified_us integer not null,
    version integer not null, trashed integer not null, parents text not null,
    app_properties text not null
);
create table if not exists permissions (
    file_id text not null, id text not null, type text not null, role text not null,
    email text, view text, primary key (file_id, id)
);
create table if not exists pending_owners (
    file_id text not null, permission_id text not null, primary key (file_id, permission_id)
);
create table if not exists file_details (
    file_id text primary key, properties text not null, description text not null
);
"""

_SELECT = "select * from files left join file_details on file_details.file_id = files.id"
_BY_ITSELF, _WITH_A_FOLDER = 1, 2
_RANK = {"reader": 1, "commenter": 2, "writer": 3, "owner": 4}


@dataclass(frozen=True, slots=True)
class File:
    """`client_id` is the OAuth client that made it, None when a person did on the pages.

    `app_properties` are each client's own, by its id; `properties` are everyone's.
    """

    id: str
    mime_type: str
    name: str
    owner: str
    client_id: str | None
    created_us: int
    modified_us: int
    version: int
    trashed: bool
    explicitly_trashed: bool
    parents: tuple[str, ...]
    app_properties: Mapping[str, Mapping[str, str]]
    properties: Mapping[str, str] = field(default_factory=dict)
    description: str = ""

    def properties_of(self, client_id: str) -> Mapping[str, str]:
        return self.app_properties.get(client_id, {})


def grantee_id(type: str, named: str | None) -> str:
    """The id of whoever a permission is given to, the same on every file [disc Permission.id]."""
    if named is None:
        return "anyoneWithLink"
    digest = hashlib.sha256(f"{type}:{named}".encode()).digest()
    return f"{int.from_bytes(digest[:8]):020}"


@dataclass(frozen=True, slots=True)
class Permission:
    """`view` is "published" for the right to answer a form (facts 8.2). `email` is the address of
    a user, the name of a domain. `id` is of this row; the API names it by whom it is given to."""

    id: str
    type: str
    role: str
    email: str | None
    view: str | None
    pending_owner: bool = False

    @property
    def grantee_id(self) -> str:
        return grantee_id(self.type, self.email)

    def reaches(self, email: str | None) -> bool:
        """Whether it is given to this address (None: nobody signed in)."""
        if self.type == "anyone":
            return True
        if self.type == "domain":
            return email is not None and email.endswith(f"@{self.email}")
        return email is not None and self.email == email


def create_file(
    state: State,
    tx: sqlite3.Connection,
    *,
    mime_type: str,
    name: str,
    owner: str,
    client_id: str | None = None,
    app_properties: Mapping[str, str] | None = None,
    parents: Sequence[str] = (),
) -> str:
    """Returns the new file's id; its owner's permission comes with it."""
    if lacks_storage(state, tx, owner):
        raise NoStorageError
    id, now = state.ids.file_id(), to_us(state.clock.now())
    own = {client_id: dict(app_properties)} if client_id and app_properties else {}
    tx.execute(
        "insert into files values (?, ?, ?, ?, ?, ?, ?, 1, 0, ?, ?)",
        (
            id, mime_type, name, owner, client_id, now, now,
            json.dumps(list(parents)), json.dumps(own),
        ),
    )  # fmt: skip
    grant(state, tx, id, type="user", role="owner", email=owner)
    return id


def lacks_storage(state: State, tx: sqlite3.Connection, email: str) -> bool:
    """Service accounts cannot own files (facts C), unless the switch says so."""
    found = tx.execute("select 1 from service_accounts where email = ?", (email,)).fetchone()
    return found is not None and not state.switches.service_accounts_have_storage


def find(tx: sqlite3.Connection, file_id: str) -> File | None:
    row = tx.execute(f"{_SELECT} where id = ?", (file_id,)).fetchone()
    return _file(row) if row else None


def all_files(tx: sqlite3.Connection) -> list[File]:
    return [_file(row) for row in tx.execute(f"{_SELECT} order by modified_us desc, id")]


def visible_to(tx: sqlite3.Connection, email: str) -> list[File]:
    """What a person's Drive shows: not trashed, theirs or shared with them; newest first."""
    return [file for file in listed_for(tx, email) if not file.trashed]


def listed_for(tx: sqlite3.Connection, email: str) -> list[File]:
    """Theirs or shared with them by name, newest first. A link that anyone may follow lists
    nothing."""
    named = tx.execute("select file_id from permissions where view is null and email = ?", (email,))
    theirs = {row["file_id"] for row in named}
    return [file for file in all_files(tx) if file.id in theirs]


def role_of(tx: sqlite3.Connection, file_id: str, email: str | None) -> str | None:
    """The best role on the file itself; permissions of the published view do not count."""
    given = [one for one in permissions(tx, file_id) if one.view is None and one.reaches(email)]
    return max((one.role for one in given), key=_RANK.__getitem__, default=None)


def has_role(tx: sqlite3.Connection, file_id: str, email: str, role: str) -> bool:
    has = role_of(tx, file_id, email)
    return has is not None and _RANK[has] >= _RANK[role]


def require_access(
    tx: sqlite3.Connection, file_id: str, email: str | None, role: Literal["reader", "writer"]
) -> File:
    """404 for what is not there, 403 for what is there and not for this account (facts 2.7)."""
    file, has = find(tx, file_id), role_of(tx, file_id, email)
    if file is None:
        raise not_found()
    if has is None or _RANK[has] < _RANK[role]:
        raise forbidden()
    return file


def require_for(
    tx: sqlite3.Connection, file_id: str, account: Account, role: Literal["reader", "writer"]
) -> File:
    """As `require_access`; under `drive.file` what another client made is not there (facts 8.3)."""
    file = find(tx, file_id)
    if file and account.sees_only_own_files and file.client_id != account.client_id:
        raise not_found()
    return require_access(tx, file_id, account.email, role)


def update(
    state: State,
    tx: sqlite3.Connection,
    file: File,
    client_id: str,
    *,
    name: str | None = None,
    app_properties: Mapping[str, str | None] | None = None,
) -> None:
    """The client's own properties are merged; null takes one away."""
    kept = merged(file.properties_of(client_id), app_properties or {})
    tx.execute(
        "update files set name = ?, app_properties = ? where id = ?",
        (
            file.name if name is None else name,
            json.dumps({**file.app_properties, client_id: kept}),
            file.id,
        ),
    )
    touch(state, tx, file.id)


def merged(now: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """Null takes a property away."""
    after = {**now, **changes}
    return {key: value for key, value in after.items() if value is not None}


def describe(
    tx: sqlite3.Connection, file_id: str, properties: Mapping[str, str], description: str
) -> None:
    tx.execute(
        "insert or replace into file_details values (?, ?, ?)",
        (file_id, json.dumps(dict(properties)), description),
    )


def move(tx: sqlite3.Connection, file_id: str, parents: Sequence[str]) -> None:
    tx.execute("update files set parents = ? where id = ?", (json.dumps(list(parents)), file_id))


def trash(tx: sqlite3.Connection, file: File, *, trashed: bool) -> None:
    """What lies in a folder goes to the trash with it, and comes back with it: all of it but what
    was put there by itself."""
    tx.execute("update files set trashed = ? where id = ?", (_BY_ITSELF if trashed else 0, file.id))
    old, new = (0, _WITH_A_FOLDER) if trashed else (_WITH_A_FOLDER, 0)
    waiting = [file.id]
    while waiting:
        folder = waiting.pop()
        inner = [
            one.id for one in all_files(tx) if folder in one.parents and not one.explicitly_trashed
        ]
        tx.executemany(
            "update files set trashed = ? where id = ? and trashed = ?",
            [(new, id, old) for id in inner],
        )
        waiting += inner


def set_type(tx: sqlite3.Connection, file_id: str, mime_type: str) -> None:
    tx.execute("update files set mime_type = ? where id = ?", (mime_type, file_id))


def hand_over(tx: sqlite3.Connection, file: File, to: Permission) -> None:
    """The pending owner becomes the owner, the owner a writer; it lies in the new one's Drive."""
    assert to.email is not None
    tx.execute(
        "update permissions set role = 'writer' where file_id = ? and role = 'owner'", (file.id,)
    )
    set_role(tx, file.id, to.id, "owner")
    set_pending(tx, file.id, to.id, pending=False)
    tx.execute("update files set owner = ?, parents = '[]' where id = ?", (to.email, file.id))


def set_role(tx: sqlite3.Connection, file_id: str, permission_id: str, role: str) -> None:
    tx.execute(
        "update permissions set role = ? where file_id = ? and id = ?",
        (role, file_id, permission_id),
    )


def set_pending(tx: sqlite3.Connection, file_id: str, permission_id: str, *, pending: bool) -> None:
    """One pending owner at most."""
    tx.execute("delete from pending_owners where file_id = ?", (file_id,))
    if pending:
        tx.execute("insert into pending_owners values (?, ?)", (file_id, permission_id))


def rename(tx: sqlite3.Connection, file_id: str, name: str) -> None:
    tx.execute("update files set name = ? where id = ?", (name, file_id))


def touch(state: State, tx: sqlite3.Connection, file_id: str) -> None:
    tx.execute(
        "update files set modified_us = ?, version = version + 1 where id = ?",
        (to_us(state.clock.now()), file_id),
    )


def delete(tx: sqlite3.Connection, file_id: str) -> None:
    tx.execute("delete from files where id = ?", (file_id,))
    for table in ("permissions", "pending_owners", "file_details"):
        tx.execute(f"delete from {table} where file_id = ?", (file_id,))  # noqa: S608


def permissions(tx: sqlite3.Connection, file_id: str) -> list[Permission]:
    rows = tx.execute(
        "select *, exists (select 1 from pending_owners p where p.file_id = permissions.file_id "
        "and p.permission_id = permissions.id) as pending from permissions where file_id = ? "
        "order by rowid",
        (file_id,),
    )
    return [
        Permission(r["id"], r["type"], r["role"], r["email"], r["view"], bool(r["pending"]))
        for r in rows
    ]


def grant(
    state: State,
    tx: sqlite3.Connection,
    file_id: str,
    *,
    type: str,
    role: str,
    email: str | None = None,
    view: str | None = None,
) -> Permission:
    """Granting the same again gives the same permission, with the new role; an owner stays one."""
    for one in permissions(tx, file_id):
        if (one.type, one.email, one.view) == (type, email, view):
            role = one.role if one.role == "owner" else role
            set_role(tx, file_id, one.id, role)
            return Permission(one.id, type, role, email, view)
    id = state.ids.permission_id()
    tx.execute(
        "insert into permissions values (?, ?, ?, ?, ?, ?)", (file_id, id, type, role, email, view)
    )
    return Permission(id, type, role, email, view)


def revoke(tx: sqlite3.Connection, file_id: str, permission_id: str) -> None:
    for table, key in (("permissions", "id"), ("pending_owners", "permission_id")):
        tx.execute(
            f"delete from {table} where file_id = ? and {key} = ?",  # noqa: S608
            (file_id, permission_id),
        )


def _file(row: sqlite3.Row) -> File:
    return File(
        id=row["id"],
        mime_type=row["mime_type"],
        name=row["name"],
        owner=row["owner"],
        client_id=row["client_id"],
        created_us=row["created_us"],
        modified_us=row["modified_us"],
        version=row["version"],
        trashed=bool(row["trashed"]),
        explicitly_trashed=row["trashed"] == _BY_ITSELF,
        parents=tuple(json.loads(row["parents"])),
        app_properties=json.loads(row["app_properties"]),
        properties=json.loads(row["properties"] or "{}"),
        description=row["description"] or "",
    )
