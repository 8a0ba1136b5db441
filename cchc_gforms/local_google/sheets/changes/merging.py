"""mergeCells and unmergeCells."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.areas import Area, area_of, wire_of
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.workbook import Sheet


def merge(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Only the first cell of a merged area keeps its value."""
    sheet, area = edit.editable(body.get("range", {}))
    _split(sheet, area)
    for part in _parts(area, body.get("mergeType", "MERGE_ALL")):
        if (part.height, part.width) != (1, 1):
            sheet.listed("merges").append(wire_of(sheet.sheet_id, part))
            _empty_the_rest(sheet, part)
    return {}


def unmerge(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    _split(*edit.editable(body.get("range", {})))
    return {}


def _split(sheet: Sheet, area: Area) -> None:
    """Takes away the merges inside; one that lies half outside is refused."""
    kept = []
    for wire in sheet.listed("merges"):
        merged = area_of(sheet, wire)
        if merged.meets(area) and not merged.within(area):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
        if not merged.meets(area):
            kept.append(wire)
    sheet.resource["merges"] = kept


def _parts(area: Area, kind: str) -> list[Area]:
    match kind:
        case "MERGE_COLUMNS":
            columns = range(area.left, area.right)
            return [Area(area.top, column, area.bottom, column + 1) for column in columns]
        case "MERGE_ROWS":
            rows = range(area.top, area.bottom)
            return [Area(row, area.left, row + 1, area.right) for row in rows]
        case _:
            return [area]


def _empty_the_rest(sheet: Sheet, area: Area) -> None:
    for row, column in area.cells():
        if (row, column) != (area.top, area.left):
            cell = sheet.cell(row, column)
            kept = {name: part for name, part in cell.items() if name != "userEnteredValue"}
            sheet.put(row, column, kept)


CHANGES: dict[str, Change] = {"mergeCells": merge, "unmergeCells": unmerge}
