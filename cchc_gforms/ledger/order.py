"""One order of events, whatever order they came in and however often (L18)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TypeVar

from cchc_gforms.events import Decided, Event, VersionSeen, to_json

Facts = TypeVar("Facts", bound=Event)

_at = attrgetter("at")


def in_order(events: list[VersionSeen | Decided]) -> list[VersionSeen | Decided]:
    """The events of one obligation, each once: by time; submissions before decisions; by id."""
    by_time = sorted(events, key=_at)
    if all(one.at < following.at for one, following in pairwise(by_time)):
        return by_time
    ordered: list[VersionSeen | Decided] = []
    for _, group in groupby(by_time, key=_at):
        same = list(group)
        ordered += same if len(same) == 1 else sorted(once(same), key=_is_decision)
    return ordered


def once(events: Iterable[Facts]) -> list[Facts]:
    """Each event once, by time and id. Of one id told in two ways, the way that tells more."""
    by_id: dict[str, Facts] = {}
    for event in events:
        known = by_id.get(event.id)
        by_id[event.id] = event if known is None else max(known, event, key=telling)
    return [event for _, event in sorted(by_id.items(), key=lambda item: (item[1].at, item[0]))]


def _is_decision(event: VersionSeen | Decided) -> bool:
    return event.kind == "decided"


def telling(event: Event) -> tuple[bool, str]:
    """The greater, the more the event tells; the text only makes one of two the greater."""
    return getattr(event, "answers", None) is not None, to_json(event)
