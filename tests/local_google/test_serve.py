"""The server: where it listens, whom it answers, and what survives it."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import sys
from pathlib import Path

import pytest
import requests

from cchc_gforms.local_google.identifiers import Identifiers
from cchc_gforms.local_google.serve import Running, open_state, serve
from tests.local_google.api import Http, access_token
from tests.local_google.process import served

ANOTHER = "127.0.0.2"
STOPS = [signal.SIGTERM, *([signal.SIGINT] if os.name == "posix" else [])]


def test_what_was_answered_survives_a_kill_and_a_seed_gives_no_id_twice(tmp_path: Path) -> None:
    made: list[str] = []
    for number in range(3):
        with served(tmp_path, "--seed", "7") as (process, url):
            http = Http(url, access_token(url))
            for form_id in made:
                assert [item["title"] for item in http.items(form_id)] == ["Mục"]
            made.append(http.form({"title": "Mục", "textItem": {}}, title=str(number)))
            process.kill()  # SIGKILL: nothing is tidied up
            http.close()
    assert len(set(made)) == 3


@pytest.mark.parametrize("sign", STOPS)
def test_the_server_stops_when_told_to(tmp_path: Path, sign: signal.Signals) -> None:
    with served(tmp_path) as (process, url):
        assert requests.get(f"{url}/_control/clock", timeout=10).status_code == 200
        process.send_signal(sign)
        process.wait(timeout=10)
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{url}/_control/clock", timeout=10)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "mau.example", ""])
def test_only_this_machine_is_served(host: str) -> None:
    with pytest.raises(ValueError, match="is not a loopback address"):
        serve(host=host, port=0, data=None, seed=None, announce=print)


def test_no_host_is_no_host_even_to_others() -> None:
    with pytest.raises(ValueError, match="is not a loopback address"):
        serve(host="", port=0, data=None, seed=None, announce=print, to_others=True)


@pytest.mark.skipif(sys.platform == "darwin", reason="has no second loopback address")
@pytest.mark.parametrize(
    ("option", "asked", "status"),
    [
        (ANOTHER, ANOTHER, 200),
        (ANOTHER, "127.0.0.1", 200),
        (ANOTHER, "192.0.2.7:80", 200),
        (ANOTHER, "mau.example", 421),
        ("127.0.0.1", "192.0.2.7:80", 421),
    ],
)
def test_others_are_let_in_only_by_the_option_with_a_warning(
    tmp_path: Path, option: str, asked: str, status: int
) -> None:
    """By their address; a name could be anybody's. The address here is no other machine's, but
    none of those that are served without a word either."""
    with served(tmp_path, "--host", option) as (process, url):
        answer = requests.get(f"{url}/_control/clock", headers={"Host": asked}, timeout=10)
        assert answer.status_code == status
        process.kill()
        assert process.stderr is not None
        assert ("CẢNH BÁO" in process.stderr.read()) == (option == ANOTHER)


@pytest.mark.parametrize(
    "path",
    [
        "/drive/v3/files/{bytes}?alt=media",
        "/drive/v3/files/{sheet}/export?mimeType=text/csv",
        "/drive/v3/files?pageSize=1",
        "/v4/spreadsheets/{sheet}/values/A1:B2",
    ],
)
def test_an_answer_is_one_write(google: Running, http: Http, path: str) -> None:
    """Facts A: a second one waits for the client's delayed acknowledgement, 40 ms each time."""
    kind = {"mimeType": "application/vnd.google-apps.spreadsheet"}
    ids = {"sheet": http.call("POST", "/drive/v3/files", kind)["id"]}
    sent = f"{http.url}/upload/drive/v3/files?uploadType=media"
    ids["bytes"] = http.session.post(sent, data=b"abc", timeout=10).json()["id"]
    host = google.url.removeprefix("http://")
    token = http.session.headers["Authorization"]
    asked = f"GET {path.format(**ids)} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {token!s}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", int(host.partition(":")[2])), 10) as line:
        for _ in range(20):
            line.sendall(asked.encode())
            head, _, body = line.recv(1_000_000).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            assert length is not None
            assert len(body) == int(length[1])


def test_quotas_are_counted_from_the_start_when_asked_for(tmp_path: Path) -> None:
    with served(tmp_path, "--quotas") as (_, url):
        assert requests.get(f"{url}/_control/switches", timeout=10).json()["quotas"] is True


def test_a_port_that_is_taken_is_an_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=str(errno.EADDRINUSE)):
            serve(host="127.0.0.1", port=port, data=None, seed=None, announce=print)


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1"], ids=["taken", "not ours"])
def test_an_address_that_cannot_be_had_is_one_line_for_a_person(tmp_path: Path, host: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with served(tmp_path, "--host", host, "--port", port) as (process, _):
            assert process.wait(timeout=20) == 1
            assert process.stderr is not None
            told = process.stderr.read()
    assert "Traceback" not in told
    assert f"cổng {port} tại địa chỉ {host}" in told


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("[::1]:{port}", 200),
        ("mau.example:{port}", 421),
        ("127.0.0.1.mau.example", 421),
        ("[", 421),
        ("", 421),
    ],
)
def test_a_name_from_elsewhere_that_points_here_is_refused(
    google: Running, host: str, status: int
) -> None:
    port = google.url.rpartition(":")[2]
    headers = {"Host": host.format(port=port)}
    answer = requests.get(f"{google.url}/_control/clock", headers=headers, timeout=10)
    assert answer.status_code == status


def test_addresses_in_answers_are_those_of_the_request(google: Running) -> None:
    port = google.url.rpartition(":")[2]
    http = Http(f"http://localhost:{port}", access_token(google.url))
    uri = http.call("GET", f"/v1/forms/{http.form()}")["responderUri"]
    assert uri.startswith(f"http://localhost:{port}/forms/d/e/")
    http.close()


def test_a_seed_gives_the_same_ids_and_each_start_others() -> None:
    first, again, later = Identifiers(7), Identifiers(7), Identifiers(7, start=2)
    ids = [first.file_id() for _ in range(3)]
    assert [again.file_id() for _ in range(3)] == ids
    assert not set(ids) & {later.file_id() for _ in range(3)}


def test_a_block_that_fails_leaves_nothing() -> None:
    state = open_state(None, seed=None)
    with pytest.raises(RuntimeError), state.transaction() as tx:  # noqa: PT012
        tx.execute("insert into accounts values ('a@mau.example', 'A')")
        raise RuntimeError
    with state.transaction() as tx:
        assert tx.execute("select * from accounts").fetchall() == []
    state.close()
