"""The event log: append-only, each event once, chained by hashes so that tampering shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.exc import DatabaseError

from cchc_gforms import events as vocabulary
from cchc_gforms.errors import StoreError
from cchc_gforms.events import Event, PeriodOpened
from cchc_gforms.store.chain import (
    GENESIS,
    NO_EVENT,
    NO_MOMENT,
    chained,
    damaged,
    faults,
    kind_fault,
    link_fault,
    moment,
    own_fault,
)
from cchc_gforms.store.engine import engine_of, prepare_sqlite
from cchc_gforms.store.notes import Changes, Notes
from cchc_gforms.store.refusals import opening
from cchc_gforms.store.tables import (
    MIGRATIONS,
    NO_REPLACE,
    VERSION,
    events,
    harvests,
    meta,
    metadata,
    remembered,
)

_AT_ONCE = 500  # ids in one look-up; SQLite takes some thousands
_WRITERS = 260_16_03_2022  # the advisory lock of PostgreSQL that writers of a log queue for

_REGIME = "regime"  # under which it is remembered whose log this is


@dataclass(frozen=True, slots=True)
class Record:
    """An event as it is stored. `hash` covers the record before it, its id, time and body."""

    seq: int
    id: str
    observed_at: datetime
    body: str
    previous: str
    hash: str

    @property
    def event(self) -> Event:
        try:
            return vocabulary.from_json(self.body)
        except ValidationError as error:
            raise damaged(f"bản ghi {self.seq} {NO_EVENT}") from error


@dataclass(frozen=True, slots=True)
class HarvestRecord:
    """A finished harvest of a year's forms: up to `as_of` (UTC, Google's clock) the log was
    complete, but for the `failed` ones that could not be read. An old record has no year."""

    started_at: datetime
    as_of: datetime
    new: int
    failed: int = 0
    year: int | None = None


class EventLog:
    """A log in an SQLite file (or another database, by URL). Use as a context manager."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> EventLog:
        """Opens or makes the log; StoreError when it is not one, or newer than this program."""
        with opening(url):
            engine = engine_of(url)
            try:
                if engine.dialect.name == "sqlite":
                    prepare_sqlite(engine)
                log = cls(engine)
                log._make_tables()
            except BaseException:
                engine.dispose()
                raise
        return log

    def __enter__(self) -> EventLog:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @property
    def notes(self) -> Notes:
        return Notes(self._engine)

    def append(self, new: Iterable[Event], observed_at: datetime) -> list[Event]:
        """Stores the events whose id is not there yet, all or none; returns those."""
        stored: list[Event] = []
        self.store(new, observed_at, stored.append)
        return stored

    def store(
        self,
        new: Iterable[Event],
        observed_at: datetime,
        tell: Callable[[Event], object],
        noting: Changes | None = None,
    ) -> None:
        """Stores the events whose id is not there yet, all or none, and the notes with them; tells
        those events. They need not all be there at once: they are taken some at a time.

        `observed_at` is when the harvester saw them. What came first with an id stays.
        """
        waiting = iter(new)
        with self._writing() as connection:
            while some := list(islice(waiting, _AT_ONCE)):
                for event in self._insert(connection, some, observed_at.astimezone(UTC)):
                    tell(event)
            if noting is not None:
                noting.write(connection)

    def _insert(
        self, connection: sa.Connection, some: Iterable[Event], observed_at: datetime
    ) -> list[Event]:
        by_id: dict[str, Event] = {}
        for event in some:
            by_id.setdefault(event.id, event)
        for known in self._known(connection, list(by_id)):
            del by_id[known]
        seq, previous = self._last(connection)
        rows: list[dict[str, Any]] = []
        for event_id, event in by_id.items():
            seq += 1
            body = vocabulary.to_json(event)
            digest = chained(previous, event_id, observed_at.isoformat(), body)
            rows.append(_row(Record(seq, event_id, observed_at, body, previous, digest), event))
            previous = digest
        if rows:
            connection.execute(sa.insert(events), rows)
        return list(by_id.values())

    def records(self, *kinds: str) -> Iterator[Record]:
        """All records, or those of some kinds of events, in the order they were stored. StoreError
        at the first that is not what was stored: by its own hash, and of all of them by the chain.
        """
        return map(_record, self._rows(kinds))

    def check(self) -> None:
        """StoreError unless each record follows from the one before; much quicker than `verify`."""
        for _ in self._rows():
            pass

    def _rows(self, kinds: Sequence[str] = ()) -> Iterator[Any]:
        wanted = sa.select(events).order_by(events.c.seq)
        if kinds:
            wanted = wanted.where(events.c.kind.in_(kinds))
        previous = GENESIS
        with self._engine.connect() as connection:
            for seq, row in enumerate(connection.execute(wanted), start=1):
                if kinds:
                    fault = own_fault(row)
                else:
                    fault = link_fault(row, seq, previous) or kind_fault(row)
                if fault:
                    raise damaged(fault)
                previous = row.hash
                yield row

    def events(self) -> Iterator[Event]:
        return (record.event for record in self.records())

    def periods_opened(self) -> dict[tuple[str, str], PeriodOpened]:
        """The opening of each document and period that was opened (L1)."""
        found = (record.event for record in self.records("period_opened"))
        opened = (event for event in found if event.kind == "period_opened")
        return {(event.document, event.period): event for event in opened}

    def unknown(self, some: Iterable[Event]) -> list[Event]:
        """Those of some events whose id the log does not have, each once."""
        by_id = {event.id: event for event in some}
        with self._engine.connect() as connection:
            for known in self._known(connection, list(by_id)):
                del by_id[known]
        return list(by_id.values())

    def fill(self, copied: Iterable[Record], finished: Iterable[HarvestRecord]) -> int:
        """Takes over another log's records as they are; StoreError unless this one is empty."""
        with self._writing() as connection:
            if self._last(connection)[0]:
                raise StoreError(
                    "sổ đích đã có sự kiện, không ghi đè",
                    "chọn một sổ mới (tệp chưa có, hoặc CSDL trống)",
                )
            rows = [_row(one, one.event) for one in copied]
            if rows:
                connection.execute(sa.insert(events), rows)
            for harvest in finished:
                connection.execute(sa.insert(harvests).values(_harvest_row(harvest)))
        return len(rows)

    def harvests(self, year: int | None = None) -> list[HarvestRecord]:
        """Every finished harvest, or those that may be of one year; the oldest first."""
        with self._engine.connect() as connection:
            found = connection.execute(_harvests(year).order_by(harvests.c.seq))
            return [_harvest(row) for row in found]

    def count(self) -> int:
        """How many records there are."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(events)) or 0

    def bodies(self, *, longer_than: int) -> Iterator[str]:
        """The bodies of more letters than so many."""
        with self._engine.connect() as connection:
            long = sa.func.length(events.c.body) > longer_than
            yield from connection.scalars(sa.select(events.c.body).where(long))

    def hashes(self) -> dict[int, str]:
        """By number, from 1."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(events.c.seq, events.c.hash))
            return {row.seq: row.hash for row in rows}

    def verify(self) -> list[str]:
        """What is wrong with the chain, record by record (Vietnamese); empty when nothing is."""
        wrong: list[str] = []
        expected, previous = 1, GENESIS
        try:
            with self._engine.connect() as connection:
                for row in connection.execute(sa.select(events).order_by(events.c.seq)):
                    wrong += faults(row, expected, previous)
                    expected, previous = row.seq + 1, row.hash
        except DatabaseError:  # bytes that are no text, or a page of the file that is gone
            wrong.append(f"từ bản ghi {expected} trở đi không đọc được hết: tệp sổ đã bị hỏng")
        return wrong

    def record_harvest(
        self,
        *,
        started_at: datetime,
        as_of: datetime,
        new: int,
        failed: int = 0,
        year: int | None = None,
    ) -> None:
        """Notes a finished harvest. Not part of the chain: it decides nothing."""
        times = started_at.astimezone(UTC), as_of.astimezone(UTC)
        record = HarvestRecord(*times, new, failed, year)
        with self._writing() as connection:
            connection.execute(sa.insert(harvests).values(_harvest_row(record)))

    def last_harvest(self, year: int | None = None) -> HarvestRecord | None:
        newest = _harvests(year).order_by(harvests.c.seq.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(newest).one_or_none()
        return None if row is None else _harvest(row)

    def recall(self) -> dict[str, str]:
        """What was remembered, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(remembered))
            return {row.name: row.value for row in rows}

    def remember(self, facts: Mapping[str, str]) -> None:
        """Keeps what Google said, so that it need not be asked again; not part of the chain."""
        with self._writing() as connection:
            connection.execute(sa.delete(remembered).where(remembered.c.name.in_(list(facts))))
            rows = [{"name": name, "value": value} for name, value in facts.items()]
            if rows:
                connection.execute(sa.insert(remembered), rows)

    def keep_to(self, regime: str) -> None:
        """A log is one regime's (`Regime.identity`), the first that comes with events: units and
        documents of two would be taken for one another. StoreError for another regime's log."""
        whose = self.recall().get(_REGIME, regime)
        if whose != regime and self.count():
            raise StoreError(
                f"sổ sự kiện này là của chế độ “{whose}”, không phải “{regime}”",
                "mỗi chế độ một sổ: đặt --store (hoặc CCHC_STORE) khác; nếu vẫn là chế độ ấy mà "
                f"công văn nay mang số khác thì ghi `id: {whose}` vào regime.yaml",
            )
        if self.recall().get(_REGIME) != regime:
            self.remember({_REGIME: regime})

    def _known(self, connection: sa.Connection, ids: Sequence[str]) -> list[str]:
        found: list[str] = []
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            found.extend(connection.scalars(sa.select(events.c.id).where(events.c.id.in_(some))))
        return found

    def _last(self, connection: sa.Connection) -> tuple[int, str]:
        """Number and hash of the newest; StoreError, so that nothing is added to a damaged one."""
        newest = sa.select(events).order_by(events.c.seq.desc()).limit(1)
        row = connection.execute(newest).one_or_none()
        if row and (fault := own_fault(row)):
            raise damaged(fault)
        return (row.seq, row.hash) if row else (0, GENESIS)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """One transaction at a time: a second writer waits for the first."""
        with self._engine.begin() as connection:
            if self._engine.dialect.name == "sqlite":
                connection.exec_driver_sql("begin immediate")
            else:
                connection.exec_driver_sql(f"select pg_advisory_xact_lock({_WRITERS})")
            yield connection

    def _make_tables(self) -> None:
        """Makes what is not there; a log of an earlier version becomes one of this."""
        with self._writing() as connection:
            meta.create(connection, checkfirst=True)
            found = connection.scalar(sa.select(meta.c.value).where(meta.c.name == "version"))
            version = VERSION if found is None else int(found)
            if version > VERSION:
                raise StoreError(
                    f"sổ sự kiện thuộc phiên bản {version}, chương trình chỉ biết đến {VERSION}",
                    "cập nhật cchc-gforms rồi chạy lại",
                )
            metadata.create_all(connection)
            if self._engine.dialect.name == "sqlite":
                connection.exec_driver_sql(NO_REPLACE)
            for statement in (
                line for since in range(version, VERSION) for line in MIGRATIONS[since]
            ):
                connection.exec_driver_sql(statement)
            if found is None:
                connection.execute(sa.insert(meta).values(name="version", value=str(VERSION)))
            elif version < VERSION:
                connection.execute(sa.update(meta).values(value=str(VERSION)))


def _record(row: Any) -> Record:
    observed_at = moment(row.observed_at)
    if observed_at is None:
        raise damaged(f"bản ghi {row.seq} {NO_MOMENT}")
    return Record(row.seq, row.id, observed_at, row.body, row.previous, row.hash)


def _row(record: Record, event: Event) -> dict[str, Any]:
    return {
        "seq": record.seq,
        "id": record.id,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "observed_at": record.observed_at.isoformat(),
        "body": record.body,
        "previous": record.previous,
        "hash": record.hash,
    }


def _harvests(year: int | None) -> sa.Select[Any]:
    wanted = sa.select(harvests)
    if year is None:
        return wanted
    return wanted.where(sa.or_(harvests.c.year == year, harvests.c.year.is_(None)))


def _harvest(row: Any) -> HarvestRecord:
    times = (datetime.fromisoformat(row.started_at), datetime.fromisoformat(row.as_of))
    return HarvestRecord(*times, row.new, row.failed, row.year)


def _harvest_row(record: HarvestRecord) -> dict[str, Any]:
    return {
        "started_at": record.started_at.isoformat(),
        "as_of": record.as_of.isoformat(),
        "new": record.new,
        "failed": record.failed,
        "year": record.year,
    }
