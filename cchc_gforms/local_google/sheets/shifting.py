"""What follows when cells move: every range, row, column and anchor that names their sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Box:
    """Cells of a sheet, half-open; None where a range is open."""

    sheet_id: int
    top: int | None = None
    left: int | None = None
    bottom: int | None = None
    right: int | None = None


class Rule(Protocol):
    """How cells move."""

    def box(self, box: Box) -> Box | None:
        """Where a range comes to lie; None when nothing of it is left."""

    def anchor(self, box: Box) -> Box:
        """As `box` for a single cell that something hangs on, and that cannot be lost."""


@dataclass(frozen=True, slots=True)
class Move:
    """`count` rows or columns come before `at`; a negative count deletes from `at` on.

    `low` and `high` limit it to a band of the other dimension: only ranges inside follow.
    """

    sheet_id: int
    dimension: str
    at: int
    count: int
    low: int | None = None
    high: int | None = None

    def line(self, index: int) -> int | None:
        """Where a row or column comes to lie; None when it is deleted."""
        if index < self.at:
            return index
        if self.count < 0 and index < self.at - self.count:
            return None
        return index + self.count

    def box(self, box: Box) -> Box | None:
        if box.sheet_id != self.sheet_id:
            return box
        rows = self.dimension == "ROWS"
        band = (box.left, box.right) if rows else (box.top, box.bottom)
        if not _inside(band, (self.low, self.high)):
            return box
        start, end = (box.top, box.bottom) if rows else (box.left, box.right)
        start = None if start is None else self.start(start)
        end = None if end is None else self.end(end)
        if end is not None and (start or 0) >= end:
            return None
        if rows:
            return replace(box, top=start, bottom=end)
        return replace(box, left=start, right=end)

    def anchor(self, box: Box) -> Box:
        """What hung on a deleted cell hangs on the one that took its place."""
        if moved := self.box(box):
            return moved
        if self.dimension == "ROWS":
            return replace(box, top=self.at, bottom=self.at + 1)
        return replace(box, left=self.at, right=self.at + 1)

    def start(self, index: int) -> int:
        moved = self.line(index)
        return self.at if moved is None else moved

    def end(self, index: int) -> int:
        """An end (left out of its range) stays with the last line inside."""
        if index == 0:
            return 0
        moved = self.line(index - 1)
        return self.at if moved is None else moved + 1


@dataclass(frozen=True, slots=True)
class Relocation:
    """What lies wholly in `source` comes to lie further down and across, or on another sheet."""

    source: Box
    sheet_id: int
    down: int
    across: int

    def box(self, box: Box) -> Box:
        rows = _inside((box.top, box.bottom), (self.source.top, self.source.bottom))
        columns = _inside((box.left, box.right), (self.source.left, self.source.right))
        if box.sheet_id != self.source.sheet_id or not (rows and columns):
            return box
        return Box(
            self.sheet_id,
            None if box.top is None else box.top + self.down,
            None if box.left is None else box.left + self.across,
            None if box.bottom is None else box.bottom + self.down,
            None if box.right is None else box.right + self.across,
        )

    def anchor(self, box: Box) -> Box:
        """What hangs on a cell goes with its whole row or column, not with the cell alone."""
        lines = {(self.source.top, self.source.bottom), (self.source.left, self.source.right)}
        return self.box(box) if (None, None) in lines else box


@dataclass(frozen=True, slots=True)
class SheetGone:
    """A sheet is deleted with all that lies on it."""

    sheet_id: int

    def box(self, box: Box) -> Box | None:
        return None if box.sheet_id == self.sheet_id else box

    def anchor(self, box: Box) -> Box:
        return box


@dataclass(frozen=True, slots=True)
class Rehomed:
    """A copy of a sheet, under another id; `others_gone` in another spreadsheet."""

    sheet_id: int
    new_id: int
    others_gone: bool

    def box(self, box: Box) -> Box | None:
        if box.sheet_id == self.sheet_id:
            return replace(box, sheet_id=self.new_id)
        return None if self.others_gone else box

    def anchor(self, box: Box) -> Box:
        return replace(box, sheet_id=self.new_id)


class _Gone:
    """Nothing of the range is left."""


GONE = _Gone()

_FIELDS = {
    "startRowIndex": "top",
    "startColumnIndex": "left",
    "endRowIndex": "bottom",
    "endColumnIndex": "right",
}
_NEEDED = ("range", "dimensionRange", "dataRange", "spec", "location")
_LINES = {"ROWS": ("top", "bottom"), "COLUMNS": ("left", "right")}


def moved(value: Any, rule: Rule, formula: Callable[[str], str], key: str = "") -> Any:
    """A stored part with its ranges moved and its formulas rewritten. What is lost is GONE."""
    if isinstance(value, list):
        kept = (moved(item, rule, formula, key) for item in value)
        return [item for item in kept if item is not GONE]
    if isinstance(value, str):
        return formula(value) if key in {"userEnteredValue", "formulaValue"} else value
    if not isinstance(value, dict):
        return value
    if "sheetId" in value:
        return _moved_place(value, rule, key)
    made = {name: moved(item, rule, formula, name) for name, item in value.items()}
    emptied = value.get("ranges") and made.get("ranges") == []
    if emptied or any(made.get(name) is GONE for name in _NEEDED):
        return GONE
    return {name: item for name, item in made.items() if item is not GONE}


def box_of(wire: dict[str, Any]) -> Box:
    """A GridRange."""
    return Box(wire["sheetId"], **{field: wire.get(name) for name, field in _FIELDS.items()})


def _moved_place(value: dict[str, Any], rule: Rule, key: str) -> Any:
    """A GridRange, DimensionRange or GridCoordinate."""
    if key == "anchorCell":
        return _moved_anchor(value, rule)
    if "dimension" not in value:
        box = rule.box(box_of(value))
        return GONE if box is None else _with_ends(value, box, _FIELDS)
    first, last = _LINES[value["dimension"]]
    names = {"startIndex": first, "endIndex": last}
    ends = {field: value.get(name) for name, field in names.items()}
    box = rule.box(Box(value["sheetId"], **ends))
    return GONE if box is None else _with_ends(value, box, names)


def _moved_anchor(value: dict[str, Any], rule: Rule) -> dict[str, Any]:
    row, column = value.get("rowIndex", 0), value.get("columnIndex", 0)
    box = rule.anchor(Box(value["sheetId"], row, column, row + 1, column + 1))
    return {**value, "sheetId": box.sheet_id, "rowIndex": box.top, "columnIndex": box.left}


def _with_ends(value: dict[str, Any], box: Box, names: dict[str, str]) -> dict[str, Any]:
    """The ends that the range has; an open end stays open."""
    ends = {name: getattr(box, field) for name, field in names.items() if name in value}
    return {**value, "sheetId": box.sheet_id, **ends}


def _inside(ends: Bounds, limits: Bounds) -> bool:
    low = limits[0] is None or (ends[0] is not None and ends[0] >= limits[0])
    return low and (limits[1] is None or (ends[1] is not None and ends[1] <= limits[1]))
