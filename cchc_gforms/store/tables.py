"""The tables of the event log, and what makes them append-only in the database itself."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, event
from sqlalchemy.schema import DDL

VERSION = 2

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
    Column("failed", Integer, nullable=False, server_default="0"),  # forms not read; version 2
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(64), nullable=False),
)

MIGRATIONS = {1: ("alter table harvest add column failed integer not null default 0",)}
"""By version, what makes a log of it one of the next; tables that are not there are made anyway."""

remembered = Table(
    "remembered",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What Google said and would have to be asked again: addresses and ids. Nothing is lost with it."""

_REFUSAL = "the event log is append-only: no "


def _after_create(statement: str, dialect: str) -> None:
    ddl: DDL = DDL(statement.replace("%", "%%"))
    event.listen(events, "after_create", ddl.execute_if(dialect=dialect))


for _verb in ("update", "delete"):
    _after_create(
        f"create trigger event_no_{_verb} before {_verb} on event "
        f"begin select raise(abort, '{_REFUSAL}{_verb}'); end",
        "sqlite",
    )

_after_create(
    "create or replace function event_refuse() returns trigger language plpgsql as $$ "
    f"begin raise exception '{_REFUSAL}%', lower(tg_op); end $$",
    "postgresql",
)
_after_create(
    "create trigger event_append_only before update or delete or truncate on event "
    "for each statement execute function event_refuse()",
    "postgresql",
)
