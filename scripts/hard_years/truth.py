"""The ledger by the rules L3–L16, read once more, from what people did.

Nothing of `cchc_gforms` is in here: no event, no fold. A record is a list of deeds about one
document; each step below crosses out or moves some of them, in the order that the rules give
(revocations, acceptances, voids), and what is left is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from hard_years.deeds import REVIEWERS, ZONE, Deed


@dataclass(frozen=True, slots=True)
class Owed:
    """A document of a period, and what decides whether it came in time (L8)."""

    due_on: date
    by_approval: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger, as far as people's deeds make it."""

    first_submitted_at: datetime | None
    last_submitted_at: datetime | None
    versions: int
    approved_at: datetime | None
    return_count: int
    review: str
    timeliness: str
    timeliness_original: str
    due: date
    late_days: int | None
    days_overdue: int | None

    def differences(self, other: Row) -> list[str]:
        """Field by field, ours first."""
        return [
            f"{one.name} {_told(getattr(self, one.name))}, not {_told(getattr(other, one.name))}"
            for one in fields(self)
            if getattr(self, one.name) != getattr(other, one.name)
        ]


def row_of(
    deeds: Sequence[Deed],
    unit: str,
    owed: Owed,
    addresses: Mapping[str, Sequence[str]],
    as_of: datetime,
) -> Row:
    """`deeds` are all that was done about the document; `addresses` are the units' own."""
    record = _Record([one for one in deeds if one.at <= as_of], addresses)
    mine = record.counted(unit)
    sent = [counts_from(one) for one in mine if _is_version(one)]
    approved_at = _approved_at(mine)
    exempt = any(one.kind == "exempt" and one.unit == unit for one in record.deeds)
    due = record.extended_to(unit, owed.due_on) or owed.due_on
    first = sent[0] if sent else None
    deciding = approved_at if owed.by_approval else first

    def judged(day: date) -> str:
        end = datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(days=1)
        if exempt:
            return "exempt"
        if deciding is not None:
            return "on_time" if deciding < end else "late"
        if as_of < end:
            return "not_due"
        return "overdue" if sent else "missing"

    timeliness = judged(due)
    return Row(
        first_submitted_at=first,
        last_submitted_at=sent[-1] if sent else None,
        versions=len(sent),
        approved_at=approved_at,
        return_count=len({_about(mine, n) for n in _decisions(mine, "return")} - {None}),
        review=_review(mine) if sent else "quarantined" if record.waits(unit) else "none",
        timeliness=timeliness,
        timeliness_original=judged(owed.due_on),
        due=due,
        late_days=_late_days(timeliness, deciding, due),
        days_overdue=(
            (as_of.astimezone(ZONE).date() - due).days
            if timeliness in ("missing", "overdue")
            else None
        ),
    )


def counts_from(deed: Deed) -> datetime:
    """L12: what was handed over counts from when that was."""
    return deed.received_at if deed.received_at is not None else deed.at


class _Record:
    def __init__(self, deeds: Sequence[Deed], addresses: Mapping[str, Sequence[str]]) -> None:
        self._addresses = addresses
        self._given: dict[Deed, str] = {}  # accepted from quarantine, to whom (L13)
        self._void: set[Deed] = set()
        kept = [one for one in deeds if counts_from(one) <= one.at]  # L12
        self.deeds = sorted(kept, key=lambda one: one.at)
        for gone in self._revoked():
            self.deeds.remove(gone)
        for one in self._of_kind("accept"):
            self._accept(one)
        for one in self._of_kind("void"):
            self._cross_out(one)

    def counted(self, unit: str) -> list[Deed]:
        """The unit's versions and the decisions about them, in order (L18)."""
        mine = [
            one
            for one in self.deeds
            if (_is_version(one) or one.kind in ("approve", "return"))
            and self._owner(one) == unit
            and one not in self._void
            and not self._is_foreign(one)
        ]
        return sorted(mine, key=lambda one: (counts_from(one), not _is_version(one)))

    def waits(self, unit: str) -> bool:
        """Something from a foreign address waits for a reviewer (L13)."""
        return any(
            self._is_foreign(one) and one.unit == unit for one in self.deeds if _is_version(one)
        )

    def extended_to(self, unit: str, original: date) -> date | None:
        """L10: the latest one in force that is later than the original date."""
        found = [
            one.due_on
            for one in self._of_kind("extend")
            if (one.everyone or one.unit == unit) and one.due_on and one.due_on > original
        ]
        return found[-1] if found else None

    def _of_kind(self, kind: str) -> list[Deed]:
        return [one for one in self.deeds if one.kind == kind]

    def _owner(self, one: Deed) -> str | None:
        return self._given.get(one, one.unit)

    def _is_foreign(self, one: Deed) -> bool:
        if one.kind not in ("submit", "edit", "type_row"):
            return one.email not in REVIEWERS
        if one in self._given:
            return False
        return one.unit is None or one.email not in self._addresses[one.unit]

    def _revoked(self) -> list[Deed]:
        """L14: each takes back the last that was in force then, of that unit or of everyone."""
        gone: list[Deed] = []
        for revocation in self._of_kind("revoke"):
            before = [
                one
                for one in self.deeds
                if one.kind in ("approve", "return", "void", "extend", "exempt", "accept")
                and one.at < revocation.at
                and one not in gone
                and one.everyone == revocation.everyone
                and (one.everyone or one.unit == revocation.unit)
            ]
            gone += before[-1:]
        return gone

    def _accept(self, acceptance: Deed) -> None:
        """L13: the latest that waits in the unit's name."""
        waiting = [
            one
            for one in self.deeds
            if _is_version(one)
            and one.unit == acceptance.unit
            and one.at < acceptance.at
            and self._is_foreign(one)
        ]
        for one in waiting[-1:]:
            self._given[one] = acceptance.to_unit or acceptance.unit or ""

    def _cross_out(self, void: Deed) -> None:
        """L9: the latest version, or the only one of the minute that is named."""
        sent = [
            one
            for one in self.counted(void.unit or "")
            if _is_version(one) and counts_from(one) <= void.at
        ]
        if void.target_at is None:
            self._void.update(sent[-1:])
            return
        until = void.target_at + timedelta(minutes=1)
        then = [one for one in sent if void.target_at <= counts_from(one) < until]
        self._void.update(then if len(then) == 1 else [])


def _is_version(one: Deed) -> bool:
    return one.kind in ("submit", "edit", "type_row", "receive_in_person")


def _decisions(mine: Sequence[Deed], kind: str) -> list[int]:
    return [n for n, one in enumerate(mine) if one.kind == kind]


def _about(mine: Sequence[Deed], place: int) -> int | None:
    """The version that a decision is about: the latest before it (L5)."""
    before = [n for n in range(place) if _is_version(mine[n])]
    return before[-1] if before else None


def _approved_at(mine: Sequence[Deed]) -> datetime | None:
    """The earliest approval that no later return of the same version took back (L7)."""
    for n in _decisions(mine, "approve"):
        about = _about(mine, n)
        taken_back = any(_about(mine, m) == about for m in _decisions(mine, "return") if m > n)
        if about is not None and not taken_back:
            return mine[n].at
    return None


def _review(mine: Sequence[Deed]) -> str:
    """L15, by what happened since the latest version."""
    latest = max(n for n, one in enumerate(mine) if _is_version(one))
    since = [one.kind for one in mine[latest + 1 :]]
    if since:
        return "approved" if since[-1] == "approve" else "returned"
    if _approved_at(mine) is not None:
        return "approved_edited"
    returned = any(_about(mine, n) is not None for n in _decisions(mine, "return"))
    return "resubmitted" if returned else "waiting"


def _late_days(timeliness: str, deciding: datetime | None, due: date) -> int | None:
    """L16."""
    if timeliness == "late" and deciding is not None:
        return (deciding.astimezone(ZONE).date() - due).days
    return 0 if timeliness == "on_time" else None


def _told(value: object) -> str:
    return (
        f"{value.astimezone(ZONE):%d/%m %H:%M:%S.%f}" if isinstance(value, datetime) else f"{value}"
    )
