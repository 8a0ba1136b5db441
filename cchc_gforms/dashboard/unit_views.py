"""What each unit sees of the ledger: a spreadsheet of its own rows. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator
from dataclasses import dataclass

from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.tabs.own import own, undated
from cchc_gforms.dashboard.workbook import Tab, Workbook
from cchc_gforms.regime.roster import Roster


@dataclass(frozen=True, slots=True)
class UnitView:
    """`readers` are the unit's addresses in units.csv, none once it is no longer valid; `digest`
    stands for all that is to be seen but the moment as of which it is."""

    code: str
    name: str
    readers: tuple[str, ...]
    workbook: Workbook
    digest: str


def unit_views(now: Situation, wanted: Container[str] | None = None) -> Iterator[UnitView]:
    """Of every unit that owes anything, by code; or of those codes."""
    readers = _readers(now.year.roster, now)
    for code, (unit, rows) in now.units.items():
        if wanted is not None and code not in wanted:
            continue
        tab = own(unit, rows.values(), now)
        title = f"{now.year.regime.name} {now.year.year.year} – {unit.name} ({code})"
        book = Workbook(title, now.year.regime.timezone, (tab,))
        yield UnitView(code, unit.name, readers.get(code, ()), book, _digest(title, tab))


def _readers(roster: Roster, now: Situation) -> dict[str, tuple[str, ...]]:
    return {unit.code: unit.emails for unit in roster.on(now.today)}


def _digest(title: str, tab: Tab) -> str:
    """32 hex digits."""
    return hashlib.sha256(repr((title, undated(tab))).encode("utf-8", "replace")).hexdigest()[:32]
