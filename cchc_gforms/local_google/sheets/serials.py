"""Dates as Sheets counts them: days since 1899-12-30, wall clock, no zone (facts C: Serials)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock has no zone


def serial_of(wall: datetime) -> float:
    """The serial of a wall clock without zone; whole days are whole numbers."""
    return (wall - _EPOCH) / timedelta(days=1)


def serial_at(moment: datetime, zone: str) -> float:
    """The serial of a moment as `zone` shows it, to the second."""
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
    return serial_of(wall)


def wall_of(serial: float) -> datetime:
    """The wall clock of a serial, to the millisecond (doubles carry no more)."""
    milliseconds = round(serial * 86_400_000)
    return _EPOCH + timedelta(milliseconds=milliseconds)
