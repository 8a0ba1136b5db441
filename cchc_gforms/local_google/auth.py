"""Tokens: refresh tokens, service accounts, authorization codes with PKCE; scopes per method.

Token times are the machine's: the clock that the control path sets moves only what Forms, Sheets
and Drive stamp, while the client's own clock is real.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from google.auth import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google.accounts import OFFICE, account
from cchc_gforms.local_google.call import Account
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

BUILT_IN = "local"
"""Client id, client secret and refresh token that always work, for the office's account."""

_LIFETIME = 3600  # seconds
_CODE_LIFETIME = 600
_DRIVE_FILE = "https://www.googleapis.com/auth/drive.file"
_JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class TokenError(Exception):
    """A refusal of the token endpoint, in OAuth's words (RFC 6749, 5.2)."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error
        self.description = description


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
    kind, _, token = (header or "").partition(" ")
    row = tx.execute("select * from access_tokens where token = ?", (token.strip(),)).fetchone()
    if kind.lower() != "bearer" or row is None or row["expires"] <= time.time():
        raise ApiError(
            "UNAUTHENTICATED",
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
            "cookie or other valid authentication credential.",
        )
    return Account(row["email"], row["client_id"], frozenset(row["scopes"].split()))


def require_scope(caller: Account, scopes: frozenset[str]) -> None:
    """403 unless the token carries one of the method's scopes."""
    if scopes and not scopes & caller.scopes:
        reason = {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            "domain": "googleapis.com",
        }
        raise ApiError(
            "PERMISSION_DENIED", "Request had insufficient authentication scopes.", [reason]
        )


def register_service_account(tx: sqlite3.Connection, email: str, public_key: str) -> None:
    """`public_key` in PEM, as the key file's private key has it."""
    account(tx, email)
    tx.execute("insert or replace into service_accounts values (?, ?)", (email, public_key))


async def token(request: Request) -> Response:
    """The token endpoint: three grants, answers and refusals as OAuth has them."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    form = {**_client_in_header(request), **form}
    state: State = request.app.state.google
    try:
        with state.transaction() as tx:
            answer = _GRANTS.get(form.get("grant_type", ""), _unsupported)(state, tx, form)
    except TokenError as refused:
        body = {"error": refused.error, "error_description": refused.description}
        return JSONResponse(body, 400)
    return JSONResponse(answer)


def _client_in_header(request: Request) -> dict[str, str]:
    """The client may name itself by HTTP Basic instead (RFC 6749, 2.3.1)."""
    kind, _, coded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return {}
    client, _, _ = base64.b64decode(coded).decode("utf-8", "replace").partition(":")
    return {"client_id": unquote(client)}


def _refresh(state: State, tx: sqlite3.Connection, form: Mapping[str, str]) -> dict[str, Any]:
    given = form.get("refresh_token", "")
    if given == BUILT_IN:
        scopes = form.get("scope") or _DRIVE_FILE
        return _access_token(state, tx, OFFICE, BUILT_IN, scopes)
    row = tx.execute("select * from refresh_tokens where token = ?", (given,)).fetchone()
    if row is None or row["client_id"] != form.get("client_id"):
        raise TokenError("invalid_grant", "Token has been expired or revoked.")
    return _access_token(state, tx, row["email"], row["client_id"], row["scopes"])


def _code(state: State, tx: sqlite3.Connection, form: Mapping[str, str]) -> dict[str, Any]:
    row = tx.execute("select * from auth_codes where code = ?", (form.get("code"),)).fetchone()
    tx.execute("delete from auth_codes where code = ?", (form.get("code"),))
    if row is None or row["expires"] <= time.time():
        raise TokenError("invalid_grant", "Malformed auth code.")
    if row["redirect_uri"] != form.get("redirect_uri"):
        raise TokenError("redirect_uri_mismatch", "Bad Request")
    if row["client_id"] != form.get("client_id"):
        raise TokenError("invalid_client", "The OAuth client was not found.")
    if row["challenge"] and row["challenge"] != _challenge(form.get("code_verifier", "")):
        raise TokenError("invalid_grant", "Invalid code verifier.")
    refresh = "1//" + state.ids.token()
    tx.execute(
        "insert into refresh_tokens values (?, ?, ?, ?)",
        (refresh, row["email"], row["client_id"], row["scopes"]),
    )
    made = _access_token(state, tx, row["email"], row["client_id"], row["scopes"])
    return {**made, "refresh_token": refresh}


def _service_account(
    state: State, tx: sqlite3.Connection, form: Mapping[str, str]
) -> dict[str, Any]:
    """The assertion's signature is checked against the registered key."""
    assertion = form.get("assertion", "")
    try:
        issuer = str(jwt.decode(assertion, verify=False)["iss"])
        row = tx.execute("select * from service_accounts where email = ?", (issuer,)).fetchone()
        if row is None:
            raise TokenError("invalid_grant", "Invalid grant: account not found")
        claims = jwt.decode(assertion, certs=row["public_key"])
    except (ValueError, KeyError) as error:
        raise TokenError("invalid_grant", "Invalid JWT Signature.") from error
    email = str(claims.get("sub") or issuer)
    account(tx, email)
    return _access_token(state, tx, email, issuer, str(claims.get("scope", "")))


def _unsupported(_: State, __: sqlite3.Connection, form: Mapping[str, str]) -> dict[str, Any]:
    raise TokenError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")


_GRANTS = {"refresh_token": _refresh, "authorization_code": _code, _JWT_GRANT: _service_account}


def _access_token(
    state: State, tx: sqlite3.Connection, email: str, client_id: str, scopes: str
) -> dict[str, Any]:
    account(tx, email)
    token = state.ids.token()
    expires = int(time.time()) + _LIFETIME
    tx.execute(
        "insert into access_tokens values (?, ?, ?, ?, ?)",
        (token, email, client_id, scopes, expires),
    )
    return {
        "access_token": token,
        "expires_in": _LIFETIME - 1,
        "scope": scopes,
        "token_type": "Bearer",
    }


def _challenge(verifier: str) -> str:
    """PKCE, S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


async def register(request: Request) -> Response:
    """`POST /_control/service_account` with {"client_email", "public_key"}."""
    body = json.loads(await request.body())
    state: State = request.app.state.google
    with state.transaction() as tx:
        register_service_account(tx, body["client_email"], body["public_key"])
    return JSONResponse({})


routes = [
    Route("/token", token, methods=["POST"]),
    Route("/_control/service_account", register, methods=["POST"]),
]
