"""Which rows of a tab are filtered away: by its basic filter or a filter view, and by slicers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_address import Asked
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.filtering import passes
from cchc_gforms.local_google.sheets.row_order import ordered
from cchc_gforms.local_google.sheets.workbook import Sheet

Criteria = Mapping[str, Any]


@dataclass(frozen=True)
class Filter:
    """Criteria by column over an area whose first row is its header."""

    area: Area
    criteria: Mapping[int, Criteria]

    def hidden(self, shown: Shown) -> Iterator[int]:
        for row in range(self.area.top + 1, self.area.bottom):
            wanted = self.criteria.items()
            if not all(passes(shown, row, at, criteria, self.area) for at, criteria in wanted):
                yield row


@dataclass(frozen=True)
class Filtering:
    """The rows hidden, the filter shown over the grid, the view chosen (or {}), and for rows that
    the view sorts, the row that stands in the place of each."""

    hidden: frozenset[int]
    shown: Filter | None
    view: Mapping[str, Any]
    places: Mapping[int, int]


def filtering(seen: Shown, asked: Asked) -> Filtering:
    """A filter view that is chosen stands in for the basic filter; slicers filter further.

    What the basic filter hides was settled when it was set, and is marked on the rows.
    """
    sheet = seen.sheet
    view = chosen_view(sheet, asked)
    wire = view or sheet.resource.get("basicFilter")
    shown = filter_of(sheet, wire) if wire and "range" in wire else None
    filters = [made for one in slicers(sheet) if (made := slicer_filter(seen, one, asked))]
    hidden = {row for one in filters for row in one.hidden(seen)}
    if view and shown:
        hidden.update(shown.hidden(seen))
    else:
        sizes = sheet.sizes["ROWS"].items()
        hidden.update(row for row, size in sizes if size.get("hiddenByFilter"))
    places = _places(seen, view, shown.area, hidden) if view and shown else {}
    return Filtering(frozenset(hidden), shown, view, places)


def _places(
    seen: Shown, view: Mapping[str, Any], area: Area, hidden: Collection[int]
) -> dict[int, int]:
    """Cells that are merged over rows keep a range from being sorted."""
    merges = (area_of(seen.sheet, wire) for wire in seen.sheet.resource.get("merges", []))
    specs = view.get("sortSpecs", [])
    if not specs or any(one.height > 1 and one.meets(area) for one in merges):
        return {}
    rows = [row for row in range(area.top + 1, area.bottom) if row not in hidden]
    return dict(zip(rows, ordered(seen, rows, specs), strict=True))


def chosen_view(sheet: Sheet, asked: Asked) -> Mapping[str, Any]:
    views: list[dict[str, Any]] = sheet.resource.get("filterViews", [])
    found = (view for view in views if str(view.get("filterViewId", 0)) == asked.filter_view)
    return next(found, {})


def filter_of(sheet: Sheet, wire: Mapping[str, Any]) -> Filter:
    """A BasicFilter or FilterView; `filterSpecs` win over the older `criteria`."""
    made = {int(at): wanted for at, wanted in wire.get("criteria", {}).items()}
    if "filterSpecs" in wire:
        specs = wire["filterSpecs"]
        made = {one.get("columnIndex", 0): one.get("filterCriteria", {}) for one in specs}
    return Filter(area_of(sheet, wire["range"]), made)


def slicers(sheet: Sheet) -> list[dict[str, Any]]:
    """Those of the tab that filter the tab itself."""
    found: list[dict[str, Any]] = sheet.resource.get("slicers", [])
    return [
        one
        for one in found
        if one.get("spec", {}).get("dataRange", {"sheetId": None}).get("sheetId", 0)
        == sheet.sheet_id
    ]


def slicer_filter(seen: Shown, slicer: Mapping[str, Any], asked: Asked) -> Filter | None:
    """The values chosen on the page, or else the slicer's own criteria."""
    spec = slicer["spec"]
    area = area_of(seen.sheet, spec["dataRange"])
    column = area.left + spec.get("columnIndex", 0)
    chosen = asked.slicers.get(str(slicer.get("slicerId", 0)))
    wanted = spec.get("filterCriteria")
    if chosen is not None:
        texts = {seen.text(row, column) for row in range(area.top + 1, area.bottom)}
        wanted = {"hiddenValues": texts - set(chosen)}
    return Filter(area, {column: wanted}) if wanted else None
