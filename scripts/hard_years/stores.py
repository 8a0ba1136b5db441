"""Where an office's event logs lie: in files, or in databases of a real PostgreSQL server."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_IN_DATABASE = 0.3  # of the logs, where there is a server
_WRITERS = (
    "select count(*) from pg_stat_activity "
    "where datname = current_database() and backend_xid is not null"
)

DATABASES = {False: "SQLite", True: "PostgreSQL"}


@dataclass
class Stores:
    """The logs of one office. `server` is the URL of PostgreSQL; without it all are files."""

    work: Path
    server: str | None = None
    made: int = 0
    _databases: list[str] = field(default_factory=list)

    def new(self, chance: random.Random) -> str:
        """An empty one, as `--store` takes it. The choice draws as often with a server as without,
        so that a seed is the same year everywhere."""
        self.made += 1
        in_database = chance.random() < _IN_DATABASE
        if self.server is None or not in_database:
            return str(self.work / f"log{self.made}.sqlite")
        name = f"{self.work.name}-{self.made}"
        self._do(f'create database "{name}"')
        self._databases.append(name)
        return self.server.replace("@/postgres?", f"@/{name}?")

    def close(self) -> None:
        while self._databases:
            self._do(f'drop database "{self._databases.pop()}" with (force)')

    def _do(self, statement: str) -> None:
        import psycopg

        assert self.server
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())  # the names are our own


def is_database(store: str) -> bool:
    return store.startswith("postgresql:")


@contextmanager
def watched(store: str) -> Iterator[Callable[[], bool]]:
    """Asks whether somebody is writing into the log, or has written since."""
    if not is_database(store):
        before = _written(Path(store))
        yield lambda: _written(Path(store)) != before
        return
    import psycopg

    with psycopg.connect(store, autocommit=True) as connection:
        yield lambda: connection.execute(_WRITERS).fetchone() != (0,)


def _written(file: Path) -> int:
    """How much stands beside the file, which is where SQLite writes first."""
    try:
        return file.with_name(f"{file.name}-wal").stat().st_size
    except FileNotFoundError:
        return 0
