"""A period's record, unit by unit: what counts for each, and what else happened to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from cchc_gforms.events import Entry, Exempted, Extended
from cchc_gforms.ledger.due import original_due
from cchc_gforms.ledger.intake import Fact, OpenPeriod, Told, is_fact
from cchc_gforms.ledger.order import in_order
from cchc_gforms.ledger.reviewers import Reviewers
from cchc_gforms.ledger.row import Anomaly, Effect, Step
from cchc_gforms.ledger.standing import Standing, for_everyone


@dataclass(slots=True)
class Record:
    """Of one unit. `steps` are the events that are no counted version or decision."""

    facts: list[Fact] = field(default_factory=list)
    admitted: Collection[str] = ()
    extension: Extended | None = None
    exempted: Exempted | None = None
    steps: list[Step[Told]] = field(default_factory=list)


def settle(period: OpenPeriod, reviewers: Reviewers) -> tuple[dict[str, Record], list[Anomaly]]:
    """The records of the units on the roster, and what is no unit's."""
    if period.special:
        records, anomalies = _Settlement(period, reviewers).settled()
    else:
        records = {code: Record(in_order(period.facts.get(code, []))) for code in period.units}
        anomalies = [period.stray(fact) for fact in period.strays]
    for changed in in_order(period.rows):
        if changed.unit_code in records:
            records[changed.unit_code].steps.append(Step(changed, (changed.kind,)))
        else:
            anomalies.append(period.stray(changed))
    return records, anomalies


class _Settlement:
    def __init__(self, period: OpenPeriod, reviewers: Reviewers) -> None:
        self._period = period
        self._standing = Standing(period, reviewers)
        self._records = {code: Record(admitted=self._standing.admitted) for code in period.units}
        self._anomalies: list[Anomaly] = []

    def settled(self) -> tuple[dict[str, Record], list[Anomaly]]:
        for fact in self._standing.facts:
            self._file(fact)
        for entry in self._standing.entries:
            if not is_fact(entry):
                self._note(entry)
        for extension in self._standing.extensions():
            for code in self._concerned(extension):
                if self._is_later(extension, code):
                    self._records[code].extension = extension
        return self._records, self._anomalies

    def _file(self, fact: Fact) -> None:
        standing = self._standing
        to = standing.destination(fact)
        effects = standing.effects.get(standing.name(fact))
        if to is None:
            self._anomalies.append(self._period.stray(fact))
        elif effects is not None:
            self._records[to].steps.append(Step(fact, effects))
        else:
            self._records[to].facts.append(fact)
        if standing.name(fact) in standing.unit_of and fact.unit_code in self._records:
            self._records[fact.unit_code].steps.append(Step(fact, ("version_reassigned",)))

    def _note(self, entry: Entry) -> None:
        concerned = self._concerned(entry)
        for code in concerned:
            self._records[code].steps.append(Step(entry, self._effects(entry, code)))
        if not concerned:
            self._anomalies.append(self._period.stray(entry))

    def _effects(self, entry: Entry, code: str) -> tuple[Effect, ...]:
        known = self._standing.effects.get(self._standing.name(entry))
        if known is not None:
            return known
        if self._standing.foreign(entry):
            return ("decision_quarantined",)
        if isinstance(entry, Extended):
            return ("extended",) if self._is_later(entry, code) else ("extension_not_later",)
        if isinstance(entry, Exempted) and entry.unit_code in self._records:
            self._records[entry.unit_code].exempted = entry
        return ("exempted",)

    def _is_later(self, extension: Extended, code: str) -> bool:
        return extension.due_on > original_due(self._period.opened, self._period.units[code])

    def _concerned(self, entry: Entry) -> list[str]:
        """Codes of the units in whose rows the entry is shown."""
        target = self._standing.revoked_by.get(self._standing.name(entry))
        if for_everyone(entry) or (target is not None and for_everyone(target)):
            return list(self._records)
        named = [entry.unit_code, *self._aims(entry)]
        if target is not None:
            named.append(self._standing.destination(target))
        return list(dict.fromkeys(code for code in named if code in self._records and code))

    def _aims(self, entry: Entry) -> Iterator[str | None]:
        if entry.kind == "accepted" and self._standing.effects.get(self._standing.name(entry)) == (
            "accepted",
        ):
            yield entry.to_unit
