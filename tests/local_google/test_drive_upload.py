"""Bytes in and out: simple, multipart and resumable uploads, downloads, CSV made a spreadsheet."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaFileUpload, MediaInMemoryUpload, MediaIoBaseDownload

from cchc_gforms.local_google.serve import Running
from tests.local_google.api import Http, access_token

SHEET = "application/vnd.google-apps.spreadsheet"
CHUNK = 256 * 1024
BYTES = bytes(range(256)) + b"\r\n--=\r\n\r\n--" + "Phường Mẫu".encode()
LARGE = BYTES * 2500  # some 700 kB: two chunks and a rest


def uploads(http: Http, kind: str, **more: Any) -> requests.Response:
    return http.session.post(
        f"{http.url}/upload/drive/v3/files", params={"uploadType": kind}, timeout=10, **more
    )


def held(drive: Any, id: str) -> bytes:
    found: bytes = drive.files().get_media(fileId=id).execute()
    return found


@pytest.mark.parametrize("content", [BYTES, b"", LARGE], ids=["short", "empty", "large"])
@pytest.mark.parametrize("resumable", [False, True], ids=["multipart", "resumable"])
def test_what_the_client_uploads_is_what_it_downloads(
    drive: Any, content: bytes, resumable: bool
) -> None:
    media = MediaInMemoryUpload(content, "image/png", chunksize=CHUNK, resumable=resumable)
    fields = "name,mimeType,size,md5Checksum,sha256Checksum,originalFilename"
    made = drive.files().create(body={"name": "Sơ đồ"}, media_body=media, fields=f"id,{fields}")
    read = made.execute()
    assert held(drive, read.pop("id")) == content
    assert read == {
        "name": "Sơ đồ",
        "mimeType": "image/png",
        "size": str(len(content)),
        "md5Checksum": hashlib.md5(content).hexdigest(),
        "sha256Checksum": hashlib.sha256(content).hexdigest(),
        "originalFilename": "Sơ đồ",
    }


@pytest.mark.parametrize("resumable", [False, True], ids=["simple", "resumable"])
def test_a_file_without_metadata_and_its_new_content(
    drive: Any, tmp_path: Path, resumable: bool
) -> None:
    path = tmp_path / "anh.png"
    path.write_bytes(LARGE)
    media = MediaFileUpload(str(path), chunksize=CHUNK, resumable=resumable)
    made = drive.files().create(media_body=media).execute()
    assert (made["name"], made["mimeType"]) == ("Untitled", "image/png")
    new = MediaInMemoryUpload(b"new", "text/plain", resumable=resumable)
    changed = drive.files().update(fileId=made["id"], media_body=new).execute()
    assert changed == {**made, "mimeType": "text/plain"}
    assert held(drive, made["id"]) == b"new"


def test_a_download_comes_in_chunks(drive: Any) -> None:
    media = MediaInMemoryUpload(LARGE, "image/png")
    id = drive.files().create(media_body=media).execute()["id"]
    got, seen = io.BytesIO(), 0
    download = MediaIoBaseDownload(got, drive.files().get_media(fileId=id), chunksize=CHUNK)
    done = False
    while not done:
        _, done = download.next_chunk()
        seen += 1
    assert got.getvalue() == LARGE
    assert seen == 3


def test_a_range_that_is_not_there_is_refused(http: Http) -> None:
    id = uploads(http, "media", data=b"0123456789").json()["id"]
    path = f"{http.url}/drive/v3/files/{id}?alt=media"
    some = http.session.get(path, headers={"Range": "bytes=2-4"}, timeout=10)
    assert (some.status_code, some.content) == (206, b"234")
    assert some.headers["Content-Range"] == "bytes 2-4/10"
    off = http.session.get(path, headers={"Range": "bytes=10-12"}, timeout=10)
    assert (off.status_code, off.headers["Content-Range"]) == (416, "bytes */10")


def test_only_bytes_are_downloaded(http: Http) -> None:
    id = http.call("POST", "/drive/v3/files", {"mimeType": SHEET})["id"]
    answer = http.send("GET", f"/drive/v3/files/{id}?alt=media")
    message = (
        "Only files with binary content can be downloaded. Use Export with Docs Editors files."
    )
    one = {
        "domain": "global",
        "reason": "fileNotDownloadable",
        "message": message,
        "locationType": "parameter",
        "location": "alt",
    }
    assert answer.json() == {"error": {"errors": [one], "code": 403, "message": message}}


# Resumable, step by step


class Session:
    """A resumable upload as a program of one's own would do it."""

    def __init__(self, http: Http, size: int | None, body: dict[str, Any] | None = None) -> None:
        headers = {"X-Upload-Content-Type": "text/plain"}
        if size is not None:
            headers["X-Upload-Content-Length"] = str(size)
        begun = uploads(http, "resumable", json=body or {"name": "Từng phần"}, headers=headers)
        assert (begun.status_code, begun.content) == (200, b"")
        self.address = begun.headers["Location"]

    def put(self, content: bytes, where: str = "") -> requests.Response:
        """Without a token: the address is the right."""
        headers = {"Content-Range": where} if where else {}
        return requests.put(self.address, data=content, headers=headers, timeout=10)


def test_chunks_are_counted_and_the_end_is_the_file(http: Http) -> None:
    first, rest = LARGE[:CHUNK], LARGE[CHUNK:]
    session = Session(http, len(LARGE))
    asked = session.put(b"", f"bytes */{len(LARGE)}")
    assert (asked.status_code, "Range" in asked.headers) == (308, False)
    kept = session.put(first, f"bytes 0-{CHUNK - 1}/{len(LARGE)}")
    assert (kept.status_code, kept.headers["Range"]) == (308, f"bytes=0-{CHUNK - 1}")
    again = session.put(first, f"bytes 0-{CHUNK - 1}/*")  # the answer was lost
    assert again.headers["Range"] == f"bytes=0-{CHUNK - 1}"
    assert session.put(b"", "bytes */*").headers["Range"] == f"bytes=0-{CHUNK - 1}"
    end = session.put(rest, f"bytes {CHUNK}-{len(LARGE) - 1}/{len(LARGE)}")
    assert end.status_code == 200
    assert session.put(b"", f"bytes */{len(LARGE)}").json() == end.json()
    path = f"{http.url}/drive/v3/files/{end.json()['id']}?alt=media"
    assert http.session.get(path, timeout=10).content == LARGE


def test_of_an_odd_chunk_whole_multiples_are_kept(http: Http) -> None:
    session = Session(http, None)
    kept = session.put(LARGE[: CHUNK + 5], f"bytes 0-{CHUNK + 4}/*")
    assert kept.headers["Range"] == f"bytes=0-{CHUNK - 1}"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"abc", "bytes 0-2/*"),
        (b"abc", "bytes 0-2/4"),
        (b"abc", "bytes 1-3/4"),
        (b"abc", "bytes 0-5/6"),
        (b"abc", "bytes 0-2/2"),
        (b"abc", "0-2/3"),
        (b"abc", "bytes 0-2"),
    ],
)
def test_a_chunk_that_does_not_fit_is_refused_and_nothing_is_kept(
    http: Http, content: bytes, where: str
) -> None:
    session = Session(http, None)
    assert session.put(content, where).status_code == 400
    assert "Range" not in session.put(b"", "bytes */*").headers
    assert session.put(b"all of it").status_code == 200


def test_a_session_is_given_up_by_its_owner_and_by_time(
    google: Running, local_google: Running
) -> None:
    own = Http(local_google.url, access_token(local_google.url))
    given_up, waiting = Session(own, None), Session(own, None)
    assert requests.delete(given_up.address, timeout=10).status_code == 499
    assert given_up.put(b"abc").status_code == 404
    week = {"advance_ms": 7 * 24 * 3600 * 1000}
    requests.post(f"{own.url}/_control/clock", json=week, timeout=10).raise_for_status()
    requests.post(f"{own.url}/_control/clock", json={"advance_ms": 1}, timeout=10)
    assert waiting.put(b"abc").status_code == 404
    assert own.call("GET", "/drive/v3/files")["files"] == []
    own.close()


def test_an_upload_that_is_refused_at_its_end_makes_nothing(http: Http, drive: Any) -> None:
    media = MediaInMemoryUpload(b"x", "image/png", resumable=True)
    with pytest.raises(HttpError) as error:
        drive.files().create(body={"name": "?", "mimeType": SHEET}, media_body=media).execute()
    assert error.value.resp.status == 400
    found = http.send("GET", "/drive/v3/files", params={"q": "name = '?'"}).json()
    assert found["files"] == []


# What is refused


@pytest.mark.parametrize(
    ("kind", "content", "type"),
    [
        ("", b"abc", "text/plain"),
        ("stream", b"abc", "text/plain"),
        ("multipart", b"abc", "text/plain"),
        ("multipart", b"--a\r\n\r\n{}\r\n--a--", "multipart/related; boundary=a"),
        ("multipart", b"--a\r\n\r\nx\r\n--a\r\n\r\ny\r\n--a--", "multipart/related; boundary=a"),
        ("resumable", b"{", "application/json"),
        ("resumable", b'{"name": 1}', "application/json"),
    ],
)
def test_what_is_no_upload_is_refused(http: Http, kind: str, content: bytes, type: str) -> None:
    answer = uploads(http, kind, data=content, headers={"Content-Type": type})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == 400


def test_base64_in_a_part_is_decoded(http: Http) -> None:
    body = (
        b"--a\r\nContent-Type: application/json\r\n\r\n{}\r\n--a\r\nContent-Type: text/plain\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nYWJj\r\n--a--"
    )
    type = {"Content-Type": 'multipart/related; boundary="a"'}
    id = uploads(http, "multipart", data=body, headers=type).json()["id"]
    path = f"{http.url}/drive/v3/files/{id}?alt=media"
    assert http.session.get(path, timeout=10).content == b"abc"


def test_an_upload_wants_a_token_and_a_file_of_ones_own(http: Http) -> None:
    nobody = Http(http.url, None)
    assert uploads(nobody, "resumable", json={}).status_code == 401
    nobody.close()
    path = f"{http.url}/upload/drive/v3/files/1khong-co?uploadType=resumable"
    assert http.session.patch(path, json={}, timeout=10).status_code == 404


def test_uploads_and_downloads_are_no_parts_of_a_batch(http: Http) -> None:
    parts = ("POST /upload/drive/v3/files?uploadType=media", "GET /drive/v3/files/x?alt=media")
    body = "".join(
        f"--cut\r\nContent-Type: application/http\r\n\r\n{part} HTTP/1.1\r\n\r\nabc\r\n"
        for part in parts
    )
    kind = {"Content-Type": "multipart/mixed; boundary=cut"}
    answer = http.session.post(f"{http.url}/batch", data=f"{body}--cut--", headers=kind, timeout=10)
    assert answer.text.count("HTTP/1.1 400") == 2


# Conversion


CSV = 'Đơn vị,Hạn,Điểm,Ghi chú\r\n"Trường A, B",2022-06-02,"1.5",=1+1\r\n,,TRUE,"hai\ndòng"\r\n'
ROWS = [
    ["Đơn vị", "Hạn", "Điểm", "Ghi chú"],
    ["Trường A, B", 44714, 1.5, "=1+1"],
    ["", "", True, "hai\ndòng"],
]


@pytest.mark.parametrize("resumable", [False, True], ids=["multipart", "resumable"])
def test_csv_is_made_a_spreadsheet(drive: Any, http: Http, resumable: bool) -> None:
    media = MediaInMemoryUpload(CSV.encode("utf-8-sig"), "text/csv", resumable=resumable)
    made = drive.files().create(body={"name": "Sổ", "mimeType": SHEET}, media_body=media).execute()
    assert made["mimeType"] == SHEET
    assert values(http, made["id"]) == ROWS
    [sheet] = http.call("GET", f"/v4/spreadsheets/{made['id']}")["sheets"]
    assert sheet["properties"]["title"] == "Sổ"
    assert sheet["properties"]["gridProperties"] == {"rowCount": 3, "columnCount": 4}


def test_tabs_separate_too_and_replace_what_was_there(drive: Any, http: Http) -> None:
    id = http.call("POST", "/drive/v3/files", {"name": "Sổ", "mimeType": SHEET})["id"]
    add = {"requests": [{"addSheet": {"properties": {"title": "Hai"}}}]}
    http.call("POST", f"/v4/spreadsheets/{id}:batchUpdate", add)
    media = MediaInMemoryUpload(b"a\tb\n", "text/tab-separated-values")
    drive.files().update(fileId=id, media_body=media).execute()
    assert values(http, id) == [["a", "b"]]
    assert len(http.call("GET", f"/v4/spreadsheets/{id}")["sheets"]) == 1


def values(http: Http, id: str) -> list[list[Any]]:
    query = "valueRenderOption=FORMULA"
    found: list[list[Any]] = http.call("GET", f"/v4/spreadsheets/{id}/values/A1:D9?{query}")[
        "values"
    ]
    return found


@pytest.mark.parametrize(
    ("content", "type", "status"),
    [
        (b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 501),
        ("ữ".encode("utf-16"), "text/csv", 501),
        (b"abc", "image/png", 400),
    ],
)
def test_what_cannot_be_made_a_spreadsheet_is_refused(
    drive: Any, content: bytes, type: str, status: int
) -> None:
    media = MediaInMemoryUpload(content, type)
    with pytest.raises(HttpError) as error:
        drive.files().create(body={"mimeType": SHEET}, media_body=media).execute()
    assert error.value.resp.status == status
