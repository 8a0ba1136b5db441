"""The rules once more, as slowly and plainly as they are written; shares nothing with the fold.

Every moment is asked from scratch: "what does the record look like up to here?"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from cchc_gforms.events import (
    Accepted,
    Decided,
    Due,
    Event,
    Exempted,
    Extended,
    PeriodOpened,
    ReceivedInPerson,
    Revoked,
    VersionSeen,
    Voided,
)

VIET_NAM = timezone(timedelta(hours=7))
Version = VersionSeen | ReceivedInPerson
Thing = VersionSeen | ReceivedInPerson | Decided | Extended | Exempted | Voided | Accepted | Revoked


@dataclass(frozen=True)
class SlowRow:
    first: datetime | None
    last: datetime | None
    versions: int
    approved_at: datetime | None
    return_count: int
    review: str
    timeliness: str
    timeliness_original: str
    due: date
    exempt: bool
    late_days: int | None
    days_overdue: int | None
    bureau_seconds: float
    unit_seconds: float


def slow_row(
    events: Sequence[Event],
    opened: PeriodOpened,
    unit_code: str,
    as_of: datetime,
    reviewers: Sequence[str],
) -> SlowRow:
    record = _Record(events, opened, as_of, reviewers)
    counted = record.counted_for(unit_code)
    extension = record.extension_of(unit_code)
    exempt = any(e.unit_code == unit_code for e in record.standing if isinstance(e, Exempted))
    strange = any(
        record.owner(e) == unit_code and record.is_strange(e)
        for e in record.things
        if isinstance(e, VersionSeen) and e.id not in record.void
    )
    return _row(
        counted, strange, opened, _original_due(opened, unit_code), extension, exempt, as_of
    )


class _Record:
    """What a period's record says, all in all: revocations, then acceptances, then voids."""

    def __init__(
        self,
        events: Sequence[Event],
        opened: PeriodOpened,
        as_of: datetime,
        reviewers: Sequence[str],
    ) -> None:
        self.emails = {unit.code: unit.emails for unit in opened.units}
        self.opened = opened
        self.reviewers = [*reviewers, *opened.reviewers]
        seen = {
            event.id: event
            for event in events
            if isinstance(event, Thing)
            and (event.document, event.period) == (opened.document, opened.period)
            and event.at <= as_of
            and not (isinstance(event, ReceivedInPerson) and event.received_at > event.at)
        }
        self.things: list[Thing] = sorted(seen.values(), key=_order)
        self.accepted: dict[str, str | None] = {}  # id → unit
        self.void: set[str] = set()
        revoked = self._revoked()
        self.things = [one for one in self.things if one.id not in revoked]
        for one in self.things:
            if isinstance(one, Accepted) and not self.is_strange(one):
                self._accept(one)
        for one in self.things:
            if isinstance(one, Voided) and not self.is_strange(one):
                self._void(one)

    @property
    def standing(self) -> list[Thing]:
        return [one for one in self.things if not self.is_strange(one)]

    def owner(self, one: Thing) -> str | None:
        unit = self.accepted.get(one.id, one.unit_code)
        return unit if unit in self.emails else None

    def is_strange(self, one: Thing) -> bool:
        """L13."""
        if one.id in self.accepted:
            return False
        if not isinstance(one, VersionSeen):
            return one.reviewer not in (None, *self.reviewers)
        if one.unit_code not in self.emails or one.unit_code is None:
            return True
        return one.email not in (None, *self.emails[one.unit_code])

    def counted_for(self, unit: str) -> list[Version | Decided]:
        return [
            one
            for one in self.standing
            if isinstance(one, Version | Decided)
            and one.id not in self.void
            and self.owner(one) == unit
        ]

    def extension_of(self, unit: str) -> date | None:
        """L10."""
        granted = [
            one.due_on
            for one in sorted(self.standing, key=lambda e: (e.at, e.id))
            if isinstance(one, Extended)
            and (one.everyone or one.unit_code == unit)
            and one.due_on > _original_due(self.opened, unit)
        ]
        return granted[-1] if granted else None

    def _revoked(self) -> set[str]:
        """L14: each revocation asks what was in force just before it."""
        gone: set[str] = set()
        for revocation in self.things:
            if not isinstance(revocation, Revoked) or self.is_strange(revocation):
                continue
            before = [
                one
                for one in self.things
                if isinstance(one, Decided | Voided | Extended | Exempted | Accepted)
                and one.at <= revocation.at
                and one.id not in gone
            ]
            if revocation.target is not None:
                gone |= {one.id for one in before if one.id == revocation.target}
                continue
            mine = [
                one
                for one in before
                if not self.is_strange(one)
                and _is_for_all(one) == revocation.everyone
                and (revocation.everyone or one.unit_code == revocation.unit_code)
            ]
            gone |= {one.id for one in mine[-1:]}
        return gone

    def _accept(self, acceptance: Accepted) -> None:
        """L13."""
        to = acceptance.to_unit
        waiting = [
            one
            for one in self.things
            if not isinstance(one, Accepted | Revoked)
            and one.at <= acceptance.at
            and one.id not in self.accepted
            and (self.is_strange(one) or (_is_fact(one) and one.unit_code not in self.emails))
            and (to or one.unit_code) in self.emails
        ]
        if acceptance.target_response_id is None:
            own = [
                one
                for one in waiting
                if isinstance(one, VersionSeen) and one.unit_code == acceptance.unit_code
            ]
            chosen: list[Thing] = [*own[-1:]]
        else:
            chosen = [one for one in waiting if _named(one, acceptance)]
        for one in chosen:
            self.accepted[one.id] = to or one.unit_code

    def _void(self, void: Voided) -> None:
        """L9."""
        if void.unit_code not in self.emails:
            return
        sent = [
            one
            for one in self.things
            if isinstance(one, Version)
            and _time(one) <= void.at
            and one.id not in self.void
            and self.owner(one) == void.unit_code
        ]
        known = [one for one in sent if not self.is_strange(one)]
        if void.target_response_id is None and void.target_at is None:
            self.void |= {one.id for one in known[-1:]}
        elif void.target_response_id is None:
            ids = [one.id for one in known if _in_the_minute_of(void, _time(one))]
            self.void |= set(ids if len(ids) == 1 else [])
        else:
            self.void |= {one.id for one in sent if _named(one, void)}


def _in_the_minute_of(void: Voided, at: datetime) -> bool:
    assert void.target_at is not None
    return void.target_at <= at and (at - void.target_at) / timedelta(minutes=1) < 1


def _time(event: Thing) -> datetime:
    """L12: a receipt in person counts from the stated time."""
    return event.received_at if isinstance(event, ReceivedInPerson) else event.at


def _order(event: Thing) -> tuple[datetime, int, str]:
    """L18."""
    if isinstance(event, Version):
        rank = 0
    elif isinstance(event, Voided):
        rank = 1
    else:
        rank = 3 if isinstance(event, Revoked) else 2
    return _time(event), rank, event.id


def _is_fact(event: Thing) -> bool:
    return isinstance(event, Version | Decided)


def _is_for_all(event: Thing) -> bool:
    return isinstance(event, Extended) and event.everyone


def _named(one: Thing, by: Voided | Accepted) -> bool:
    same = one.response_id == by.target_response_id
    return same and by.target_at in (None, one.at, _time(one))


def _original_due(opened: PeriodOpened, unit_code: str) -> date:
    """L1: a unit whose level has a date of its own owes it by that."""
    dates: list[PeriodOpened | Due] = [
        unit.due for unit in opened.units if unit.code == unit_code and unit.due is not None
    ]
    one = [*dates, opened][0]
    return one.due_on if one.effective == "due_on" else one.due_on_rolled


def _row(
    counted: list[Version | Decided],
    strange: bool,
    opened: PeriodOpened,
    original: date,
    extension: date | None,
    exempt: bool,
    as_of: datetime,
) -> SlowRow:
    sent = [_time(event) for event in counted if isinstance(event, Version)]
    first = sent[0] if sent else None
    approved = _approvals(counted)
    approved_at = min(approved) if approved else None
    due = extension or original
    decided = first if opened.deciding == "first_submission" else approved_at
    nobody = "exempt" if exempt else "not_assessed" if opened.not_assessed is not None else None
    late_from = _end(due)
    timeliness = nobody or _timeliness(decided, first, late_from, as_of)
    owing = timeliness in ("missing", "overdue")
    bureau, unit = _clocks(counted, as_of)
    if nobody is None and (first or as_of) > late_from:
        unit += (first or as_of) - late_from
    return SlowRow(
        first=first,
        last=sent[-1] if sent else None,
        versions=len(sent),
        approved_at=approved_at,
        return_count=len(_returned(counted)),
        review=_review(counted) if sent else "quarantined" if strange else "none",
        timeliness=timeliness,
        timeliness_original=nobody or _timeliness(decided, first, _end(original), as_of),
        due=due,
        exempt=exempt,
        late_days=_late_days(timeliness, decided, due),
        days_overdue=(as_of.astimezone(VIET_NAM).date() - due).days if owing else None,
        bureau_seconds=bureau.total_seconds(),
        unit_seconds=unit.total_seconds(),
    )


def _end(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIET_NAM) + timedelta(days=1)


def _late_days(timeliness: str, decided: datetime | None, due_on: date) -> int | None:
    if timeliness == "late" and decided is not None:
        return (decided.astimezone(VIET_NAM).date() - due_on).days
    return 0 if timeliness == "on_time" else None


def _timeliness(
    decided: datetime | None,
    first: datetime | None,
    late_from: datetime,
    as_of: datetime,
) -> str:
    if decided is not None:
        return "on_time" if decided < late_from else "late"
    if as_of < late_from:
        return "not_due"
    return "missing" if first is None else "overdue"


def _target(counted: list[Version | Decided], place: int) -> int | None:
    """Place of the version that the decision at `place` is about (L5)."""
    before = [n for n in range(place) if isinstance(counted[n], Version)]
    return before[-1] if before else None


def _returned(counted: list[Version | Decided]) -> set[int]:
    """Places of the versions returned at least once (L6)."""
    targets = {
        _target(counted, n)
        for n, event in enumerate(counted)
        if isinstance(event, Decided) and event.action == "return"
    }
    return {target for target in targets if target is not None}


def _approvals(counted: list[Version | Decided]) -> list[datetime]:
    """Times of the approvals that no later return of the same version withdrew (L7).

    An approval of what stands approved changes nothing, so the earliest of a run is the one.
    """
    standing = []
    for n, event in enumerate(counted):
        target = _target(counted, n)
        if not isinstance(event, Decided) or event.action != "approve" or target is None:
            continue
        withdrawn = any(
            isinstance(later, Decided)
            and later.action == "return"
            and _target(counted, n + 1 + k) == target
            for k, later in enumerate(counted[n + 1 :])
        )
        if not withdrawn:
            standing.append(event.at)
    return standing


def _review(counted: list[Version | Decided]) -> str:
    """The review state after the last of some events (L15)."""
    sent = [n for n, event in enumerate(counted) if isinstance(event, Version)]
    if not sent:
        return "none"
    decisions = [event for event in counted[sent[-1] + 1 :] if isinstance(event, Decided)]
    if decisions:
        return "approved" if decisions[-1].action == "approve" else "returned"
    if _approvals(counted):
        return "approved_edited"
    return "resubmitted" if _returned(counted) else "waiting"


def _clocks(counted: list[Version | Decided], as_of: datetime) -> tuple[timedelta, timedelta]:
    """The bureau's and the unit's time between one event and the next (L17)."""
    bureau = unit = timedelta()
    for n, event in enumerate(counted):
        until = _time(counted[n + 1]) if n + 1 < len(counted) else as_of
        review = _review(counted[: n + 1])
        if review in ("waiting", "resubmitted", "approved_edited"):
            bureau += until - _time(event)
        if review == "returned":
            unit += until - _time(event)
    return bureau, unit
