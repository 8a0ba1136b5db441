"""What the log already has, told once more by less: such events are left out. Pure.

A form that was deleted and made again leaves its old rows in the Sheet, with no response to fit
them any more; they must not count a second time. A response of the processing form that was edited
after it was harvested has lost what it first said, but the log has not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cchc_gforms.events import Entry, Event, NewsItem, Unreadable, VersionSeen
from cchc_gforms.harvester.observe import ROW
from cchc_gforms.harvester.reconcile import TOLERANCE

_SPAN = int(TOLERANCE.total_seconds())

_Told = VersionSeen | Entry | NewsItem | Unreadable


def not_told_before(events: Sequence[Event], log: Callable[[], Iterable[Event]]) -> list[Event]:
    """The events without those. The log is read only when there is something to ask about."""
    if not any(_from_row(event) or _is_lost(event) for event in events):
        return list(events)
    logged = list(log())
    moments = {key for event in logged if not _from_row(event) for key in _moments(event, 0)}
    entries = {_response(event) for event in logged if isinstance(event, Entry)}
    return [
        event
        for event in events
        if not (_from_row(event) and moments.intersection(_moments(event, _SPAN)))
        and not (_is_lost(event) and _response(event) in entries)
    ]


def _from_row(event: Event) -> bool:
    return isinstance(event, _Told) and event.response_id.startswith(ROW)


def _is_lost(event: Event) -> bool:
    """A first moment whose answers an edit has replaced."""
    return isinstance(event, Unreadable) and event.answers is None


def _response(event: Event) -> tuple[object, ...]:
    assert isinstance(event, _Told)
    return event.form_id, event.response_id, event.at


def _moments(event: Event, span: int) -> list[tuple[object, ...]]:
    """What happened to whom in which second, and in the seconds around it."""
    if not isinstance(event, _Told):
        return []
    second = int(event.at.timestamp())
    subject = (event.kind, *_subject(event))
    return [(*subject, at) for at in range(second - span, second + span + 1)]


def _subject(event: VersionSeen | Entry | NewsItem | Unreadable) -> tuple[object, ...]:
    if isinstance(event, Unreadable):
        return (event.email,)
    if isinstance(event, NewsItem):
        return (event.unit_code,)
    return event.document, event.period, event.unit_code
