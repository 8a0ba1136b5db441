"""Data filters: cells and developer metadata chosen by a range, or by metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import a1
from cchc_gforms.local_google.sheets.areas import Area, area_of, whole
from cchc_gforms.local_google.sheets.shifting import Box
from cchc_gforms.local_google.sheets.wire import incoming
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

_PLAIN = ("metadataId", "metadataKey", "metadataValue", "visibility")
_KINDS = ("developerMetadataLookup", "a1Range", "gridRange")


def matching(workbook: Workbook, filters: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The metadata that any of the filters matches, in the order of creation."""
    asked = list(filters)
    for one in asked:
        _kind(one)
    return [item for item in workbook.metadata if any(matches(workbook, item, f) for f in asked)]


def matches(workbook: Workbook, item: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    """A range matches all metadata on rows, columns and sheets that it meets."""
    if _kind(one) == "developerMetadataLookup":
        return _looked_up(item, incoming(one["developerMetadataLookup"]))
    box = _box(item["location"])
    places = areas(workbook, one)
    return box is not None and any(_meet(_box_of(*place), box) for place in places)


def areas(workbook: Workbook, one: Mapping[str, Any]) -> list[tuple[Sheet, Area]]:
    """The cells that a filter chooses, clipped to the grid."""
    kind = _kind(one)
    if kind == "a1Range":
        return [a1.located(workbook, one["a1Range"])]
    if kind == "gridRange":
        sheet = workbook.sheet(one["gridRange"].get("sheetId", 0))
        area = area_of(sheet, one["gridRange"])
        if area.height <= 0 or area.width <= 0:
            raise invalid(f"Range exceeds grid limits. Max rows: {sheet.row_count}")
        return [(sheet, area)]
    found = (_box(item["location"]) for item in matching(workbook, [one]))
    return [_area(workbook, box) for box in found if box is not None]


def _looked_up(item: Mapping[str, Any], lookup: Mapping[str, Any]) -> bool:
    location, kind = lookup.get("metadataLocation"), lookup.get("locationType")
    strategy = lookup.get("locationMatchingStrategy")
    if strategy and location is None:
        raise invalid("A metadataLocation must be specified with a locationMatchingStrategy.")
    if strategy == "EXACT_LOCATION" and kind:
        raise invalid("locationType must be unspecified when the strategy is EXACT_LOCATION.")
    plain = all(item.get(name) == lookup[name] for name in _PLAIN if name in lookup)
    if not plain or kind not in {None, item["location"]["locationType"]}:
        return False
    return location is None or _located(item["location"], location, strategy)


def _located(own: Mapping[str, Any], asked: Mapping[str, Any], strategy: str | None) -> bool:
    """Metadata of the spreadsheet meets no other place [disc DeveloperMetadataLookup]."""
    mine, other = _box(own), _box(asked)
    if mine is None or other is None or strategy == "EXACT_LOCATION":
        return mine == other
    return _meet(mine, other)


def _kind(one: Mapping[str, Any]) -> str:
    given = [kind for kind in _KINDS if kind in one]
    if len(given) != 1:
        raise invalid("Exactly one kind of data filter must be set.")
    return given[0]


def _box(location: Mapping[str, Any]) -> Box | None:
    """A sheet, row or column; None for the spreadsheet."""
    if lines := location.get("dimensionRange"):
        start, end = lines.get("startIndex", 0), lines.get("endIndex")
        sheet_id = lines.get("sheetId", 0)
        if lines.get("dimension") == "COLUMNS":
            return Box(sheet_id, left=start, right=end)
        return Box(sheet_id, top=start, bottom=end)
    return None if location.get("spreadsheet") else Box(location.get("sheetId", 0))


def _box_of(sheet: Sheet, area: Area) -> Box:
    return Box(sheet.sheet_id, area.top, area.left, area.bottom, area.right)


def _area(workbook: Workbook, box: Box) -> tuple[Sheet, Area]:
    sheet = workbook.sheet(box.sheet_id)
    edge = whole(sheet)
    bottom = edge.bottom if box.bottom is None else box.bottom
    right = edge.right if box.right is None else box.right
    return sheet, Area(box.top or 0, box.left or 0, bottom, right)


def _meet(one: Box, other: Box) -> bool:
    return (
        one.sheet_id == other.sheet_id
        and _overlap((one.top, one.bottom), (other.top, other.bottom))
        and _overlap((one.left, one.right), (other.left, other.right))
    )


def _overlap(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    starts_before = other[1] is None or (one[0] or 0) < other[1]
    return starts_before and (one[1] is None or (other[0] or 0) < one[1])
