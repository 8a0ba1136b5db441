"""How long Google is waited for: under its quotas by ourselves, past its minute, never too long.

The local Google counts calls here; waiting moves its clock and ours, and takes no time.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.errors import GoogleError, TimeUpError
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.google.pace import LIMITS, Pace, counted
from cchc_gforms.google.patience import Patience
from cchc_gforms.local_google.serve import Running, open_state, running
from tests.google.answering import Answer, answering
from tests.google.test_client import READS


@dataclass
class Time:
    """Our clock, in seconds, and with it that of a local Google, if there is one."""

    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)
    url: str = ""

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        if self.url:
            control(self.url, "clock", {"advance_ms": round(seconds * 1000)})


def control(url: str, name: str, body: object) -> None:
    requests.post(f"{url}/_control/{name}", json=body, timeout=10).raise_for_status()


@contextlib.contextmanager
def google_at(url: str, time: Time, seconds: float | None = None) -> Iterator[Google]:
    nobody = Identity(Path("none"), Path("none"))
    google = Google(nobody, Address.parse(url), time.sleep, lambda: time.now, seconds)
    yield google
    google.close()


@pytest.fixture
def metered() -> Iterator[Running]:
    """With its quotas switched on, at twenty seconds past the minute."""
    state = open_state(None, seed=1)
    with running(state) as server:
        control(server.url, "clock", {"now": "2022-06-01T05:00:20Z"})
        control(server.url, "switches", {"quotas": True})
        yield server
    state.close()


def refusals(server: Running) -> int:
    entries = requests.get(f"{server.url}/_control/log", timeout=10).json()
    return sum(entry["status"] == 429 for entry in entries)


def test_it_stays_under_sheets_sixty_a_minute_by_itself(metered: Running) -> None:
    """Facts C: 60 reads and 60 writes a minute of a user."""
    time = Time(url=metered.url)
    with google_at(metered.url, time) as google:
        book = google.sheets.create("Sổ")
        time.slept.clear()
        for _ in range(150):
            google.sheets.http_client.fetch_sheet_metadata(book.id)
    assert refusals(metered) == 0
    assert 120 <= sum(time.slept) <= 130


def test_a_hundred_forms_in_one_batch_cost_a_hundred(metered: Running) -> None:
    """Facts 5.1: 180 lists of responses a minute; a part of a batch is a call."""
    uri = "https://forms.googleapis.com/batch"
    body = "\n\n".join(f"GET /v1/forms/F{n}/responses?pageSize=5 HTTP/1.1" for n in range(100))
    cost = counted("POST", uri, body)
    assert cost == {"forms read": 100, "forms expensive read": 100}
    pace = Pace()
    assert pace.pause(cost, 0) == 0
    pace.sent(cost, 0)
    assert pace.pause(cost, 1) == 61


COSTS = {
    "a form": ("GET", "https://forms.googleapis.com/v1/forms/F", {"forms read": 1}),
    "a form changed": (
        "POST",
        "https://forms.googleapis.com/v1/forms/F:batchUpdate",
        {"forms write": 1},
    ),
    "its responses": (
        "GET",
        "https://forms.googleapis.com/v1/forms/F/responses?filter=timestamp",
        {"forms read": 1, "forms expensive read": 1},
    ),
    "one response": (
        "GET",
        "https://forms.googleapis.com/v1/forms/F/responses/R",
        {"forms read": 1},
    ),
    "cells": (
        "GET",
        "https://sheets.googleapis.com/v4/spreadsheets/S/values:batchGet?ranges=A1",
        {"sheets read": 1},
    ),
    "cells by a filter": (
        "POST",
        "https://sheets.googleapis.com/v4/spreadsheets/S/values:batchGetByDataFilter",
        {"sheets read": 1},
    ),
    "cells written": (
        "PUT",
        "https://sheets.googleapis.com/v4/spreadsheets/S/values/A1",
        {"sheets write": 1},
    ),
    "files": ("GET", "https://www.googleapis.com/drive/v3/files?q=x", {"drive": 1}),
    "a token": ("POST", "https://oauth2.googleapis.com/token", {}),
}


@pytest.mark.parametrize(("method", "url", "cost"), COSTS.values(), ids=COSTS)
def test_a_call_costs_what_google_counts(method: str, url: str, cost: dict[str, int]) -> None:
    assert counted(method, url, None) == cost


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 0.3, 7.0, 40.0]), st.integers(1, 100)), max_size=30)
)
def test_no_minute_however_it_is_cut_holds_more_than_the_limit(
    batches: list[tuple[float, int]],
) -> None:
    pace, now, sent = Pace(), 0.0, []
    for gap, count in batches:
        now += gap
        cost = Counter({"forms expensive read": count})
        now += pace.pause(cost, now)
        pace.sent(cost, now)
        sent += [now] * count
    for start in sent:
        within = [at for at in sent if start <= at < start + 60]
        assert len(within) <= LIMITS["forms expensive read"]


def test_a_quota_that_others_used_up_is_waited_out(metered: Running) -> None:
    """The minute is over after forty seconds; no Retry-After is told (facts C)."""
    time = Time(url=metered.url)
    with google_at(metered.url, Time()) as other, google_at(metered.url, time) as google:
        book = other.sheets.create("Sổ")
        for _ in range(59):
            other.sheets.http_client.fetch_sheet_metadata(book.id)
        google.sheets.http_client.fetch_sheet_metadata(book.id)
    assert refusals(metered) > 0
    assert 40 <= sum(time.slept) <= 80


def test_the_parts_of_a_batch_that_quota_refused_are_sent_again(tmp_path: Path) -> None:
    """One part done, one over quota, one refused for good: that one is told, after the others."""
    time = Time()
    said = _batch(
        (200, '{"id": "A"}'),
        (403, '{"error": {"code": 403, "errors": [{"reason": "userRateLimitExceeded"}]}}'),
        (404, '{"error": {"code": 404, "message": "File not found: C."}}'),
    )
    with answering([said, Answer(429), Answer(body={"id": "B"})]) as server:
        with google_at(server.url, time) as google:
            files = [google.drive.files().get(fileId=id, fields="id") for id in "ABC"]
            with pytest.raises(GoogleError, match="File not found: C"):
                google.execute_together(files)
        assert [path for _, path in server.calls] == [
            "/batch/drive/v3",
            "/drive/v3/files/B",
            "/drive/v3/files/B",
        ]
    assert len(time.slept) == 1


def test_a_batch_that_is_refused_whole_leaves_no_part_of_the_one_before_unanswered() -> None:
    """101 parts go in two batches; the first part of the first was over quota."""
    over = (403, '{"error": {"code": 403, "errors": [{"reason": "userRateLimitExceeded"}]}}')
    first = _batch(over, *[(200, '{"id": "A"}')] * 99)
    answered = [first, Answer(400), Answer(body={"id": "B"})]
    with answering(answered) as server, google_at(server.url, Time()) as google:
        files = [google.drive.files().get(fileId="A", fields="id") for _ in range(101)]
        answers = google.try_together(files)
    assert answers[:100] == [{"id": "B"}, *[{"id": "A"}] * 99]
    assert isinstance(answers[100], GoogleError)


def _batch(*parts: tuple[int, str]) -> Answer:
    lines = []
    for number, (status, body) in enumerate(parts):
        lines += ["--b", "Content-Type: application/http", f"Content-ID: <response-x + {number}>"]
        lines += ["", f"HTTP/1.1 {status} X", "Content-Type: application/json", "", body]
    text = "\r\n".join([*lines, "--b--", ""])
    return Answer(200, text.encode(), {"Content-Type": "multipart/mixed; boundary=b"})


def test_nothing_is_waited_for_beyond_the_time_allowed() -> None:
    """The next pause would end too late: told at once, with what to do, and not slept."""
    time = Time()
    refused = Answer(429, headers={"Retry-After": "50"})
    with (
        answering([refused] * 3) as server,
        google_at(server.url, time, seconds=120) as google,
        pytest.raises(TimeUpError, match="hết thời gian cho phép \\(120 giây\\)"),
    ):
        google.execute(google.forms.forms().get(formId="F"))
    assert time.slept == [50.0, 50.0]


def test_a_call_may_take_what_is_left_and_never_more_than_google_takes() -> None:
    """Facts C: a request over 180 seconds times out."""
    time = Time()
    patience = Patience(time.sleep, lambda: time.now, 200)
    assert patience.for_an_answer() == 180
    patience.wait(150)
    assert patience.for_an_answer() == 50
    assert Patience(time.sleep, lambda: time.now, 100, spent=70).for_an_answer() == 30
    assert Patience(time.sleep, lambda: time.now, None).for_an_answer() == 180


@pytest.mark.parametrize("library", READS)
def test_no_call_begins_when_the_time_allowed_is_over(library: str) -> None:
    time = Time()
    with answering([]) as server, google_at(server.url, time, seconds=60) as google:
        time.now += 60
        with pytest.raises(TimeUpError):
            READS[library](google)
        assert server.calls == []


def test_the_pace_too_ends_with_the_time_allowed(metered: Running) -> None:
    time = Time(url=metered.url)
    with google_at(metered.url, time, seconds=30) as google:
        book = google.sheets.create("Sổ")
        for _ in range(59):
            google.sheets.http_client.fetch_sheet_metadata(book.id)
        with pytest.raises(TimeUpError):
            google.sheets.http_client.fetch_sheet_metadata(book.id)
    assert time.slept == []
    assert refusals(metered) == 0
