"""All state: one SQLite file, one transaction a request."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_gforms.local_google.clock import Clock
from cchc_gforms.local_google.identifiers import Identifiers
from cchc_gforms.local_google.switches import Switches


class State:
    """The database, the clock and the source of ids, handed to every handler.

    Handlers run one at a time on the server's event loop, so one connection is enough, whichever
    thread that loop runs in; `tables` are the `create table if not exists` texts of the rooms.
    """

    def __init__(self, path: Path | None, tables: str, clock: Clock, seed: int | None) -> None:
        self.clock = clock
        self.switches = Switches()
        self._db = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        self._db.row_factory = sqlite3.Row
        # WAL with NORMAL survives the death of the process; only a power cut could lose the tail.
        self._db.execute("pragma journal_mode=wal")
        self._db.execute("pragma synchronous=normal")
        self._db.executescript(tables)
        self._seed = seed
        self.ids = Identifiers(seed, self._start())

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commits when the block ends, rolls everything back when it raises."""
        self.clock.tick()
        self._db.execute("begin immediate")
        try:
            yield self._db
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    def _start(self) -> int:
        """How often this file was opened, this time counted: a seed must not give ids again."""
        start: int = self._db.execute("pragma user_version").fetchone()[0] + 1
        self._db.execute(f"pragma user_version = {start}")
        return start

    def reset(self) -> None:
        """Empties every table."""
        names = [
            row["name"]
            for row in self._db.execute("select name from sqlite_master where type = 'table'")
            if not row["name"].startswith("sqlite_")
        ]
        with self.transaction() as tx:
            for name in names:
                tx.execute(f'delete from "{name}"')  # noqa: S608 - our own table names

    def copied(self) -> bytes:
        """All that there is, for `become`."""
        return self._db.serialize()

    def become(self, copied: bytes) -> None:
        """What another was when it was copied; that is a start of its own."""
        source = sqlite3.connect(":memory:")
        source.deserialize(copied)
        source.backup(self._db)
        source.close()
        self.ids = Identifiers(self._seed, self._start())

    def close(self) -> None:
        self._db.close()
