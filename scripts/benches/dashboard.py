"""What a publish costs us: own CPU time and memory, without Google's side of it.

2,500 units with 14 documents each: the workbook and its batches for a new spreadsheet, then the
reading of that spreadsheet and the comparison that finds nothing to do.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard.build import build
from cchc_gforms.dashboard.publish import batches
from cchc_gforms.dashboard.sheets import cells
from cchc_gforms.dashboard.sheets.changes import changes, digest
from cchc_gforms.dashboard.sheets.ids import object_id, sheet_id
from cchc_gforms.dashboard.sheets.standing import BRAND_NEW, DIGEST, decoded
from cchc_gforms.dashboard.situation import Addresses, Situation
from cchc_gforms.dashboard.workbook import Tab, Workbook
from cchc_gforms.events import Decided, Event, PeriodOpened, RosterUnit, VersionSeen
from cchc_gforms.ledger.book import read
from cchc_gforms.regime.load import load

SPECS = Path(__file__).resolve().parent.parent.parent / "forms_spec"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
UNITS, DOCUMENTS = 2_500, 14
OPENED = datetime(2022, 1, 1, tzinfo=UTC)
AS_OF = datetime(2022, 12, 1, tzinfo=UTC)
Result = TypeVar("Result")


def main(small: bool) -> None:
    """`small` has a fiftieth of the units."""
    units = UNITS // (50 if small else 1)
    year = load(SPECS, 2022)
    events = list(_events(units))
    ledger, seconds = _timed(lambda: read(events, year, AS_OF))
    print(f"{units:,} units x {DOCUMENTS} documents, {len(events):,} events")
    print(f"ledger                        {seconds:6.2f} s of CPU")
    situation = Situation(ledger, year, AS_OF, addresses=_addresses())
    book, first = _timed(lambda: build(situation))
    sent, second = _timed(lambda: [len(one) for one in batches(changes(book, BRAND_NEW))])
    print(f"tabs                          {first:6.2f} s, {_memory():,.0f} MB so far")
    much = f"{len(sent)} batches, {sum(sent):,} bytes"
    print(f"a new spreadsheet             {second:6.2f} s, {much}")
    with TemporaryFile() as answer:
        _write_answer(book, answer)
        answer.seek(0)
        now, third = _timed(lambda: decoded(answer.read()))
    left, fourth = _timed(lambda: list(changes(book, now)))
    assert left == []
    print(f"reading it, nothing to do     {third + fourth:6.2f} s")
    print(f"a publish of all, in all      {first + second + third + fourth:6.2f} s of CPU")
    print(f"most memory                   {_memory():6,.0f} MB")


def _memory() -> float:
    """The most that was taken so far, in MB."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    begin = time.process_time()
    return work(), time.process_time() - begin


def _events(units: int) -> Iterator[Event]:
    """Nine in ten submit, one in ten of these is returned, half of the rest approved."""
    chance = random.Random(14)  # noqa: S311 - sample data
    roster = tuple(
        RosterUnit(code=f"U{n:04}", name=f"Trường Tiểu học Mẫu {n:04}", level="primary",
                   emails=(f"u{n:04}@truong.example",))
        for n in range(units)
    )  # fmt: skip
    for month in range(DOCUMENTS):
        due = date(2022, 1, 20) + timedelta(days=20 * month)
        subject = {"document": "periodic_report", "period": f"2022-m{month}"}
        yield PeriodOpened(
            at=OPENED, due_on=due, due_on_rolled=due, deciding="first_submission",
            closes_on=due - timedelta(days=2), title=f"kỳ {month + 1} năm 2022",
            document_label="Báo cáo CCHC", units=roster, reviewers=("a@x.example",), **subject,
        )  # fmt: skip
        for unit in roster:
            yield from _history(unit, due, subject, chance)


def _history(
    unit: RosterUnit, due: date, subject: dict[str, str], chance: random.Random
) -> Iterator[Event]:
    if chance.random() < 0.1:
        return
    at = datetime(due.year, due.month, due.day, tzinfo=UTC) - timedelta(
        seconds=chance.randrange(-86_400, 432_000)
    )
    named: dict[str, Any] = {**subject, "claimed_unit": unit.code, "unit_code": unit.code}
    response = f"{unit.code}-{subject['period']}"
    yield VersionSeen(at=at, form_id="F", response_id=response, email=unit.emails[0], **named)
    if chance.random() < 0.5:
        action: Any = "return" if chance.random() < 0.2 else "approve"
        yield Decided(
            at=at + timedelta(days=2), form_id="P", response_id=response, action=action,
            reviewer="a@x.example", reason="Thiếu số liệu.", **named,
        )  # fmt: skip


def _addresses() -> Addresses:
    """As long as real ones."""
    form = "https://docs.google.com/forms/d/e/" + "x" * 56 + "/viewform?usp=pp_url"
    asked = "&entry.1234567890=" + "x" * 80
    return Addresses(
        form=lambda row: f"{form}{asked}{row.unit.code}",
        response=lambda row: f"{form}#response={row.unit.code}{row.period}",
        approve=lambda row: f"{form}{asked * 3}{row.unit.code}",
        give_back=lambda row: f"{form}{asked * 3}{row.unit.code}r",
    )


def _write_answer(book: Workbook, file: IO[bytes]) -> None:
    """What Google answers to a get of that spreadsheet; in pieces, so as to weigh nothing here."""
    properties = {"locale": "vi_VN", "timeZone": book.zone}
    file.write(json.dumps({"properties": properties})[:-1].encode() + b', "sheets": [')
    for index, tab in enumerate(book.tabs):
        sheet = _sheet(tab, index)
        file.write(b"," * (index > 0) + json.dumps(sheet)[:-1].encode())
        file.write(b', "data": [{"rowData": [')
        for number, row in enumerate(_rows(tab)):
            file.write(b"," * (number > 0) + json.dumps(row, ensure_ascii=False).encode())
        file.write(b"]}]}")
    file.write(b"]}")


def _sheet(tab: Tab, index: int) -> dict[str, Any]:
    """As the changes leave it; of a tab of people, its head."""
    grid = {"rowCount": tab.rows, "columnCount": len(tab.lanes)}
    grid |= {"frozenRowCount": len(tab.head) * tab.frozen, "frozenColumnCount": tab.frozen_columns}
    properties = {"sheetId": sheet_id(tab), "title": tab.title, "index": index}
    return {
        "properties": {
            **properties, "gridProperties": {**grid, "hideGridlines": not tab.gridlines},
        },
        "conditionalFormats": [{}] * len(tab.rules),
        **({"basicFilter": {"range": {}, "criteria": {}}} if tab.filtered else {}),
        "charts": _objects("chartId", "chart", tab, [one.key for one in tab.charts]),
        "slicers": _objects("slicerId", "slicer", tab, [one.key for one in tab.slicers]),
        "filterViews": _objects("filterViewId", "view", tab, [one.key for one in tab.views]),
        "protectedRanges": [
            {"protectedRangeId": object_id("protection", tab), "warningOnly": True}
        ],
        "developerMetadata": [
            {"metadataId": 1, "metadataKey": DIGEST, "metadataValue": digest(tab)}
        ],
    }  # fmt: skip


def _objects(name: str, kind: str, tab: Tab, keys: Sequence[str]) -> list[dict[str, Any]]:
    return [{name: object_id(kind, tab, key), "spec": {}} for key in keys]


def _rows(tab: Tab) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(tab.head):
        values = [cells.entered(cell.value, ZONE, number) for cell in row]
        yield {"values": [{"userEnteredValue": one} if one else {} for one in values]}
    yield from cells.body_rows(tab.body, ZONE, len(tab.head))
