"""Slicers as boxes over the grid: their values to choose among, and where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_address import Asked
from cchc_gforms.local_google.pages.spreadsheet_filters import passes, slicer_filter, slicers
from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.rendering import formatted
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet


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


def _alphabetical(text: str) -> str:
    """Letters before their marks, đ beside d."""
    return unicodedata.normalize("NFD", text.casefold().replace("đ", "d\u0335"))


def slicer_views(sheet: Sheet, asked: Asked, locale: Locale) -> list[SlicerView]:
    return [_view(sheet, slicer, asked, locale) for slicer in slicers(sheet)]


def _view(sheet: Sheet, slicer: Mapping[str, Any], asked: Asked, locale: Locale) -> SlicerView:
    spec = slicer["spec"]
    overlay = slicer.get("position", {}).get("overlayPosition", {})
    anchor = overlay.get("anchorCell", {})
    area = area_of(sheet, spec["dataRange"])
    column = area.left + spec.get("columnIndex", 0)
    number = str(slicer.get("slicerId", 0))
    rest = {one: values for one, values in asked.slicers.items() if one != number}
    others = Asked(asked.gid, asked.editing, asked.filter_view, rest)
    made = slicer_filter(sheet, slicer, asked)
    wanted = made.criteria[column] if made else {}
    cells: dict[str, Cell] = {}
    for row in range(area.top + 1, area.bottom):
        cell = sheet.cell(row, column)
        cells.setdefault(formatted(cell, locale), cell)
    return SlicerView(
        row=anchor.get("rowIndex", 0),
        column=anchor.get("columnIndex", 0),
        offset_x=overlay.get("offsetXPixels", 0),
        offset_y=overlay.get("offsetYPixels", 0),
        width=max(120, overlay.get("widthPixels", 200)),
        number=number,
        title=spec.get("title") or formatted(sheet.cell(area.top, column), locale),
        options=[
            (text, passes(cells[text], wanted, locale)) for text in sorted(cells, key=_alphabetical)
        ],
        others=others.pairs(),
        reset=others.query(),
    )
