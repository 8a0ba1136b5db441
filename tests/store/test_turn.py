"""One harvester at a time, on either database; no lock outlives its holder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cchc_gforms.errors import BusyError
from cchc_gforms.store.log import EventLog
from cchc_gforms.store.turn import one_at_a_time

_HOLD = """
import sys
from cchc_gforms.store.turn import one_at_a_time
with one_at_a_time(sys.argv[1], 5):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _held_elsewhere(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process holds the turn; it ends when its standard input does."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        if holder.stdin is not None:
            holder.stdin.close()


@pytest.fixture(autouse=True)
def made(url: str) -> None:
    EventLog.open(url).__exit__()


def test_a_second_leaves_when_it_has_waited_enough_and_says_what_to_do(url: str) -> None:
    with _held_elsewhere(url):
        with (
            pytest.raises(BusyError, match="một lượt thu thập khác") as left,
            one_at_a_time(url, 0),
        ):
            pytest.fail("two at once")
        assert left.value.exit_code == 5


def test_the_turn_is_free_once_the_first_is_through(url: str) -> None:
    with _held_elsewhere(url):
        pass
    with one_at_a_time(url, 0), EventLog.open(url) as log:
        assert list(log.events()) == []


def test_a_second_that_waits_gets_its_turn(url: str) -> None:
    with _held_elsewhere(url) as holder:
        assert holder.stdin is not None
        holder.stdin.close()
        holder.stdin = None
        with one_at_a_time(url, 30):
            pass


def test_a_killed_holder_leaves_no_lock(url: str) -> None:
    with _held_elsewhere(url) as holder:
        holder.kill()
        holder.wait()
        with one_at_a_time(url, 30):
            pass


def test_a_log_in_memory_is_nobody_elses() -> None:
    with one_at_a_time("sqlite://", 0), one_at_a_time("sqlite://", 0):
        pass
