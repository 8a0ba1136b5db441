"""What the spreadsheet is now, as far as a publish needs to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

DIGEST: Final = "cchc_digest"
"""Key of the developer metadata that holds the digest of a tab's content."""

BEGUN: Final = "begun"
"""In the digest's place while the tab's new rows are still being gathered in a sheet beside it."""

Row = Sequence[object]
"""Values of cells: texts, numbers, ticks, FORMULA for any formula, None for nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A tab as it is. Without cells read, `rows` is empty."""

    id: int
    title: str
    index: int
    hidden: bool = False
    grid: Mapping[str, Any] = field(default_factory=dict)
    merged: bool = False
    lines_hidden: bool = False  # rows or columns, by a person
    rules: Sequence[str] = ()  # kinds of conditions
    filtered: bool = False
    filter_in_use: bool = False  # it leaves rows out
    views: frozenset[int] = frozenset()
    charts: frozenset[int] = frozenset()
    slicers: frozenset[int] = frozenset()
    protections: Mapping[int, bool] = field(default_factory=dict)  # whether it only warns
    digest: str = ""
    digest_id: int | None = None
    rows: Sequence[Row] = ()

    @property
    def is_finished(self) -> bool:
        """Whether the last publish that wrote it came to its end; if not, it may have left a sheet
        behind."""
        return self.digest not in ("", BEGUN)


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """`tabs` are those that were asked for, or all (`is_whole`); `is_new`: nobody saw it yet."""

    properties: Mapping[str, Any]
    tabs: Mapping[int, Standing]
    is_whole: bool = False
    is_new: bool = False


BRAND_NEW: Final = Spreadsheet({}, {0: Standing(0, "", 0)}, is_whole=True, is_new=True)
"""With the one empty tab that Google makes."""
