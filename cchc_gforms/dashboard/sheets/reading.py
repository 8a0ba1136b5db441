"""What is asked of a spreadsheet: our tabs in one call, whatever they are called by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gspread.urls import SPREADSHEET_URL

from cchc_gforms.dashboard.sheets.answer import decoded
from cchc_gforms.dashboard.sheets.standing import Spreadsheet
from cchc_gforms.errors import GoogleError
from cchc_gforms.google.client import Google

_PROPERTIES = (
    "properties(sheetId,title,index,hidden,"
    "gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount,hideGridlines))"
)
_TAB = ",".join(
    (
        _PROPERTIES,
        "merges(startRowIndex)",
        "conditionalFormats(booleanRule(condition(type)))",
        "basicFilter(range(endRowIndex),criteria,filterSpecs(columnIndex))",
        "filterViews(filterViewId)",
        "charts(chartId)",
        "slicers(slicerId)",
        "protectedRanges(protectedRangeId,warningOnly)",
        "developerMetadata(metadataId,metadataKey,metadataValue)",
    )
)
_LINE = "(hiddenByUser)"
_CELLS = f"data(rowData(values(userEnteredValue)),rowMetadata{_LINE},columnMetadata{_LINE})"
_BOOK = "properties(locale,timeZone)"
_EVERY_TAB = f"{_BOOK},sheets({_TAB})"
_WITH_CELLS = f"{_BOOK},sheets({_TAB},{_CELLS})"


def read(google: Google, spreadsheet_id: str, wanted: Mapping[int, int | None]) -> Spreadsheet:
    """The tabs `wanted`, by id each with how many of its first columns, None for all.

    One call while all of them are there, finished, under whatever titles; where one was deleted or
    a publish was cut off, a second one tells all that is there. GoogleError otherwise.
    """
    try:
        found = _chosen(google, spreadsheet_id, wanted)
    except GoogleError as error:
        if error.status != 400:  # "No grid with id", for a tab that is gone
            raise
        return read_all(google, spreadsheet_id)
    if wanted.keys() <= {id for id, tab in found.tabs.items() if tab.is_finished}:
        return found
    every = _all(google, spreadsheet_id, _EVERY_TAB)
    return Spreadsheet(every.properties, {**every.tabs, **found.tabs}, is_whole=True)


def read_all(google: Google, spreadsheet_id: str) -> Spreadsheet:
    """All tabs with all of their cells, people's own too: no range of a tab that may be gone."""
    return _all(google, spreadsheet_id, _WITH_CELLS)


def _all(google: Google, spreadsheet_id: str, fields: str) -> Spreadsheet:
    answer = google.sheets.http_client.request(
        "get", SPREADSHEET_URL % spreadsheet_id, params=_params(fields)
    )
    found = decoded(answer.content)
    return Spreadsheet(found.properties, found.tabs, is_whole=True)


def _chosen(google: Google, spreadsheet_id: str, wanted: Mapping[int, int | None]) -> Spreadsheet:
    """By grid ranges, which go by a tab's id; those in A1 notation go by its title."""
    ranges = [
        {"sheetId": id} if columns is None else {"sheetId": id, "endColumnIndex": columns}
        for id, columns in wanted.items()
    ]
    answer = google.sheets.http_client.request(
        "post",
        f"{SPREADSHEET_URL % spreadsheet_id}:getByDataFilter",
        params=_params(_WITH_CELLS),
        json={"dataFilters": [{"gridRange": one} for one in ranges]},
    )
    return decoded(answer.content)


def _params(fields: str) -> dict[str, Any]:
    """Not indented for people, which makes of a million cells a third of the bytes."""
    return {"fields": fields, "prettyPrint": "false"}
