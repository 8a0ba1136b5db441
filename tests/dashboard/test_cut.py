"""A publish of tabs so long that it takes several calls, cut off at each of them: whoever looks
sees every tab as it was or as it is to be, and the next publish comes to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests

from cchc_gforms.dashboard.publish import Published, publish
from cchc_gforms.dashboard.workbook import Cell, Content, Lane, Link, Sparkline, Tab, Workbook
from cchc_gforms.errors import GoogleError
from cchc_gforms.google.client import Google
from cchc_gforms.regime.load import load
from tests.generator.live import google_at
from tests.office import local_google

REGIME = load(Path(__file__).parents[2] / "forms_spec", 2022).regime
TITLES = {"long": "Dài", "journal": "Sổ", "short": "Ngắn"}
WRITE = "sheets.spreadsheets.batchUpdate"
HEAD = (Cell("Số"), Cell("Chữ"), Cell("Phiếu"), Cell("Hình"))
LONG, LOGGED = 500, 500  # rows
TEXT = "=1+1 " + "ă" * 9_000  # that looks like a formula, of 18,000 bytes


def row(number: int, text: str) -> tuple[Content, ...]:
    return (number, text, Link("Mở", f"https://a.example/{number}"), Sparkline(0, 2, "#0072b2"))


def book(day: str, length: int, logged: int) -> Workbook:
    """A derived tab and a log of so many rows, and a small tab."""
    lanes = (Lane(60), Lane(200), Lane(60), Lane(60))
    body = tuple(row(number, f"{day} {TEXT}") for number in range(length))
    tab = Tab("long", TITLES["long"], lanes, (HEAD,), body, filtered=True)
    log = Tab(
        "journal", TITLES["journal"], (Lane(60),) * 13, ((Cell("Số"),) * 13,),
        tuple((number, *[None] * 11, TEXT) for number in range(logged)), kind="log", proof=12,
    )  # fmt: skip
    short = replace(tab, key="short", title=TITLES["short"], body=(row(1, day),))
    return Workbook("Sổ", "Asia/Ho_Chi_Minh", (tab, log, short))


BEFORE, AFTER = book("hôm qua", 3, 2), book("hôm nay", LONG, LOGGED)


@pytest.fixture(scope="module")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Google]:
    with local_google(tmp_path_factory.mktemp("cut"), seed=3) as server, google_at(server) as made:
        yield made


@pytest.fixture(scope="module")
def known(google: Google) -> str:
    return bring(google, BEFORE).spreadsheet_id


def bring(google: Google, wanted: Workbook, known: str | None = None) -> Published:
    return publish(google, 2022, REGIME, TITLES, lambda _: wanted, known=known)


def seen(spreadsheet: gspread.Spreadsheet) -> dict[str, Any]:
    """What people see: the tabs that are not hidden, with their values as they were entered."""
    tabs = spreadsheet.fetch_sheet_metadata()["sheets"]
    shown = [tab["properties"]["title"] for tab in tabs if "hidden" not in tab["properties"]]
    found = spreadsheet.values_batch_get(
        [f"'{title}'" for title in shown], params={"valueRenderOption": "FORMULA"}
    )["valueRanges"]
    return {title: one["values"] for title, one in zip(shown, found, strict=True)}


def wanted(workbook: Workbook) -> dict[str, Any]:
    """What people see of it then."""
    return {
        tab.title: [
            [cell.value for cell in tab.head[0]],
            *([_read(one, place) for one in line] for place, line in enumerate(tab.body, start=2)),
        ]
        for tab in workbook.tabs
    }


def _read(content: Content, place: int) -> object:
    """A link as its text, a sparkline as the formula over its own row, nothing as no text."""
    if isinstance(content, Sparkline):
        return f'=SPARKLINE(A{place}:B{place};TRANSPOSE({{"charttype";"column"}}))'
    return content.text if isinstance(content, Link) else "" if content is None else content


def cut(google: Google, call: int, **how: object) -> None:
    fault = {"method_id": WRITE, "nth": call, "drop": True, **how}
    address = f"{google.address.local}/_control/faults"
    requests.post(address, json=[fault], timeout=5).raise_for_status()


def test_a_publish_cut_off_at_any_call_leaves_every_tab_whole_and_the_next_one_finishes(
    google: Google, known: str
) -> None:
    """Architecture 10 (one atomic batch a tab); facts C, "Re-writing a tab without flicker"."""
    spreadsheet = google.sheets.open_by_key(known)
    old, new = wanted(BEFORE), wanted(AFTER)
    calls = 0
    states: list[dict[str, bool]] = []
    while True:
        calls += 1
        cut(google, calls)
        try:
            done = bring(google, AFTER, known)
        except GoogleError:
            found = seen(spreadsheet)
            assert found.keys() == old.keys()
            assert all(rows in (old[title], new[title]) for title, rows in found.items())
            states.append({title: rows == new[title] for title, rows in found.items()})
            assert bring(google, AFTER, known).batches > 0
            assert len(spreadsheet.worksheets()) == len(TITLES)  # nothing is left behind
            assert seen(spreadsheet) == new
            assert bring(google, AFTER, known).batches == 0
            bring(google, BEFORE, known)
            assert seen(spreadsheet) == old
        else:
            break
    assert done.batches == calls - 1 == 3
    assert [sum(state.values()) for state in states] == [0, 0, 1]
