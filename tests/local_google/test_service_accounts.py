"""Service accounts own nothing: three APIs refuse in three ways (facts C, 8.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials

from cchc_gforms.local_google.serve import Running
from tests.local_google.api import SCOPE, Http, access_token

ROBOT = "may@du-an.iam.mau.example"
SHEET = "application/vnd.google-apps.spreadsheet"
FULL = {
    "domain": "usageLimits",
    "reason": "storageQuotaExceeded",
    "message": "Service Accounts do not have storage quota.",
}


@pytest.fixture
def robot(local_google: Running) -> Iterator[Http]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    known = {"client_email": ROBOT, "public_key": public.decode()}
    url = local_google.url
    requests.post(f"{url}/_control/service_account", json=known, timeout=10).raise_for_status()
    info = {"client_email": ROBOT, "private_key": private.decode(), "token_uri": f"{url}/token"}
    credentials = Credentials.from_service_account_info(info, scopes=[f"{SCOPE}drive"])
    with requests.Session() as session:
        credentials.refresh(Request(session))
    http = Http(url, credentials.token)
    yield http
    http.close()


@pytest.fixture
def shared(robot: Http) -> str:
    """A spreadsheet of the office that the robot may write."""
    office = Http(robot.url, access_token(robot.url, "drive"))
    id: str = office.call("POST", "/drive/v3/files", {"mimeType": SHEET})["id"]
    grant = {"type": "user", "role": "writer", "emailAddress": ROBOT}
    office.call("POST", f"/drive/v3/files/{id}/permissions", grant)
    office.close()
    return id


def test_drive_says_that_there_is_no_storage(robot: Http, shared: str) -> None:
    for path in ("/drive/v3/files", f"/drive/v3/files/{shared}/copy"):
        answer = robot.send("POST", path, {})
        wanted = {"errors": [FULL], "code": 403, "message": FULL["message"]}
        assert (answer.status_code, answer.json()) == (403, {"error": wanted})
    sent = f"{robot.url}/upload/drive/v3/files?uploadType=media"
    assert robot.session.post(sent, data=b"abc", timeout=10).json()["error"]["errors"] == [FULL]
    quota = robot.call("GET", "/drive/v3/about?fields=storageQuota/limit")
    assert quota == {"storageQuota": {"limit": "0"}}


def test_sheets_says_that_it_may_not(robot: Http) -> None:
    answer = robot.send("POST", "/v4/spreadsheets", {})
    assert answer.status_code == 403
    assert answer.json()["error"] == {
        "code": 403,
        "message": "The caller does not have permission",
        "status": "PERMISSION_DENIED",
    }


def test_forms_breaks(robot: Http) -> None:
    answer = robot.send("POST", "/v1/forms", {"info": {"title": "A"}})
    assert answer.status_code == 500
    assert answer.json()["error"] == {
        "code": 500,
        "message": "Internal error",
        "status": "INTERNAL",
    }


def test_what_is_shared_with_it_is_its_to_write(robot: Http, shared: str) -> None:
    path = f"/v4/spreadsheets/{shared}/values/A1?valueInputOption=RAW"
    robot.call("PUT", path, {"values": [["Đơn vị"]]})
    assert robot.call("GET", f"/drive/v3/files/{shared}")["id"] == shared


def test_it_does_not_take_a_file_over(robot: Http, shared: str) -> None:
    office = Http(robot.url, access_token(robot.url, "drive"))
    path = f"/drive/v3/files/{shared}/permissions"
    found = office.call("GET", f"{path}?fields=permissions(id,emailAddress)")["permissions"]
    [id] = [one["id"] for one in found if one["emailAddress"] == ROBOT]
    office.call("PATCH", f"{path}/{id}", {"role": "writer", "pendingOwner": True})
    office.close()
    taken = robot.send("PATCH", f"{path}/{id}?transferOwnership=true", {"role": "owner"})
    assert taken.json()["error"]["errors"] == [FULL]


def test_an_old_account_may_have_storage(robot: Http) -> None:
    switch = {"service_accounts_have_storage": True}
    requests.post(f"{robot.url}/_control/switches", json=switch, timeout=10).raise_for_status()
    made: list[Any] = [
        robot.call("POST", "/v1/forms", {"info": {"title": "A"}}),
        robot.call("POST", "/v4/spreadsheets", {}),
        robot.call("POST", "/drive/v3/files", {}),
    ]
    assert len(made) == 3
