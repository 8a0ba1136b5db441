"""The ledger of one reporting year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cchc_gforms.events import Event
from cchc_gforms.ledger.due import end_of
from cchc_gforms.ledger.fold import fold
from cchc_gforms.ledger.reviewers import Reviewers
from cchc_gforms.ledger.row import Anomaly, InShort, Ledger, Row
from cchc_gforms.regime.year import ReportingYear

if TYPE_CHECKING:
    from cchc_gforms.ledger.tabulate import Summary

Subject = tuple[str, str]
"""Document and period."""


def read(events: Iterable[Event], year: ReportingYear, as_of: datetime) -> Ledger:
    """The rows and anomalies of a year, from the events of all years (L1–L19).

    A period that was opened is of the year its id begins with, whatever the files say since.
    """
    book = fold(events, as_of=as_of, zone=year.zone, reviewers=reviewers_of(year))
    rows = tuple(row for row in book.rows if _is_of(row.period, year))
    return Ledger(book.as_of, rows, tuple(one for one in book.anomalies if _concerns(one, year)))


def summaries(events: Iterable[Event], year: ReportingYear, as_of: datetime) -> list[Summary]:
    """The rows of a year in short, faster than `read` (see `tabulate`)."""
    from cchc_gforms.ledger.tabulate import Table  # numpy and pandas, for large ledgers only

    table = Table(events, as_of=as_of, zone=year.zone, reviewers=reviewers_of(year))
    return [one for one in table.summaries() if _is_of(one.period, year)]


def reviewers_of(year: ReportingYear) -> Reviewers:
    """Who may decide, by the regime's dates."""
    always = Reviewers.of(one.email for one in year.regime.reviewers).terms
    terms = {}
    for one in year.regime.reviewers:
        begins, ends = always[one.email]
        if one.valid_from:
            begins = end_of(one.valid_from - timedelta(days=1), year.zone)
        if one.valid_to:
            ends = end_of(one.valid_to, year.zone) - timedelta(microseconds=1)
        terms[one.email] = begins, ends
    return Reviewers(terms)


def document_label(row: InShort, year: ReportingYear) -> str:
    """As the document was called when its period was opened: Báo cáo CCHC."""
    return row.document_label or year.document_label(row.document)


def period_title(row: InShort, year: ReportingYear) -> str:
    """As the period was called when it was opened: quý I năm 2022."""
    return row.title or year.period_title(row.document, row.period)


def label(row: InShort, year: ReportingYear) -> str:
    """Both: Báo cáo CCHC quý I năm 2022."""
    return f"{document_label(row, year)} {period_title(row, year)}"


def by_subject(rows: Iterable[Row], year: ReportingYear) -> dict[Subject, list[Row]]:
    """Rows by document and period, in the order of the files; what these lack comes last."""
    found: dict[Subject, list[Row]] = {subject: [] for subject in year.obligated()}
    for row in rows:
        found.setdefault((row.document, row.period), []).append(row)
    return {subject: mine for subject, mine in found.items() if mine}


def _is_of(period: str, year: ReportingYear) -> bool:
    return period.startswith(f"{year.year.year}-")


def _concerns(anomaly: Anomaly, year: ReportingYear) -> bool:
    """An event that names no document and period may concern any year."""
    return anomaly.period is None or _is_of(anomaly.period, year)
