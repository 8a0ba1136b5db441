"""One harvester at a time: a lock that ends with its holder, however that ends.

Of a log in a file it is a lock of the operating system on a file beside it; of PostgreSQL an
advisory lock of a session. Both are gone when the process is, killed or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import filelock
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from cchc_gforms.errors import BusyError, StoreError
from cchc_gforms.store.engine import engine_of

_HARVESTERS = 260_16_03_2023


@contextmanager
def one_at_a_time(url: str, wait: float) -> Iterator[None]:
    """Holds the turn on the log at `url`; BusyError when another holds it for `wait` seconds."""
    engine = engine_of(url, poolclass=NullPool)
    try:
        if engine.dialect.name == "postgresql":
            with _session(engine, wait):
                yield
        elif engine.url.database and engine.url.database != ":memory:":
            with _file(engine.url.database, wait):
                yield
        else:
            yield  # a log in memory is nobody else's
    finally:
        engine.dispose()


@contextmanager
def _file(path: str, wait: float) -> Iterator[None]:
    lock = filelock.FileLock(f"{path}.lock", timeout=wait)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise _busy(wait) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _session(engine: sa.Engine, wait: float) -> Iterator[None]:
    try:
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    except DatabaseError as error:
        raise StoreError(
            f"không mở được sổ sự kiện {engine.url.render_as_string()}",
            "kiểm tra --store (hoặc CCHC_STORE) và máy chủ CSDL",
        ) from error
    with connection:
        # 0 would be no limit; the server counts in milliseconds.
        connection.exec_driver_sql(f"set lock_timeout = {max(1, round(wait * 1000))}")
        try:
            connection.exec_driver_sql(f"select pg_advisory_lock({_HARVESTERS})")
        except OperationalError:
            raise _busy(wait) from None
        yield


def _busy(wait: float) -> BusyError:
    return BusyError(
        f"một lượt thu thập khác đang chạy trên sổ này (đã đợi {wait:g} giây)",
        "đợi lượt đó xong rồi chạy lại; chưa có gì bị thay đổi",
    )
