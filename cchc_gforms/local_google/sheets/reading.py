"""Values out of a sheet: `values.get` and `values.batchGet`."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.sheets import a1
from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.rendering import Renderer, Scalar
from cchc_gforms.local_google.sheets.workbook import Sheet


def rendered(
    sheet: Sheet, area: Area, renderer: Renderer, major: str | None = None
) -> dict[str, Any]:
    """The wire ValueRange of an area; no `values` when all is empty."""
    dimension = "ROWS" if major in {None, "", "DIMENSION_UNSPECIFIED"} else str(major)
    values = _lines(sheet, area, renderer, by_columns=dimension == "COLUMNS")
    answer: dict[str, Any] = {"range": a1.range_name(sheet, area), "majorDimension": dimension}
    return answer | ({"values": values} if values else {})


def _lines(sheet: Sheet, area: Area, renderer: Renderer, *, by_columns: bool) -> list[list[Scalar]]:
    """Trailing empty cells and lines dropped, blank lines between kept as []."""
    lines: dict[int, dict[int, Scalar]] = {}
    for row, cells in sheet.rows.items():
        if not area.top <= row < area.bottom:
            continue
        for column, cell in cells.items():
            if not area.left <= column < area.right:
                continue
            value = renderer.value(cell)
            if value != "":
                across, along = row - area.top, column - area.left
                line, place = (along, across) if by_columns else (across, along)
                lines.setdefault(line, {})[place] = value
    return [_line(lines.get(line, {})) for line in range(max(lines, default=-1) + 1)]


def _line(found: dict[int, Scalar]) -> list[Scalar]:
    return [found.get(place, "") for place in range(max(found, default=-1) + 1)]
