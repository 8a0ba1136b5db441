"""The chain of hashes that ties each record to the one before it, and what breaks it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from cchc_gforms.errors import StoreError
from cchc_gforms.events import Event, from_json
from cchc_gforms.store.refusals import BACK

GENESIS: Final = "0" * 64
NO_MOMENT: Final = "mang lúc ghi nhận không phải thời điểm"
NO_EVENT: Final = "có nội dung không phải sự kiện mà chương trình này biết"


def chained(previous: str, event_id: str, observed_at: str, body: str) -> str:
    """64 hex digits: SHA-256 of the record before and what this one says."""
    text = "\n".join((previous, event_id, observed_at, body))
    return hashlib.sha256(text.encode()).hexdigest()


def own_fault(row: Any) -> str | None:
    """Why a row of the table of events is not what was stored, by itself (Vietnamese)."""
    try:
        is_its_own = row.hash == chained(row.previous, row.id, row.observed_at, row.body)
    except TypeError:  # a cell holds no text
        is_its_own = False
    return None if is_its_own else f"bản ghi {row.seq} đã bị sửa"


def link_fault(row: Any, seq: int, previous: str) -> str | None:
    """Why it is not record `seq` after one with the hash `previous`."""
    if row.seq != seq:
        return f"thiếu bản ghi trước bản ghi {row.seq}"
    if row.previous != previous:
        return f"bản ghi {seq} không nối với bản ghi trước"
    return own_fault(row)


def kind_fault(row: Any) -> str | None:
    """Why it would not be found by its kind; the column is no part of the chain."""
    return None if f'"kind":"{row.kind}"' in row.body else _other_column(row, "kind")


def faults(row: Any, seq: int, previous: str) -> Iterator[str]:
    """All that is wrong with a row, whatever it holds: also what a forger who knows the chain
    wrote. The columns outside the chain must say what the body says."""
    name = f"bản ghi {row.seq}"
    if fault := link_fault(row, seq, previous):
        yield fault
    elif moment(row.observed_at) is None:
        yield f"{name} {NO_MOMENT}"
    elif (event := _event(row.body)) is None:
        yield f"{name} {NO_EVENT}"
    elif event.id != row.id:
        yield f"{name} mang mã không phải của nội dung"
    elif fault := kind_fault(row):
        yield fault
    elif row.at != event.at.isoformat():
        yield _other_column(row, "at")


def moment(text: str) -> datetime | None:
    """The time that is written there, if it is one with its zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def damaged(fault: str) -> StoreError:
    """A log that is not what it was: nothing is read from it, nothing added."""
    return StoreError(
        f"sổ sự kiện không còn nguyên vẹn: {fault}",
        f"chạy `cchc store verify` để xem mọi chỗ hỏng; {BACK}",
    )


def _other_column(row: Any, column: str) -> str:
    return f"bản ghi {row.seq} có cột {column} khác với nội dung"


def _event(body: str) -> Event | None:
    try:
        return from_json(body)
    except ValidationError:
        return None
