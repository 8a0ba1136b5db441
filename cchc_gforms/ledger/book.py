"""The ledger of one reporting year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cchc_gforms.events import Event
from cchc_gforms.ledger.fold import fold
from cchc_gforms.ledger.row import Anomaly, Ledger
from cchc_gforms.regime.year import ReportingYear


def read(events: Iterable[Event], year: ReportingYear, as_of: datetime) -> Ledger:
    """The rows and anomalies of a year, from the events of all years (L1–L19)."""
    book = fold(events, as_of=as_of, zone=year.zone, reviewers=year.regime.reviewers)
    owed = set(year.obligated())
    rows = tuple(row for row in book.rows if (row.document, row.period) in owed)
    return Ledger(book.as_of, rows, tuple(one for one in book.anomalies if _concerns(one, owed)))


def _concerns(anomaly: Anomaly, owed: set[tuple[str, str]]) -> bool:
    """An event that names no document and period may concern any year."""
    return anomaly.document is None or (anomaly.document, anomaly.period) in owed
