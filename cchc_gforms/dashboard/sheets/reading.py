"""One spreadsheets.get, and what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
_BOOK = "properties(locale,timeZone)"
_LINE = "(hiddenByUser)"
_CELLS = f"data(rowData(values(userEnteredValue)),rowMetadata{_LINE},columnMetadata{_LINE})"


def read(google: Google, spreadsheet_id: str, wanted: Mapping[int, str]) -> Spreadsheet:
    """The tabs `wanted`, by id each with its range in A1 notation beginning with its title.

    One call while all of them stand under their titles, finished; where one was renamed or deleted,
    or a publish was cut off, two or three more tell all that is there. GoogleError otherwise.
    """
    try:
        found = _get(google, spreadsheet_id, f"{_BOOK},sheets({_TAB},{_CELLS})", wanted.values())
        finished = {id for id, tab in found.tabs.items() if tab.is_finished}
        if wanted.keys() <= finished:
            return found
    except GoogleError as error:
        if error.status != 400:  # "Unable to parse range", where no tab bears that title
            raise
    everything = _get(google, spreadsheet_id, f"{_BOOK},sheets({_TAB})")
    there = [
        quoted_range(everything.tabs[id].title, range.rpartition("!")[2] if "!" in range else "")
        for id, range in wanted.items()
        if id in everything.tabs
    ]
    if not there:
        return everything
    filled = _get(google, spreadsheet_id, f"{_BOOK},sheets({_TAB},{_CELLS})", there)
    return Spreadsheet(filled.properties, {**everything.tabs, **filled.tabs})


def range_of(title: str, columns: str = "") -> str:
    """A tab, or some of its columns ("A:K"), in A1 notation."""
    return f"'{title}'!{columns}" if columns else f"'{title}'"


def quoted_range(title: str, columns: str = "") -> str:
    """As `range_of`, of a tab whose title people chose."""
    return range_of(title.replace("'", "''"), columns)


def _get(
    google: Google, spreadsheet_id: str, fields: str, ranges: Iterable[str] = ()
) -> Spreadsheet:
    """Not indented for people, which makes of a million cells a third of the bytes."""
    answer = google.sheets.http_client.request(
        "get",
        SPREADSHEET_URL % spreadsheet_id,
        params={"fields": fields, "ranges": list(ranges), "prettyPrint": "false"},
    )
    return decoded(answer.content)
