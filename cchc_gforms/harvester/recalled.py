"""What was seen before, as far as the log tells it: for a log that came back without its notes,
from the dashboard's tab or in another database. Pure.

Else the first harvest after that would take a row typed over for another submission, where only the
Sheet is read, and tell again what people did to rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from cchc_gforms.events import (
    Entry,
    Event,
    NewsItem,
    RowChanged,
    RowEdited,
    RowVanished,
    Unreadable,
    VersionSeen,
)
from cchc_gforms.harvester.cells import Cells, digest
from cchc_gforms.harvester.columns import EMAIL, TIME
from cchc_gforms.harvester.observe import ROW
from cchc_gforms.harvester.outcome import NO_TIME
from cchc_gforms.harvester.sheet import normal
from cchc_gforms.store.notes import Seen, written

_NO_ROW: Final = ("api_only", "forms")
_Sent = VersionSeen | NewsItem | Entry | Unreadable


def recalled(events: Iterable[Event], cells: Mapping[str, Cells]) -> dict[str, dict[str, Seen]]:
    """What the notes would say of each form (by id) whose `cells` are given, by response."""
    found = {form_id: _Recalled(some) for form_id, some in cells.items()}
    for event in events:
        if isinstance(event, _Sent) and event.form_id in found:
            found[event.form_id].sent(event)
        elif isinstance(event, RowChanged) and event.form_id in found:
            found[event.form_id].changed(event)
    return {form_id: one.seen for form_id, one in found.items()}


class _Recalled:
    """Of one form, event by event as they were stored."""

    def __init__(self, cells: Cells) -> None:
        self.seen: dict[str, Seen] = {}
        self._cells = cells
        self._of: dict[tuple[str | None, str], set[str]] = defaultdict(set)

    def sent(self, event: _Sent) -> None:
        id, at = event.response_id, event.at
        email = event.reviewer if isinstance(event, Entry) else event.email
        unit = "" if isinstance(event, Unreadable) else event.claimed_unit
        before = self.seen.get(id)
        if before and at < before.submitted:
            self.seen[id] = replace(before, created=min(at, before.created))
            return
        created = before.created if before else at
        has_row = not isinstance(event, VersionSeen) or event.source not in _NO_ROW
        row_at = at if has_row else None
        self.seen[id] = Seen(id, created, at, email, unit, row_at, self._digests(event, email))
        same = self._of[email, normal(unit)]
        if id.startswith(ROW):
            for other in same - {id}:  # its row is this one now, or will be found again by its time
                self.seen[other] = replace(self.seen[other], row_at=None)
        same.add(id)

    def _digests(self, event: _Sent, email: str | None) -> str:
        answers = event.answers if isinstance(event, VersionSeen | Unreadable) else None
        address = {EMAIL: digest((email,))} if email else {}
        return written({**self._cells.of_answers(answers), **address} if answers else {})

    def changed(self, event: RowChanged) -> None:
        before = self.seen.get(event.response_id)
        if before is None:
            return
        if isinstance(event, RowEdited):
            now = dict(event.now)
            time = now.pop(TIME, None)
            row_at = before.row_at if time is None else _moment(time)
            cells = written({**before.content, **now})
            self.seen[before.id] = replace(before, row_at=row_at, cells=cells)
        else:
            self.seen[before.id] = replace(before, gone=isinstance(event, RowVanished))


def _moment(time: str) -> datetime:
    return datetime.fromisoformat(time) if time else NO_TIME
