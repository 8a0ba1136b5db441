"""A year with a few events written by hand, and its dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from cchc_gforms.dashboard.build import build
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.workbook import Tab, Workbook
from cchc_gforms.events import Decided, Event, VersionSeen
from cchc_gforms.ledger.book import read
from cchc_gforms.regime.load import load
from cchc_gforms.regime.openings import openings
from tests.office import SPECS

YEAR = load(SPECS, 2022)
OPENED = openings(YEAR, datetime(2022, 2, 17, tzinfo=UTC))
AS_OF = datetime(2022, 6, 10, 2, tzinfo=UTC)
HOSTILE = '=IMPORTXML("http://example.org";"//a")'


def submitted(unit: str, moment: datetime, *flags: str, email: str = "") -> Event:
    return VersionSeen(
        at=moment, form_id="F", response_id=f"R-{unit}", document="periodic_report",
        period="2022-h1", claimed_unit=unit, unit_code=unit, flags=flags,
        email=email or f"{unit.lower()}@truong.example",
    )  # fmt: skip


def returned(unit: str, moment: datetime, reason: str) -> Event:
    return Decided(
        at=moment, form_id="P", response_id=f"D-{unit}", action="return",
        document="periodic_report", period="2022-h1", claimed_unit=unit, unit_code=unit,
        reviewer="duyet1@phonggd.example", reason=reason,
    )  # fmt: skip


FEW: tuple[Event, ...] = (
    submitted("MN01", datetime(2022, 6, 3, 16, 59, 59, 999000, tzinfo=UTC)),
    submitted("MN02", datetime(2022, 6, 3, 17, 0, 1, tzinfo=UTC), "Câu 1: sai", "Câu 2: sai"),
    returned("MN01", datetime(2022, 6, 5, 3, tzinfo=UTC), HOSTILE),
)
"""MN01 on time and returned, MN02 a second late and waiting; all others owe their report."""


def situation(events: Sequence[Event] = FEW, as_of: datetime = AS_OF, **more: Any) -> Situation:
    return Situation(read([*OPENED, *events], YEAR, as_of), YEAR, as_of, **more)


def workbook(events: Sequence[Event] = FEW, as_of: datetime = AS_OF, **more: Any) -> Workbook:
    return build(situation(events, as_of, **more))


def tab(book: Workbook, key: str) -> Tab:
    return next(tab for tab in book.tabs if tab.key == key)


def head(tab: Tab, row: int) -> list[Any]:
    return [cell.value for cell in tab.head[row]]


def lines(tab: Tab) -> list[dict[str, Any]]:
    """The rows of the body by the titles of the last row of the head."""
    titles = head(tab, -1)
    return [dict(zip(titles, row, strict=True)) for row in tab.body]
