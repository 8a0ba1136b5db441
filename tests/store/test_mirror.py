"""The log as rows of a tab, and back: what people did to the tab, and what becomes of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_gforms.errors import StoreError
from cchc_gforms.events import Decided, Event, PeriodOpened, Unreadable, VersionSeen
from cchc_gforms.store.chain import chained
from cchc_gforms.store.log import EventLog, Record
from cchc_gforms.store.mirror import DEEDS, HEADER, Mirror, read, rows
from tests.ledger.histories import REPORT, histories

NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)
SUBJECT = {"document": "periodic_report", "period": "2022-h1"}
OPENED: PeriodOpened = REPORT.model_copy(
    update={"document_label": "Báo cáo CCHC", "title": "06 tháng đầu năm 2022"}
)
SENT = VersionSeen(
    at=NOON,
    form_id="F",
    response_id="R1",
    claimed_unit="MN01 – Trường Mầm non Mẫu 01",
    unit_code="MN01",
    email="mn01@truong.example",
    answers={"proposals": ('=IMPORTXML("http://example.org";"//a")',)},
    **SUBJECT,
)
RETURNED = Decided(
    at=NOON + timedelta(hours=1),
    form_id="P",
    response_id="R2",
    claimed_unit="Trường lạ",
    unit_code=None,
    reviewer="duyet1@phonggd.example",
    action="return",
    **SUBJECT,
)


def recorded(*events: Event) -> list[Record]:
    with EventLog.open("sqlite://") as log:
        for number, event in enumerate(events):
            log.append([event], NOON + timedelta(days=1, microseconds=number))
        return list(log.records())


def as_read(records: Sequence[Record]) -> list[list[Any]]:
    """The tab as Sheets gives it unformatted: serials for dates, no empty cells at the end."""
    table: list[list[Any]] = [list(HEADER)]
    for row in rows(records):
        cells = [44713.5 if isinstance(cell, datetime) else cell for cell in row]
        table.append(["" if cell is None else cell for cell in cells])
    return table


def test_a_row_says_in_words_what_happened() -> None:
    opened, sent, returned = rows(recorded(OPENED, SENT, RETURNED))
    seen = [NOON + timedelta(days=1, microseconds=number) for number in range(3)]
    report = ("Báo cáo CCHC", "06 tháng đầu năm 2022")
    assert opened[:9] == (1, 1, OPENED.at, seen[0], "Mở kỳ", None, *report, None)
    who = "mn01@truong.example"
    assert sent[:9] == (2, 1, NOON, seen[1], "Nộp", "MN01", *report, who)
    later = NOON + timedelta(hours=1)
    said = (3, 1, later, seen[2], "Chuyển trả", "Trường lạ", *report, "duyet1@phonggd.example")
    assert returned[:9] == said
    assert {len(row) for row in (opened, sent, returned)} == {len(HEADER)}


def test_every_kind_of_event_is_called_by_a_word() -> None:
    kinds = {kind.model_fields["kind"].default for kind in get_args(Event)}
    assert kinds - {"decided"} == DEEDS.keys()


def test_a_document_whose_period_was_not_opened_is_called_by_its_key() -> None:
    (row,) = rows(recorded(SENT))
    assert row[6:8] == ("periodic_report", "2022-h1")


@given(histories)
def test_a_row_tells_time_and_unit_of_any_event(history: list[Event]) -> None:
    records = recorded(*history)
    for record, row in zip(records, rows(records), strict=True):
        told = record.event
        unit = getattr(told, "unit_code", None) or getattr(told, "claimed_unit", None)
        assert (row[2], row[5]) == (told.at, unit)


@pytest.mark.parametrize("letter", ["a", "\n", "\ufeff", "😀", "\U0010ffff", "\U000e0001"])
@pytest.mark.parametrize("times", [3_000, 3_700, 8_000, 45_000, 50_000])
def test_a_mirror_is_as_long_as_it_has_rows(letter: str, times: int) -> None:
    """It counts without reading what is short; a letter may be escaped as six or twelve."""
    long = SENT.model_copy(update={"answers": {"proposals": (letter * times,)}})
    with EventLog.open("sqlite://") as log:
        log.append([OPENED, long, RETURNED], NOON)
        mirror = Mirror(log)
        assert len(mirror) == len(list(mirror))


@given(histories, st.randoms())
def test_every_record_comes_back_from_a_sorted_tab(
    history: list[Event], chance: random.Random
) -> None:
    records = recorded(*history)
    header, *lines = as_read(records)
    chance.shuffle(lines)
    assert read([header, *lines]) == records


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=60), st.integers(1, 3_000))
def test_any_answer_comes_back_in_cells_that_sheets_takes_and_nothing_acts_in(
    answer: str, times: int
) -> None:
    """Facts C: 50,000 characters a cell, of which an emoji may count as two."""
    long = SENT.model_copy(update={"answers": {"proposals": (answer * times,)}})
    records = recorded(long, RETURNED)
    table = as_read(records)
    for cells in table[1:]:
        said = str(cells[-1])
        assert len(said.encode("utf-16-le")) <= 100_000
        assert said.startswith(("{", "…"))
        assert said.isprintable()
    assert read(table) == records


def test_an_answer_of_fifty_thousand_letters_goes_on_in_rows_of_the_same_number() -> None:
    long = SENT.model_copy(update={"answers": {"proposals": ("ờ" * 50_000,)}})
    first, second, after = rows(recorded(long, RETURNED))
    assert [row[:2] for row in (first, second, after)] == [(1, 1), (1, 2), (2, 1)]
    assert second[2:12] == (None,) * 10


def test_columns_may_have_moved_and_blank_rows_come_in_between() -> None:
    records = recorded(OPENED, SENT)
    header, *lines = ([*reversed(cells)] for cells in as_read(records))
    assert read([header, lines[0], [], ["", ""], lines[1]]) == records


def _with(row: int, column: str, said: Any) -> list[list[Any]]:
    table = as_read(recorded(OPENED, SENT, RETURNED))
    table[row - 1][HEADER.index(column)] = said
    return table


def _without(row: int) -> list[list[Any]]:
    table = as_read(recorded(OPENED, SENT, RETURNED))
    del table[row - 1]
    return table


def _changed(row: int, before: str, after: str) -> list[list[Any]]:
    table = as_read(recorded(OPENED, SENT, RETURNED))
    assert before in table[row - 1][-1]
    return _with(row, "Nội dung", table[row - 1][-1].replace(before, after))


def _doubled() -> list[list[Any]]:
    table = as_read(recorded(OPENED, SENT))
    return [*table, table[1]]


CHANGED = {
    "an answer": (_changed(3, "IMPORTXML", "IMPORTHTML"), "hàng 3 không còn đúng"),
    "a time": (_changed(3, "2022-06-01T05", "2022-06-01T04"), "hàng 3 không còn đúng"),
    "when it was seen": (_with(4, "Ghi nhận (UTC)", "2022-06-03"), "hàng 4 không còn đúng"),
    "its id": (_with(3, "Mã sự kiện", "0" * 64), "hàng 3 không còn đúng"),
    "its hash": (_with(3, "Mã băm", ""), "hàng 3 không còn đúng"),
    "the content cut": (_with(3, "Nội dung", '{"at":'), "hàng 3 có nội dung không đọc được"),
    "the content gone": (_with(3, "Nội dung", ""), "hàng 3 có nội dung không đọc được"),
    "a number": (_with(3, "STT", 7), "thiếu hàng STT 2"),
    "a number that is none": (_with(3, "STT", "hai"), "hàng 3 không có STT"),
    "a row gone": (_without(3), "thiếu hàng STT 2"),
    "a row doubled": (_doubled(), "hàng 4 trùng STT 1 với hàng 2"),
    "the header": (_with(1, "Mã băm", "Mã"), "không có cột Mã băm"),
    "everything": ([], "không có cột STT"),
}


@pytest.mark.parametrize(("table", "said"), CHANGED.values(), ids=CHANGED)
def test_what_was_changed_is_refused_by_its_row(table: list[list[Any]], said: str) -> None:
    with pytest.raises(StoreError, match=said):
        read(table)


def test_a_content_with_another_events_id_is_refused_though_the_chain_holds() -> None:
    with EventLog.open("sqlite://") as log:
        log.append([Unreadable(at=NOON, form_id="F", response_id="R", problem="p")], NOON)
        (record,) = log.records()
    body = record.body.replace('"R"', '"S"')
    digest = chained(record.previous, record.id, record.observed_at.isoformat(), body)
    forged = Record(1, record.id, record.observed_at, body, record.previous, digest)
    with pytest.raises(StoreError, match="hàng 2 mang mã không phải của nội dung"):
        read(as_read([forged]))
