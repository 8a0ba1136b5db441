"""Writes the dashboard into its spreadsheet: found by its tag, or made."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_gforms.dashboard import requests
from cchc_gforms.dashboard.workbook import Workbook
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import Registry, create_spreadsheet, dashboard_tags


@dataclass(frozen=True, slots=True)
class Published:
    """`calls` is what it took at Google."""

    spreadsheet_id: str
    url: str
    calls: int


def publish(google: Google, workbook: Workbook, year: int) -> Published:
    """One look-up, one read of the tabs, one atomic write; a first time, one create."""
    before = google.calls
    found = Registry.look_up(google).dashboard(year)
    if found:
        id = found.id
    else:
        id = create_spreadsheet(google, name=workbook.title, tags=dashboard_tags(year))
    http = google.sheets.http_client
    http.batch_update(id, requests.batch(workbook, http.fetch_sheet_metadata(id)))
    return Published(id, google.address.spreadsheet_page(id), google.calls - before)
