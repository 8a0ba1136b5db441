"""The dashboard's tabs from a situation. Pure: the ledger's own `as_of` is the only time."""

from __future__ import annotations

from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.tabs.anomalies import anomalies
from cchc_gforms.dashboard.tabs.by_unit import by_unit
from cchc_gforms.dashboard.tabs.follow_up import follow_up
from cchc_gforms.dashboard.tabs.journal import journal
from cchc_gforms.dashboard.tabs.missing import missing
from cchc_gforms.dashboard.tabs.notes import notes
from cchc_gforms.dashboard.tabs.overview import overview
from cchc_gforms.dashboard.tabs.waiting import waiting
from cchc_gforms.dashboard.workbook import Workbook


def build(now: Situation) -> Workbook:
    """Without a journal there is no tab for it."""
    tabs = (overview, follow_up, waiting, missing, by_unit, anomalies, notes)
    made = tuple(tab(now) for tab in tabs)
    return Workbook(
        title=f"CCHC {now.year.year.year} – Bảng theo dõi",
        zone=now.year.regime.timezone,
        tabs=(*made, journal(now)) if now.journal_header else made,
    )
