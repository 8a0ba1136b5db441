"""News items by unit and calendar quarter (R33, A21): counted, and never late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cchc_gforms.events import Event
from cchc_gforms.ledger.due import local_date

Quarters = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class News:
    """`by_unit` has every unit asked for; `unknown` counts the items that name none of them."""

    by_unit: dict[str, Quarters]
    unknown: int


def count_news(
    events: Iterable[Event], units: Collection[str], *, year: int, zone: ZoneInfo, as_of: datetime
) -> News:
    """The items of a calendar year up to `as_of` (aware), each once (L18, L19)."""
    items = {event.id: event for event in events if event.kind == "news_item" and event.at <= as_of}
    seen: Counter[tuple[str | None, int]] = Counter()
    for item in items.values():
        day = local_date(item.at, zone)
        if day.year == year:
            seen[item.unit_code if item.unit_code in units else None, _quarter(day)] += 1
    by_unit = {code: tuple(seen[code, q] for q in range(1, 5)) for code in units}
    unknown = sum(seen[None, q] for q in range(1, 5))
    return News({code: (q[0], q[1], q[2], q[3]) for code, q in by_unit.items()}, unknown)


def _quarter(day: date) -> int:
    return (day.month + 2) // 3
