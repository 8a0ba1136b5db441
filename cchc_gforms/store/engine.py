"""The database of a log: an SQLite file made safe, or PostgreSQL; nothing of what stands in it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import tenacity
from sqlalchemy.exc import ArgumentError

from cchc_gforms.errors import StoreError

_PATIENCE = 60  # seconds to wait for another writer


def engine_of(url: str, **options: Any) -> sa.Engine:
    """SQLite, or PostgreSQL through psycopg; ArgumentError for anything else. `options` are those
    of SQLAlchemy's `create_engine`."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif parsed.get_backend_name() != "sqlite":
        raise ArgumentError(f"no log in {parsed.get_backend_name()}")
    return sa.create_engine(parsed, **options)


def prepare_sqlite(engine: sa.Engine) -> None:
    """Durable (WAL, full synchronous), private to the user, transactions begun by us."""
    path = engine.url.database
    if path and path != ":memory:":
        os.close(os.open(Path(path), os.O_RDWR | os.O_CREAT, 0o600))

    @sa.event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None
        connection.execute(f"pragma busy_timeout={_PATIENCE * 1000}").close()
        connection.execute("pragma synchronous=full").close()
        _refuse_foreign(connection, path)
        _to_wal(connection)


def _refuse_foreign(connection: sqlite3.Connection, path: str | None) -> None:
    """StoreError for a file in which another program keeps its tables, before anything is changed
    in it."""
    found = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    if found and ("meta",) not in found:
        raise StoreError(
            f"{path} là CSDL của chương trình khác, không phải sổ sự kiện",
            "sửa --store (hoặc CCHC_STORE) cho trỏ đúng tệp sổ",
        )


@tenacity.retry(
    retry=tenacity.retry_if_exception_type(sqlite3.OperationalError),
    stop=tenacity.stop_after_delay(_PATIENCE),
    wait=tenacity.wait_random(0.005, 0.05),
    reraise=True,
)
def _to_wal(connection: sqlite3.Connection) -> None:
    """Two that open a new log at once lock each other out here, and SQLite does not wait."""
    connection.execute("pragma journal_mode=wal").close()
