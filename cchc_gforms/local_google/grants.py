"""The token endpoint: refresh tokens, authorization codes with PKCE, service accounts."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from google.auth import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google import discovery
from cchc_gforms.local_google.accounts import OFFICE, account
from cchc_gforms.local_google.state import State

BUILT_IN = "local"
"""Client id, client secret and refresh token that always work, for the office's account."""

_LIFETIME = 3600  # seconds
_DRIVE_FILE = "https://www.googleapis.com/auth/drive.file"
_JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_ABOUT_THE_PERSON = {
    "openid", "email", "profile", "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/userinfo.profile",
}  # fmt: skip
_AUDIENCE = "https://oauth2.googleapis.com/token"


class TokenError(Exception):
    """A refusal of the token endpoint, in OAuth's words (RFC 6749, 5.2)."""

    def __init__(self, error: str, description: str, code: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.code = code


async def token(request: Request) -> Response:
    """The token endpoint: three grants, answers and refusals as OAuth has them."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    form = {**_client_in_header(request), **form, "endpoint": str(request.url)}
    state: State = request.app.state.google
    # A refusal is committed too: a code that was tried with a wrong verifier is used up.
    with state.transaction() as tx:
        try:
            answer = _GRANTS.get(form.get("grant_type", ""), _unsupported)(state, tx, form)
        except TokenError as refused:
            body = {"error": refused.error, "error_description": refused.description}
            return JSONResponse(body, refused.code)
    return JSONResponse(answer)


def _client_in_header(request: Request) -> dict[str, str]:
    """The client may name itself by HTTP Basic instead (RFC 6749, 2.3.1)."""
    kind, _, coded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        client, _, secret = base64.b64decode(coded).decode("utf-8", "replace").partition(":")
    except ValueError:
        return {}
    return {"client_id": unquote(client), "client_secret": unquote(secret)}


def _refresh(state: State, tx: sqlite3.Connection, form: Mapping[str, str]) -> dict[str, Any]:
    """Fewer scopes may be asked for than were granted, not others."""
    given, asked = form.get("refresh_token", ""), form.get("scope", "")
    if given == BUILT_IN:
        if (form.get("client_id"), form.get("client_secret")) != (BUILT_IN, BUILT_IN):
            raise TokenError("unauthorized_client", "Unauthorized", 401)
        return _access_token(state, tx, OFFICE, BUILT_IN, asked or _DRIVE_FILE)
    row = tx.execute("select * from refresh_tokens where token = ?", (given,)).fetchone()
    if row is None:
        raise TokenError("invalid_grant", "Token has been expired or revoked.")
    if row["client_id"] != form.get("client_id"):
        raise TokenError("unauthorized_client", "Unauthorized", 401)
    if set(asked.split()) - set(row["scopes"].split()):
        raise TokenError("invalid_scope", "Bad Request")
    return _access_token(state, tx, row["email"], row["client_id"], asked or row["scopes"])


def _code(state: State, tx: sqlite3.Connection, form: Mapping[str, str]) -> dict[str, Any]:
    row = tx.execute("select * from auth_codes where code = ?", (form.get("code"),)).fetchone()
    tx.execute("delete from auth_codes where code = ?", (form.get("code"),))
    if row is None or row["expires"] <= time.time():
        raise TokenError("invalid_grant", "Malformed auth code.")
    _check_code(row, form)
    refresh = "1//" + state.ids.token()
    tx.execute(
        "insert into refresh_tokens values (?, ?, ?, ?)",
        (refresh, row["email"], row["client_id"], row["scopes"]),
    )
    made = _access_token(state, tx, row["email"], row["client_id"], row["scopes"])
    return {**made, "refresh_token": refresh}


def _check_code(row: sqlite3.Row, form: Mapping[str, str]) -> None:
    if row["client_id"] != form.get("client_id"):
        raise TokenError("unauthorized_client", "Unauthorized", 401)
    if row["redirect_uri"] != form.get("redirect_uri"):
        raise TokenError("redirect_uri_mismatch", "Bad Request")
    if row["challenge"]:
        verifier = form.get("code_verifier")
        if not verifier:
            raise TokenError("invalid_grant", "Missing code verifier.")
        if row["challenge"] != _challenge(verifier):
            raise TokenError("invalid_grant", "Invalid code verifier.")


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
    except (ValueError, KeyError, TypeError):
        raise TokenError("invalid_grant", "Invalid JWT Signature.") from None
    _check_claims(claims, form["endpoint"])
    email = str(claims.get("sub") or issuer)
    return _access_token(state, tx, email, issuer, str(claims["scope"]))


def _check_claims(claims: Mapping[str, Any], endpoint: str) -> None:
    """google-auth names Google's own endpoint as the audience wherever it sends the assertion."""
    if claims.get("aud") not in (_AUDIENCE, endpoint):
        raise TokenError("invalid_grant", "Invalid JWT: Failed audience check.")
    if claims["exp"] - claims["iat"] > _LIFETIME:
        raise TokenError(
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
            "timeframe. Check your iat and exp values in the JWT claim.",
        )
    if not claims.get("scope"):
        raise TokenError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")


def _unsupported(_: State, __: sqlite3.Connection, form: Mapping[str, str]) -> dict[str, Any]:
    raise TokenError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")


_GRANTS = {"refresh_token": _refresh, "authorization_code": _code, _JWT_GRANT: _service_account}


def _access_token(
    state: State, tx: sqlite3.Connection, email: str, client_id: str, scopes: str
) -> dict[str, Any]:
    if set(scopes.split()) - discovery.scopes() - _ABOUT_THE_PERSON:
        raise TokenError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
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


routes = [Route("/token", token, methods=["POST"])]
