"""What a harvest has to store of one form, as it is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from cchc_gforms.events import RowChanged
from cchc_gforms.harvester.observe import Source
from cchc_gforms.harvester.responses import Response
from cchc_gforms.harvester.sides import Row
from cchc_gforms.store.notes import Seen, SeenTab

NO_TIME = datetime.min.replace(tzinfo=UTC)
"""Noted of a row in which no time can be read."""


@dataclass(slots=True)
class Outcome:
    """`known` are the responses as they were seen before, `notes` those that are to be noted.

    `responses` and `rows` are to be told as events, each with the sides that have it; `changes` are
    events of what became of rows. `waits`: something is to be looked at again, so the Sheet is not
    done with. `unlinked`: it has no tab there. `doubtful`: rows that only responses which were not
    asked for could explain.
    """

    known: Mapping[str, Seen]
    responses: list[tuple[Response, Source]] = field(default_factory=list)
    rows: list[tuple[str, Row, Source]] = field(default_factory=list)
    changes: list[RowChanged] = field(default_factory=list)
    notes: dict[str, Seen] = field(default_factory=dict)
    forgotten: list[str] = field(default_factory=list)
    tab: SeenTab | None = None
    remarks: list[str] = field(default_factory=list)
    unlinked: bool = False
    waits: bool = False
    doubtful: bool = False

    def seen(self, id: str) -> Seen | None:
        return self.notes.get(id) or self.known.get(id)

    def note(self, seen: Seen, row: Row | None = None) -> None:
        """Notes a response with its row; without, what was noted of its row before stays."""
        before = self.seen(seen.id)
        if row is not None:
            seen = replace(seen, row_at=row.at or NO_TIME, cells=row.noted, gone=False)
        elif before is not None:
            seen = replace(seen, row_at=before.row_at, cells=before.cells, gone=before.gone)
        self._put(seen)

    def note_gone(self, seen: Seen) -> None:
        """Notes that the row of a response is not there any more."""
        self._put(replace(self.seen(seen.id) or seen, gone=True))

    def _put(self, seen: Seen) -> None:
        if seen != self.known.get(seen.id):
            self.notes[seen.id] = seen
