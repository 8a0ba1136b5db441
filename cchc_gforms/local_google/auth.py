"""Who calls: bearer tokens and their scopes, codes of the consent page, service accounts.

Token times are the machine's: the clock that the control path sets moves only what Forms, Sheets
and Drive stamp, while the client's own clock is real.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from dataclasses import replace

from google.auth import crypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google.accounts import account
from cchc_gforms.local_google.call import Account
from cchc_gforms.local_google.control import refusing
from cchc_gforms.local_google.errors import ApiError, invalid
from cchc_gforms.local_google.state import State

TABLES = """
create table if not exists access_tokens (
    token text primary key, email text not null, client_id text not null, scopes text not null,
    expires integer not null
);
create table if not exists refresh_tokens (
    token text primary key, email text not null, client_id text not null, scopes text not null
);
create table if not exists auth_codes (
    code text primary key, email text not null, client_id text not null, scopes text not null,
    redirect_uri text not null, challenge text, expires integer not null
);
create table if not exists service_accounts (email text primary key, public_key text not null);
"""

_CODE_LIFETIME = 600  # seconds
_LOGIN = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


def issue_code(
    state: State,
    tx: sqlite3.Connection,
    *,
    email: str,
    client_id: str,
    scopes: Iterable[str],
    redirect_uri: str,
    challenge: str | None,
    challenge_method: str | None,
) -> str:
    """A code for the consent page to send back, good once, for ten minutes (PKCE: S256)."""
    if challenge and challenge_method != "S256":
        raise invalid("Only code_challenge_method=S256 is supported.")
    code = "4/" + state.ids.token()
    tx.execute(
        "insert into auth_codes values (?, ?, ?, ?, ?, ?, ?)",
        (
            code, email, client_id, " ".join(scopes), redirect_uri, challenge,
            int(time.time()) + _CODE_LIFETIME,
        ),
    )  # fmt: skip
    return code


def caller(tx: sqlite3.Connection, header: str | None) -> Account:
    """Whose the bearer token is; 401 when it is missing, unknown or expired."""
    if not header:
        raise ApiError(
            "UNAUTHENTICATED", f"Request is missing required authentication credential. {_LOGIN}"
        )
    kind, _, token = header.partition(" ")
    row = tx.execute("select * from access_tokens where token = ?", (token.strip(),)).fetchone()
    if kind.lower() != "bearer" or row is None or row["expires"] <= time.time():
        raise ApiError(
            "UNAUTHENTICATED", f"Request had invalid authentication credentials. {_LOGIN}"
        )
    return Account(row["email"], row["client_id"], frozenset(row["scopes"].split()))


def granted(caller: Account, scopes: frozenset[str]) -> Account:
    """The caller with the scopes that let it in; 403 when the token carries none of these."""
    if not scopes & caller.scopes:
        reason = {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            "domain": "googleapis.com",
        }
        raise ApiError(
            "PERMISSION_DENIED", "Request had insufficient authentication scopes.", [reason]
        )
    return replace(caller, scopes=scopes & caller.scopes)


def register_service_account(tx: sqlite3.Connection, email: str, public_key: str) -> None:
    """`public_key` is a PEM public key or certificate; ValueError when it is neither."""
    crypt.RSAVerifier.from_string(public_key)
    account(tx, email)
    tx.execute("insert or replace into service_accounts values (?, ?)", (email, public_key))


@refusing
async def register(request: Request) -> Response:
    """`POST /_control/service_account` with {"client_email", "public_key"}."""
    body = await request.json()
    state: State = request.app.state.google
    with state.transaction() as tx:
        register_service_account(tx, body["client_email"], body["public_key"])
    return JSONResponse({})


routes = [Route("/_control/service_account", register, methods=["POST"])]
