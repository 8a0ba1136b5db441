"""What only a log in a file has: its owner, its opening by many, a file that is something else."""

from __future__ import annotations

import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_gforms.errors import StoreError
from cchc_gforms.events import Unreadable
from cchc_gforms.store.log import EventLog

NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)


def test_the_file_is_private_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    with EventLog.open(f"sqlite:///{path.as_posix()}") as log:
        log.append([Unreadable(at=NOON, form_id="F", response_id="R", problem="p")], NOON)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_no_log_says_so(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    path.write_text("not a database, but long enough to be looked at" * 50)
    with pytest.raises(StoreError, match="--store"):
        EventLog.open(f"sqlite:///{path.as_posix()}")


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
