"""Flags of the versions seen, told once all forms have been read: figures run on from one form's
answers to another's, whichever is read first (A11, L21). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from cchc_gforms.events import Answers, Event, VersionSeen
from cchc_gforms.harvester.tally import is_foreign
from cchc_gforms.regime.roster import Roster
from cchc_gforms.spec.flags import flags
from cchc_gforms.spec.model import FormSpec

_Whose = tuple[str, str, str]  # document, period, unit


def flagged(
    new: Sequence[Event],
    specs: Mapping[str, FormSpec],
    earlier_period: Callable[[str, str], str | None],
    roster_of: Callable[[str, str], Roster],
    seen: Iterable[Event],
    logged: Callable[[], Iterable[Event]],
) -> list[Event]:
    """The new events, versions with what the checks of their form (by its id) say.

    `seen` is everything that Google told just now; the log is read at most once, and only when a
    figure is to be compared.
    """
    reported = _Reported(roster_of, seen, logged)
    found: list[Event] = []
    for event in new:
        if isinstance(event, VersionSeen) and event.answers is not None:
            spec = specs[event.form_id]
            before = earlier_period(event.document, event.period) if _runs_on(spec) else None
            earlier = reported.latest(event.document, before, event.unit_code)
            event = event.model_copy(update={"flags": flags(spec, event.answers, earlier)})
        found.append(event)
    return found


def _runs_on(spec: FormSpec) -> bool:
    return any(one.checks and one.checks.not_below_earlier for one in spec.questions())


class _Reported:
    """The answers that each unit gave last, as far as they are known; what a foreign address sent
    in its name says nothing (L13)."""

    def __init__(
        self,
        roster_of: Callable[[str, str], Roster],
        seen: Iterable[Event],
        logged: Callable[[], Iterable[Event]],
    ) -> None:
        self._roster_of = roster_of
        self._seen = seen
        self._logged = logged

    def latest(self, document: str, period: str | None, unit: str | None) -> Answers | None:
        if period is None or unit is None:
            return None
        found = self._by_unit.get((document, period, unit))
        return found.answers if found else None

    @cached_property
    def _by_unit(self) -> dict[_Whose, VersionSeen]:
        """Of one moment, what was just read counts: its keys are those of the spec as it is now."""
        latest: dict[_Whose, VersionSeen] = {}
        for event in (*self._seen, *self._logged()):
            if not isinstance(event, VersionSeen) or event.answers is None:
                continue
            if event.unit_code is None or is_foreign(event, self._roster_of):
                continue
            whose = event.document, event.period, event.unit_code
            if whose not in latest or latest[whose].at < event.at:
                latest[whose] = event
        return latest
