"""A harvest that is killed while it writes: its events and its notes are stored together or not at
all, for notes without their events would lose these for good."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_gforms.store.log import EventLog
from tests.office import H1, YEAR, Bureau, cchc, local_google

KILLED = 9
MN01 = "MN01 – Trường Mầm non Mẫu 01"
MN02 = "MN02 – Trường Mầm non Mẫu 02"
TABLES = ("event", "reading", "seen_response", "seen_tab", "seen_spreadsheet", "harvest")

HARVEST = f"""
import os, sys
import sqlalchemy as sa
from cchc_gforms.cli.main import run

@sa.event.listens_for(sa.Engine, "before_cursor_execute")
def die(connection, cursor, statement, *_):
    if statement.lower().startswith("insert into " + sys.argv[1] + " "):
        os._exit({KILLED})

run(["harvest", *sys.argv[2:]])
"""


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with local_google(tmp_path, seed=5) as server, Bureau.at_work(server) as bureau:
        yield bureau


def test_a_harvest_killed_before_any_of_its_writes_loses_nothing(bureau: Bureau) -> None:
    """Each time at the first row of another table, with an answer more than the last time."""
    for number, table in enumerate(TABLES, start=1):
        bureau.at(f"2022-06-02 {9 + number}:00")
        bureau.submit(H1, MN01 if number % 2 else MN02, f"mn0{2 - number % 2}@truong.example")
        bureau.at(f"2022-06-02 {9 + number}:30")
        assert killed_at(table) == KILLED, table
        stored = table == "harvest"  # written last, when all else is in the log
        assert versions() == number - (not stored), f"half of it is stored: {table}"
        cchc("harvest", *YEAR)
        assert versions() == number, table
        assert cchc("harvest", *YEAR)["new_events"] == 0, table


def killed_at(table: str) -> int:
    """How a harvest ends that dies before it writes the first row of a table."""
    done = subprocess.run([sys.executable, "-c", HARVEST, table, *YEAR], capture_output=True)
    return done.returncode


def versions() -> int:
    with EventLog.open(f"sqlite:///{os.environ['CCHC_STORE']}") as log:
        return sum(1 for _ in log.records("version_seen"))
