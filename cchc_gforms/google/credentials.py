"""Who we are at Google: a person's token, a service account, or the local Google's own office.

One scope is asked for, `drive.file`: it covers the forms, their answers, the spreadsheets and the
grants, for the files that this program made, and no others (facts 8.3).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.auth.credentials import Credentials

from cchc_gforms.errors import CchcError
from cchc_gforms.google.address import Address

SCOPES = ("https://www.googleapis.com/auth/drive.file",)


@dataclass(frozen=True, slots=True)
class Identity:
    """Where the credentials are: the file from Google Cloud, the saved token, whom to act for.

    `subject` is the person a service account acts for (domain-wide delegation), or None.
    """

    credentials_file: Path
    token_file: Path
    subject: str | None = None


def load(identity: Identity, address: Address) -> Credentials:
    """A saved token first, then a service account's file; at a local Google, its own office.

    What was issued for Google is never shown to a local Google, nor the other way round.
    """
    from google.oauth2.credentials import Credentials as UserCredentials

    if identity.token_file.exists():
        token = _read(identity.token_file)
        if token.get("token_uri") == address.token_uri:
            return _known(identity.token_file, lambda: _user(token, address))
    if identity.credentials_file.exists():
        data = _read(identity.credentials_file)
        meant = not address.local or data.get("token_uri") == address.token_uri
        if data.get("type") == "service_account" and meant:
            return _known(identity.credentials_file, lambda: _service_account(data, identity))
    if address.local:
        return UserCredentials(
            token=None,
            refresh_token="local",  # noqa: S106 - the local Google's own, known to all
            token_uri=address.token_uri,
            client_id="local",
            client_secret="local",  # noqa: S106
            scopes=list(SCOPES),
        )
    raise CchcError(
        "chưa đăng nhập Google",
        f"chạy `cchc auth login`, hoặc đặt tệp tài khoản dịch vụ tại {identity.credentials_file}",
    )


def login(identity: Identity, address: Address, *, open_browser: bool = True) -> None:
    """Asks a person in the browser (loopback redirect) and saves the token, private to the user.

    Prints the address to open; blocks until the person has answered there.
    """
    from google_auth_oauthlib.flow import InstalledAppFlow
    from oauthlib.oauth2 import OAuth2Error

    if address.local:
        # oauthlib refuses plain http even on loopback; the token never leaves this machine.
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    flow = InstalledAppFlow.from_client_config(_client(identity, address), scopes=list(SCOPES))
    try:
        credentials = flow.run_local_server(
            host="127.0.0.1",
            port=0,
            open_browser=open_browser,
            authorization_prompt_message="Mở địa chỉ này trong trình duyệt để đăng nhập:\n{url}",
            success_message="Đã nhận trả lời. Có thể đóng trang này, quay lại cửa sổ lệnh.",
            access_type="offline",
            prompt="consent",
        )
    except OAuth2Error as error:
        raise CchcError(
            f"chưa đăng nhập được: Google trả lời “{error.error}”",
            "chạy lại `cchc auth login`, chọn tài khoản và bấm cho phép",
        ) from error
    write_private(identity.token_file, credentials.to_json())


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)  # one that was left behind keeps its own, wider rights
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


def _client(identity: Identity, address: Address) -> dict[str, Any]:
    if identity.credentials_file.exists():
        data = _read(identity.credentials_file)
        if "installed" in data:
            return data
        raise CchcError(
            f"{identity.credentials_file} không phải tệp của một ứng dụng máy tính (OAuth)",
            "tải tệp JSON loại “Desktop app” trong Google Cloud Console, mục Credentials",
        )
    if not address.local:
        raise CchcError(
            f"không thấy {identity.credentials_file}",
            "tải tệp JSON loại “Desktop app” trong Google Cloud Console và đặt vào đó",
        )
    return {
        "installed": {
            "client_id": "local",
            "client_secret": "local",
            "auth_uri": address.auth_uri,
            "token_uri": address.token_uri,
            "redirect_uris": ["http://127.0.0.1"],
        }
    }


def _user(token: dict[str, Any], address: Address) -> Credentials:
    from google.oauth2.credentials import Credentials as UserCredentials

    made = UserCredentials.from_authorized_user_info(token, list(SCOPES))
    # The library puts Google's own address in place of the saved one.
    moved: Credentials = made.with_token_uri(address.token_uri)
    moved.expiry = made.expiry
    return moved


def _service_account(data: dict[str, Any], identity: Identity) -> Credentials:
    from google.oauth2.service_account import Credentials as ServiceAccountCredentials

    made: Credentials = ServiceAccountCredentials.from_service_account_info(
        data, scopes=list(SCOPES), subject=identity.subject
    )
    return made


def _known(path: Path, make: Callable[[], Credentials]) -> Credentials:
    try:
        return make()
    except (
        ValueError,
        TypeError,
        AttributeError,
    ) as error:  # a field of another type, a locked key
        # The library's message can quote the file; a key must not reach the screen.
        raise CchcError(
            f"{path} không phải tệp thông tin đăng nhập hợp lệ", "tải lại tệp từ Google Cloud"
        ) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CchcError(
            f"không đọc được {path}: tệp phải là JSON (UTF-8)",
            "so với credentials.example.json",
        ) from error
    if not isinstance(data, dict):
        raise CchcError(f"{path} không chứa một đối tượng JSON", "so với credentials.example.json")
    return data
