"""Times as Google writes them; inside, microseconds since the epoch (UTC)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_us(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_us(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)


def rfc3339_ms(us: int) -> str:
    """Milliseconds, cut off, as createTime has them (facts 4.6)."""
    return from_us(us).strftime("%Y-%m-%dT%H:%M:%S.") + f"{us // 1000 % 1000:03d}Z"


def rfc3339_us(us: int) -> str:
    """Microseconds, as lastSubmittedTime has them (facts 4.6)."""
    return from_us(us).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
