"""Google's own client on the local Google, and bare HTTP where the wire itself is looked at."""

from __future__ import annotations

import copy
import json
from importlib import resources
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httplib2
import requests
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp  # type: ignore[import-untyped]
from googleapiclient import discovery

SCOPE = "https://www.googleapis.com/auth/"
REDIRECT = "http://localhost:8765/"
DOCUMENTS = {"forms": "forms.v1", "drive": "drive.v3"}


def service(url: str, api: str, *scopes: str) -> Any:
    """The unmodified client, on a copy of the bundled document whose root is the local Google."""
    name = f"documents/{DOCUMENTS[api]}.json"
    text = resources.files("googleapiclient.discovery_cache").joinpath(name).read_text("utf-8")
    document = copy.deepcopy(json.loads(text))
    document["rootUrl"] = f"{url}/"
    document["baseUrl"] = f"{url}/{document['servicePath']}"
    document.pop("mtlsRootUrl", None)
    credentials = Credentials(
        token=None,
        refresh_token="local",
        token_uri=f"{url}/token",
        client_id="local",
        client_secret="local",
        scopes=[SCOPE + scope for scope in scopes or ("drive.file",)],
    )
    bare = httplib2.Http(proxy_info=None)
    bare.redirect_codes = bare.redirect_codes - {308}  # as googleapiclient's own build_http does
    http = AuthorizedHttp(credentials, http=bare)
    return discovery.build_from_document(document, http=http)  # type: ignore[attr-defined]


class Http:
    """Requests with an access token, answers as they came."""

    def __init__(self, url: str, token: str | None) -> None:
        self.url = url
        self.session = requests.Session()
        if token:
            self.session.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        self.session.close()

    def send(self, method: str, path: str, body: object = None, **more: Any) -> requests.Response:
        return self.session.request(method, self.url + path, json=body, timeout=10, **more)

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The answer's JSON; the test fails when it is a refusal."""
        answer = self.send(method, path, body)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def form(self, *items: dict[str, Any], title: str = "Biểu mẫu mẫu") -> str:
        """The id of a new form with these items, in this order."""
        info = {"title": title, "documentTitle": title}
        form_id: str = self.call("POST", "/v1/forms", {"info": info})["formId"]
        if items:
            self.batch(form_id, *(create(item, index) for index, item in enumerate(items)))
        return form_id

    def batch(self, form_id: str, *requests: dict[str, Any]) -> Any:
        return self.call("POST", f"/v1/forms/{form_id}:batchUpdate", {"requests": requests})

    def items(self, form_id: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("GET", f"/v1/forms/{form_id}").get("items", [])
        return found

    def refusal(self, form_id: str, *requests: dict[str, Any]) -> dict[str, Any]:
        """The `error` of a batch that is refused."""
        body = {"requests": requests}
        answer = self.send("POST", f"/v1/forms/{form_id}:batchUpdate", body)
        assert not answer.ok, answer.text
        error: dict[str, Any] = answer.json()["error"]
        assert error["code"] == answer.status_code
        return error


def create(item: dict[str, Any], index: int = 0) -> dict[str, Any]:
    return {"createItem": {"item": item, "location": {"index": index}}}


def update(item: dict[str, Any], mask: str, index: int = 0) -> dict[str, Any]:
    return {"updateItem": {"item": item, "location": {"index": index}, "updateMask": mask}}


def refused(message: str) -> dict[str, Any]:
    """The whole `error` of a sentence of refusal: no details (facts 1.2)."""
    return {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}


def access_token(url: str, *scopes: str) -> str:
    """A token of the built-in account."""
    asked = {"scope": " ".join(SCOPE + scope for scope in scopes)} if scopes else {}
    built_in = {"client_id": "local", "client_secret": "local", "refresh_token": "local"}
    given = requests.post(
        f"{url}/token", data={"grant_type": "refresh_token", **built_in, **asked}, timeout=10
    )
    token: str = given.json()["access_token"]
    return token


def consent(url: str, email: str, client_id: str, *scopes: str, **more: str) -> str:
    """The code that the consent page sends back when this person allows it."""
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": REDIRECT,
        "scope": " ".join(SCOPE + scope for scope in scopes),
        **more,
    }
    with requests.Session() as browser:
        browser.post(f"{url}/signin", data={"email": email, "continue": "/"}, timeout=10)
        sent = browser.post(
            f"{url}/o/oauth2/auth",
            params=asked,
            data={"email": email, "allow": "1"},
            allow_redirects=False,
            timeout=10,
        )
    return parse_qs(urlsplit(sent.headers["location"]).query)["code"][0]


def token_of(url: str, email: str, client_id: str, *scopes: str) -> str:
    """A token of another person, or through another app."""
    fields = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "client_secret": "secret",
        "code": consent(url, email, client_id, *scopes),
        "redirect_uri": REDIRECT,
    }
    token: str = requests.post(f"{url}/token", data=fields, timeout=10).json()["access_token"]
    return token
