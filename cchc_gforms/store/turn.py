"""One harvester at a time: a lock that ends with its holder, however that ends.

Of a log in a file it is a lock of the operating system on a file beside it; of PostgreSQL an
advisory lock of a session. Both are gone when the process is, killed or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import filelock
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from cchc_gforms.errors import BusyError
from cchc_gforms.store.engine import engine_of
from cchc_gforms.store.refusals import opening, translated

_HARVESTERS = 260_16_03_2023


@contextmanager
def one_at_a_time(url: str, wait: float) -> Iterator[None]:
    """Holds the turn on the log at `url`; BusyError when another holds it for `wait` seconds."""
    engine = engine_of(url, poolclass=NullPool)
    try:
        if engine.dialect.name == "postgresql":
            with _session(engine, url, wait):
                yield
        elif engine.url.database and engine.url.database != ":memory:":
            with _file(f"{engine.url.database}.lock", url, wait):
                yield
        else:
            yield  # a log in memory is nobody else's
    finally:
        engine.dispose()


@contextmanager
def _file(path: str, url: str, wait: float) -> Iterator[None]:
    lock = filelock.FileLock(path, timeout=wait)
    with opening(url):
        try:
            lock.acquire()
        except filelock.Timeout:
            raise _busy(wait) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _session(engine: sa.Engine, url: str, wait: float) -> Iterator[None]:
    with translated(url):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
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
