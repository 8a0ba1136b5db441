"""Which of a period's entries stand: revocations, then acceptances, then voids (L9, L13, L14).

In that order, because a revoked acceptance never was, and a void concerns versions that count.
Within each, entries take effect in the ledger's order (L18).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final, TypeVar

from cchc_gforms.events import Accepted, Entry, Extended, Revoked, VersionSeen, Voided
from cchc_gforms.ledger.intake import Fact, OpenPeriod, Told, is_fact
from cchc_gforms.ledger.order import counts_from, in_order, place
from cchc_gforms.ledger.reviewers import Reviewers
from cchc_gforms.ledger.row import Effect

_REVOCABLE: Final = frozenset({"decided", "voided", "extended", "exempted", "accepted"})
_ACCEPTABLE: Final = _REVOCABLE - {"accepted"} | {"received_in_person"}

Aimed = TypeVar("Aimed", bound=VersionSeen | Entry)


class Standing:
    """What became of the events of a period, by id."""

    def __init__(self, period: OpenPeriod, reviewers: Reviewers) -> None:
        self._period = period
        self._reviewers = reviewers
        self.facts: list[Fact] = in_order(
            [*(fact for facts in period.facts.values() for fact in facts), *period.strays]
        )
        self.entries: list[Entry] = in_order(
            [*(fact for fact in self.facts if fact.kind == "decided"), *period.special]
        )
        self._names = {id(one): one.id for one in (*self.facts, *self.entries)}
        self._of_unit: dict[str | None, list[Fact]] = {}
        self.effects: dict[str, tuple[Effect, ...]] = {}  # of all but the facts that count
        self.admitted: set[str] = set()
        self.unit_of: dict[str, str] = {}  # of facts given to another unit than they claim
        self.revoked_by: dict[str, Entry] = {}
        self._refuse_future()
        self._revoke()
        self._accept()
        for fact in self.facts:
            self._of_unit.setdefault(self.destination(fact), []).append(fact)
        self._void()

    def name(self, event: VersionSeen | Entry) -> str:
        """The event's id, which takes long to work out."""
        return self._names[id(event)]

    def destination(self, event: VersionSeen | Entry) -> str | None:
        """Code of the unit the event counts for; None when it is no unit's of the roster."""
        code = self.unit_of.get(self.name(event), event.unit_code)
        return code if code in self._period.units else None

    def counts(self, event: VersionSeen | Entry) -> bool:
        """Not refused, not revoked, not void, not in quarantine."""
        return not self._gone(event) and not self.foreign(event)

    def foreign(self, event: VersionSeen | Entry) -> bool:
        """In quarantine: from an address that is not the unit's or a reviewer's (L13)."""
        if self.name(event) in self.admitted:
            return False
        if event.kind != "version_seen":
            who = event.reviewer
            return who is not None and not self._reviewers.has(who, event.at)
        unit = self._period.units.get(event.unit_code or "")
        return unit is None or (event.email is not None and event.email not in unit.emails)

    def _gone(self, event: VersionSeen | Entry) -> bool:
        return is_fact(event) and self.name(event) in self.effects

    def _refuse_future(self) -> None:
        for fact in self.facts:
            if fact.kind == "received_in_person" and fact.received_at > fact.at:
                self.effects[self.name(fact)] = ("stated_in_future",)

    def _revoke(self) -> None:
        in_force: list[Entry] = []
        quarantined: list[Entry] = []
        for entry in sorted(self.entries, key=lambda one: (one.at, place(one)[1:])):
            if entry.kind in _REVOCABLE:
                (quarantined if self.foreign(entry) else in_force).append(entry)
            elif entry.kind == "revoked" and not self.foreign(entry):
                target = _target(entry, in_force, quarantined)
                if target is None:
                    self.effects[self.name(entry)] = ("nothing_to_revoke",)
                    continue
                (in_force if target in in_force else quarantined).remove(target)
                self.revoked_by[self.name(entry)] = target
                self.effects[self.name(entry)] = ("revokes",)
                self.effects[self.name(target)] = ("entry_revoked",)

    def _accept(self) -> None:
        for entry in self._standing(Accepted):
            found = [one for one in self._acceptable(entry) if self._may_go(one, entry)]
            chosen = found if entry.target_response_id is not None else found[-1:]
            for one in chosen:
                self.admitted.add(self.name(one))
                if entry.to_unit is not None and entry.to_unit != one.unit_code:
                    self.unit_of[self.name(one)] = entry.to_unit
            self.effects[self.name(entry)] = ("accepted",) if chosen else ("nothing_to_accept",)

    def _acceptable(self, entry: Accepted) -> Iterator[VersionSeen | Entry]:
        """What is in quarantine and meant by the acceptance, in order."""
        if entry.target_response_id is None:
            for fact in self.facts:
                if fact.kind == "version_seen" and fact.unit_code == entry.unit_code:
                    yield fact
            return
        others = (one for one in self.entries if not is_fact(one) and one.kind in _ACCEPTABLE)
        yield from (one for one in (*self.facts, *others) if _is_meant(one, entry))

    def _may_go(self, one: VersionSeen | Entry, entry: Accepted) -> bool:
        """In quarantine (or for want of a unit, nobody's) by then, and wanted by a unit."""
        if self.name(one) in self.effects or self.name(one) in self.admitted or one.at > entry.at:
            return False
        lost = one.unit_code not in self._period.units
        wanted = (entry.to_unit or one.unit_code) in self._period.units
        return wanted and (lost or self.foreign(one))

    def _void(self) -> None:
        for entry in self._standing(Voided):
            mine = self._of_unit.get(entry.unit_code, [])
            found = [one for one in mine if self._may_be_void(one, entry)]
            if entry.target_response_id is None:
                found = _the_one([one for one in found if not self.foreign(one)], entry)
            for one in found:
                self.effects[self.name(one)] = ("version_voided",)
            self.effects[self.name(entry)] = ("voids",) if found else ("void_without_version",)

    def _may_be_void(self, one: Fact, entry: Voided) -> bool:
        return (
            one.kind != "decided"
            and entry.unit_code in self._period.units
            and self.name(one) not in self.effects
            and counts_from(one) <= entry.at
            and (entry.target_response_id is None or _is_meant(one, entry))
        )

    def _standing(self, kind: type[Aimed]) -> list[Aimed]:
        """The entries of a kind that stand and name a unit, or need not."""
        return [
            entry
            for entry in self.entries
            if isinstance(entry, kind)
            and self.name(entry) not in self.effects
            and not self.foreign(entry)
        ]

    def extensions(self) -> list[Extended]:
        """Those in force, the latest last (L10)."""
        return sorted(self._standing(Extended), key=lambda one: (one.at, self.name(one)))


def _the_one(versions: list[Fact], entry: Voided) -> list[Fact]:
    """The latest; or, where a minute is named, the only one that counts from within it (L9)."""
    if entry.target_at is None:
        return versions[-1:]
    until = timedelta(minutes=1)
    found = [v for v in versions if timedelta() <= counts_from(v) - entry.target_at < until]
    return found if len(found) == 1 else []


def _target(entry: Revoked, in_force: list[Entry], quarantined: list[Entry]) -> Entry | None:
    if entry.target is not None:
        named = (one for one in (*in_force, *quarantined) if one.id == entry.target)
        return next(named, None)
    for one in reversed(in_force):
        if entry.everyone:
            if for_everyone(one):
                return one
        elif not for_everyone(one) and one.unit_code == entry.unit_code:
            return one
    return None


def for_everyone(event: Told) -> bool:
    return event.kind in ("extended", "revoked") and event.everyone


def _is_meant(one: VersionSeen | Entry, entry: Voided | Accepted) -> bool:
    """Named by its response, and by the time of the version where that is given."""
    if one.response_id != entry.target_response_id:
        return False
    return entry.target_at is None or entry.target_at in (one.at, counts_from(one))
