"""Rectangles of cells: GridRange on the wire, half-open indexes inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.sheets.workbook import Sheet


@dataclass(frozen=True, slots=True)
class Area:
    """Rows `top` to `bottom` and columns `left` to `right`, from 0, the ends left out."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def cells(self) -> Iterator[tuple[int, int]]:
        for row in range(self.top, self.bottom):
            for column in range(self.left, self.right):
                yield row, column

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: Area) -> bool:
        rows = self.top < other.bottom and other.top < self.bottom
        return rows and self.left < other.right and other.left < self.right

    def within(self, other: Area) -> bool:
        rows = other.top <= self.top and self.bottom <= other.bottom
        return rows and other.left <= self.left and self.right <= other.right

    def joined(self, other: Area) -> Area:
        """The smallest area that holds both."""
        return Area(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )

    def clipped(self, other: Area) -> Area:
        return Area(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )


def whole(sheet: Sheet) -> Area:
    return Area(0, 0, sheet.row_count, sheet.column_count)


def area_of(sheet: Sheet, wire: Mapping[str, Any]) -> Area:
    """The part of a GridRange that lies on the sheet; open ends reach its edge."""
    asked = Area(
        wire.get("startRowIndex", 0),
        wire.get("startColumnIndex", 0),
        wire.get("endRowIndex", sheet.row_count),
        wire.get("endColumnIndex", sheet.column_count),
    )
    return asked.clipped(whole(sheet))


def wire_of(sheet_id: int, area: Area) -> dict[str, int]:
    """A closed GridRange, its sheet named."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }
