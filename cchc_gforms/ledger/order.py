"""One order of events, whatever order they came in and however often (L18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from cchc_gforms.events import Event, to_json

Facts = TypeVar("Facts", bound=Event)

_at = attrgetter("at")
_RANK = {"version_seen": 0, "received_in_person": 0, "voided": 1, "revoked": 3}
_DECISION = 2


def in_order(events: Sequence[Facts]) -> list[Facts]:
    """The events, each once: by the time they count from, then rank, then id."""
    if len(events) < 2:
        return list(events)
    by_time = sorted(events, key=_at)
    apart = all(one.at < following.at for one, following in pairwise(by_time))
    if apart and not any(event.kind == "received_in_person" for event in by_time):
        return by_time
    return sorted(once(by_time), key=place)


def place(event: Event) -> tuple[datetime, int, str]:
    """Submission, void, decision, revocation; then by id."""
    return counts_from(event), _RANK.get(event.kind, _DECISION), event.id


def counts_from(event: Event) -> datetime:
    """When it happened; of a receipt in person, when the document is said to have come (L12)."""
    return event.received_at if event.kind == "received_in_person" else event.at


def once(events: Iterable[Facts]) -> list[Facts]:
    """Each event once, by time and id. Of one id told in two ways, the way that tells more."""
    by_id: dict[str, Facts] = {}
    for event in events:
        known = by_id.get(event.id)
        by_id[event.id] = event if known is None else max(known, event, key=telling)
    return [event for _, event in sorted(by_id.items(), key=lambda item: (item[1].at, item[0]))]


def telling(event: Event) -> tuple[bool, str]:
    """The greater, the more the event tells; the text only makes one of two the greater."""
    return getattr(event, "answers", None) is not None, to_json(event)
