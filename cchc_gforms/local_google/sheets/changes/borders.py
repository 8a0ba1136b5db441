"""updateBorders."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.workbook import Sheet

_WIDTHS = {"SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Sides that are not given stay as they are; the style NONE takes a border away."""
    sheet, area = edit.editable(body.get("range", {}))
    for row, column in area.cells():
        sides = {
            side: body[name] for side, name in _sides(area, row, column).items() if name in body
        }
        if sides:
            _draw(sheet, row, column, sides)
    return {}


def _sides(area: Area, row: int, column: int) -> dict[str, str]:
    """Which border of the request each side of a cell takes."""
    return {
        "top": "top" if row == area.top else "innerHorizontal",
        "bottom": "bottom" if row == area.bottom - 1 else "innerHorizontal",
        "left": "left" if column == area.left else "innerVertical",
        "right": "right" if column == area.right - 1 else "innerVertical",
    }


def _draw(sheet: Sheet, row: int, column: int, sides: dict[str, dict[str, Any]]) -> None:
    cell = dict(sheet.cell(row, column))
    style = dict(cell.get("userEnteredFormat", {}))
    borders = dict(style.get("borders", {}))
    for side, border in sides.items():
        if border.get("style", "NONE") == "NONE":
            borders.pop(side, None)
        else:
            black: dict[str, Any] = {"color": {}, "colorStyle": {"rgbColor": {}}}
            borders[side] = black | border | {"width": _WIDTHS.get(border["style"], 1)}
    style["borders"] = borders
    if not borders:
        del style["borders"]
    cell["userEnteredFormat"] = style
    if not style:
        del cell["userEnteredFormat"]
    sheet.put(row, column, cell)


CHANGES: dict[str, Change] = {"updateBorders": update}
