"""Days and times for people: dd/MM/yyyy, in the regime's zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else ""


def long_time(value: datetime | None, zone: ZoneInfo) -> str:
    """To the second, in `zone`; empty for None."""
    return value.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S") if value else ""
