"""What the log already has under another id: such events are left out. Pure.

A form that was deleted and made again leaves its old rows in the Sheet, with no response to fit
them any more; they must not count a second time. Nor must a response that was harvested as a row
before, from the Sheet alone. A response of the processing form that was edited after it was
harvested has lost what it first said, but the log has not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cchc_gforms.events import Entry, Event, NewsItem, Unreadable, VersionSeen
from cchc_gforms.harvester.observe import ROW
from cchc_gforms.harvester.sheet import normal
from cchc_gforms.harvester.sides import SPAN

_Told = VersionSeen | Entry | NewsItem | Unreadable
_Key = tuple[object, ...]


class Before:
    """What happened to whom in which second, as the log has it. The log is read when there is
    something to ask about: rows without a response, lost answers, or else when told to `ask`."""

    def __init__(self, log: Callable[[], Iterable[Event]], *, ask: bool) -> None:
        self._log = log
        self._ask: bool | None = ask  # None: asked
        self._ids: set[str] = set()
        self._responses: set[_Key] = set()
        self._rows: set[_Key] = set()
        self._entries: set[_Key] = set()

    def _read(self) -> None:
        for event in self._log():
            if not isinstance(event, _Told):
                continue
            self._ids.add(event.id)
            moments = self._rows if _from_row(event) else self._responses
            moments.update(_moments(event, 0))
            if isinstance(event, Entry):
                self._entries.add(_response(event))

    def has(self, event: Event) -> bool:
        """Whether it has the event under another id: of a row anything near is the same, of a
        response a row is. What the log has under its own id is not asked about."""
        if not isinstance(event, _Told):
            return False
        if self._ask is not None and (self._ask or _from_row(event) or _is_lost(event)):
            self._ask = None
            self._read()
        if event.id in self._ids:
            return False
        if _is_lost(event) and _response(event) in self._entries:
            return True
        near = _moments(event, SPAN)
        if _from_row(event) and not self._responses.isdisjoint(near):
            return True
        return not self._rows.isdisjoint(near)


def _from_row(event: Event) -> bool:
    return isinstance(event, _Told) and event.response_id.startswith(ROW)


def _is_lost(event: Event) -> bool:
    """A first moment whose answers an edit has replaced."""
    return isinstance(event, Unreadable) and event.answers is None


def _response(event: VersionSeen | Entry | NewsItem | Unreadable) -> _Key:
    return event.form_id, event.response_id, event.at


def _moments(event: VersionSeen | Entry | NewsItem | Unreadable, span: int) -> list[_Key]:
    """What happened to whom in which second, and in the seconds around it."""
    second = int(event.at.timestamp())
    subject = (event.kind, *_subject(event))
    return [(*subject, at) for at in range(second - span, second + span + 1)]


def _subject(event: VersionSeen | Entry | NewsItem | Unreadable) -> _Key:
    if isinstance(event, Unreadable):
        return (event.email,)
    who = event.unit_code or normal(event.claimed_unit)
    if isinstance(event, NewsItem):
        return (who,)
    return event.document, event.period, who
