"""The databases that the contract of the event log is held against: SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import postgres
import pytest
import sqlalchemy as sa

from cchc_gforms.store.log import EventLog

_numbers = count(1)

Raw = Callable[..., None]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    place = postgres.binaries()
    if place is None:
        pytest.fail(
            "No PostgreSQL server found: install one, or set CCHC_POSTGRES to the folder of its "
            'initdb (or leave these tests out: -m "not postgres").',
            pytrace=False,
        )
    with postgres.serving(place) as url:
        yield url


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{(tmp_path / 'log.sqlite').as_posix()}"
    server = sa.make_url(request.getfixturevalue("server"))
    name = f"log{next(_numbers)}"
    engine = sa.create_engine(
        server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"create database {name}")
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def log(url: str) -> Iterator[EventLog]:
    with EventLog.open(url) as opened:
        yield opened


@pytest.fixture
def raw(url: str) -> Raw:
    """Runs SQL in the log's database behind the product's back, in one transaction."""

    def run(*statements: str) -> None:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(parsed)
        try:
            with engine.begin() as connection:
                for statement in statements:
                    connection.exec_driver_sql(statement)
        finally:
            engine.dispose()

    return run


@pytest.fixture
def disarm(url: str) -> str:
    """The statement that takes the guard of the past away."""
    if url.startswith("sqlite"):
        return "drop trigger event_no_update"
    return "drop trigger event_append_only on event"
