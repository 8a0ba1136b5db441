"""Where copies of a range come to lie, and the conditional formats that go with them."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.sheets.areas import Area, area_of, wire_of
from cchc_gforms.local_google.sheets.workbook import Sheet


def tiles(source: Area, area: Area, *, turned: bool = False) -> list[Area]:
    """The copies of `source` that fill `area`."""
    height, width = (source.width, source.height) if turned else (source.height, source.width)
    return [
        Area(top, left, top + height, left + width)
        for top in range(area.top, area.bottom, height)
        for left in range(area.left, area.right, width)
    ]


def placed(part: Area, source: Area, area: Area, *, turned: bool = False) -> list[Area]:
    """A part of `source` in each of its copies."""
    top, left = part.top - source.top, part.left - source.left
    height, width = part.height, part.width
    if turned:
        top, left, height, width = left, top, width, height
    return [
        Area(tile.top + top, tile.left + left, tile.top + top + height, tile.left + left + width)
        for tile in tiles(source, area, turned=turned)
    ]


def paste(sheet: Sheet, source: Area, target: Sheet, area: Area, *, turned: bool) -> None:
    """Rules of the source hold for its copies too, and those that held there do no more."""
    found = [
        (rule, parts)
        for rule in sheet.listed("conditionalFormats")
        if (parts := _parts(sheet, rule, source))
    ]
    wanted: list[tuple[dict[str, Any], list[Area]]] = []
    for rule, parts in found:
        whole_source = any(source.within(part) for part in parts)
        held = [area] if whole_source else _copies(parts, source, area, turned=turned)
        wanted.append((rule, held))
    for rule in target.listed("conditionalFormats"):
        _take_out(target, rule, area)
    for rule, held in wanted:
        _give(sheet, rule, target, held)
    rules = target.listed("conditionalFormats")
    target.resource["conditionalFormats"] = [rule for rule in rules if rule["ranges"]]


def _parts(sheet: Sheet, rule: dict[str, Any], source: Area) -> list[Area]:
    areas = [area_of(sheet, wire) for wire in rule["ranges"]]
    return [area.clipped(source) for area in areas if area.meets(source)]


def _copies(parts: list[Area], source: Area, area: Area, *, turned: bool) -> list[Area]:
    return [copy for part in parts for copy in placed(part, source, area, turned=turned)]


def _take_out(sheet: Sheet, rule: dict[str, Any], hole: Area) -> None:
    """Ranges that meet the hole are cut into the parts around it."""
    kept: list[dict[str, Any]] = []
    for wire in rule["ranges"]:
        area = area_of(sheet, wire)
        if not area.meets(hole):
            kept.append(wire)
        else:
            kept += [wire_of(sheet.sheet_id, part) for part in _around(area, hole.clipped(area))]
    rule["ranges"] = kept


def _around(area: Area, hole: Area) -> list[Area]:
    parts = [
        Area(area.top, area.left, hole.top, area.right),
        Area(hole.top, area.left, hole.bottom, hole.left),
        Area(hole.top, hole.right, hole.bottom, area.right),
        Area(hole.bottom, area.left, area.bottom, area.right),
    ]
    return [part for part in parts if part.height > 0 and part.width > 0]


def _give(sheet: Sheet, rule: dict[str, Any], target: Sheet, held: list[Area]) -> None:
    wires = [wire_of(target.sheet_id, area) for area in held]
    if target is sheet:
        rule["ranges"] += wires
    else:
        target.listed("conditionalFormats").append({**rule, "ranges": wires})
