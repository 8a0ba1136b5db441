"""The chain of hashes that ties each record to the one before it, and what breaks it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from cchc_gforms.events import Event, from_json

GENESIS: Final = "0" * 64
_TEXTS = ("id", "kind", "at", "observed_at", "body", "previous", "hash")


def chained(previous: str, event_id: str, observed_at: str, body: str) -> str:
    """64 hex digits: SHA-256 of the record before and what this one says."""
    text = "\n".join((previous, event_id, observed_at, body))
    return hashlib.sha256(text.encode()).hexdigest()


def faults(row: Any, previous: str) -> Iterator[str]:
    """What is wrong with a row of the table of events (Vietnamese), whatever it holds; `previous`
    is the hash of the row before it. The columns outside the chain must say what the body says."""
    name = f"bản ghi {row.seq}"
    if not all(isinstance(getattr(row, column), str) for column in _TEXTS):
        yield f"{name} đã bị sửa"
    elif row.previous != previous:
        yield f"{name} không nối với bản ghi trước"
    elif row.hash != chained(previous, row.id, row.observed_at, row.body):
        yield f"{name} đã bị sửa"
    elif not _is_moment(row.observed_at):
        yield f"{name} mang lúc ghi nhận không phải thời điểm"
    elif (event := _event(row.body)) is None:
        yield f"{name} có nội dung không phải sự kiện mà chương trình này biết"
    elif event.id != row.id:
        yield f"{name} mang mã không phải của nội dung"
    else:
        told = {"kind": event.kind, "at": event.at.isoformat()}
        for column, value in told.items():
            if getattr(row, column) != value:
                yield f"{name} có cột {column} khác với nội dung"


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _event(body: str) -> Event | None:
    try:
        return from_json(body)
    except ValidationError:
        return None
