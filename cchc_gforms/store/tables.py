"""The tables of the event log, and what makes them append-only in the database itself."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, event
from sqlalchemy.schema import DDL

VERSION = 1

metadata = MetaData()

events = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),  # 1, 2, 3 … without a gap
    Column("id", String(64), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("at", String(32), nullable=False),  # ISO 8601, UTC
    Column("observed_at", String(32), nullable=False),
    Column("body", Text, nullable=False),  # events.to_json
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

harvests = Table(
    "harvest",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("started_at", String(32), nullable=False),
    Column("as_of", String(32), nullable=False),
    Column("new", Integer, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(64), nullable=False),
)

for _verb in ("update", "delete"):
    _refusal = f"raise(abort, 'the event log is append-only: no {_verb}')"
    _trigger: DDL = DDL(
        f"create trigger event_no_{_verb} before {_verb} on event begin select {_refusal}; end"
    )
    event.listen(events, "after_create", _trigger.execute_if(dialect="sqlite"))
