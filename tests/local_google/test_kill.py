"""What was answered is there after `kill -9`, at whatever moment, and the file is never corrupt."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests
from google.oauth2.credentials import Credentials
from googleapiclient.http import MediaInMemoryUpload

from tests.local_google.api import Http, access_token, create, service
from tests.local_google.process import served

SHEET = "application/vnd.google-apps.spreadsheet"
QUESTION = "0c000001"
TEXT = {"title": "Tên", "questionItem": {"question": {"questionId": QUESTION, "textQuestion": {}}}}
CHUNK = 256 * 1024


@dataclass
class Clients:
    """The unmodified clients, on the server as it runs now."""

    url: str
    token: str
    kept: dict[str, Any]

    def __post_init__(self) -> None:
        self.http = Http(self.url, self.token)
        self.drive = service(self.url, "drive", "drive")
        self.forms = service(self.url, "forms", "drive").forms()
        url = self.url

        class Local(gspread.HTTPClient):
            def request(self, method: str, endpoint: str, *rest: Any, **more: Any) -> Any:
                path = endpoint.partition(".googleapis.com")[2]
                return super().request(method, url + path, *rest, **more)

        self.sheets = gspread.authorize(Credentials(self.token), http_client=Local)

    def close(self) -> None:
        self.http.close()
        self.drive.close()
        self.forms.close()
        self.sheets.http_client.session.close()

    def post(self, text: str) -> requests.Response:
        """A response, as a browser sends it."""
        path = self.kept["responder"].partition("/forms/")[2].replace("/viewform", "/formResponse")
        return requests.post(
            f"{self.url}/forms/{path}", data={f"entry.{int(QUESTION, 16)}": text}, timeout=10
        )

    def answers(self) -> list[str]:
        found = self.forms.responses().list(formId=self.kept["form"]).execute()
        return sorted(
            one["answers"][QUESTION]["textAnswers"]["answers"][0]["value"]
            for one in found.get("responses", [])
        )


@dataclass
class Story:
    """Writes in their order; each with what must be seen of it, for good, in every later life."""

    kept: dict[str, Any] = field(default_factory=dict)

    def steps(self) -> Iterator[tuple[Callable[[Clients], Any], Callable[[Clients], bool]]]:
        kept = self.kept

        def form(of: Clients) -> None:
            body = {"info": {"title": "A", "documentTitle": "A"}}
            made = of.forms.create(body=body).execute()
            kept.update(form=made["formId"], responder=made["responderUri"])

        yield form, lambda of: bool(of.forms.get(formId=kept["form"]).execute())
        yield (
            lambda of: of.http.batch(kept["form"], create(TEXT)),
            lambda of: [one["title"] for one in of.http.items(kept["form"])] == ["Tên"],
        )
        state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
        yield (
            lambda of: of.forms.setPublishSettings(
                formId=kept["form"], body={"publishSettings": state}
            ).execute(),
            lambda of: of.http.call("GET", f"/v1/forms/{kept['form']}")["publishSettings"] == state,
        )
        anyone = {"type": "anyone", "role": "reader", "view": "published"}
        yield (
            lambda of: of.drive.permissions().create(fileId=kept["form"], body=anyone).execute(),
            lambda of: requests.get(viewform(of), timeout=10).url.endswith("/viewform"),
        )
        yield lambda of: of.post("An").raise_for_status(), lambda of: "An" in of.answers()
        yield (
            lambda of: kept.update(sheet=of.sheets.create("Sổ").id),
            lambda of: of.sheets.open_by_key(kept["sheet"]).title == "Sổ",
        )
        yield (
            lambda of: tab(of).update([["STT", "Đơn vị"]], "A1"),
            lambda of: tab(of).row_values(1) == ["STT", "Đơn vị"],
        )
        yield (
            lambda of: tab(of).append_row(["1", "Trường A"], table_range="A1"),
            lambda of: tab(of).get_all_values()[1] == ["1", "Trường A"],
        )
        yield (
            lambda of: of.sheets.open_by_key(kept["sheet"]).add_worksheet("Hai", 5, 5),
            lambda of: len(of.sheets.open_by_key(kept["sheet"]).worksheets()) == 2,
        )
        tags = {"appProperties": {"cchc": "form"}}
        yield (
            lambda of: of.drive.files().update(fileId=kept["form"], body=tags).execute(),
            lambda of: (
                of.drive.files().get(fileId=kept["form"], fields="appProperties").execute() == tags
            ),
        )
        yield (
            lambda of: kept.update(
                copy=of.drive.files().copy(fileId=kept["form"], body={}).execute()["id"]
            ),
            lambda of: len(of.http.items(kept["copy"])) == 1,
        )
        yield begin_upload, lambda of: uploaded(of) >= CHUNK
        yield end_upload, lambda of: held(of) == b"x" * (CHUNK + 7)

        def delete(of: Clients) -> None:
            gone = of.drive.files().create(body={"mimeType": SHEET}).execute()["id"]
            of.drive.files().delete(fileId=gone).execute()
            kept["gone"] = gone

        yield (
            delete,
            lambda of: of.http.send("GET", f"/drive/v3/files/{kept['gone']}").status_code == 404,
        )


def viewform(of: Clients) -> str:
    path: str = of.kept["responder"].partition("/forms/")[2]
    return f"{of.url}/forms/{path}"


def tab(of: Clients) -> gspread.Worksheet:
    return of.sheets.open_by_key(of.kept["sheet"]).get_worksheet(0)


def begin_upload(of: Clients) -> None:
    media = MediaInMemoryUpload(b"x" * (CHUNK + 7), "image/png", chunksize=CHUNK, resumable=True)
    request = of.drive.files().create(body={"name": "Ảnh"}, media_body=media)
    status, done = request.next_chunk()
    assert (status.resumable_progress, done) == (CHUNK, None)
    of.kept["upload"] = request.resumable_uri.partition("/upload/")[2]


def uploaded(of: Clients) -> int:
    """How far the server says that it is."""
    where = {"Content-Range": f"bytes */{CHUNK + 7}"}
    answer = requests.put(f"{of.url}/upload/{of.kept['upload']}", headers=where, timeout=10)
    if answer.status_code == 200:
        return CHUNK + 7
    return int(answer.headers["Range"].partition("-")[2]) + 1


def end_upload(of: Clients) -> None:
    where = {"Content-Range": f"bytes {CHUNK}-{CHUNK + 6}/{CHUNK + 7}"}
    address = f"{of.url}/upload/{of.kept['upload']}"
    answer = requests.put(address, data=b"x" * 7, headers=where, timeout=10)
    of.kept["picture"] = answer.json()["id"]


def held(of: Clients) -> bytes:
    content: bytes = of.drive.files().get_media(fileId=of.kept["picture"]).execute()
    return content


@contextmanager
def alive(data: Path, kept: dict[str, Any]) -> Iterator[tuple[Clients, Callable[[], None]]]:
    """A server on this state file, and how to kill it. Its token is that of the first life."""
    with served(data, "--seed", "7") as (process, url):
        if "token" not in kept:
            kept["token"] = access_token(url, "drive")
        clients = Clients(url, kept["token"], kept)
        yield clients, process.kill
        process.kill()
        process.wait(timeout=10)
        clients.close()
    assert is_whole(data)


def is_whole(data: Path) -> bool:
    with closing(sqlite3.connect(data / "local_google.sqlite")) as db:
        return bool(db.execute("pragma integrity_check").fetchall() == [("ok",)])


def test_each_answer_is_kept_though_the_server_is_killed_right_after_it(tmp_path: Path) -> None:
    story = Story()
    seen: list[Callable[[Clients], bool]] = []
    for write, check in story.steps():
        with alive(tmp_path, story.kept) as (clients, kill):
            assert all(earlier(clients) for earlier in seen)
            write(clients)
            kill()
        seen.append(check)
    with alive(tmp_path, story.kept) as (clients, _):
        assert [check(clients) for check in seen] == [True] * len(seen)
    assert len(seen) == 14


class Confirmed:
    """What was answered 200, from several threads."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self.texts: list[str] = []

    def add(self, text: str) -> None:
        with self._change:
            self.texts.append(text)
            self._change.notify_all()

    def wait_for(self, number: int) -> None:
        with self._change:
            assert self._change.wait_for(lambda: len(self.texts) >= number, timeout=60)


def until_cut_off(work: Callable[[str], bool], name: str, confirmed: Confirmed) -> None:
    for number in range(10_000):
        text = f"{name}{number}"
        try:
            if work(text):
                confirmed.add(text)
        except requests.RequestException:
            return


@pytest.mark.parametrize("answered", [3, 20, 60])
def test_in_the_midst_of_many_writes_what_was_answered_is_there_and_nothing_by_halves(
    tmp_path: Path, answered: int
) -> None:
    """Responses, rows and batches of twenty items at once; killed while all of them are sent."""
    story = Story()
    steps = [write for write, _ in story.steps()][:6]
    sent, rows, batches = Confirmed(), Confirmed(), Confirmed()
    with alive(tmp_path, story.kept) as (clients, kill):
        for write in steps:
            write(clients)
        form_id = clients.http.form()

        def append(text: str) -> bool:
            path = f"/v4/spreadsheets/{story.kept['sheet']}/values/A1:append"
            more = {"valueInputOption": "RAW"}
            body = {"values": [[text, text]]}
            with closing(Http(clients.url, clients.token)) as http:
                return http.send("POST", path, body, params=more).ok

        def batch(text: str) -> bool:
            item = {"title": text, "textItem": {}}
            body = {"requests": [create(item)] * 20}
            with closing(Http(clients.url, clients.token)) as http:
                return http.send("POST", f"/v1/forms/{form_id}:batchUpdate", body).ok

        works = [(lambda text: clients.post(text).ok, sent), (append, rows), (batch, batches)]
        with ThreadPoolExecutor(6) as pool:
            for thread in range(6):
                work, confirmed = works[thread % 3]
                pool.submit(until_cut_off, work, f"{thread}-", confirmed)
            sent.wait_for(answered)
            kill()
    with alive(tmp_path, story.kept) as (clients, _):
        texts = clients.answers()
        assert set(sent.texts) | {"An"} <= set(texts)
        assert len(texts) <= len(sent.texts) + 1 + 2  # "An", and what was on its way
        values = tab(clients).get_all_values()
        assert set(rows.texts) <= {row[0] for row in values}
        assert all(row in ([""], [row[0], row[0]]) for row in values)
        titles = [item["title"] for item in clients.http.items(form_id)]
        assert set(batches.texts) <= set(titles)
        assert {titles.count(title) for title in titles} <= {20}
