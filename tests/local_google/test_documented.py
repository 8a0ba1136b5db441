"""docs/local-google.md is what the code says, and what it calls refused is refused by its name."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise

import document_local_google as page
import pytest
import requests

from cchc_gforms.local_google import discovery
from cchc_gforms.local_google.errors import unimplemented
from cchc_gforms.local_google.serve import Running
from tests.local_google.api import Http, access_token

APIS = ("forms", "sheets", "drive")
METHODS = [method for api in APIS for method in page.refused(page.methods(api))]
KINDS = [(api, kind) for api in ("forms", "sheets") for kind in page.refused(page.kinds(api))]


@pytest.fixture(scope="module")
def everything(google: Running) -> Iterator[Http]:
    """A token with every scope of the three documents."""
    scopes = {scope for one in discovery.methods() for scope in one.scopes}
    names = [scope.rpartition("/auth/")[2] for scope in sorted(scopes) if "/auth/" in scope]
    http = Http(google.url, access_token(google.url, *names))
    yield http
    http.close()


def test_the_page_is_what_the_script_writes() -> None:
    """Else: python scripts/document_local_google.py."""
    text = page.PAGE.read_text("utf-8")
    assert text.partition(page.BELOW)[2] == f"\n{page.tables()}"


def test_the_examples_of_the_page_are_accepted(local_google: Running) -> None:
    """Each `curl` line, as curl would send it to the address that the page names."""
    lines = re.findall(r"^curl .*$", page.PAGE.read_text("utf-8"), re.MULTILINE)
    paths = set()
    for line in lines:
        words = shlex.split(line)
        [url] = [word for word in words if word.startswith("http://127.0.0.1:8700/")]
        data = "&".join(after for word, after in pairwise(words) if word == "-d")
        path = url.removeprefix("http://127.0.0.1:8700")
        answer = requests.request(
            "POST" if data or "POST" in words else "GET",
            local_google.url + path,
            data=data,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            timeout=10,
        )
        assert answer.status_code == 200, (line, answer.text)
        paths.add(path)
    told = {"clock", "log", "faults", "switches", "reset"}
    assert paths == {"/token"} | {f"/_control/{name}" for name in told}


def test_the_pictures_of_the_page_are_there_and_described() -> None:
    pictures = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", page.PAGE.read_text("utf-8"))
    shown = {path.rpartition("/")[2] for _, path in pictures}
    assert shown == {one.name for one in (page.PAGE.parent / "local-google").glob("*.png")}
    assert len(pictures) == 5


def test_every_method_and_request_has_a_line_of_its_own() -> None:
    named = re.findall(
        r"^\| `([\w.]+)` \| (implemented|partly|refused: 501) \|", page.tables(), re.MULTILINE
    )
    wanted = {one.id for one in discovery.methods() if one.api in APIS}
    wanted |= {kind for api in ("forms", "sheets") for kind in page.kinds(api)}
    assert {name for name, _ in named} == wanted
    assert len(named) == len(wanted)


@pytest.mark.parametrize("id", METHODS)
def test_a_method_called_refused_answers_501_with_its_name(everything: Http, id: str) -> None:
    [method] = [one for one in discovery.methods() if one.id == id]
    path = re.sub(r"\(\?P<\w+>\[\^/\]\+\)", "x", method.pattern.pattern).replace("\\", "")
    answer = everything.send(method.verb, path, None if method.verb == "GET" else {})
    assert answer.status_code == 501, answer.text
    assert id in answer.json()["error"]["message"]


@pytest.mark.parametrize(("api", "kind"), KINDS)
def test_a_request_called_refused_answers_501_with_its_name(
    everything: Http, api: str, kind: str
) -> None:
    if api == "forms":
        path = f"/v1/forms/{everything.form()}:batchUpdate"
    else:
        made = everything.call("POST", "/v4/spreadsheets", {})
        path = f"/v4/spreadsheets/{made['spreadsheetId']}:batchUpdate"
    answer = everything.send("POST", path, {"requests": [{kind: {}}]})
    assert answer.status_code == 501, answer.text
    assert kind in answer.json()["error"]["message"]


def test_what_is_missing_is_read_through_calls_and_tables() -> None:
    assert page.missing(_outer, __name__) == ["no charts of type …", "no weather"]


def _outer() -> None:
    """Reaches `_inner` by a call and `_tabled` by a table."""
    _inner("x")
    _TABLE["a"]()


def _inner(kind: str) -> None:
    raise unimplemented(f"charts of type {kind}")


def _tabled() -> None:
    raise unimplemented("weather")


_TABLE = {"a": _tabled}
