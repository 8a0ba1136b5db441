"""The dashboard's tabs from a situation. Pure: the ledger's own `as_of` is the only time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cchc_gforms.dashboard.columns import Value
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.tabs import (
    anomalies,
    by_unit,
    follow_up,
    journal,
    missing,
    notes,
    overview,
    waiting,
)
from cchc_gforms.dashboard.workbook import Tab, Workbook

TITLES: Final = {
    one.KEY: one.TITLE
    for one in (overview, follow_up, waiting, missing, by_unit, anomalies, notes, journal)
}
"""By the tabs' keys, in their order."""


def build(now: Situation) -> Workbook:
    """All of them but the journal."""
    return _workbook(now, (*_derived(now), notes.notes(now)))


def with_journal(
    book: Workbook, header: Sequence[str], rows: Sequence[tuple[Value, ...]]
) -> Workbook:
    """`rows` are those of the event log's mirror."""
    return replace(book, tabs=(*book.tabs, journal.journal(header, rows)))


def snapshot(now: Situation) -> Workbook:
    """The tabs that are a copy of one moment, for files. Notes live in the spreadsheet alone, and
    the journal is what `cchc store export` gives."""
    return _workbook(now, _derived(now))


def follow_up_alone(now: Situation) -> Workbook:
    return _workbook(now, (follow_up.follow_up(now),))


def _derived(now: Situation) -> tuple[Tab, ...]:
    return (
        overview.overview(now),
        follow_up.follow_up(now),
        waiting.waiting(now),
        missing.missing(now),
        by_unit.by_unit(now),
        anomalies.anomalies(now),
    )


def _workbook(now: Situation, tabs: tuple[Tab, ...]) -> Workbook:
    return Workbook(
        title=f"{now.year.regime.name} {now.year.year.year} – Bảng theo dõi",
        zone=now.year.regime.timezone,
        tabs=tabs,
    )
