"""What is sent again and what is not, against a real server."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import requests
from google.oauth2.credentials import Credentials

from cchc_gforms.google.address import Address
from cchc_gforms.google.patience import Patience
from cchc_gforms.google.session import Session
from tests.google.answering import HALF, HANG_UP, Answer, answering, nobody, refusal

OK = Answer(body={"ok": True})
FORMS = "https://forms.googleapis.com/v1/forms"


@contextlib.contextmanager
def session_at(url: str, slept: list[float]) -> Iterator[Session]:
    patience = Patience(slept.append, time.monotonic, None)
    session = Session(Credentials(token="phien"), Address.parse(url), patience)
    yield session
    session.close()


AGAIN = {
    "a read over quota": ("GET", Answer(429)),
    "a write over quota, which Google refused": ("POST", Answer(429)),
    "a read over quota as Drive says it": ("GET", refusal(403, "rateLimitExceeded")),
    "a write over quota as Drive says it": ("POST", refusal(403, "userRateLimitExceeded")),
    "a read that broke": ("GET", Answer(500)),
    "a read through a bad gateway": ("GET", Answer(502)),
    "a read when the service is away": ("GET", Answer(503)),
    "a read that timed out inside": ("GET", Answer(504)),
    "a read that got no answer": ("GET", HANG_UP),
    "a read that got half an answer": ("GET", HALF),
}


@pytest.mark.parametrize(("method", "first"), AGAIN.values(), ids=AGAIN)
def test_it_is_sent_again_after_a_pause(method: str, first: Answer) -> None:
    slept: list[float] = []
    with answering([first, OK]) as server, session_at(server.url, slept) as session:
        assert session.request(method, FORMS).json() == {"ok": True}
        assert server.calls == [(method, "/v1/forms")] * 2
        assert session.calls == 2
        assert len(slept) == 1


@pytest.mark.parametrize("first", [Answer(500), Answer(503), HANG_UP, HALF])
def test_a_read_that_goes_by_post_is_sent_again_too(first: Answer) -> None:
    slept: list[float] = []
    sheet = "https://sheets.googleapis.com/v4/spreadsheets/S:getByDataFilter"
    with answering([first, OK]) as server, session_at(server.url, slept) as session:
        assert session.request("POST", sheet).json() == {"ok": True}
        assert server.calls == [("POST", "/v4/spreadsheets/S:getByDataFilter")] * 2


ONCE = {
    "a write that broke, and may have been done": ("POST", Answer(500)),
    "a write through a bad gateway": ("POST", Answer(502)),
    "a write when the service is away": ("POST", Answer(503)),
    "a write that timed out inside": ("POST", Answer(504)),
    "a read that is not allowed": ("GET", refusal(403, "insufficientPermissions")),
    "a refusal without reasons": ("GET", Answer(403, {"error": {"code": 403}})),
    "a refusal that is not in the envelope": ("GET", Answer(403, {"error": "no"})),
    "a refusal that is a list": ("GET", Answer(403, [1])),
    "a refusal that is a page": ("GET", Answer(403, b"<html>no</html>")),
    "a wrong request": ("GET", Answer(400)),
    "a file that there is not": ("GET", Answer(404)),
    "a read of what was never built": ("GET", Answer(501)),
}


@pytest.mark.parametrize(("method", "only"), ONCE.values(), ids=ONCE)
def test_it_is_sent_once_and_the_refusal_comes_back(method: str, only: Answer) -> None:
    slept: list[float] = []
    with answering([only, OK]) as server, session_at(server.url, slept) as session:
        assert session.request(method, FORMS).status_code == only.status
        assert server.calls == [(method, "/v1/forms")]
        assert slept == []


def test_a_write_that_got_no_answer_is_never_sent_again() -> None:
    """Google may have made the form already (facts 5)."""
    slept: list[float] = []
    with answering([HANG_UP, OK]) as server, session_at(server.url, slept) as session:
        with pytest.raises(requests.ConnectionError):
            session.request("POST", FORMS, data=b"{}")
        assert server.calls == [("POST", "/v1/forms")]
        assert slept == []


ASKED = {
    "in seconds": ("7", 7.0),
    "not at all": ("0", 0.0),
    "until a moment of its own clock": ("Fri, 03 Jun 2022 17:01:30 GMT", 91.0),
    "until a moment that is over": ("Fri, 03 Jun 2022 16:00:00 GMT", 0.0),
}


@pytest.mark.parametrize(("asked", "pause"), ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("status", [429, 503])
def test_the_pause_is_the_one_google_asks_for(status: int, asked: str, pause: float) -> None:
    """RFC 9110, 10.2.3; the answers here carry 03/06/2022 16:59:59 UTC as Google's time."""
    slept: list[float] = []
    refused = Answer(status, headers={"Retry-After": asked})
    with answering([refused, OK]) as server, session_at(server.url, slept) as session:
        assert session.request("GET", FORMS).ok
    assert slept == [pause]


@pytest.mark.parametrize("asked", ["", "soon", "-5", "7.5", "³"])
def test_what_is_no_pause_is_not_one(asked: str) -> None:
    slept: list[float] = []
    refused = Answer(429, headers={"Retry-After": asked.encode().decode("latin-1")})
    with answering([refused, OK]) as server, session_at(server.url, slept) as session:
        assert session.request("GET", FORMS).ok
    assert 1 <= slept[0] <= 2


def test_a_pause_of_an_hour_is_a_refusal() -> None:
    slept: list[float] = []
    refused = Answer(429, headers={"Retry-After": "3600"})
    with answering([refused, OK]) as server, session_at(server.url, slept) as session:
        assert session.request("GET", FORMS).status_code == 429
    assert slept == []


def test_pauses_double_and_outlast_the_quota_minute() -> None:
    """1 + 2 + 4 + … + 64 seconds and up to a second more each, then the refusal itself."""
    slept: list[float] = []
    refused = [Answer(429, {"attempt": n}) for n in range(1, 10)]
    with answering(refused) as server, session_at(server.url, slept) as session:
        last = session.request("POST", FORMS)
        assert (last.status_code, last.json()) == (429, {"attempt": 8})
        assert session.calls == len(server.calls) == 8
    assert len(slept) == 7
    for pause, least in zip(slept, [1, 2, 4, 8, 16, 32, 64], strict=True):
        assert least <= pause <= min(least + 1, 64)


def test_a_read_that_never_gets_an_answer_ends_with_the_lost_connection() -> None:
    slept: list[float] = []
    with answering([HANG_UP] * 8) as server, session_at(server.url, slept) as session:
        with pytest.raises(requests.ConnectionError):
            session.request("GET", FORMS)
        assert len(server.calls) == 8


def test_where_nobody_listens_asking_again_is_of_no_use() -> None:
    slept: list[float] = []
    with nobody() as url, session_at(url, slept) as session:
        with pytest.raises(requests.ConnectionError):
            session.request("GET", FORMS)
        assert session.calls == 1
        assert slept == []


def test_googles_clock_is_read_from_its_answers() -> None:
    with answering([OK, OK]) as server, session_at(server.url, []) as session:
        assert session.google_time is None
        session.request("GET", FORMS)
        assert session.google_time == datetime(2022, 6, 3, 16, 59, 59, tzinfo=UTC)
