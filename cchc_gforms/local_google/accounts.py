"""Accounts, and who is signed in at the pages. No passwords: all of this is local."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

OFFICE = "vanphong@cchc.example"
"""Owner of what the built-in refresh token makes."""

_COOKIE = "local_google_account"

TABLES = """
create table if not exists accounts (email text primary key, name text not null);
"""


@dataclass(frozen=True, slots=True)
class Known:
    email: str
    name: str


def account(tx: sqlite3.Connection, email: str) -> Known:
    """The account, made on first use."""
    name = "Văn phòng (tài khoản mẫu)" if email == OFFICE else email.partition("@")[0]
    tx.execute("insert or ignore into accounts values (?, ?)", (email, name))
    row = tx.execute("select * from accounts where email = ?", (email,)).fetchone()
    return Known(row["email"], row["name"])


def known(tx: sqlite3.Connection) -> list[Known]:
    """The accounts so far, the office first."""
    account(tx, OFFICE)
    rows = tx.execute("select * from accounts order by email <> ?, email", (OFFICE,))
    return [Known(row["email"], row["name"]) for row in rows]


def signed_in(request: Request) -> str | None:
    cookie = request.cookies.get(_COOKIE)
    return unquote(cookie) if cookie else None


def sign_in(response: Response, email: str) -> None:
    response.set_cookie(_COOKIE, quote(email), httponly=True, samesite="lax")


def sign_out(response: Response) -> None:
    response.delete_cookie(_COOKIE)
