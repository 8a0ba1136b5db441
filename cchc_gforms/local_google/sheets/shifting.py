"""What moves when rows or columns are inserted or deleted: every range that names the sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_ENDS = {
    "ROWS": ("startRowIndex", "endRowIndex", "rowIndex"),
    "COLUMNS": ("startColumnIndex", "endColumnIndex", "columnIndex"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """`count` rows or columns are inserted before `at`; a negative count deletes from `at` on."""

    sheet_id: int
    dimension: str
    at: int
    count: int

    def line(self, index: int) -> int | None:
        """Where a row or column comes to lie; None when it is deleted."""
        if index < self.at:
            return index
        if self.count < 0 and index < self.at - self.count:
            return None
        return index + self.count

    def start(self, index: int) -> int:
        moved = self.line(index)
        return self.at if moved is None else moved

    def end(self, index: int) -> int:
        """An end (left out of its range) stays with the last line inside."""
        if index == 0:
            return 0
        moved = self.line(index - 1)
        return self.at if moved is None else moved + 1


def moved(value: Any, move: Move) -> Any:
    """A stored part with its ranges moved. What lay wholly on deleted lines is GONE."""
    if isinstance(value, list):
        kept = (moved(item, move) for item in value)
        return [item for item in kept if item is not GONE]
    if not isinstance(value, dict):
        return value
    if value.get("sheetId") == move.sheet_id:
        value = _moved_range(value, move)
        if value is GONE:
            return GONE
    made = {name: moved(item, move) for name, item in value.items()}
    emptied = made.get("range") is GONE or (value.get("ranges") and made.get("ranges") == [])
    if emptied or made.get("dimensionRange") is GONE:
        return GONE
    return {name: item for name, item in made.items() if item is not GONE}


class _Gone:
    """Nothing of the range is left."""


GONE = _Gone()


def _moved_range(value: dict[str, Any], move: Move) -> Any:
    start, end, single = _ENDS[move.dimension]
    if value.get("dimension") == move.dimension:
        start, end = "startIndex", "endIndex"
    made = dict(value)
    _move_one(made, start, move.start)
    _move_one(made, end, move.end)
    _move_one(made, single, move.start)
    if start in made and end in made and made[start] >= made[end]:
        return GONE
    return made


def _move_one(made: dict[str, Any], name: str, to: Callable[[int], int]) -> None:
    if name in made:
        made[name] = to(made[name])
