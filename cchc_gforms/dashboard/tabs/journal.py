"""Nhật ký: the event log as people read it, with the proof from which it can be restored."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_gforms.dashboard import looks
from cchc_gforms.dashboard.columns import Kind, Value
from cchc_gforms.dashboard.workbook import Lane, Tab

KEY = "journal"
TITLE = "Nhật ký"
PROOF = 12
"""Columns: all but the events themselves, which may be long; they are proven by the hashes."""
_TIMES = {"Lúc xảy ra", "Lúc ghi nhận"}
_NUMBERS = {"STT", "Phần"}
_WIDTHS = {
    "STT": 60, "Phần": 50, "Lúc xảy ra": 145, "Lúc ghi nhận": 145, "Việc": 110, "Đơn vị": 80,
    "Văn bản": 240, "Kỳ": 150, "Ai": 220,
}  # fmt: skip


def journal(header: Sequence[str], rows: Sequence[tuple[Value, ...]]) -> Tab:
    return Tab(
        key=KEY,
        title=TITLE,
        lanes=tuple(_lane(title) for title in header),
        head=(looks.header(header),),
        body=rows,
        kind="log",
        proof=PROOF,
        frozen_columns=1,
    )


def _lane(title: str) -> Lane:
    kind: Kind = "time" if title in _TIMES else "number" if title in _NUMBERS else "text"
    return looks.lane(_WIDTHS.get(title, 160), kind)
