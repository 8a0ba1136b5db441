"""The contract of the event log. PostgreSQL joins by another `url` fixture."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy.exc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_gforms.errors import StoreError
from cchc_gforms.events import Event, Unreadable, VersionSeen
from cchc_gforms.store.log import EventLog

NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)


def event(number: int, problem: str = "p") -> Event:
    at = NOON + timedelta(seconds=number)
    return Unreadable(at=at, form_id="F", response_id=f"R{number}", problem=problem)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.sqlite"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


@pytest.fixture
def log(url: str) -> Iterator[EventLog]:
    with EventLog.open(url) as opened:
        yield opened


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


@pytest.mark.parametrize("statement", ["update event set body = 'x'", "delete from event"])
def test_the_database_itself_refuses_to_change_the_past(
    log: EventLog, path: Path, statement: str
) -> None:
    log.append([event(1)], NOON)
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


def test_tampering_past_the_triggers_is_found(log: EventLog, path: Path) -> None:
    log.append([event(1), event(2), event(3)], NOON)
    assert log.verify() == []
    connection = sqlite3.connect(path)
    connection.execute("drop trigger event_no_update")
    connection.execute("update event set body = replace(body, '\"p\"', '\"q\"') where seq = 2")
    connection.commit()
    connection.close()
    assert log.verify() == ["bản ghi 2 đã bị sửa"]


def test_a_record_taken_out_is_found(log: EventLog, path: Path) -> None:
    log.append([event(1), event(2), event(3)], NOON)
    connection = sqlite3.connect(path)
    connection.execute("drop trigger event_no_delete")
    connection.execute("delete from event where seq = 2")
    connection.commit()
    connection.close()
    assert log.verify() == ["thiếu bản ghi trước bản ghi 3"]


def test_a_batch_that_fails_leaves_nothing(log: EventLog, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(
        "create trigger full before insert on event when new.seq = 2 "
        "begin select raise(abort, 'disk full'); end"
    )
    connection.commit()
    connection.close()
    with pytest.raises(sqlalchemy.exc.IntegrityError):
        log.append([event(1), event(2)], NOON)
    assert list(log.events()) == []


def test_several_may_open_a_new_log_at_the_same_moment(tmp_path: Path) -> None:
    start = threading.Barrier(4)
    failures: list[BaseException] = []

    def open_it(url: str) -> None:
        start.wait()
        try:
            EventLog.open(url).__exit__()
        except StoreError as error:
            failures.append(error)

    for number in range(25):
        url = f"sqlite:///{(tmp_path / f'{number}.sqlite').as_posix()}"
        openers = [threading.Thread(target=open_it, args=(url,)) for _ in range(4)]
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


def test_the_file_is_private_to_its_owner(log: EventLog, path: Path) -> None:
    log.append([event(1)], NOON)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_newer_log_is_refused_with_what_to_do(url: str, path: Path) -> None:
    EventLog.open(url).__exit__()
    connection = sqlite3.connect(path)
    connection.execute("update meta set value = '2'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="cập nhật cchc-gforms"):
        EventLog.open(url)


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////no/such/folder/log.sqlite"])
def test_a_wrong_address_says_what_to_check(url: str) -> None:
    with pytest.raises(StoreError, match="--store"):
        EventLog.open(url)


def test_a_file_that_is_no_log_says_so(path: Path, url: str) -> None:
    path.write_text("not a database, but long enough to be looked at" * 50)
    with pytest.raises(StoreError, match="--store"):
        EventLog.open(url)
