"""Slicers as boxes over the grid: their values to choose among, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_address import Asked
from cchc_gforms.local_google.pages.spreadsheet_filters import slicer_filter, slicers
from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.collation import key_of
from cchc_gforms.local_google.sheets.filtering import passes


@dataclass(frozen=True)
class SlicerView:
    """`options` are texts and whether they are shown; `others` is the rest of the address."""

    row: int
    column: int
    offset_x: int
    offset_y: int
    width: int
    number: str
    title: str
    options: list[tuple[str, bool]]
    others: list[tuple[str, str]]
    reset: str

    @property
    def summary(self) -> str:
        shown = sum(checked for _, checked in self.options)
        return "Tất cả" if shown == len(self.options) else f"{shown} trên {len(self.options)}"


def slicer_views(seen: Shown, asked: Asked) -> list[SlicerView]:
    return [_view(seen, slicer, asked) for slicer in slicers(seen.sheet)]


def _view(seen: Shown, slicer: Mapping[str, Any], asked: Asked) -> SlicerView:
    spec = slicer["spec"]
    overlay = slicer.get("position", {}).get("overlayPosition", {})
    anchor = overlay.get("anchorCell", {})
    area = area_of(seen.sheet, spec["dataRange"])
    column = area.left + spec.get("columnIndex", 0)
    number = str(slicer.get("slicerId", 0))
    rest = {one: values for one, values in asked.slicers.items() if one != number}
    others = Asked(asked.gid, asked.editing, asked.filter_view, rest)
    made = slicer_filter(seen, slicer, asked)
    wanted = made.criteria[column] if made else {}
    rows: dict[str, int] = {}
    for row in range(area.top + 1, area.bottom):
        rows.setdefault(seen.text(row, column), row)
    locale = seen.workbook.locale
    return SlicerView(
        row=anchor.get("rowIndex", 0),
        column=anchor.get("columnIndex", 0),
        offset_x=overlay.get("offsetXPixels", 0),
        offset_y=overlay.get("offsetYPixels", 0),
        width=max(120, overlay.get("widthPixels", 200)),
        number=number,
        title=spec.get("title") or seen.text(area.top, column),
        options=[
            (text, passes(seen, rows[text], column, wanted, area))
            for text in sorted(rows, key=lambda text: key_of(text, locale))
        ],
        others=others.pairs(),
        reset=others.query(),
    )
