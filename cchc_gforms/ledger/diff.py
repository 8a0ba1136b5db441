"""What became of each row between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cchc_gforms.ledger.row import Ledger, Row

_COMPARED: Final = (
    "due", "first_submitted_at", "last_submitted_at", "versions", "approved_at", "timeliness",
    "review", "late_days", "return_count", "exempt", "extension_reason", "marks", "flags",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A row before and after; None where the period was not open. `fields` are those of `Row`."""

    before: Row | None
    after: Row | None
    fields: tuple[str, ...]

    @property
    def row(self) -> Row:
        found = self.after or self.before
        assert found is not None, "a change is of some row"
        return found


def diff(before: Ledger, after: Ledger) -> Iterator[Change]:
    """The rows that differ, in the later ledger's order; what only time moves is left out."""
    earlier = {_key(row): row for row in before.rows}
    for row in after.rows:
        was = earlier.pop(_key(row), None)
        fields = _differing(was, row) if was else ()
        if was is None or fields:
            yield Change(was, row, fields)
    for gone in earlier.values():
        yield Change(gone, None, ())


def _differing(was: Row, now: Row) -> tuple[str, ...]:
    return tuple(name for name in _COMPARED if getattr(was, name) != getattr(now, name))


def _key(row: Row) -> tuple[str, str, str]:
    return row.document, row.period, row.unit.code
