"""A tab that people write in: its head is ours, wherever its columns stand; nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard.sheets import cells, dressing
from cchc_gforms.dashboard.sheets.cells import Wire
from cchc_gforms.dashboard.sheets.ids import sheet_id
from cchc_gforms.dashboard.sheets.objects import offered
from cchc_gforms.dashboard.sheets.standing import Standing
from cchc_gforms.dashboard.workbook import Tab

ROWS = 500
"""Of a new tab, blank but for the head."""


def lacks(tab: Tab, now: Standing) -> bool:
    """Whether a title of the head is gone."""
    return not set(_titles(tab)) <= set(now.rows[0] if now.rows else ())


def dressed(tab: Tab, now: Standing, zone: ZoneInfo) -> Iterator[Wire]:
    """The titles that are gone, in their places or in the next free ones; widths and choices."""
    places = _places(tab, now)
    wide = now.grid.get("columnCount", len(tab.lanes))
    if max(places) >= wide:
        more = {"sheetId": sheet_id(tab), "dimension": "COLUMNS", "length": max(places) + 1 - wide}
        yield {"appendDimension": more}
    if tab.frozen:
        properties = {"sheetId": sheet_id(tab), "gridProperties": {"frozenRowCount": len(tab.head)}}
        fields = "gridProperties.frozenRowCount"
        yield {"updateSheetProperties": {"properties": properties, "fields": fields}}
    for cell, place in zip(tab.head[0], places, strict=True):
        yield {
            "updateCells": {
                "start": {"sheetId": sheet_id(tab), "rowIndex": 0, "columnIndex": place},
                "rows": [{"values": [cells.cell(cell, zone, 0)]}],
                "fields": "userEnteredValue,userEnteredFormat,note",
            }
        }
    yield from dressing.widths(tab, places)
    for choices in tab.choices:
        yield offered(tab, choices, places[choices.column])


def _titles(tab: Tab) -> list[str]:
    return [str(cell.value) for cell in tab.head[0]]


def _places(tab: Tab, now: Standing) -> list[int]:
    """Where each title stands, or is to stand. A place is not taken from another title; what is
    written below a title that was typed over belongs to it still."""
    titles = _titles(tab)
    there = list(now.rows[0]) if now.rows else []
    places = [there.index(title) if title in there else None for title in titles]
    taken = {place for place in places if place is not None}
    for number, place in enumerate(places):
        if place is None:
            free = number if number not in taken else max(taken) + 1
            places[number] = free
            taken.add(free)
    return [place for place in places if place is not None]
