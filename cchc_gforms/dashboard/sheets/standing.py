"""What the spreadsheet is now, as far as a publish needs to know: one spreadsheets.get."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gspread.urls import SPREADSHEET_URL

from cchc_gforms.dashboard.sheets.cells import FORMULA
from cchc_gforms.errors import GoogleError
from cchc_gforms.google.client import Google

DIGEST: Final = "cchc_digest"
"""Key of the developer metadata that holds the digest of a tab's content."""

Value = str | float | bool | object | None
Row = Sequence[Value]

_PROPERTIES = (
    "properties(sheetId,title,index,hidden,"
    "gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount,hideGridlines))"
)
_TAB = ",".join(
    (
        _PROPERTIES,
        "merges(startRowIndex)",
        "conditionalFormats(ranges(startRowIndex))",
        "basicFilter(range(startRowIndex))",
        "filterViews(filterViewId)",
        "charts(chartId)",
        "slicers(slicerId)",
        "protectedRanges(protectedRangeId,warningOnly)",
        "developerMetadata(metadataId,metadataKey,metadataValue)",
    )
)
_BOOK = "properties(locale,timeZone)"
_CELLS = "data(rowData(values(userEnteredValue)))"
_WRAPPED = {"stringValue", "numberValue", "boolValue", "userEnteredValue"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A tab as it is. Without cells read, `rows` is empty."""

    id: int
    title: str
    index: int
    hidden: bool = False
    grid: Mapping[str, Any] = field(default_factory=dict)
    merged: bool = False
    rules: int = 0
    filtered: bool = False
    views: frozenset[int] = frozenset()
    charts: frozenset[int] = frozenset()
    slicers: frozenset[int] = frozenset()
    protections: Mapping[int, bool] = field(default_factory=dict)  # whether it only warns
    digest: str = ""
    digest_id: int | None = None
    rows: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """`tabs` are those that were asked for, or all; `is_new`: nobody saw it yet."""

    properties: Mapping[str, Any]
    tabs: Mapping[int, Standing]
    is_new: bool = False


BRAND_NEW: Final = Spreadsheet({}, {0: Standing(0, "", 0)}, is_new=True)
"""With the one empty tab that Google makes."""


def read(google: Google, spreadsheet_id: str, wanted: Mapping[int, str]) -> Spreadsheet:
    """The tabs `wanted`, by id each with its range in A1 notation beginning with its title.

    One call while all of them stand under their titles; where one was renamed or deleted, two or
    three more tell what is left. GoogleError otherwise.
    """
    try:
        found = _get(google, spreadsheet_id, f"{_BOOK},sheets({_TAB},{_CELLS})", wanted.values())
        if wanted.keys() <= found.tabs.keys():
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
    answer = google.sheets.http_client.request(
        "get", SPREADSHEET_URL % spreadsheet_id, params={"fields": fields, "ranges": list(ranges)}
    )
    return decoded(answer.content)


def decoded(answer: bytes) -> Spreadsheet:
    """From the JSON of a Spreadsheet resource."""
    resource = json.loads(answer, object_hook=_unwrapped)
    tabs = [_standing(sheet) for sheet in resource["sheets"]]
    return Spreadsheet(resource["properties"], {tab.id: tab for tab in tabs})


def _unwrapped(found: dict[str, Any]) -> Any:
    """A cell as its bare value, so that a million of them fit into memory."""
    if len(found) != 1:
        return found
    ((name, value),) = found.items()
    if name == "stringValue":
        return sys.intern(value)
    if name == "formulaValue":
        return FORMULA
    return value if name in _WRAPPED else found


def _standing(sheet: Mapping[str, Any]) -> Standing:
    properties = sheet["properties"]
    digests = [one for one in sheet.get("developerMetadata", ()) if one["metadataKey"] == DIGEST]
    return Standing(
        id=properties.get("sheetId", 0),
        title=properties["title"],
        index=properties.get("index", 0),
        hidden=properties.get("hidden", False),
        grid=properties.get("gridProperties", {}),
        merged="merges" in sheet,
        rules=len(sheet.get("conditionalFormats", ())),
        filtered="basicFilter" in sheet,
        views=frozenset(one.get("filterViewId", 0) for one in sheet.get("filterViews", ())),
        charts=frozenset(one.get("chartId", 0) for one in sheet.get("charts", ())),
        slicers=frozenset(one.get("slicerId", 0) for one in sheet.get("slicers", ())),
        protections={
            one.get("protectedRangeId", 0): one.get("warningOnly", False)
            for one in sheet.get("protectedRanges", ())
        },
        digest=digests[0].get("metadataValue", "") if digests else "",
        digest_id=digests[0]["metadataId"] if digests else None,
        rows=_rows(sheet.get("data", ())),
    )


def _rows(data: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The values of the range that was asked for; an empty cell is {} on the wire."""
    if not data:
        return []
    return [
        [None if value == {} else value for value in row.get("values", ())]
        for row in data[0].get("rowData", ())
    ]
