"""The rules once more, as slowly and plainly as they are written; shares nothing with the fold.

Every moment is asked from scratch: "what does the record look like up to here?"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from cchc_gforms.events import Decided, Event, PeriodOpened, VersionSeen

VIET_NAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class SlowRow:
    first: datetime | None
    last: datetime | None
    versions: int
    approved_at: datetime | None
    return_count: int
    review: str
    timeliness: str
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
    emails = next(unit.emails for unit in opened.units if unit.code == unit_code)
    mine = [
        event
        for event in events
        if isinstance(event, VersionSeen | Decided)
        and (event.document, event.period, event.unit_code)
        == (opened.document, opened.period, unit_code)
        and event.at <= as_of
    ]
    mine.sort(key=lambda event: (event.at, isinstance(event, Decided), event.id))
    strange = any(isinstance(e, VersionSeen) and e.email not in (None, *emails) for e in mine)
    counted = [
        event
        for event in mine
        if (isinstance(event, VersionSeen) and event.email in (None, *emails))
        or (isinstance(event, Decided) and event.reviewer in (None, *reviewers))
    ]
    return _row(counted, strange, opened, as_of)


def _row(
    counted: list[VersionSeen | Decided], strange: bool, opened: PeriodOpened, as_of: datetime
) -> SlowRow:
    sent = [event for event in counted if isinstance(event, VersionSeen)]
    first = sent[0].at if sent else None
    approved = _approvals(counted)
    approved_at = min(approved) if approved else None
    due_on = opened.due_on if opened.effective == "due_on" else opened.due_on_rolled
    late_from = datetime(due_on.year, due_on.month, due_on.day, tzinfo=VIET_NAM) + timedelta(days=1)
    decided = first if opened.deciding == "first_submission" else approved_at
    timeliness = _timeliness(opened, decided, first, late_from, as_of)
    owing = timeliness in ("missing", "overdue")
    bureau, unit = _clocks(counted, as_of)
    if opened.not_assessed is None and (first or as_of) > late_from:
        unit += (first or as_of) - late_from
    return SlowRow(
        first=first,
        last=sent[-1].at if sent else None,
        versions=len(sent),
        approved_at=approved_at,
        return_count=len(_returned(counted)),
        review=_review(counted) if sent else "quarantined" if strange else "none",
        timeliness=timeliness,
        late_days=_late_days(timeliness, decided, due_on),
        days_overdue=(as_of.astimezone(VIET_NAM).date() - due_on).days if owing else None,
        bureau_seconds=bureau.total_seconds(),
        unit_seconds=unit.total_seconds(),
    )


def _late_days(timeliness: str, decided: datetime | None, due_on: date) -> int | None:
    if timeliness == "late" and decided is not None:
        return (decided.astimezone(VIET_NAM).date() - due_on).days
    return 0 if timeliness == "on_time" else None


def _timeliness(
    opened: PeriodOpened,
    decided: datetime | None,
    first: datetime | None,
    late_from: datetime,
    as_of: datetime,
) -> str:
    if opened.not_assessed is not None:
        return "not_assessed"
    if decided is not None:
        return "on_time" if decided < late_from else "late"
    if as_of < late_from:
        return "not_due"
    return "missing" if first is None else "overdue"


def _target(counted: list[VersionSeen | Decided], place: int) -> int | None:
    """Place of the version that the decision at `place` is about (L5)."""
    before = [n for n in range(place) if isinstance(counted[n], VersionSeen)]
    return before[-1] if before else None


def _returned(counted: list[VersionSeen | Decided]) -> set[int]:
    """Places of the versions returned at least once (L6)."""
    targets = {
        _target(counted, n)
        for n, event in enumerate(counted)
        if isinstance(event, Decided) and event.action == "return"
    }
    return {target for target in targets if target is not None}


def _approvals(counted: list[VersionSeen | Decided]) -> list[datetime]:
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


def _review(counted: list[VersionSeen | Decided]) -> str:
    """The review state after the last of some events (L15)."""
    sent = [n for n, event in enumerate(counted) if isinstance(event, VersionSeen)]
    if not sent:
        return "none"
    decisions = [event for event in counted[sent[-1] + 1 :] if isinstance(event, Decided)]
    if decisions:
        return "approved" if decisions[-1].action == "approve" else "returned"
    if _approvals(counted):
        return "approved_edited"
    return "resubmitted" if _returned(counted) else "waiting"


def _clocks(counted: list[VersionSeen | Decided], as_of: datetime) -> tuple[timedelta, timedelta]:
    """The bureau's and the unit's time between one event and the next (L17)."""
    bureau = unit = timedelta()
    for n, event in enumerate(counted):
        until = counted[n + 1].at if n + 1 < len(counted) else as_of
        review = _review(counted[: n + 1])
        if review in ("waiting", "resubmitted", "approved_edited"):
            bureau += until - event.at
        if review == "returned":
            unit += until - event.at
    return bureau, unit
