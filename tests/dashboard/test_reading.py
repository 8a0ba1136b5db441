"""What is read of a spreadsheet, under either reading of what Google does with a tab that is gone:
refuse the range, or leave it out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.dashboard.sheets.reading import read
from tests.google.answering import Answer, answering, refusal
from tests.google.test_client import google_at, signed_in

BY_ID, ALL = ("POST", "/v4/spreadsheets/S:getByDataFilter"), ("GET", "/v4/spreadsheets/S")
ONE, TWO, OWN = 11, 22, 33


def book(*ids: int, digest: str = "d", rows: bool = True) -> Answer:
    def tab(id: int) -> dict[str, Any]:
        mark = {"metadataId": id, "metadataKey": "cchc_digest", "metadataValue": digest}
        row = {"values": [{"userEnteredValue": {"numberValue": id}}]}
        made = {"properties": {"sheetId": id, "title": f"T{id}"}, "developerMetadata": [mark]}
        return made | ({"data": [{"rowData": [row]}]} if rows else {})

    return Answer(body={"properties": {"locale": "vi_VN"}, "sheets": [tab(id) for id in ids]})


GONE = refusal(400, "badRequest", "No grid with id: 22")
CASES = {
    "all there": ([book(ONE, TWO)], [BY_ID], {ONE, TWO}),
    "one refused": ([GONE, book(ONE, OWN)], [BY_ID, ALL], {ONE, OWN}),
    "one left out": ([book(ONE), book(ONE, OWN, rows=False)], [BY_ID, ALL], {ONE, OWN}),
    "one begun": (
        [book(ONE, TWO, digest="begun"), book(ONE, TWO, OWN, rows=False)],
        [BY_ID, ALL],
        {ONE, TWO, OWN},
    ),
}


@pytest.mark.parametrize(("answers", "calls", "tabs"), CASES.values(), ids=CASES)
def test_what_is_there_is_known_after_two_calls_at_most(
    tmp_path: Path, answers: list[Answer], calls: list[Any], tabs: set[int]
) -> None:
    with answering(answers) as server:
        token = signed_in(tmp_path / "token", server.url, expiry="2999-01-01T00:00:00Z")
        with google_at(server.url, token, []) as google:
            found = read(google, "S", {ONE: None, TWO: 12})
        assert server.calls == calls
    assert found.tabs.keys() == tabs
    assert list(found.tabs[ONE].rows) == [[11]]
    assert found.is_whole == (len(calls) == 2)
