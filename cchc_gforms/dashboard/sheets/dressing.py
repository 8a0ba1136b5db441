"""A tab as requests: the sheet, its cells, their formats and sizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard.sheets import cells
from cchc_gforms.dashboard.sheets.cells import Wire
from cchc_gforms.dashboard.sheets.ids import object_id, sheet_id
from cchc_gforms.dashboard.sheets.objects import area, objects
from cchc_gforms.dashboard.sheets.standing import DIGEST, Standing
from cchc_gforms.dashboard.workbook import Tab


def grid(tab: Tab) -> Wire:
    """As large as what it holds; what stood beyond it goes."""
    return {
        "rowCount": tab.rows,
        "columnCount": len(tab.lanes),
        "frozenRowCount": len(tab.head) if tab.frozen else 0,
        "frozenColumnCount": tab.frozen_columns,
        "hideGridlines": not tab.gridlines,
    }


def added(tab: Tab, index: int, size: Wire) -> Wire:
    properties = {"sheetId": sheet_id(tab), "title": tab.title, "index": index}
    return {"addSheet": {"properties": {**properties, "gridProperties": size}}}


def cleared(tab: Tab, now: Standing) -> Iterator[Wire]:
    """Without formats, merges and filter; `now` is a new sheet, or what a person may have done to
    it."""
    whole = {"sheetId": sheet_id(tab)}
    yield {
        "repeatCell": {
            "range": whole,
            "cell": {},
            "fields": "userEnteredFormat,dataValidation,note,textFormatRuns",
        }
    }
    if now.merged:
        yield {"unmergeCells": {"range": whole}}
    if now.filtered:
        yield {"clearBasicFilter": whole}


def around(tab: Tab, now: Standing) -> Iterator[Wire]:
    """Sizes and objects of a tab that was cleared and written."""
    yield from _sizes(tab)
    yield from objects(tab, now)


def head(tab: Tab, zone: ZoneInfo) -> Wire:
    rows = [
        {"values": [cells.cell(cell, zone, number) for cell in row]}
        for number, row in enumerate(tab.head)
    ]
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id(tab), "rowIndex": 0, "columnIndex": 0},
            "rows": rows,
            "fields": "userEnteredValue,userEnteredFormat,note",
        }
    }


def lanes(tab: Tab, sheet: int, first: int) -> Iterator[Wire]:
    """The formats of the tab's rows from `first` on, alike columns in one; for that sheet."""
    columns = enumerate(tab.lanes)
    for style, group in groupby(columns, lambda one: one[1].style):
        places = [place for place, _ in group]
        if tab.rows > first:
            place = area(tab, (first, tab.rows), (places[0], places[-1] + 1))
            yield {
                "repeatCell": {
                    "range": {**place, "sheetId": sheet},
                    "cell": {"userEnteredFormat": cells.look(style)},
                    "fields": "userEnteredFormat",
                }
            }


def digest(tab: Tab, text: str, now: Standing) -> Wire:
    if now.digest_id is None:
        place = {"sheetId": sheet_id(tab)}
        made = {"metadataId": object_id("digest", tab), "metadataKey": DIGEST}
        rest = {"metadataValue": text, "visibility": "DOCUMENT", "location": place}
        return {"createDeveloperMetadata": {"developerMetadata": {**made, **rest}}}
    return {
        "updateDeveloperMetadata": {
            "dataFilters": [{"developerMetadataLookup": {"metadataId": now.digest_id}}],
            "developerMetadata": {"metadataValue": text},
            "fields": "metadataValue",
        }
    }


def widths(tab: Tab, places: Iterable[int] | None = None) -> Iterator[Wire]:
    """Columns as wide as they are to be, and in sight; `places` are where people moved them."""
    for column, lane in zip(places or range(len(tab.lanes)), tab.lanes, strict=True):
        yield _size(tab, "COLUMNS", column, lane.width)


def _sizes(tab: Tab) -> Iterator[Wire]:
    yield from widths(tab)
    yield {
        "updateDimensionProperties": {
            "range": {"sheetId": sheet_id(tab), "dimension": "ROWS", "startIndex": 0},
            "properties": {"hiddenByUser": False},
            "fields": "hiddenByUser",
        }
    }
    for height, rows in groupby(sorted(tab.heights), key=tab.heights.__getitem__):
        for first, after in _runs(rows):
            yield _size(tab, "ROWS", first, height, after)


def _runs(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The numbers, which rise, as ranges."""
    for _, run in groupby(enumerate(lines), lambda one: one[1] - one[0]):
        found = [line for _, line in run]
        yield found[0], found[-1] + 1


def _size(tab: Tab, dimension: str, line: int, pixels: int, after: int | None = None) -> Wire:
    place = {"sheetId": sheet_id(tab), "dimension": dimension}
    return {
        "updateDimensionProperties": {
            "range": {**place, "startIndex": line, "endIndex": after or line + 1},
            "properties": {"pixelSize": pixels, "hiddenByUser": False},
            "fields": "pixelSize,hiddenByUser",
        }
    }
