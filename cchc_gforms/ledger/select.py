"""Some rows of a ledger: by document, period, unit, level of school, status."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from cchc_gforms.ledger.row import InShort

Some = TypeVar("Some", bound=InShort)


@dataclass(frozen=True, slots=True)
class Selection:
    """Each is a set of ids, empty for all; a period also goes by its kind: "h1" for "2022-h1".

    A status is a word of `Timeliness` or of `Review`.
    """

    documents: Collection[str] = ()
    periods: Collection[str] = ()
    units: Collection[str] = ()
    levels: Collection[str] = ()
    statuses: Collection[str] = ()

    def of(self, rows: Iterable[Some]) -> tuple[Some, ...]:
        return tuple(row for row in rows if self.has(row))

    def has(self, row: InShort) -> bool:
        return (
            _among(self.documents, row.document)
            and _among(self.periods, row.period, row.period.partition("-")[2])
            and _among(self.units, row.unit.code)
            and _among(self.levels, row.unit.level)
            and _among(self.statuses, row.timeliness, row.review)
        )


def _among(asked: Collection[str], *words: str) -> bool:
    return not asked or any(word in asked for word in words)
