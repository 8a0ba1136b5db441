"""A batch in progress: the spreadsheet being changed, by whom, and what changes need of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import a1
from cchc_gforms.local_google.sheets.areas import Area, area_of, whole
from cchc_gforms.local_google.sheets.identity import Person
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

_BOUNDS = (("startRowIndex", "endRowIndex"), ("startColumnIndex", "endColumnIndex"))


@dataclass(frozen=True)
class Edit:
    """`number` draws a positive int32 for what the caller gave no id; `now` is for formulas."""

    workbook: Workbook
    person: Person
    number: Callable[[], int]
    now: datetime

    def sheet(self, holder: Mapping[str, Any], name: str = "sheetId") -> Sheet:
        return self.workbook.sheet(holder.get(name, 0))

    def area(self, wire: Mapping[str, Any]) -> tuple[Sheet, Area]:
        """A GridRange of a request; what is no range, or reaches off the grid, is refused."""
        sheet = self.sheet(wire)
        for first, last in _BOUNDS:
            start, end = wire.get(first, 0), wire.get(last)
            if start < 0 or (end is not None and end <= start):
                raise invalid(f"{last} must be after {first}.")
        asked = Area(
            wire.get("startRowIndex", 0),
            wire.get("startColumnIndex", 0),
            wire.get("endRowIndex", max(sheet.row_count, wire.get("startRowIndex", 0) + 1)),
            wire.get(
                "endColumnIndex", max(sheet.column_count, wire.get("startColumnIndex", 0) + 1)
            ),
        )
        if not asked.within(whole(sheet)):
            raise a1.off_grid(sheet, asked)
        return sheet, area_of(sheet, wire)

    def editable(self, wire: Mapping[str, Any]) -> tuple[Sheet, Area]:
        """As `area`, and refuses what is protected from this person."""
        sheet, area = self.area(wire)
        check_may_edit(sheet, area, self.person)
        return sheet, area

    def free_id(self, asked: int | None, taken: Iterable[int], taken_text: str) -> int:
        """The id asked for, refused when taken (`{id}` in the text); or a new one."""
        used = set(taken)
        if asked is not None:
            if asked in used:
                raise invalid(taken_text.format(id=asked))
            return int(asked)
        while (drawn := self.number()) in used:
            pass
        return drawn


Change = Callable[[Edit, dict[str, Any]], dict[str, Any]]
"""Applies one request's body and answers its reply; {} where Google replies nothing."""
