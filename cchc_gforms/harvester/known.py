"""Rows of the Sheet that tell what the log already has from a response. Pure.

A form that was deleted and made again leaves its old rows in the Sheet, with no response to fit
them any more; they must not count a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cchc_gforms.events import Decided, Event, VersionSeen
from cchc_gforms.harvester.observe import ROW
from cchc_gforms.harvester.reconcile import TOLERANCE

_SPAN = int(TOLERANCE.total_seconds())


def not_told_before(events: Sequence[Event], log: Callable[[], Iterable[Event]]) -> list[Event]:
    """The events without such rows. The log is read only when there are rows to ask about."""
    if not any(_from_row(event) for event in events):
        return list(events)
    told = {key for event in log() if not _from_row(event) for key in _moments(event, 0)}
    return [
        event
        for event in events
        if not (_from_row(event) and told.intersection(_moments(event, _SPAN)))
    ]


def _from_row(event: Event) -> bool:
    return isinstance(event, (VersionSeen, Decided)) and event.response_id.startswith(ROW)


def _moments(event: Event, span: int) -> list[tuple[str, str, str, str | None, int]]:
    """What happened to whom in which second, and in the seconds around it."""
    if not isinstance(event, (VersionSeen, Decided)):
        return []
    second = int(event.at.timestamp())
    subject = (event.kind, event.document, event.period, event.unit_code)
    return [(*subject, at) for at in range(second - span, second + span + 1)]
