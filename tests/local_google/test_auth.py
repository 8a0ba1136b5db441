"""Tokens: three grants, scopes, and who is turned away (facts A, 8.3, 8.4)."""

from __future__ import annotations

import base64
import datetime
import hashlib
import time
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt, jwt
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials
from google.oauth2.service_account import Credentials as ServiceAccount

from cchc_gforms.local_google.serve import Running
from tests.local_google.api import REDIRECT, SCOPE, Http, access_token, consent

OFFICE = "vanphong@cchc.example"
ROBOT = "may@du-an.iam.mau.example"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
VERIFIER = "mau-" * 12
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()
PKCE = {"code_challenge": CHALLENGE.rstrip("="), "code_challenge_method": "S256"}
LOGIN = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


def ask(google: Running, **fields: str) -> requests.Response:
    return requests.post(f"{google.url}/token", data=fields, timeout=10)


def refusal(answer: requests.Response) -> tuple[int, str, str]:
    body = answer.json()
    assert set(body) == {"error", "error_description"}
    return answer.status_code, body["error"], body["error_description"]


def whoami(google: Running, token: str) -> str:
    http = Http(google.url, token)
    email: str = http.call("GET", "/drive/v3/about?fields=user")["user"]["emailAddress"]
    http.close()
    return email


BUILT_IN = {
    "grant_type": "refresh_token",
    "refresh_token": "local",
    "client_id": "local",
    "client_secret": "local",
}


def test_the_built_in_token_is_the_offices_with_drive_file(google: Running) -> None:
    given = ask(google, **BUILT_IN).json()
    assert whoami(google, given.pop("access_token")) == OFFICE
    assert given == {"expires_in": 3599, "scope": SCOPE + "drive.file", "token_type": "Bearer"}


def test_the_built_in_token_has_the_scopes_asked_for(google: Running) -> None:
    asked = f"{SCOPE}forms.body {SCOPE}spreadsheets"
    assert ask(google, **BUILT_IN, scope=asked).json()["scope"] == asked


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"client_secret": "x"}, (401, "unauthorized_client", "Unauthorized")),
        ({"client_id": "x"}, (401, "unauthorized_client", "Unauthorized")),
        (
            {"refresh_token": "x"},
            (400, "invalid_grant", "Token has been expired or revoked."),
        ),
        (
            {"grant_type": "password"},
            (400, "unsupported_grant_type", "Invalid grant_type: password"),
        ),
        ({"grant_type": ""}, (400, "unsupported_grant_type", "Invalid grant_type: ")),
    ],
)
def test_another_client_or_token_is_refused(
    google: Running, wrong: dict[str, str], refused: tuple[int, str, str]
) -> None:
    assert refusal(ask(google, **{**BUILT_IN, **wrong})) == refused


def test_the_client_may_name_itself_by_basic_authentication(google: Running) -> None:
    fields = {"grant_type": "refresh_token", "refresh_token": "local"}
    for auth, status in ((("local", "local"), 200), (("local", "x"), 401)):
        answer = requests.post(f"{google.url}/token", data=fields, auth=auth, timeout=10)
        assert answer.status_code == status
    broken = {"Authorization": "Basic không"}
    headers = {name: value.encode() for name, value in broken.items()}
    answer = requests.post(f"{google.url}/token", data=fields, headers=headers, timeout=10)
    assert answer.status_code == 401


# Missing, unknown, expired, insufficient


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (None, f"Request is missing required authentication credential. {LOGIN}"),
        ("Bearer none", f"Request had invalid authentication credentials. {LOGIN}"),
        ("Basic bG9jYWw6bG9jYWw=", f"Request had invalid authentication credentials. {LOGIN}"),
    ],
    ids=["missing", "unknown", "not a bearer"],
)
def test_a_call_without_a_good_token_is_unauthenticated(
    google: Running, header: str | None, message: str
) -> None:
    headers = {"Authorization": header} if header else {}
    error = {"code": 401, "message": message, "status": "UNAUTHENTICATED"}
    answer = requests.get(f"{google.url}/v1/forms/x", headers=headers, timeout=10)
    assert (answer.status_code, answer.json()) == (401, {"error": error})
    answer = requests.get(f"{google.url}/drive/v3/files", headers=headers, timeout=10)
    one = {"message": message, "domain": "global", "reason": "authError"}
    assert answer.json() == {"error": {**error, "errors": [one]}}


def test_a_token_is_good_for_its_hour_by_the_machines_clock(google: Running, clock: Any) -> None:
    token = access_token(google.url)
    clock("2099-01-01T00:00:00Z")  # the local clock moves what Google stamps, not tokens
    assert whoami(google, token) == OFFICE
    with google.state.transaction() as tx:
        left = tx.execute("select expires from access_tokens where token = ?", (token,))
        assert 3590 < left.fetchone()["expires"] - time.time() <= 3600
        tx.execute("update access_tokens set expires = ? where token = ?", (time.time(), token))
    answer = requests.get(
        f"{google.url}/drive/v3/about?fields=user",
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    assert answer.status_code == 401


def test_a_scope_that_does_not_reach_is_forbidden_with_its_reason(google: Running) -> None:
    http = Http(google.url, access_token(google.url, "spreadsheets"))
    error = {
        "code": 403,
        "message": "Request had insufficient authentication scopes.",
        "status": "PERMISSION_DENIED",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain": "googleapis.com",
            }
        ],
    }
    answer = http.send("POST", "/v1/forms", {"info": {"title": "A"}})
    assert (answer.status_code, answer.json()) == (403, {"error": error})
    one = {
        "message": "Request had insufficient authentication scopes.",
        "domain": "global",
        "reason": "insufficientPermissions",
    }
    assert http.send("GET", "/drive/v3/files").json() == {"error": {**error, "errors": [one]}}
    http.close()


# Authorization codes


def exchange(google: Running, **fields: str) -> requests.Response:
    app = {"client_id": "app", "client_secret": "secret", "redirect_uri": REDIRECT}
    return ask(google, **{"grant_type": "authorization_code", **app, **fields})


def test_a_code_with_its_verifier_gives_tokens_once(google: Running) -> None:
    person = "an@mau.example"
    code = consent(google.url, person, "app", "drive.file", "forms.body", **PKCE)
    given = exchange(google, code=code, code_verifier=VERIFIER).json()
    assert set(given) == {"access_token", "expires_in", "refresh_token", "scope", "token_type"}
    assert given["scope"] == f"{SCOPE}drive.file {SCOPE}forms.body"
    assert whoami(google, given["access_token"]) == person
    again = exchange(google, code=code, code_verifier=VERIFIER)
    assert refusal(again) == (400, "invalid_grant", "Malformed auth code.")


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"code_verifier": "x" * 43}, (400, "invalid_grant", "Invalid code verifier.")),
        ({"code_verifier": ""}, (400, "invalid_grant", "Missing code verifier.")),
        (
            {"redirect_uri": "http://localhost:1/"},
            (400, "redirect_uri_mismatch", "Bad Request"),
        ),
        ({"client_id": "other"}, (401, "unauthorized_client", "Unauthorized")),
        ({"code": "4/none"}, (400, "invalid_grant", "Malformed auth code.")),
    ],
)
def test_a_wrong_exchange_is_refused(
    google: Running, wrong: dict[str, str], refused: tuple[int, str, str]
) -> None:
    code = consent(google.url, "an@mau.example", "app", "drive.file", **PKCE)
    answer = exchange(google, **{"code": code, "code_verifier": VERIFIER, **wrong})
    assert refusal(answer) == refused


def test_a_code_tried_with_a_wrong_verifier_is_used_up(google: Running) -> None:
    code = consent(google.url, "an@mau.example", "app", "drive.file", **PKCE)
    exchange(google, code=code, code_verifier="x" * 43)
    assert exchange(google, code=code, code_verifier=VERIFIER).status_code == 400


def test_a_code_is_good_for_ten_minutes(google: Running) -> None:
    code = consent(google.url, "an@mau.example", "app", "drive.file", **PKCE)
    with google.state.transaction() as tx:
        row = tx.execute("select expires from auth_codes where code = ?", (code,)).fetchone()
        assert 590 < row["expires"] - time.time() <= 600
        tx.execute("update auth_codes set expires = ? where code = ?", (time.time(), code))
    assert exchange(google, code=code, code_verifier=VERIFIER).status_code == 400


def user(google: Running, refresh_token: str, *scopes: str) -> Credentials:
    return Credentials(
        token=None,
        refresh_token=refresh_token,
        token_uri=f"{google.url}/token",
        client_id="app",
        client_secret="secret",
        scopes=[SCOPE + scope for scope in scopes],
    )


def test_a_refresh_token_gives_what_was_granted_or_less(google: Running) -> None:
    code = consent(google.url, "an@mau.example", "app", "drive.file", "forms.body", **PKCE)
    refresh_token = exchange(google, code=code, code_verifier=VERIFIER).json()["refresh_token"]
    less = user(google, refresh_token, "forms.body")
    with requests.Session() as session:
        less.refresh(Request(session))
        assert less.granted_scopes == [f"{SCOPE}forms.body"]
        with pytest.raises(RefreshError) as error:
            user(google, refresh_token, "drive").refresh(Request(session))
    assert error.value.args[0] == "invalid_scope: Bad Request"
    stolen = ask(google, **{**BUILT_IN, "refresh_token": refresh_token, "client_id": "other"})
    assert refusal(stolen) == (401, "unauthorized_client", "Unauthorized")


# Service accounts


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def public_pem(key: rsa.RSAPrivateKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def certificate_pem(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mau.example")])
    day = datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), 1, day, day + datetime.timedelta(days=3650)
    ).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode()


def register(google: Running, email: str, public_key: str) -> requests.Response:
    known = {"client_email": email, "public_key": public_key}
    return requests.post(f"{google.url}/_control/service_account", json=known, timeout=10)


def robot(google: Running, key: rsa.RSAPrivateKey, email: str = ROBOT, **more: Any) -> Any:
    info = {
        "client_email": email,
        "private_key": private_pem(key),
        "token_uri": f"{google.url}/token",
    }
    scopes = [f"{SCOPE}drive.file"]
    return ServiceAccount.from_service_account_info(info, scopes=scopes, **more)


@pytest.mark.parametrize("pem", [public_pem, certificate_pem], ids=["public key", "certificate"])
def test_a_service_account_signs_for_itself_and_for_a_person(
    google: Running, key: rsa.RSAPrivateKey, pem: Any
) -> None:
    register(google, ROBOT, pem(key)).raise_for_status()
    with requests.Session() as session:
        alone = robot(google, key)
        alone.refresh(Request(session))
        assert whoami(google, alone.token) == ROBOT
        person = robot(google, key, subject="chutich@mau.example")
        person.refresh(Request(session))
        assert whoami(google, person.token) == "chutich@mau.example"


def test_another_key_or_an_unknown_account_is_refused(
    google: Running, key: rsa.RSAPrivateKey
) -> None:
    register(google, ROBOT, public_pem(key)).raise_for_status()
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with requests.Session() as session:
        for credentials, message in (
            (robot(google, stranger), "invalid_grant: Invalid JWT Signature."),
            (
                robot(google, key, email="la@mau.example"),
                "invalid_grant: Invalid grant: account not found",
            ),
        ):
            with pytest.raises(RefreshError) as error:
                credentials.refresh(Request(session))
            assert error.value.args[0] == message


def assertion(key: rsa.RSAPrivateKey, **changed: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": ROBOT,
        "aud": "https://oauth2.googleapis.com/token",
        "scope": f"{SCOPE}drive.file",
        "iat": now,
        "exp": now + 3600,
        **changed,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    signed: bytes = jwt.encode(crypt.RSASigner.from_string(private_pem(key)), kept)
    return signed.decode()


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"aud": "https://khac.example/token"}, "Invalid JWT: Failed audience check."),
        ({"aud": None}, "Invalid JWT: Failed audience check."),
        ({"scope": None}, "Invalid OAuth scope or ID token audience provided."),
        ({"scope": ""}, "Invalid OAuth scope or ID token audience provided."),
        (
            {"exp": int(time.time()) + 86400},
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
            "timeframe. Check your iat and exp values in the JWT claim.",
        ),
        ({"iat": 1, "exp": 3601}, "Invalid JWT Signature."),
        ({"exp": None}, "Invalid JWT Signature."),
        ({"exp": "mai"}, "Invalid JWT Signature."),
        ({"iss": None}, "Invalid JWT Signature."),
    ],
    ids=[
        "other audience",
        "no audience",
        "no scope",
        "empty scope",
        "a day",
        "expired",
        "endless",
        "no time",
        "nobody's",
    ],
)
def test_an_assertion_is_held_to_its_claims(
    google: Running, key: rsa.RSAPrivateKey, changed: dict[str, Any], refused: str
) -> None:
    register(google, ROBOT, public_pem(key)).raise_for_status()
    answer = ask(google, grant_type=JWT_GRANT, assertion=assertion(key, **changed))
    assert refusal(answer)[::2] == (400, refused)


def test_an_assertion_is_good_for_the_address_it_is_sent_to(
    google: Running, key: rsa.RSAPrivateKey
) -> None:
    register(google, ROBOT, public_pem(key)).raise_for_status()
    own = assertion(key, aud=f"{google.url}/token")
    assert ask(google, grant_type=JWT_GRANT, assertion=own).status_code == 200


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "không.phải.jwt"])
def test_what_is_no_assertion_is_refused(google: Running, text: str) -> None:
    answer = ask(google, grant_type=JWT_GRANT, assertion=text)
    assert refusal(answer) == (400, "invalid_grant", "Invalid JWT Signature.")


@pytest.mark.parametrize("body", [{}, [], {"client_email": ROBOT, "public_key": "không phải"}])
def test_only_a_key_is_registered(google: Running, body: object) -> None:
    answer = requests.post(f"{google.url}/_control/service_account", json=body, timeout=10)
    assert answer.status_code == 400
    assert "error" in answer.json()


@pytest.mark.parametrize("scope", ["https://www.googleapis.com/auth/nonsense", "drive.file"])
def test_a_scope_that_is_none_is_refused(local_google: Running, scope: str) -> None:
    built_in = {"client_id": "local", "client_secret": "local", "refresh_token": "local"}
    form = {"grant_type": "refresh_token", **built_in, "scope": scope}
    answer = requests.post(f"{local_google.url}/token", data=form, timeout=10)
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_scope"


def test_who_has_no_token_is_told_how_to_come_in(local_google: Running) -> None:
    for headers in ({}, {"Authorization": "Bearer khong"}):
        path = f"{local_google.url}/drive/v3/about?fields=user"
        answer = requests.get(path, headers=headers, timeout=10)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith(
            'Bearer realm="https://accounts.google'
        )
