"""The logs of a fault campaign (`scripts/hard_years/stores.py`) in a real PostgreSQL server."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import sqlalchemy as sa
from hard_years.stores import Stores, is_database, watched

from cchc_gforms.store.engine import engine_of

pytestmark = pytest.mark.postgres


def test_a_writer_is_seen_while_it_writes_and_the_databases_end_with_the_office(
    tmp_path: Path, server: str
) -> None:
    """That is when the campaign kills it."""
    stores = Stores(tmp_path, server)
    log = next(filter(is_database, (stores.new(random.Random(seed)) for seed in range(99))))
    engine = engine_of(log)
    with watched(log) as is_written, engine.connect() as writer:
        assert not is_written()
        writer.execute(sa.text("create table one (n int)"))
        assert is_written()
        writer.rollback()
    engine.dispose()
    stores.close()
    with pytest.raises(sa.exc.OperationalError), engine_of(log).connect():
        pass


def test_a_file_is_seen_to_be_written(tmp_path: Path) -> None:
    log = Stores(tmp_path).new(random.Random(1))
    with watched(log) as is_written:
        assert not is_written()
        Path(f"{log}-wal").write_bytes(b"1")
        assert is_written()
