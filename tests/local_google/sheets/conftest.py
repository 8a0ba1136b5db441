"""One local Google for these tests, and an empty spreadsheet of its own for each.

Also through gspread 6, unmodified, but for the host that its HTTP client asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import gspread
import pytest
import requests
from google.oauth2.credentials import Credentials

from cchc_gforms.local_google.serve import Running, open_state, running
from tests.local_google.sheets.book import Book, Sheets


def token(url: str) -> str:
    """An access token of the built-in account."""
    form = {
        "grant_type": "refresh_token",
        "client_id": "local",
        "client_secret": "local",
        "refresh_token": "local",
    }
    given: str = requests.post(f"{url}/token", data=form, timeout=10).json()["access_token"]
    return given


def token_of(url: str, email: str) -> str:
    """An access token for all spreadsheets of another account, by way of the consent page."""
    redirect = "http://localhost:8765/"
    scope = "https://www.googleapis.com/auth/spreadsheets"
    with requests.Session() as browser:
        browser.post(f"{url}/signin", data={"email": email, "continue": "/"})
        sent = browser.post(
            f"{url}/o/oauth2/auth",
            params={
                "response_type": "code",
                "client_id": "local",
                "redirect_uri": redirect,
                "scope": scope,
            },
            data={"email": email, "allow": "1"},
            allow_redirects=False,
        )
        form = {
            "grant_type": "authorization_code",
            "client_id": "local",
            "client_secret": "local",
            "code": parse_qs(urlsplit(sent.headers["location"]).query)["code"][0],
            "redirect_uri": redirect,
        }
        given: str = browser.post(f"{url}/token", data=form).json()["access_token"]
    return given


@pytest.fixture(scope="session")
def server() -> Iterator[Running]:
    state = open_state(None, seed=1)
    with running(state) as server:
        yield server
    state.close()


@pytest.fixture(scope="session")
def sheets(server: Running) -> Iterator[Sheets]:
    sheets = Sheets(server.url, token(server.url))
    yield sheets
    sheets.close()


@pytest.fixture
def book(sheets: Sheets) -> Book:
    return sheets.book(title="Sổ mẫu")


@pytest.fixture
def client(server: Running) -> Iterator[gspread.Client]:
    class Local(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *rest: Any, **more: Any) -> requests.Response:
            for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
                if endpoint.startswith(host):
                    endpoint = server.url + endpoint[len(host) :]
            return super().request(method, endpoint, *rest, **more)

    client = gspread.authorize(Credentials(token(server.url)), http_client=Local)
    yield client
    client.http_client.session.close()


@pytest.fixture
def shared(client: gspread.Client, book: Book) -> gspread.Spreadsheet:
    return client.open_by_key(book.id)
