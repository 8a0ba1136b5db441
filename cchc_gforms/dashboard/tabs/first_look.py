"""What a leader asks first thing in the morning, each answer a way to its tab."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cchc_gforms.dashboard import palette
from cchc_gforms.dashboard.counts import assessed
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.tabs import anomalies, missing, waiting
from cchc_gforms.dashboard.workbook import Cell, Jump, Style
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.row import Row
from cchc_gforms.ledger.waiting import waiting_since

_WAY = Style(bold=True, colour=palette.LINK)
_NAMES = 125  # characters that find room beside


def first_look(now: Situation) -> Iterator[list[Cell]]:
    """Who is overdue, what waits the longest, what counts for nothing."""
    overdue = Counter(row.unit.name for row in now.ledger.rows if row.timeliness == "missing")
    said = f"{missing.TITLE}: {overdue.total()} văn bản quá hạn của {len(overdue)} đơn vị"
    yield _line(missing.KEY, said, _named(overdue, "đơn vị"))
    waits = [row for row in now.ledger.rows if waiting_since(row)]
    yield _line(
        waiting.KEY, f"{waiting.TITLE}: {len(waits)} văn bản", "; ".join(_waits(waits, now))
    )
    kinds = Counter(labels.ANOMALY[one.kind] for one in now.ledger.anomalies)
    if astray := len(now.notes.astray):
        kinds["Ghi chú không thuộc dòng nào"] = astray
    said = f"{anomalies.TITLE}: {kinds.total()} điều không tính vào sổ"
    yield _line(anomalies.KEY, said, _named(kinds, "loại"))


def _line(tab: str, said: str, beside: str) -> list[Cell]:
    return [Cell(Jump(f"→ {said}", tab), _WAY), Cell(beside or None)]


def _named(counted: Counter[str], what: str) -> str:
    """As many names as find room, the most frequent first, with how often where more than once."""
    names = [f"{name} ({n})" if n > 1 else name for name, n in counted.most_common()]
    shown: list[str] = []
    while names and len("; ".join([*shown, names[0]])) <= _NAMES:
        shown.append(names.pop(0))
    return "; ".join([*shown, f"và {len(names)} {what} nữa"] if names else shown)


def _waits(rows: Sequence[Row], now: Situation) -> Iterator[str]:
    """The one that waits the longest of those that somebody is held to (L11); what is not among the
    figures below."""
    held = assessed(rows)
    dated = [(since, row.unit.code, row) for row in held if (since := waiting_since(row))]
    if dated:
        since, _, row = min(dated, key=lambda one: one[:2])
        label = now.labels[row.document, row.period]
        day = since.astimezone(now.year.zone)
        yield f"Lâu nhất: {row.unit.name}, {label}, từ {day:%d/%m/%Y}"
    if strange := sum(row.review == "quarantined" for row in rows):
        yield f"{strange} chờ xác nhận địa chỉ"
    if beside := len(rows) - len(held):
        yield f"{beside} không xét hạn"
