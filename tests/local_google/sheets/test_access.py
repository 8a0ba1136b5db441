"""Whose a spreadsheet is: strangers, readers, writers, and what is protected from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import requests
from googleapiclient.errors import HttpError

from cchc_gforms.local_google.serve import Running
from tests.local_google.sheets.book import Book, Sheets, grid
from tests.local_google.sheets.conftest import token, token_of

COLLEAGUE = "donghanh@cchc.example"
PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
    "remove protection if you need to edit."
)


@pytest.fixture
def colleague(server: Running) -> Iterator[Sheets]:
    sheets = Sheets(server.url, token_of(server.url, COLLEAGUE))
    yield sheets
    sheets.close()


def share(server: Running, book: Book, role: str) -> None:
    requests.post(
        f"{server.url}/drive/v3/files/{book.id}/permissions",
        headers={"Authorization": f"Bearer {token(server.url)}"},
        json={"type": "user", "role": role, "emailAddress": COLLEAGUE},
        timeout=10,
    ).raise_for_status()


def refusal(call: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(HttpError) as refused:
        call()
    return refused.value.resp.status, refused.value.reason


def test_strangers_may_not_read_and_readers_may_not_write(
    server: Running, book: Book, colleague: Sheets
) -> None:
    book.write("A1", [["a"]])
    theirs = Book(colleague, book.id)
    words = "The caller does not have permission"
    assert refusal(theirs.get) == (403, words)
    share(server, book, "reader")
    assert theirs.values("A1") == [["a"]]
    assert refusal(lambda: theirs.write("A1", [["b"]])) == (403, words)
    share(server, book, "writer")
    theirs.write("A1", [["b"]])
    assert book.values("A1") == [["b"]]


def test_protected_cells_are_shut_to_writers_who_are_no_editors(
    server: Running, book: Book, colleague: Sheets
) -> None:
    share(server, book, "writer")
    theirs = Book(colleague, book.id)
    protected = {"range": {"sheetId": 0}, "unprotectedRanges": [grid(0, 9, 3, 4)]}
    made = book.batch({"addProtectedRange": {"protectedRange": protected}})["replies"][0]
    assert refusal(lambda: theirs.write("A1", [["b"]])) == (400, PROTECTED)
    assert refusal(lambda: theirs.append("A1", [["b"]])) == (400, PROTECTED)
    assert refusal(lambda: theirs.of_values("clear", range="A1", body={})) == (400, PROTECTED)
    cell = {"range": grid(0, 1, 0, 1), "cell": {}, "fields": "*"}
    batch = (400, f"Invalid requests[0].repeatCell: {PROTECTED}")
    assert theirs.refusal({"repeatCell": cell}) == batch
    new_id = made["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    taken_away = {"deleteProtectedRange": {"protectedRangeId": new_id}}
    assert theirs.refusal(taken_away)[0] == 400
    assert "requestingUserCanEdit" not in theirs.get()["sheets"][0]["protectedRanges"][0]
    theirs.write("D1", [["mở"]])
    book.write("A1", [["chủ"]])
    assert book.values("A1:D1") == [["chủ", "", "", "mở"]]


def test_a_protected_sheet_keeps_its_shape(server: Running, book: Book, colleague: Sheets) -> None:
    share(server, book, "writer")
    theirs = Book(colleague, book.id)
    book.batch({"addProtectedRange": {"protectedRange": {"range": grid(2, 5, 0, 3)}}})
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 3, "endIndex": 4}
    inside = {"insertDimension": {"range": rows}}
    assert theirs.refusal(inside) == (400, f"Invalid requests[0].insertDimension: {PROTECTED}")
    theirs.batch({"insertDimension": {"range": rows | {"startIndex": 2, "endIndex": 3}}})
    sized = {"range": rows, "properties": {"pixelSize": 50}, "fields": "pixelSize"}
    theirs.batch({"updateDimensionProperties": sized})
    book.batch({"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}}}})
    more = {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 1}}
    book.batch({"addSheet": {"properties": {"title": "Hai"}}})
    gone = {"deleteSheet": {"sheetId": 0}}
    for request in (inside, {"updateDimensionProperties": sized}, more, gone):
        assert theirs.refusal(request)[1].endswith(PROTECTED)
    book.batch(inside, more)


def test_a_warning_stops_nobody(server: Running, book: Book, colleague: Sheets) -> None:
    share(server, book, "writer")
    book.batch(
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}, "warningOnly": True}}}
    )
    Book(colleague, book.id).write("A1", [["b"]])
    assert book.values("A1") == [["b"]]


def test_a_form_is_no_spreadsheet(server: Running, sheets: Sheets) -> None:
    made = requests.post(
        f"{server.url}/v1/forms",
        headers={"Authorization": f"Bearer {token(server.url)}"},
        json={"info": {"title": "Biểu mẫu"}},
        timeout=10,
    ).json()
    words = "This operation is not supported for this document"
    assert refusal(lambda: Book(sheets, made["formId"]).get()) == (400, words)
