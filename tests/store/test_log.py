"""The contract of the event log, held against every database there is (see conftest)."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy.exc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_gforms.errors import StoreError
from cchc_gforms.events import Event, Unreadable, VersionSeen
from cchc_gforms.store.chain import chained
from cchc_gforms.store.log import EventLog, HarvestRecord
from cchc_gforms.store.tables import VERSION
from tests.store.conftest import Raw

NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)


NOTES = ("reading", "seen_response", "seen_tab", "seen_spreadsheet")


def event(number: int, problem: str = "p") -> Event:
    at = NOON + timedelta(seconds=number)
    return Unreadable(at=at, form_id="F", response_id=f"R{number}", problem=problem)


def test_what_is_appended_is_there_in_order(log: EventLog) -> None:
    log.append([event(2), event(1)], NOON)
    assert list(log.events()) == [event(2), event(1)]


def test_an_event_seen_again_is_not_stored_again(log: EventLog) -> None:
    assert log.append([event(1), event(1)], NOON) == [event(1)]
    assert log.append([event(1), event(2)], NOON + timedelta(days=1)) == [event(2)]
    assert [record.observed_at for record in log.records()] == [NOON, NOON + timedelta(days=1)]


def test_what_came_first_with_an_id_stays(log: EventLog) -> None:
    """A first version seen again after an edit has lost its answers; the log has them."""
    seen = VersionSeen(
        at=NOON, form_id="F", response_id="R", document="periodic_report", period="2022-h1",
        claimed_unit="MN01", unit_code="MN01", answers={"unit": ("MN01",)},
    )  # fmt: skip
    log.append([seen], NOON)
    assert log.append([seen.model_copy(update={"answers": None})], NOON) == []
    assert list(log.events()) == [seen]


def test_the_log_is_there_after_closing(url: str) -> None:
    with EventLog.open(url) as first:
        first.append([event(1)], NOON)
        first.record_harvest(started_at=NOON, as_of=NOON + timedelta(minutes=1), new=1)
    with EventLog.open(url) as second:
        assert list(second.events()) == [event(1)]
        last = second.last_harvest()
        assert last is not None
        assert (last.as_of, last.new) == (NOON + timedelta(minutes=1), 1)


def test_before_any_harvest_there_is_none(log: EventLog) -> None:
    assert log.last_harvest() is None


@pytest.mark.parametrize(
    "statement", ["update event set body = 'x'", "delete from event", "delete from event where 1=0"]
)
def test_the_database_itself_refuses_to_change_the_past(
    log: EventLog, url: str, raw: Raw, statement: str
) -> None:
    log.append([event(1)], NOON)
    if statement.endswith("1=0") and url.startswith("sqlite"):
        raw(statement)  # SQLite asks row by row, and there is none
    else:
        with pytest.raises(sqlalchemy.exc.DatabaseError, match="append-only"):
            raw(statement)
    assert list(log.events()) == [event(1)]


def test_tampering_past_the_guard_is_found(log: EventLog, raw: Raw, disarm: str) -> None:
    log.append([event(1), event(2), event(3)], NOON)
    assert log.verify() == []
    raw(disarm, "update event set body = replace(body, '\"p\"', '\"q\"') where seq = 2")
    assert log.verify() == ["bản ghi 2 đã bị sửa"]


def test_nothing_is_read_from_a_damaged_log_and_nothing_added(
    log: EventLog, raw: Raw, disarm: str
) -> None:
    log.append([event(1), event(2), event(3)], NOON)
    raw(disarm, "update event set body = replace(body, '\"p\"', '\"q\"') where seq = 2")
    read: list[Event] = []
    for use in (
        lambda: read.extend(log.events()),
        log.check,
        lambda: list(log.records("unreadable")),
    ):
        with pytest.raises(StoreError, match="bản ghi 2 đã bị sửa → chạy `cchc store verify`"):
            use()
    assert read == [event(1)]
    raw("update event set body = replace(body, '\"p\"', '\"q\"') where seq = 3")
    with pytest.raises(StoreError, match="bản ghi 3 đã bị sửa"):
        log.append([event(4)], NOON)
    assert log.count() == 3


def test_a_record_hidden_from_its_kind_or_taken_out_is_missed(
    log: EventLog, raw: Raw, disarm: str
) -> None:
    log.append([event(1), event(2), event(3)], NOON)
    raw(disarm, "update event set kind = 'decided' where seq = 2")
    with pytest.raises(StoreError, match="bản ghi 2 có cột kind khác với nội dung"):
        log.check()
    raw("update event set kind = 'unreadable' where seq = 2")
    log.check()
    if "no_update" in disarm:
        raw(disarm.replace("update", "delete"))
    raw("delete from event where seq = 1")
    with pytest.raises(StoreError, match="thiếu bản ghi trước bản ghi 2"):
        log.check()


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("observed_at", "2020", "đã bị sửa"),
        ("body", "{", "đã bị sửa"),
        ("previous", "0", "không nối với bản ghi trước"),
        ("kind", "decided", "có cột kind khác với nội dung"),
        ("kind", "unheard_of", "có cột kind khác với nội dung"),
        ("at", "2022-06-02T05:00:02+00:00", "có cột at khác với nội dung"),
    ],
)
def test_a_changed_column_is_told_of_its_record(
    log: EventLog, raw: Raw, disarm: str, column: str, value: str, told: str
) -> None:
    log.append([event(1), event(2), event(3)], NOON)
    raw(disarm, f"update event set {column} = '{value}' where seq = 2")
    assert log.verify() == [f"bản ghi 2 {told}"]
    assert log.count() == 3


@pytest.mark.parametrize(
    ("stamp", "body", "told"),
    [
        ("2020", None, "mang lúc ghi nhận không phải thời điểm"),
        ("2022-06-01T05:00:00", None, "mang lúc ghi nhận không phải thời điểm"),
        (None, "{", "có nội dung không phải sự kiện mà chương trình này biết"),
        (None, '{"kind":"unheard_of"}', "có nội dung không phải sự kiện mà chương trình này biết"),
    ],
)
def test_a_record_forged_with_its_hash_is_told_too(
    log: EventLog, raw: Raw, disarm: str, stamp: str | None, body: str | None, told: str
) -> None:
    log.append([event(1), event(2)], NOON)
    _, last = log.records()
    stamp, body = stamp or last.observed_at.isoformat(), body or last.body
    digest = chained(last.previous, last.id, stamp, body)
    raw(
        disarm,
        f"update event set observed_at = '{stamp}', body = '{body}', hash = '{digest}' "
        "where seq = 2",
    )
    assert log.verify() == [f"bản ghi 2 {told}"]
    with pytest.raises(StoreError, match=f"bản ghi 2 ({told}|có cột kind)"):
        list(log.events())


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """Only SQLite takes them."""
    file = tmp_path / "log.sqlite"
    with EventLog.open(f"sqlite:///{file.as_posix()}") as log:
        log.append([event(1), event(2)], NOON)
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("drop trigger event_no_update")
            database.execute("update event set body = x'ff' where seq = 2")
        assert log.verify() == ["bản ghi 2 đã bị sửa"]
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("update event set body = cast(x'ff' as text) where seq = 2")
        (told,) = log.verify()
        assert "không đọc được hết: tệp sổ đã bị hỏng" in told


def test_a_record_taken_out_is_found(log: EventLog, raw: Raw, disarm: str) -> None:
    log.append([event(1), event(2), event(3), event(4)], NOON)
    raw(disarm.replace("update", "delete"), "delete from event where seq = 2")
    raw(*([disarm] if "no_update" in disarm else []), "update event set body = '' where seq = 4")
    assert log.verify() == ["thiếu bản ghi trước bản ghi 3", "bản ghi 4 đã bị sửa"]


def test_a_batch_that_fails_leaves_nothing(log: EventLog, raw: Raw) -> None:
    raw("create unique index full_disk on event ((length(body) > 0))")
    with pytest.raises(sqlalchemy.exc.IntegrityError):
        log.append([event(1), event(2)], NOON)
    assert list(log.events()) == []


def test_a_newer_log_is_refused_with_what_to_do(url: str, raw: Raw) -> None:
    EventLog.open(url).__exit__()
    raw(f"update meta set value = '{VERSION + 1}'")
    with pytest.raises(StoreError, match="cập nhật cchc-gforms"):
        EventLog.open(url)


def test_a_log_of_version_1_opens_with_all_it_has(url: str, raw: Raw) -> None:
    with EventLog.open(url) as log:
        log.append([event(1)], NOON)
        log.record_harvest(started_at=NOON, as_of=NOON, new=1)
    raw(
        "alter table harvest drop column failed",
        "alter table harvest drop column year",
        *(f"drop table {table}" for table in NOTES),
        "update meta set value = '1' where name = 'version'",
    )
    for _ in range(2):
        with EventLog.open(url) as log:
            assert list(log.events()) == [event(1)]
            assert log.harvests() == [HarvestRecord(NOON, NOON, 1, failed=0)]
            log.record_harvest(started_at=NOON, as_of=NOON, new=0, failed=2)
            assert log.harvests()[-1].failed == 2
        raw("delete from harvest where failed = 2")


def test_a_log_of_version_2_opens_and_its_harvests_may_be_of_any_year(url: str, raw: Raw) -> None:
    with EventLog.open(url) as log:
        log.record_harvest(started_at=NOON, as_of=NOON, new=1)
    raw(
        "alter table harvest drop column year",
        "update meta set value = '2' where name = 'version'",
    )
    with EventLog.open(url) as log:
        assert log.harvests(2022) == log.harvests(2023) == [HarvestRecord(NOON, NOON, 1)]


def test_harvests_of_two_years_are_told_apart(url: str) -> None:
    later = NOON + timedelta(hours=1)
    with EventLog.open(url) as log:
        log.record_harvest(started_at=NOON, as_of=NOON, new=1, year=2022)
        log.record_harvest(started_at=later, as_of=later, new=2, year=2023)
        assert [one.new for one in log.harvests()] == [1, 2]
        assert log.harvests(2022) == [HarvestRecord(NOON, NOON, 1, year=2022)]
        assert log.last_harvest(2022) == HarvestRecord(NOON, NOON, 1, year=2022)
        assert log.last_harvest(2024) is None


def test_several_may_open_a_new_log_at_the_same_moment(url: str) -> None:
    start = threading.Barrier(4)
    failures: list[BaseException] = []

    def open_it() -> None:
        start.wait()
        try:
            EventLog.open(url).__exit__()
        except StoreError as error:
            failures.append(error)

    openers = [threading.Thread(target=open_it) for _ in range(4)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert failures == []


def test_two_writers_at_once_neither_lose_nor_double(url: str) -> None:
    def write(numbers: range) -> None:
        with EventLog.open(url) as mine:
            for number in numbers:
                mine.append([event(number)], NOON)

    writers = [threading.Thread(target=write, args=(span,)) for span in (range(20), range(10, 30))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with EventLog.open(url) as log:
        assert sorted(one.at for one in log.events()) == [event(i).at for i in range(30)]
        assert log.verify() == []


@given(st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_order_and_repetition_leave_the_same_set(batches: list[list[int]]) -> None:
    with EventLog.open("sqlite://") as log:
        stored = [one for batch in batches for one in log.append(map(event, batch), NOON)]
        assert len(stored) == len({number for batch in batches for number in batch})
        assert list(log.events()) == stored
        assert log.verify() == []


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "sqlite:////no/such/folder/log.sqlite",
        "mysql://x/y",
        "postgresql://@/x?host=/no",
    ],
)
def test_a_wrong_address_says_what_to_check(url: str) -> None:
    with pytest.raises(StoreError, match="--store"):
        EventLog.open(url)


def test_what_google_said_is_remembered_until_it_says_otherwise(log: EventLog) -> None:
    assert log.recall() == {}
    log.remember({"form:a": "https://x.example/1", "dashboard:2022": "D"})
    log.remember({"form:a": "https://x.example/2"})
    log.remember({})
    assert log.recall() == {"form:a": "https://x.example/2", "dashboard:2022": "D"}
    assert log.verify() == [], "it is no part of the chain"
