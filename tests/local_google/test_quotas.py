"""Calls a minute: Google's numbers, Google's words, refilled by the local clock (facts C, 5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from cchc_gforms.local_google.serve import Running
from tests.local_google.api import Http, access_token, token_of

SCOPES = ("drive",)


@pytest.fixture
def metered(local_google: Running) -> Iterator[Http]:
    set_clock(local_google.url, "2022-03-01T08:00:30Z")
    http = Http(local_google.url, access_token(local_google.url, *SCOPES))
    yield http
    http.close()


def switch_on(http: Http) -> None:
    requests.post(f"{http.url}/_control/switches", json={"quotas": True}, timeout=10)


def set_clock(url: str, moment: str) -> None:
    requests.post(f"{url}/_control/clock", json={"now": moment}, timeout=10).raise_for_status()


def book(http: Http) -> str:
    id: str = http.call("POST", "/v4/spreadsheets", {})["spreadsheetId"]
    return id


def until_refused(http: Http, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """How many calls were answered, and the error of the next."""
    for answered in range(2000):
        answer = http.send(method, path, body)
        if answer.status_code == 429:
            return answered, answer.json()["error"]
        assert answer.status_code == 200, answer.text
    raise AssertionError("never refused")


def test_off_they_do_not_count(metered: Http) -> None:
    path = f"/v4/spreadsheets/{book(metered)}/values/A1"
    assert {metered.send("GET", path).status_code for _ in range(70)} == {200}


def test_a_user_writes_60_times_a_minute_in_sheets_and_reads_apart(metered: Http) -> None:
    id = book(metered)
    switch_on(metered)
    write = f"/v4/spreadsheets/{id}/values/A1?valueInputOption=RAW"
    answered, error = until_refused(metered, "PUT", write, {"values": [[1]]})
    assert answered == 60
    project = error["details"][0]["metadata"]["consumer"].removeprefix("projects/")
    assert error == {
        "code": 429,
        "message": "Quota exceeded for quota metric 'Write requests' and limit 'Write requests "
        "per minute per user' of service 'sheets.googleapis.com' for consumer "
        f"'project_number:{project}'.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": {
                    "consumer": f"projects/{project}",
                    "quota_limit": "WriteRequestsPerMinutePerUser",
                    "quota_metric": "sheets.googleapis.com/write_requests",
                    "service": "sheets.googleapis.com",
                },
            }
        ],
    }
    assert until_refused(metered, "GET", f"/v4/spreadsheets/{id}/values/A1")[0] == 60
    set_clock(metered.url, "2022-03-01T08:00:59.999Z")
    assert metered.send("GET", f"/v4/spreadsheets/{id}").status_code == 429
    set_clock(metered.url, "2022-03-01T08:01:00Z")
    assert until_refused(metered, "GET", f"/v4/spreadsheets/{id}")[0] == 60


def test_a_project_has_300_of_all_its_users(metered: Http) -> None:
    id = book(metered)
    metered.call("POST", f"/drive/v3/files/{id}/permissions", {"type": "anyone", "role": "reader"})
    users = [
        Http(metered.url, token_of(metered.url, f"{name}@mau.example", "app", *SCOPES))
        for name in "abcdef"
    ]
    switch_on(metered)
    path = f"/v4/spreadsheets/{id}/values/A1"
    for user in users[:5]:
        assert {user.send("GET", path).status_code for _ in range(60)} == {200}
    answered, error = until_refused(users[5], "GET", path)
    assert answered == 0
    assert "limit 'Read requests per minute' of" in error["message"]
    assert error["details"][0]["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerProject"
    assert metered.send("GET", path).status_code == 200  # another project
    for user in users:
        user.close()


@pytest.mark.parametrize(
    ("method", "path", "body", "most", "metric"),
    [
        ("GET", "", None, 390, "Read requests"),
        ("GET", "/responses", None, 180, "Expensive read requests"),
        (
            "POST",
            ":setPublishSettings",
            {"publishSettings": {"publishState": {}}},
            150,
            "Write requests",
        ),
    ],
)
def test_forms_has_its_own_numbers(
    metered: Http, method: str, path: str, body: object, most: int, metric: str
) -> None:
    form_id = metered.form()
    switch_on(metered)
    answered, error = until_refused(metered, method, f"/v1/forms/{form_id}{path}", body)
    assert answered == most
    assert f"quota metric '{metric}'" in error["message"]
    assert "of service 'forms.googleapis.com'" in error["message"]


def test_a_batch_of_many_requests_is_one_write(metered: Http) -> None:
    form_id = metered.form()
    switch_on(metered)
    request = {"updateFormInfo": {"info": {"title": "A"}, "updateMask": "title"}}
    metered.batch(form_id, *[request] * 200)
    answered, _ = until_refused(
        metered, "POST", f"/v1/forms/{form_id}:batchUpdate", {"requests": [request]}
    )
    assert answered == 149
