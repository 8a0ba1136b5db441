"""What only a log in a file has: its owner, its opening by many, a file that is something else."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from cchc_gforms.errors import StoreError
from cchc_gforms.events import Unreadable
from cchc_gforms.store.log import EventLog
from cchc_gforms.store.refusals import translated

NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)


def test_the_file_is_private_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    with EventLog.open(f"sqlite:///{path.as_posix()}") as log:
        log.append([Unreadable(at=NOON, form_id="F", response_id="R", problem="p")], NOON)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def url_of(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def filled(path: Path) -> Path:
    with EventLog.open(url_of(path)) as log:
        some = range(200)
        log.append(
            [Unreadable(at=NOON, form_id="F", response_id=str(n), problem="p" * 99) for n in some],
            NOON,
        )
    return path


def test_a_file_that_is_no_log_may_be_the_wrong_one_or_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    path.write_text("not a database, but long enough to be looked at" * 50)
    with pytest.raises(StoreError, match="hỏng, hoặc không phải là sổ sự kiện") as told:
        EventLog.open(url_of(path))
    assert "--store" in told.value.fix
    assert "`cchc store restore`" in told.value.fix


@pytest.mark.parametrize("size", [50, 4096, 20_000, -4096])
def test_a_log_that_was_cut_short_is_called_damaged_with_how_to_get_it_back(
    tmp_path: Path, size: int
) -> None:
    path = filled(tmp_path / "log.sqlite")
    os.truncate(path, size if size > 0 else path.stat().st_size + size)
    with pytest.raises(StoreError, match="hỏng: bị cắt cụt") as told:
        EventLog.open(url_of(path))
    assert "`cchc store restore`" in told.value.fix
    assert "--store " not in told.value.fix


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "danh bạ.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("create table people (name text)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="của chương trình khác"):
        EventLog.open(url_of(path))
    assert path.read_bytes() == before


def test_a_folder_and_a_place_that_is_not_there_say_why(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="đó là một thư mục"):
        EventLog.open(url_of(tmp_path))
    with pytest.raises(StoreError, match="không có thư mục hoặc tệp đó"):
        EventLog.open(url_of(tmp_path / "none" / "log.sqlite"))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (sqlite3.SQLITE_FULL, "đĩa đã đầy"),
        (sqlite3.SQLITE_READONLY, "không có quyền ghi vào sổ sự kiện"),
        (sqlite3.SQLITE_BUSY, "chương trình khác đang giữ sổ sự kiện"),
        (sqlite3.SQLITE_IOERR | 2 << 8, "ổ đĩa báo lỗi"),
        (sqlite3.SQLITE_CANTOPEN, "không mở được sổ sự kiện"),
        (None, "hỏng"),
    ],
)
def test_what_sqlite_says_is_told_with_the_file(code: int | None, told: str) -> None:
    said = sqlite3.OperationalError("x")
    if code is not None:
        said.sqlite_errorcode, said.sqlite_errorname = code, "SQLITE_X"
    with (
        pytest.raises(StoreError, match=f"{told}.*so.sqlite|so.sqlite.*{told}"),
        translated("sqlite:///so.sqlite"),
    ):
        raise OperationalError("insert", {}, said)


def test_many_new_files_are_each_opened_by_several_at_once(tmp_path: Path) -> None:
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


def test_a_record_is_not_replaced_either_in_a_log_of_before_too(tmp_path: Path) -> None:
    """SQLite deletes what `insert or replace` replaces without asking the trigger for deletions."""
    path = filled(tmp_path / "log.sqlite")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("drop trigger event_no_replace")
    with EventLog.open(url_of(path)) as log:
        before = list(log.records())
        for columns in ("5, id", "500, id", "5, 'x'"):
            with (
                closing(sqlite3.connect(path)) as database,
                pytest.raises(sqlite3.IntegrityError, match="append-only: no replace"),
            ):
                database.execute(
                    f"replace into event select {columns}, kind, at, observed_at, 'x', previous, "
                    "hash from event where seq = 5"
                )
        assert list(log.records()) == before
