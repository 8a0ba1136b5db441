"""Flags of the versions seen, told once all forms have been read: figures run on from one form's
answers to another's, whichever is read first (A11, L21). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import chain

from cchc_gforms.events import Answers, Event, VersionSeen
from cchc_gforms.harvester.tally import is_foreign
from cchc_gforms.regime.roster import Roster
from cchc_gforms.spec.carry_over import carried_over, sources
from cchc_gforms.spec.flags import flags
from cchc_gforms.spec.model import FormSpec

_Whose = tuple[str, str, str]  # document, period, unit


class Flagging:
    """Adds to events what the checks of their forms (by id) say.

    `seen` is everything that Google told just now; that and the log are read at most once, and only
    when a figure is to be compared.
    """

    def __init__(
        self,
        specs: Mapping[str, FormSpec],
        earlier_period: Callable[[str, str], str | None],
        roster_of: Callable[[str, str], Roster],
        seen: Callable[[], Iterable[Event]],
        logged: Callable[[], Iterable[Event]],
    ) -> None:
        self._specs = specs
        self._earlier_period = earlier_period
        self._reported = _Reported(roster_of, seen, logged)

    def flagged(self, event: Event) -> Event:
        if not isinstance(event, VersionSeen) or event.answers is None:
            return event
        spec = self._specs[event.form_id]
        runs_on = _runs_on(spec)
        before = self._earlier_period(event.document, event.period) if runs_on else None
        earlier = self._reported.latest(event.document, before, event.unit_code)
        found = flags(spec, event.answers, earlier, self._begun(spec, event.unit_code))
        return event.model_copy(update={"flags": found})

    def _begun(self, spec: FormSpec, unit: str | None) -> dict[str, list[str]]:
        """By question: the lines of the unit's own documents that its link fills in (R6)."""
        forms = tuple(self._specs.values())
        asked = [one for one in forms if one.document in sources(spec)]
        latest = {
            one.document: self._reported.latest(one.document, one.period, unit) for one in asked
        }
        given = {document: answers for document, answers in latest.items() if answers}
        return {question.key: lines for question, lines in carried_over(spec, forms, given)}


def _runs_on(spec: FormSpec) -> bool:
    return any(one.checks and one.checks.not_below_earlier for one in spec.questions())


class _Reported:
    """The answers that each unit gave last, as far as they are known; what a foreign address sent
    in its name says nothing (L13)."""

    def __init__(
        self,
        roster_of: Callable[[str, str], Roster],
        seen: Callable[[], Iterable[Event]],
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
        for event in chain(self._seen(), self._logged()):
            if not isinstance(event, VersionSeen) or event.answers is None:
                continue
            if event.unit_code is None or is_foreign(event, self._roster_of):
                continue
            whose = event.document, event.period, event.unit_code
            if whose not in latest or latest[whose].at < event.at:
                latest[whose] = event
        return latest
