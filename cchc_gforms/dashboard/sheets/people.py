"""A tab that people write in: its head is ours, wherever its columns stand; nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard.moved_header import is_gone, places
from cchc_gforms.dashboard.sheets import cells, dressing
from cchc_gforms.dashboard.sheets.cells import Wire
from cchc_gforms.dashboard.sheets.ids import sheet_id
from cchc_gforms.dashboard.sheets.objects import offered
from cchc_gforms.dashboard.sheets.standing import Standing
from cchc_gforms.dashboard.workbook import Tab

ROWS, SPARE = 500, 3
"""Rows of a new tab, blank but for the head, and columns that are not ours."""


def lacks(tab: Tab, now: Standing) -> bool:
    """Whether a title of the head is gone."""
    return not set(_titles(tab)) <= set(now.rows[0] if now.rows else ())


def dressed(tab: Tab, now: Standing, zone: ZoneInfo) -> Iterator[Wire]:
    """The titles that are gone, in their places or in the next free ones; widths and choices. What
    people wrote is never written over: where the whole row is gone, one is put above."""
    if is_gone(_titles(tab), now.rows[0] if now.rows else ()):
        above = {"sheetId": sheet_id(tab), "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
        yield {"insertDimension": {"range": above, "inheritFromBefore": False}}
    columns = places(_titles(tab), now.rows[0] if now.rows else ())
    wide = now.grid.get("columnCount", len(tab.lanes))
    if max(columns) >= wide:
        more = {"sheetId": sheet_id(tab), "dimension": "COLUMNS", "length": max(columns) + 1 - wide}
        yield {"appendDimension": more}
    if tab.frozen:
        properties = {"sheetId": sheet_id(tab), "gridProperties": {"frozenRowCount": len(tab.head)}}
        fields = "gridProperties.frozenRowCount"
        yield {"updateSheetProperties": {"properties": properties, "fields": fields}}
    for cell, place in zip(tab.head[0], columns, strict=True):
        yield {
            "updateCells": {
                "start": {"sheetId": sheet_id(tab), "rowIndex": 0, "columnIndex": place},
                "rows": [{"values": [cells.cell(cell, zone, 0)]}],
                "fields": "userEnteredValue,userEnteredFormat,note",
            }
        }
    yield from dressing.widths(tab, columns)
    for choices in tab.choices:
        yield offered(tab, choices, columns[choices.column])


def _titles(tab: Tab) -> list[str]:
    return [str(cell.value) for cell in tab.head[0]]
