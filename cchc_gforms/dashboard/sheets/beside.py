"""A hidden sheet beside a long tab, where its new rows are gathered over several calls.

Whatever is sent in one call is done whole or not at all, so a tab is never seen half new as long as
all that is seen of it changes in one. Google takes 10,485,760 bytes ("Request payload size exceeds
the limit") and gives up after 180 seconds; a ledger of 35,000 rows has 60 million. Its rows go to a
blank sheet first, each to the place that it has in the tab, and the call that brings the tab up to
date copies them over and deletes the sheet. Copies are of what a cell holds: a text stays text, a
formula means the cells beside it. The tab keeps its id, with the links and objects that go by it.

A publish that is cut off leaves the tab as it was, marked as begun; the next one finds the mark and
deletes the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from cchc_gforms.dashboard.sheets import dressing
from cchc_gforms.dashboard.sheets.cells import Wire
from cchc_gforms.dashboard.sheets.ids import object_id, sheet_id
from cchc_gforms.dashboard.sheets.objects import area
from cchc_gforms.dashboard.sheets.standing import BEGUN, Spreadsheet, Standing
from cchc_gforms.dashboard.workbook import Tab, Workbook


def id_of(tab: Tab) -> int:
    return object_id("beside", tab)


def opened(tab: Tab, now: Standing, first: int) -> Iterator[Wire]:
    """The sheet, blank, in the formats of the body from the tab's row `first` on."""
    id = id_of(tab)
    properties = {"sheetId": id, "title": f"{tab.title} ({id})", "hidden": True}
    size = {"rowCount": tab.rows, "columnCount": len(tab.lanes)}
    yield {"addSheet": {"properties": {**properties, "gridProperties": size}}}
    yield from dressing.lanes(tab, id, first)
    if now.digest_id is not None:
        yield dressing.digest(tab, BEGUN, now)


def copied(tab: Tab, first: int) -> Iterator[Wire]:
    """Its rows into the tab, from the tab's row `first` on; and it goes."""
    place = area(tab, (first, tab.rows), (0, len(tab.lanes)))
    id = id_of(tab)
    yield {
        "copyPaste": {
            "source": {**place, "sheetId": id},
            "destination": {**place, "sheetId": sheet_id(tab)},
            "pasteType": "PASTE_NORMAL",
        }
    }
    yield {"deleteSheet": {"sheetId": id}}


def left_behind(workbook: Workbook, now: Spreadsheet) -> Iterator[Wire]:
    for tab in workbook.tabs:
        if id_of(tab) in now.tabs:
            yield {"deleteSheet": {"sheetId": id_of(tab)}}
