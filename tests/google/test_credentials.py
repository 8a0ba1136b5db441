"""Whose credentials are used, and files that hold none; a secret is never said."""

from __future__ import annotations

import json
import stat
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials as UserCredentials
from google.oauth2.service_account import Credentials as ServiceAccountCredentials

from cchc_gforms.errors import CchcError
from cchc_gforms.google.address import Address
from cchc_gforms.google.credentials import Identity, load, write_private
from tests.google.answering import answering

EXAMPLE = Path(__file__).parents[2] / "credentials.example.json"
LOCAL = Address.parse("http://127.0.0.1:8700")
SCOPE = "https://www.googleapis.com/auth/drive.file"
SECRET = "0123-bi-mat-4567"
CHAIR = "chutich@phonggd.example"

TOKEN = {
    "token": SECRET,
    "refresh_token": SECRET,
    "client_id": "may",
    "client_secret": SECRET,
    "token_uri": "https://oauth2.googleapis.com/token",
}


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(password: bytes | None = None) -> str:
    lock: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password:
        lock = serialization.BestAvailableEncryption(password)
    return key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock
    ).decode()  # fmt: skip


def account(**changed: Any) -> dict[str, Any]:
    example: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
    return {**example, "private_key": pem(), **changed}


def identity(
    directory: Path, *, file: Any = None, token: Any = None, subject: str | None = None
) -> Identity:
    """The files as text or as JSON; None leaves one out."""
    paths = directory / "credentials.json", directory / "token.json"
    for path, content in zip(paths, (file, token), strict=True):
        if content is not None:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, "utf-8")
    return Identity(*paths, subject)


def test_a_file_shaped_as_the_example_is_a_service_account(tmp_path: Path) -> None:
    loaded = load(identity(tmp_path, file=account()), Address())
    assert isinstance(loaded, ServiceAccountCredentials)
    assert loaded.service_account_email == "cchc@your-project.iam.gserviceaccount.com"
    assert list(loaded.scopes or ()) == [SCOPE]


def test_a_service_account_of_the_local_google_signs_for_whom_it_acts(tmp_path: Path) -> None:
    public = key().public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    with answering([]) as server:
        own = identity(tmp_path, file=account(token_uri=f"{server.url}/token"), subject=CHAIR)
        load(own, Address.parse(server.url)).refresh(Request())
        ((method, path, sent),) = server.asked
        said = jwt.decode(sent["assertion"][0], certs=public)
    assert (method, path) == ("POST", "/token")
    assert said["iss"] == "cchc@your-project.iam.gserviceaccount.com"
    assert said["sub"] == CHAIR
    assert said["scope"] == SCOPE


def test_a_saved_token_comes_before_a_service_account(tmp_path: Path) -> None:
    loaded = load(identity(tmp_path, file=account(), token=TOKEN), Address())
    assert isinstance(loaded, UserCredentials)
    assert loaded.refresh_token == SECRET
    assert list(loaded.scopes or ()) == [SCOPE]


def test_a_saved_token_is_renewed_where_it_was_issued(tmp_path: Path) -> None:
    with answering([]) as server:
        saved = {**TOKEN, "token_uri": f"{server.url}/token", "expiry": "2022-01-01T00:00:00Z"}
        loaded = load(identity(tmp_path, token=saved), Address.parse(server.url))
        assert loaded.expired
        loaded.refresh(Request())
        ((method, path, sent),) = server.asked
    assert (method, path) == ("POST", "/token")
    assert sent["refresh_token"] == [SECRET]
    assert not loaded.expired


def test_what_is_for_google_is_not_shown_to_the_local_google(tmp_path: Path) -> None:
    loaded = load(identity(tmp_path, file=account(), token=TOKEN), LOCAL)
    assert isinstance(loaded, UserCredentials)
    assert loaded.refresh_token != SECRET
    assert loaded.token_uri == "http://127.0.0.1:8700/token"


def test_a_token_of_the_local_google_is_not_shown_to_google(tmp_path: Path) -> None:
    saved = {**TOKEN, "token_uri": "http://127.0.0.1:8700/token"}
    with pytest.raises(CchcError, match="chưa đăng nhập"):
        load(identity(tmp_path, token=saved), Address())


@pytest.mark.parametrize("file", [None, {"installed": {"client_id": "x"}}, {"web": {}}])
def test_without_credentials_it_says_how_to_get_some(tmp_path: Path, file: Any) -> None:
    with pytest.raises(CchcError) as caught:
        load(identity(tmp_path, file=file), Address())
    assert caught.value.exit_code == 1
    assert "`cchc auth login`" in caught.value.fix
    assert str(tmp_path / "credentials.json") in caught.value.fix


WRONG_ACCOUNTS: dict[str, Any] = {
    "half a file": '{"private_key": "' + SECRET,
    "no JSON at all": SECRET,
    "a list": [SECRET],
    "the example as it is": {**json.loads(EXAMPLE.read_text("utf-8")), "client_id": SECRET},
    "a key that is none": {"type": "service_account", "private_key": SECRET},
    "a key that is locked": account(private_key=pem(SECRET.encode())),
    "a key that is a number": account(private_key=7, private_key_id=SECRET),
    "no key": {"type": "service_account", "client_email": SECRET},
}


@pytest.mark.parametrize("file", WRONG_ACCOUNTS.values(), ids=WRONG_ACCOUNTS)
def test_a_wrong_credentials_file_is_named_and_its_content_is_not(
    tmp_path: Path, file: Any
) -> None:
    with pytest.raises(CchcError) as caught:
        load(identity(tmp_path, file=file), Address())
    text = str(caught.value)
    assert str(tmp_path / "credentials.json") in text
    assert SECRET not in text
    assert "PRIVATE KEY" not in text
    assert caught.value.fix
    assert "\n" not in text


WRONG_TOKENS: dict[str, Any] = {
    "half a file": '{"token": "' + SECRET,
    "no refresh token": {"token": SECRET, "token_uri": TOKEN["token_uri"]},
    "an expiry that is no time": {**TOKEN, "expiry": SECRET},
    "an expiry that is a number": {**TOKEN, "expiry": 7},
}


@pytest.mark.parametrize("token", WRONG_TOKENS.values(), ids=WRONG_TOKENS)
def test_a_wrong_token_file_is_named_and_its_content_is_not(tmp_path: Path, token: Any) -> None:
    with pytest.raises(CchcError) as caught:
        load(identity(tmp_path, token=token), Address())
    text = str(caught.value)
    assert str(tmp_path / "token.json") in text
    assert SECRET not in text
    assert "\n" not in text


def test_a_file_that_is_not_utf_8_is_said_to_be_so(tmp_path: Path) -> None:
    own = identity(tmp_path)
    own.credentials_file.write_bytes('{"type": "dịch vụ"}'.encode("utf-16"))
    with pytest.raises(CchcError, match="UTF-8"):
        load(own, Address())


@pytest.mark.parametrize("left_behind", [None, "token.json", "token.json.new"])
def test_a_private_file_is_for_its_owner_alone_whatever_stood_there(
    tmp_path: Path, left_behind: str | None
) -> None:
    if left_behind:
        (tmp_path / left_behind).write_text("cũ", "utf-8")
        (tmp_path / left_behind).chmod(0o644)
    path = tmp_path / "token.json"
    write_private(path, SECRET)
    assert path.read_text("utf-8") == SECRET
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["token.json"]


def test_a_private_file_makes_its_directory(tmp_path: Path) -> None:
    write_private(tmp_path / "a" / "b" / "token.json", SECRET)
    assert (tmp_path / "a" / "b" / "token.json").exists()
