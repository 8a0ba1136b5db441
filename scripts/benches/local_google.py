"""What the local Google answers in a second: a process of its own, loopback only."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

SCOPE = "https://www.googleapis.com/auth/drive"
CLIENTS, QUESTIONS = 8, 10
ROWS, COLUMNS = 10_000, 20
ITEMS = 200
COMMAND = "from cchc_gforms.cli.main import main; main()"


def main(small: bool) -> None:
    """`small` sends a tenth."""
    part = 10 if small else 1
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as url, _office(url) as office:
        submissions = 2_000 // part
        for linked in (False, True):
            seconds = _submit(office, url, submissions, linked=linked)
            where = "into a linked Sheet too" if linked else "into the form"
            print(
                f"{submissions:,} submissions of {QUESTIONS} answers by {CLIENTS} clients, "
                f"{where}: {submissions / seconds:,.0f} a second"
            )
        rows = ROWS // part
        book = _book(office, url, rows)
        path = f"{url}/v4/spreadsheets/{book}/values/Sheet1"
        seconds = min(_timed(office, path) for _ in range(5))
        print(f"values.get of {rows:,} x {COLUMNS} cells: {seconds:.2f} s")
        items = ITEMS // part
        seconds = min(_build(office, url, items) for _ in range(3))
        print(f"batch build of a form of {items} items: {seconds:.2f} s")


@contextmanager
def served(data: Path) -> Iterator[str]:
    command = [sys.executable, "-c", COMMAND, "local", "serve", "--port", "0", "--data", str(data)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()


@contextmanager
def _office(url: str) -> Iterator[requests.Session]:
    """The built-in account; its lines are kept."""
    built_in = {"client_id": "local", "client_secret": "local", "refresh_token": "local"}
    with requests.Session() as session:
        asked = {"grant_type": "refresh_token", "scope": SCOPE, **built_in}
        token = session.post(f"{url}/token", data=asked, timeout=60).json()["access_token"]
        session.headers["Authorization"] = f"Bearer {token}"
        yield session


def _call(office: requests.Session, method: str, address: str, body: object = None) -> Any:
    answer = office.request(method, address, json=body, timeout=120)
    answer.raise_for_status()
    return answer.json()


def _submit(office: requests.Session, url: str, count: int, *, linked: bool) -> float:
    """Seconds for all of them, posted as browsers do."""
    address = _open_form(office, url, linked=linked)
    answers = {f"entry.{number}": f"Trả lời {number}" for number in range(1, QUESTIONS + 1)}

    def post(share: int) -> None:
        with requests.Session() as client:
            for _ in range(share):
                client.post(address, data=answers, timeout=60).raise_for_status()

    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(post, [count // CLIENTS] * CLIENTS))
    return time.perf_counter() - begun


def _open_form(office: requests.Session, url: str, *, linked: bool) -> str:
    """The address that answers go to."""
    made = _call(office, "POST", f"{url}/v1/forms", {"info": {"title": "A", "documentTitle": "A"}})
    form = f"{url}/v1/forms/{made['formId']}"
    _call(office, "POST", f"{form}:batchUpdate", {"requests": _requests(QUESTIONS)})
    state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    _call(office, "POST", f"{form}:setPublishSettings", {"publishSettings": state})
    anyone = {"type": "anyone", "role": "reader", "view": "published"}
    _call(office, "POST", f"{url}/drive/v3/files/{made['formId']}/permissions", anyone)
    if linked:
        with requests.Session() as owner:
            office_signs_in = {"email": "vanphong@cchc.example", "continue": "/"}
            owner.post(f"{url}/signin", data=office_signs_in, timeout=60)
            link = f"{url}/forms/d/{made['formId']}/link"
            owner.post(link, data={"spreadsheet": "new"}, timeout=60).raise_for_status()
    return str(made["responderUri"]).replace("/viewform", "/formResponse")


def _requests(count: int) -> list[dict[str, Any]]:
    return [
        {
            "createItem": {
                "item": {
                    "title": f"Câu {number}",
                    "questionItem": {
                        "question": {"questionId": f"{number:08x}", "textQuestion": {}}
                    },
                },
                "location": {"index": number - 1},
            }
        }
        for number in range(1, count + 1)
    ]


def _book(office: requests.Session, url: str, rows: int) -> str:
    """A spreadsheet that is full of numbers and texts."""
    size = {"gridProperties": {"rowCount": rows, "columnCount": COLUMNS}}
    made = _call(office, "POST", f"{url}/v4/spreadsheets", {"sheets": [{"properties": size}]})
    path = f"{url}/v4/spreadsheets/{made['spreadsheetId']}"
    title = made["sheets"][0]["properties"]["title"]
    for start in range(0, rows, 1000):
        values = [
            [f"Ô {row}" if column % 2 else row * column for column in range(COLUMNS)]
            for row in range(start, min(start + 1000, rows))
        ]
        _call(
            office,
            "PUT",
            f"{path}/values/{title}!A{start + 1}?valueInputOption=RAW",
            {"values": values},
        )
    return str(made["spreadsheetId"])


def _timed(office: requests.Session, address: str) -> float:
    begun = time.perf_counter()
    answer = office.get(address, timeout=120)
    seconds = time.perf_counter() - begun
    answer.raise_for_status()
    return seconds


def _build(office: requests.Session, url: str, items: int) -> float:
    """One batchUpdate that makes all items."""
    made = _call(office, "POST", f"{url}/v1/forms", {"info": {"title": "A"}})
    body = {"requests": _requests(items)}
    begun = time.perf_counter()
    _call(office, "POST", f"{url}/v1/forms/{made['formId']}:batchUpdate", body)
    return time.perf_counter() - begun
