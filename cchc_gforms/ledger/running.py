"""Figures kept up to date as events come, by working out again only what they touch."""

from __future__ import annotations

from dataclasses import fields
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from cchc_gforms.ledger.figures import Events, Figures, Owed, figures


class Running:
    """The figures of some events at one `as_of` (microseconds), to which more are added.

    Events by obligation are found through one index of the first table; what came after it is
    kept aside, so it is meant for additions much smaller than the table.
    """

    def __init__(self, events: Events, owed: Owed, as_of: int, zone: ZoneInfo) -> None:
        self._events = events
        self._owed = owed
        self._as_of = as_of
        self._zone = zone
        self._added: list[Events] = []
        self._by_obligation = np.argsort(events.obligation, kind="stable")
        counts = np.bincount(events.obligation, minlength=len(owed.due))
        self._ends = np.cumsum(counts)
        self._begins = self._ends - counts
        self.figures: Figures = figures(events, owed, as_of, zone)

    def add(self, new: Events) -> None:
        """Brings `figures` up to date with more events."""
        if not len(new.at):
            return
        self._added.append(new)
        touched = np.unique(new.obligation)
        mine = self._events_of(touched)
        owed = Owed(*(getattr(self._owed, field.name)[touched] for field in fields(Owed)))
        found = figures(mine, owed, self._as_of, self._zone)
        for field in fields(Figures):
            getattr(self.figures, field.name)[touched] = getattr(found, field.name)

    def _events_of(self, touched: npt.NDArray[np.int32]) -> Events:
        """All events of some obligations, which become 0, 1, 2 … in their order."""
        begins, ends = self._begins[touched], self._ends[touched]
        places = [self._by_obligation[b:e] for b, e in zip(begins, ends, strict=True)]
        parts = [_part(self._events, np.concatenate(places))]
        parts += [_part(one, np.isin(one.obligation, touched)) for one in self._added]
        obligation = np.concatenate([one.obligation for one in parts])
        return Events(
            np.searchsorted(touched, obligation).astype(np.int32),
            np.concatenate([one.at for one in parts]),
            np.concatenate([one.action for one in parts]),
        )


def _part(events: Events, places: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Events:
    return Events(events.obligation[places], events.at[places], events.action[places])
