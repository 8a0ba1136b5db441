"""The tables of the event log, and what makes them append-only in the database itself."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, event
from sqlalchemy.schema import DDL

VERSION = 3

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
    Column("year", Integer),  # of the forms that were read; version 3
)

readings = Table(  # this and the next three since version 2: see store/notes.py
    "reading",
    metadata,
    Column("form_id", String(128), primary_key=True),
    Column("up_to", String(32), nullable=False),
    Column("whole_at", String(32), nullable=False),
)

seen = Table(
    "seen_response",
    metadata,
    Column("form_id", String(128), primary_key=True),
    Column("response_id", String(128), primary_key=True),
    Column("created", String(32), nullable=False),
    Column("submitted", String(32), nullable=False),
    Column("email", Text),
    Column("unit", Text, nullable=False),
    Column("row_at", String(32)),
    Column("cells", Text, nullable=False),  # JSON: digests by question
    Column("gone", Integer, nullable=False),
)

tabs = Table(
    "seen_tab",
    metadata,
    Column("spreadsheet_id", String(128), primary_key=True),
    Column("sheet_id", Integer, primary_key=True, autoincrement=False),
    Column("form_id", String(128), nullable=False),
    Column("columns", Text, nullable=False),  # JSON: [[header, key], …]
)

books = Table(
    "seen_spreadsheet",
    metadata,
    Column("spreadsheet_id", String(128), primary_key=True),
    Column("version", String(64), nullable=False),
    Column("remarks", Text, nullable=False),  # JSON: what was told of it then
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(64), nullable=False),
)

MIGRATIONS = {
    1: ("alter table harvest add column failed integer not null default 0",),
    2: ("alter table harvest add column year integer",),
}
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

NO_REPLACE = (
    "create trigger if not exists event_no_replace before insert on event "
    "when exists (select 1 from event where seq = new.seq or id = new.id) "
    "begin select raise(abort, 'the event log is append-only: no replace'); end"
)
"""For SQLite, which deletes what `insert or replace` replaces past the trigger; not in old logs."""

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
