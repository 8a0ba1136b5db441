"""What a harvest keeps for the next one, beside the events.

Notes decide nothing: without them everything is read anew, and comes to the same events. They are
written in the transaction that stores the events which they speak of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cchc_gforms.store.tables import books, readings, seen, tabs

_AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class Reading:
    """A form's answers are in the log up to `up_to`; the last time that all of them were read from
    the form, and not only the newest, was `whole_at` (UTC, Google's clock)."""

    up_to: datetime
    whole_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A response as it was last seen: its first and last time (UTC), the sender's address, the unit
    as answered. A row that only the Sheet has is one too.

    `row_at` and `cells` are of its row in the Sheet, if it ever had one: the time written there,
    and digests of the cells by question (JSON). `gone` is whether that row is no longer there.
    """

    id: str
    created: datetime
    submitted: datetime
    email: str | None
    unit: str
    row_at: datetime | None = None
    cells: str = "{}"
    gone: bool = False

    @property
    def content(self) -> Mapping[str, str]:
        return read(self.cells)


def written(content: Mapping[str, str]) -> str:
    """Digests as `Seen.cells` has them."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def read(cells: str) -> dict[str, str]:
    """Digests by key."""
    found: dict[str, str] = json.loads(cells)
    return found


@dataclass(frozen=True, slots=True)
class SeenTab:
    """A tab that a form writes into, with the header and the key of each column made out, in their
    order."""

    spreadsheet_id: str
    sheet_id: int
    form_id: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SeenBook:
    """A spreadsheet that was read to the end: in which version, and what was told of it."""

    version: str
    remarks: tuple[str, ...]


@dataclass(slots=True)
class Changes:
    """Notes to be written: `seen` by form, `forgotten` (form, response), spreadsheets by id."""

    readings: dict[str, Reading] = field(default_factory=dict)
    seen: dict[str, list[Seen]] = field(default_factory=dict)
    forgotten: list[tuple[str, str]] = field(default_factory=list)
    tabs: list[SeenTab] = field(default_factory=list)
    books: dict[str, SeenBook] = field(default_factory=dict)

    def write(self, connection: sa.Connection) -> None:
        for form_id, reading in self.readings.items():
            times = {"up_to": reading.up_to.isoformat(), "whole_at": reading.whole_at.isoformat()}
            _put(connection, readings, {"form_id": form_id}, times)
        for form_id, id in self.forgotten:
            _forget(connection, form_id, [id])
        for form_id, some in self.seen.items():
            for start in range(0, len(some), _AT_ONCE):
                few = some[start : start + _AT_ONCE]
                _forget(connection, form_id, [one.id for one in few])
                connection.execute(sa.insert(seen), [_row(form_id, one) for one in few])
        for tab in self.tabs:
            place = {"spreadsheet_id": tab.spreadsheet_id, "sheet_id": tab.sheet_id}
            columns = json.dumps(tab.columns, ensure_ascii=False)
            _put(connection, tabs, place, {"form_id": tab.form_id, "columns": columns})
        for spreadsheet_id, book in self.books.items():
            remarks = json.dumps(book.remarks, ensure_ascii=False)
            told = {"version": book.version, "remarks": remarks}
            _put(connection, books, {"spreadsheet_id": spreadsheet_id}, told)


class Notes:
    """Reads them."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def reading(self, form_id: str) -> Reading | None:
        """None for a form that was never read."""
        for row in self._rows(sa.select(readings).where(readings.c.form_id == form_id)):
            return Reading(_time(row.up_to), _time(row.whole_at))
        return None

    def seen(self, form_id: str) -> dict[str, Seen]:
        """By id of the response."""
        found = self._rows(sa.select(seen).where(seen.c.form_id == form_id))
        return {row.response_id: _seen(row) for row in found}

    def tabs(self, spreadsheet_id: str) -> list[SeenTab]:
        found = self._rows(sa.select(tabs).where(tabs.c.spreadsheet_id == spreadsheet_id))
        return [
            SeenTab(
                row.spreadsheet_id,
                row.sheet_id,
                row.form_id,
                tuple((header, key) for header, key in json.loads(row.columns)),
            )
            for row in found
        ]

    def book(self, spreadsheet_id: str) -> SeenBook | None:
        """None for a spreadsheet that was never read to the end."""
        for row in self._rows(sa.select(books).where(books.c.spreadsheet_id == spreadsheet_id)):
            return SeenBook(row.version, tuple(json.loads(row.remarks)))
        return None

    def _rows(self, wanted: sa.Select[Any]) -> Iterator[Any]:
        with self._engine.connect() as connection:
            yield from connection.execute(wanted)


def _put(
    connection: sa.Connection, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    same = [table.c[name] == value for name, value in key.items()]
    connection.execute(sa.delete(table).where(*same))
    connection.execute(sa.insert(table).values({**key, **values}))


def _forget(connection: sa.Connection, form_id: str, ids: Iterable[str]) -> None:
    gone = (seen.c.form_id == form_id) & seen.c.response_id.in_(list(ids))
    connection.execute(sa.delete(seen).where(gone))


def _row(form_id: str, one: Seen) -> dict[str, Any]:
    return {
        "form_id": form_id,
        "response_id": one.id,
        "created": one.created.isoformat(),
        "submitted": one.submitted.isoformat(),
        "email": one.email,
        "unit": one.unit,
        "row_at": one.row_at and one.row_at.isoformat(),
        "cells": one.cells,
        "gone": int(one.gone),
    }


def _seen(row: Any) -> Seen:
    return Seen(
        id=row.response_id,
        created=_time(row.created),
        submitted=_time(row.submitted),
        email=row.email,
        unit=row.unit,
        row_at=_time(row.row_at) if row.row_at else None,
        cells=row.cells,
        gone=bool(row.gone),
    )


def _time(written: str) -> datetime:
    return datetime.fromisoformat(written)
