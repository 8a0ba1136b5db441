"""The control paths: clock, log, faults, reset (outside the API's URL space)."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from cchc_gforms.local_google.serve import Running, open_state, running
from tests.local_google.api import Http, access_token

GET = "forms.forms.get"
CREATE = "forms.forms.create"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    state = open_state(None, seed=3)
    with running(state) as server:
        yield server
    state.close()


@pytest.fixture
def alone(server: Running) -> Iterator[Http]:
    """An office on a server that has forgotten all that other tests did."""
    requests.post(f"{server.url}/_control/reset", timeout=10)
    http = Http(server.url, access_token(server.url))
    yield http
    http.close()


def control(http: Http, path: str, body: object = None, method: str = "POST") -> Any:
    answer = requests.request(method, f"{http.url}/_control/{path}", json=body, timeout=10)
    answer.raise_for_status()
    return answer.json()


def dated(http: Http) -> str:
    return http.send("GET", "/drive/v3/about?fields=kind").headers["Date"]


# Clock


def test_the_clock_stands_where_it_was_set(alone: Http) -> None:
    told = control(alone, "clock", {"now": "2022-03-19T16:59:59.999Z"})
    assert told == {"now": "2022-03-19T16:59:59.999000+00:00"}
    assert dated(alone) == "Sat, 19 Mar 2022 16:59:59 GMT"
    assert control(alone, "clock", method="GET") == told
    form_id = alone.form()
    path = f"/drive/v3/files/{form_id}?fields=createdTime"
    assert alone.call("GET", path) == {"createdTime": "2022-03-19T16:59:59.999Z"}


def test_the_clock_is_moved_on(alone: Http) -> None:
    control(alone, "clock", {"now": "2022-03-19T23:59:59.999+07:00"})
    assert control(alone, "clock", {"advance_ms": 1}) == {"now": "2022-03-19T17:00:00+00:00"}
    assert dated(alone) == "Sat, 19 Mar 2022 17:00:00 GMT"


def test_the_clock_goes_on_by_a_step_for_every_request(alone: Http) -> None:
    """So that ids and times of a run are those of the next (with a seed)."""
    control(alone, "clock", {"now": "2022-03-19T17:00:00Z", "step_ms": 250})
    path = f"/drive/v3/files/{alone.form()}?fields=createdTime"
    assert alone.call("GET", path) == {"createdTime": "2022-03-19T17:00:00.250Z"}
    path = f"/drive/v3/files/{alone.form()}?fields=createdTime"
    assert alone.call("GET", path) == {"createdTime": "2022-03-19T17:00:00.750Z"}
    control(alone, "clock", {"release": True})
    told = control(alone, "clock", {"now": "2022-03-19T17:00:00Z"})
    assert alone.send("GET", path).status_code == 200
    assert control(alone, "clock", method="GET") == told


def test_the_clock_let_go_is_the_machines(alone: Http) -> None:
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    control(alone, "clock", {"now": "2022-03-19T16:59:59Z"})
    control(alone, "clock", {"release": True})
    assert parsedate_to_datetime(dated(alone)) >= before


def test_every_answer_is_dated_once_by_the_local_clock(alone: Http) -> None:
    control(alone, "clock", {"now": "2022-03-19T16:59:59Z"})
    for path in ("/", "/v1/forms/x", "/khong-co", "/_control/log"):
        answer = alone.send("GET", path)
        assert answer.headers["Date"] == "Sat, 19 Mar 2022 16:59:59 GMT"
        assert "Server" not in answer.headers


@pytest.mark.parametrize(
    "body",
    [
        {"now": "2022-03-19T16:59:59"},
        {"now": "hôm nay"},
        {"now": 5},
        {"advance_ms": "5"},
        {"step_ms": -1},
        {"step_ms": 1.5},
        {"nwo": "2022-03-19T16:59:59Z"},
        [],
    ],
    ids=repr,
)
def test_the_clock_says_what_is_wrong(alone: Http, body: object) -> None:
    answer = requests.post(f"{alone.url}/_control/clock", json=body, timeout=10)
    assert answer.status_code == 400
    assert answer.json()["error"]


# Log


def test_the_log_has_every_call_and_nothing_else(alone: Http) -> None:
    control(alone, "log", method="DELETE")
    form_id = alone.form()
    alone.send("GET", f"/v1/forms/{form_id}?fields=formId")
    alone.send("GET", "/v1/forms/x")
    alone.send("GET", "/v1/nothing")
    alone.send("GET", "/")
    assert control(alone, "log", method="GET") == [
        {"method": "POST", "path": "/v1/forms", "method_id": CREATE, "status": 200},
        {"method": "GET", "path": f"/v1/forms/{form_id}", "method_id": GET, "status": 200},
        {"method": "GET", "path": "/v1/forms/x", "method_id": GET, "status": 404},
        {"method": "GET", "path": "/v1/nothing", "method_id": "", "status": 404},
    ]
    assert control(alone, "log", method="DELETE") == []


# Faults


def statuses(http: Http, path: str, times: int) -> list[int]:
    return [http.send("GET", path).status_code for _ in range(times)]


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ({"method_id": GET, "nth": 2, "status": 503}, [200, 503, 200]),
        ({"method_id": GET, "status": 500}, [500, 200, 200]),
        ({"method_id": GET, "nth": 0, "status": 429}, [429, 429, 429]),
        ({"path_prefix": "/v1/", "nth": 3, "status": 403}, [200, 200, 403]),
        ({"path_prefix": "/v4/", "nth": 0, "status": 500}, [200, 200, 200]),
        ({"method_id": CREATE, "nth": 0, "status": 500}, [200, 200, 200]),
        ({"method_id": "none"}, [200, 200, 200]),
    ],
    ids=repr,
)
def test_a_fault_strikes_the_call_it_names(
    alone: Http, fault: dict[str, Any], seen: list[int]
) -> None:
    path = f"/v1/forms/{alone.form()}"
    control(alone, "faults", [fault])
    assert statuses(alone, path, 3) == seen


def test_it_is_told_how_often_each_fault_struck(alone: Http) -> None:
    """Of two for the same call the first strikes; what comes too seldom never does."""
    faults = [{"method_id": GET, "nth": 0, "status": 503}, {"nth": 1, "drop": True}, {"nth": 9}]
    control(alone, "faults", faults)
    assert control(alone, "faults", method="GET") == {"faults": 3, "struck": [0, 0, 0]}
    for _ in range(2):
        alone.send("GET", "/v1/forms/none")
    assert control(alone, "faults", method="GET") == {"faults": 3, "struck": [2, 0, 0]}


def test_faults_count_the_calls_that_another_one_struck(alone: Http) -> None:
    path = f"/v1/forms/{alone.form()}"
    control(
        alone,
        "faults",
        [
            {"method_id": GET, "nth": 1, "status": 500},
            {"path_prefix": "/v1/", "nth": 2, "status": 503},
        ],
    )
    assert statuses(alone, path, 3) == [500, 503, 200]
    control(alone, "faults", [{"method_id": GET, "nth": 0, "status": 500}])
    control(alone, "faults", [])
    assert statuses(alone, path, 1) == [200]


def test_a_struck_call_is_not_done_unless_it_is_said(alone: Http) -> None:
    control(alone, "faults", [{"method_id": CREATE, "status": 503}])
    body = {"info": {"title": "A"}}
    assert alone.send("POST", "/v1/forms", body).status_code == 503
    assert alone.call("GET", "/drive/v3/files")["files"] == []
    control(alone, "faults", [{"method_id": CREATE, "status": 503, "after": True}])
    assert alone.send("POST", "/v1/forms", body).status_code == 503
    assert len(alone.call("GET", "/drive/v3/files")["files"]) == 1


@pytest.mark.parametrize(("after", "made"), [(False, 0), (True, 1)], ids=["before", "after"])
def test_a_dropped_connection_gives_no_answer(alone: Http, after: bool, made: int) -> None:
    control(alone, "faults", [{"method_id": CREATE, "drop": True, "after": after}])
    control(alone, "log", method="DELETE")
    with pytest.raises(requests.ConnectionError):
        alone.send("POST", "/v1/forms", {"info": {"title": "A"}})
    assert control(alone, "log", method="GET")[-1]["status"] == 0
    assert len(alone.call("GET", "/drive/v3/files")["files"]) == made


def test_over_quota_is_told_in_googles_words(alone: Http) -> None:
    message = (
        "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute per user' of "
        "service '{}.googleapis.com' for consumer 'project_number:0'."
    )
    control(alone, "faults", [{"nth": 0, "status": 429}])
    error = alone.send("GET", "/v1/forms/x").json()["error"]
    assert error["message"] == message.format("forms")
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert error["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
    error = alone.send("GET", "/drive/v3/files").json()["error"]
    assert error["errors"] == [
        {"message": message.format("drive"), "domain": "usageLimits", "reason": "rateLimitExceeded"}
    ]


@pytest.mark.parametrize(
    "faults",
    [
        [{"status": 200}],
        [{"status": 503, "drop": True}],
        [{"nth": "1", "drop": True}],
        [{"nth": -1, "drop": True}],
        [{"delay_ms": -1}],
        [{"delay_ms": 10_001}],
        [{"delay_ms": 1.5}],
        [{"chance": 0.0, "drop": True}],
        [{"chance": 1.5, "drop": True}],
        [{"chance": 0.5, "nth": 2, "drop": True}],
        [{"half": True, "status": 503}],
        [{"retry_after": 3, "drop": True}],
        [{"retry_after": -2, "status": 429}],
        [{"half": True, "drop": True}],
        [{"method": GET, "drop": True}],
        [{"seen": 5, "drop": True}],
        {"drop": True},
        ["drop"],
    ],
    ids=repr,
)
def test_what_is_no_fault_is_refused(alone: Http, faults: object) -> None:
    answer = requests.post(f"{alone.url}/_control/faults", json=faults, timeout=10)
    assert answer.status_code == 400


def test_a_refusal_says_when_to_come_again_if_it_is_told_to(alone: Http) -> None:
    path = f"/v1/forms/{alone.form()}"
    control(alone, "faults", [{"method_id": GET, "status": 429, "retry_after": 0}])
    assert alone.send("GET", path).headers["Retry-After"] == "0"
    control(alone, "faults", [{"method_id": GET, "status": 429}])
    assert "Retry-After" not in alone.send("GET", path).headers


def test_half_an_answer_is_told_to_be_whole(alone: Http) -> None:
    path = f"/v1/forms/{alone.form()}"
    whole = alone.send("GET", path).content
    control(alone, "faults", [{"method_id": GET, "half": True}])
    cut = alone.send("GET", path, stream=True)
    assert (cut.status_code, cut.headers["Content-Length"]) == (200, str(len(whole)))
    with pytest.raises(requests.exceptions.ChunkedEncodingError) as error:
        cut.content  # noqa: B018 - reading fails
    left = len(whole) - len(whole) // 2
    assert f"IncompleteRead({len(whole) // 2} bytes read, {left} more expected)" in str(error.value)
    assert alone.send("GET", path).content == whole


def test_what_half_an_answer_was_for_is_done(alone: Http) -> None:
    control(alone, "faults", [{"method_id": CREATE, "half": True}])
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        alone.send("POST", "/v1/forms", {"info": {"title": "A"}})
    assert len(alone.call("GET", "/drive/v3/files")["files"]) == 1


@pytest.mark.parametrize("more", [{}, {"status": 503}, {"half": True}], ids=repr)
def test_an_answer_comes_late(alone: Http, more: dict[str, Any]) -> None:
    """By the machine's clock, whatever the local one says."""
    path = f"/v1/forms/{alone.form()}"
    control(alone, "clock", {"now": "2022-03-19T16:59:59Z"})
    control(alone, "faults", [{"method_id": GET, "delay_ms": 120, **more}])
    begun = time.monotonic()
    answer = alone.send("GET", path, stream=True)
    assert time.monotonic() - begun >= 0.120
    assert answer.status_code == more.get("status", 200)


def test_a_batch_is_as_late_and_as_whole_as_its_parts(alone: Http) -> None:
    form_id = alone.form()
    part = f"Content-Type: application/http\r\n\r\nGET /v1/forms/{form_id} HTTP/1.1\r\n\r\n"
    body = f"--cut\r\n{part}\r\n--cut\r\n{part}\r\n--cut--"
    kind = {"Content-Type": "multipart/mixed; boundary=cut"}

    def batch() -> bytes:
        return alone.session.post(f"{alone.url}/batch", data=body, headers=kind, timeout=10).content

    control(alone, "faults", [{"method_id": GET, "nth": 0, "delay_ms": 60}])
    begun = time.monotonic()
    assert batch().count(b"HTTP/1.1 200") == 2
    assert time.monotonic() - begun >= 0.120
    control(alone, "faults", [{"method_id": GET, "nth": 2, "half": True}])
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        batch()


def test_a_chance_falls_the_same_way_from_the_same_seed(alone: Http) -> None:
    path = f"/v1/forms/{alone.form()}"
    seen = []
    for seed in (1, 1, 2):
        control(alone, "faults", [{"method_id": GET, "chance": 0.5, "seed": seed, "status": 503}])
        seen.append(statuses(alone, path, 30))
    assert seen[0] == seen[1] != seen[2]
    assert 5 < seen[0].count(503) < 25
    control(alone, "faults", [{"method_id": GET, "chance": 1.0, "status": 503}])
    assert statuses(alone, path, 3) == [503, 503, 503]


# Switches


def test_switches_are_told_and_set(alone: Http) -> None:
    off = {
        "quotas": False,
        "service_accounts_have_storage": False,
        "scrambled_responses": False,
        "filter_by_creation": False,
        "short_pages": False,
    }
    assert control(alone, "switches", method="GET") == off
    on = {**off, "scrambled_responses": True}
    assert control(alone, "switches", {"scrambled_responses": True}) == on
    assert control(alone, "switches", {"scrambled_responses": False}) == off


@pytest.mark.parametrize("body", [{"quota": True}, {"quotas": 1}, {"quotas": None}, []], ids=repr)
def test_what_is_no_switch_is_refused_and_sets_none(alone: Http, body: object) -> None:
    both = {"scrambled_responses": True, **body} if isinstance(body, dict) else body
    answer = requests.post(f"{alone.url}/_control/switches", json=both, timeout=10)
    assert answer.status_code == 400
    assert not any(control(alone, "switches", method="GET").values())


# Reset


def test_a_reset_forgets_everything(alone: Http) -> None:
    alone.form()
    control(alone, "clock", {"now": "2022-03-19T16:59:59Z"})
    control(alone, "faults", [{"nth": 0, "status": 500}])
    control(alone, "reset")
    assert control(alone, "log", method="GET") == []
    assert alone.send("GET", "/drive/v3/files").status_code == 401  # the token too
    again = Http(alone.url, access_token(alone.url))
    assert again.call("GET", "/drive/v3/files")["files"] == []
    assert parsedate_to_datetime(dated(again)).year > 2022
    again.close()


# Other sites


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "reset", ""),
        ("POST", "clock", '{"now": "2022-03-19T16:59:59Z"}'),
        ("POST", "faults", '[{"status": 503}]'),
        ("POST", "switches", '{"quotas": true}'),
        ("DELETE", "log", ""),
        ("POST", "file_upload_question", '{"form_id": "x", "title": "a", "index": 0}'),
    ],
)
def test_a_page_of_another_site_changes_nothing(
    alone: Http, method: str, path: str, body: str, headers: dict[str, str]
) -> None:
    """A form that posts itself needs no permission from here (CSRF)."""
    form_id = alone.form()
    before = control(alone, "switches", method="GET")
    answer = requests.request(
        method,
        f"{alone.url}/_control/{path}",
        data=body,
        headers={"Content-Type": "text/plain", **headers},
        timeout=10,
    )
    assert answer.status_code == 403
    assert alone.send("GET", f"/v1/forms/{form_id}").status_code == 200
    assert control(alone, "switches", method="GET") == before
    assert dated(alone) != "Sat, 19 Mar 2022 16:59:59 GMT"
    assert control(alone, "log", method="GET")


def test_a_clock_that_cannot_be_set_so_far_ahead_stays_as_it_was(alone: Http) -> None:
    told = control(alone, "clock", {"now": "2022-03-19T17:00:00Z"})
    body = {"now": "2023-01-01T00:00:00Z", "advance_ms": 10**18}
    answer = requests.post(f"{alone.url}/_control/clock", json=body, timeout=10)
    assert answer.status_code == 400
    assert control(alone, "clock", method="GET") == told
