"""A reference as written in a formula: `$A$1`, `B2:C`, `A:A`, `2:5`, `'Sổ theo dõi'!B2:B`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from cchc_gforms.local_google.sheets.a1 import column_index, column_letters, quoted
from cchc_gforms.local_google.sheets.areas import Area

_CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([1-9][0-9]*)?")


class Moving(Protocol):
    """Where the lines of one dimension of a sheet come to lie; see `shifting.Move`."""

    @property
    def dimension(self) -> str: ...
    def line(self, index: int) -> int | None: ...
    def start(self, index: int) -> int: ...
    def end(self, index: int) -> int: ...


@dataclass(frozen=True, slots=True)
class Corner:
    """Indexes from 0; None where the corner is open. A fixed one carries a `$`."""

    row: int | None
    column: int | None
    fixed_row: bool = False
    fixed_column: bool = False

    @property
    def text(self) -> str:
        column = "" if self.column is None else column_letters(self.column)
        row = "" if self.row is None else str(self.row + 1)
        return f"{'$' * self.fixed_column}{column}{'$' * self.fixed_row}{row}"

    def index(self, dimension: str) -> int | None:
        return self.row if dimension == "ROWS" else self.column

    def at(self, dimension: str, index: int | None) -> Corner:
        if dimension == "ROWS":
            return replace(self, row=index)
        return replace(self, column=index)

    def offset(self, rows: int, columns: int) -> Corner | None:
        """Copied so many lines down and to the right; None off the grid's top or left."""
        row = self.row if self.row is None or self.fixed_row else self.row + rows
        column = self.column if self.column is None or self.fixed_column else self.column + columns
        if (row or 0) < 0 or (column or 0) < 0:
            return None
        return replace(self, row=row, column=column)


@dataclass(frozen=True, slots=True)
class Reference:
    """One cell (`last` is None) or the cells between two corners. `prefix` ends with `!`."""

    prefix: str
    first: Corner
    last: Corner | None = None

    @property
    def title(self) -> str | None:
        """The tab's title; None for the tab that the formula is on."""
        bare = self.prefix[:-1]
        if bare.startswith("'"):
            return bare[1:-1].replace("''", "'")
        return bare or None

    @property
    def text(self) -> str:
        last = "" if self.last is None else f":{self.last.text}"
        return f"{self.prefix}{self.first.text}{last}"

    def on(self, title: str) -> Reference:
        """The same cells of another tab."""
        return replace(self, prefix=f"{quoted(title)}!")

    def area(self, rows: int, columns: int) -> Area:
        """The cells on a grid of this size; of no height or width where it lies beyond."""
        last = self.last or self.first
        top, bottom = _ends(self.first.row, last.row, rows)
        left, right = _ends(self.first.column, last.column, columns)
        return Area(top, left, min(bottom, rows), min(right, columns))

    def moved(self, move: Moving) -> Reference | None:
        """After lines came, went or moved; None when nothing is left of it."""
        dimension = move.dimension
        start = self.first.index(dimension)
        if self.last is None:
            line = None if start is None else move.line(start)
            return None if line is None else replace(self, first=self.first.at(dimension, line))
        end = self.last.index(dimension)
        if start is None or end is None:
            return self._open_end_moved(move)
        low, high = move.start(min(start, end)), move.end(max(start, end) + 1) - 1
        if low > high:
            return None
        first, last = (low, high) if start <= end else (high, low)
        return replace(
            self, first=self.first.at(dimension, first), last=self.last.at(dimension, last)
        )

    def offset(self, rows: int, columns: int) -> Reference | None:
        """As a copy of its formula so many lines away writes it; None off the grid."""
        first = self.first.offset(rows, columns)
        last = None if self.last is None else self.last.offset(rows, columns)
        if first is None or (last is None) != (self.last is None):
            return None
        return replace(self, first=first, last=last)

    def _open_end_moved(self, move: Moving) -> Reference:
        """What reaches to the edge always has something left."""
        assert self.last is not None
        start, end = self.first.index(move.dimension), self.last.index(move.dimension)
        first = None if start is None else move.start(start)
        last = None if end is None else move.start(end)
        return replace(
            self,
            first=self.first.at(move.dimension, first),
            last=self.last.at(move.dimension, last),
        )


@lru_cache(maxsize=4096)
def reference_of(text: str) -> Reference:
    """The reference of a token of that kind."""
    prefix, mark, cells = text.rpartition("!")
    first, colon, last = cells.partition(":")
    return Reference(prefix + mark, _corner(first), _corner(last) if colon else None)


def _corner(text: str) -> Corner:
    match = _CORNER.fullmatch(text)
    assert match is not None
    fixed, letters, fixed_row, digits = match.groups()
    if letters is None:
        fixed, fixed_row = "", fixed or fixed_row
    column = None if letters is None else column_index(letters)
    return Corner(int(digits) - 1 if digits else None, column, bool(fixed_row), bool(fixed))


def _ends(start: int | None, end: int | None, size: int) -> tuple[int, int]:
    """Half-open; an open end reaches the edge."""
    if start is None or end is None:
        return (start if start is not None else end) or 0, size
    return min(start, end), max(start, end) + 1
