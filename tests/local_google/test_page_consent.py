"""The consent page: an app on this machine gets a code, nobody else does."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from cchc_gforms.local_google.serve import Running

DRIVE_FILE = "https://www.googleapis.com/auth/drive.file"
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()[:43]
ASKED = {
    "response_type": "code",
    "client_id": "local",
    "redirect_uri": "http://localhost:8765/",
    "scope": DRIVE_FILE,
    "state": "trang thai",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def decide(url: str, fields: dict[str, str], **asked: str) -> requests.Response:
    return requests.post(
        f"{url}/o/oauth2/auth",
        params=ASKED | asked,
        data=fields,
        allow_redirects=False,
        timeout=5,
    )


def test_the_page_says_who_asks_for_what(local_google: Running) -> None:
    page = requests.get(f"{local_google.url}/o/oauth2/auth", params=ASKED, timeout=5)
    assert page.status_code == 200
    assert "Xem và sửa các tệp mà ứng dụng này tạo ra" in page.text
    assert "vanphong@cchc.example" in page.text


def test_allowing_sends_a_code_that_the_token_endpoint_takes_once(local_google: Running) -> None:
    sent = decide(local_google.url, {"email": "vanphong@cchc.example", "allow": "1"})
    assert sent.status_code == 303
    target = urlsplit(sent.headers["location"])
    assert (target.scheme, target.netloc, target.path) == ("http", "localhost:8765", "/")
    answer = parse_qs(target.query)
    assert (answer["state"], answer["scope"]) == (["trang thai"], [DRIVE_FILE])
    grant = {
        "grant_type": "authorization_code",
        "client_id": "local",
        "client_secret": "local",
        "code": answer["code"][0],
        "redirect_uri": ASKED["redirect_uri"],
        "code_verifier": VERIFIER,
    }
    given = requests.post(f"{local_google.url}/token", data=grant, timeout=5)
    assert given.status_code == 200
    assert given.json()["refresh_token"]
    assert requests.post(f"{local_google.url}/token", data=grant, timeout=5).status_code == 400


def test_refusing_sends_no_code(local_google: Running) -> None:
    sent = decide(local_google.url, {"email": "vanphong@cchc.example", "deny": "1"})
    answer = parse_qs(urlsplit(sent.headers["location"]).query)
    assert answer == {"error": ["access_denied"], "state": ["trang thai"]}


def test_an_unknown_account_is_asked_for_again(local_google: Running) -> None:
    refused = decide(local_google.url, {"email": "khongco@truong.example", "allow": "1"})
    assert refused.status_code == 400
    assert "Hãy chọn một tài khoản." in refused.text


@pytest.mark.parametrize(
    "asked",
    [
        {"redirect_uri": "https://xau.example/"},
        {"redirect_uri": "http://xau.example/"},
        {"redirect_uri": "http://localhost@xau.example/"},
        {"redirect_uri": "http://localhost.xau.example/"},
        {"redirect_uri": "http://[::1/"},
        {"redirect_uri": ""},
        {"response_type": "token"},
        {"client_id": ""},
        {"scope": " "},
        {"code_challenge_method": "plain"},
    ],
    ids=str,
)
def test_only_a_loopback_app_that_asks_rightly_gets_a_page(
    local_google: Running, asked: dict[str, str]
) -> None:
    page = requests.get(f"{local_google.url}/o/oauth2/auth", params=ASKED | asked, timeout=5)
    assert page.status_code == 400
    assert "location" not in decide(local_google.url, {"allow": "1"}, **asked).headers


def test_another_site_cannot_allow_an_app(local_google: Running) -> None:
    sent = requests.post(
        f"{local_google.url}/o/oauth2/auth",
        params=ASKED,
        data={"email": "vanphong@cchc.example", "allow": "1"},
        headers={"Origin": "http://xau.example"},
        allow_redirects=False,
        timeout=5,
    )
    assert sent.status_code == 403
