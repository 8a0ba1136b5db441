"""A ledger: a row for every obligation, and what could not be counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Generic, Literal, NamedTuple, Protocol, TypeVar

from cchc_gforms.events import (
    Entry,
    Event,
    Evidence,
    NewsItem,
    RosterUnit,
    RowChanged,
    Unreadable,
    VersionSeen,
)

Fact = TypeVar("Fact", bound=Event, covariant=True)

Timeliness = Literal["exempt", "not_assessed", "on_time", "late", "not_due", "missing", "overdue"]
"""L15, for the event that decides (L8)."""

UNASSESSED: Final[frozenset[Timeliness]] = frozenset({"exempt", "not_assessed"})
"""In the ledger, and in no denominator (L11)."""

Review = Literal[
    "none", "waiting", "returned", "resubmitted", "approved", "approved_edited", "quarantined"
]
"""L15, of the latest version."""

Submission = Literal["on_time", "late"]
"""Of the first submission, whatever event decides (L8)."""

Mark = Literal[
    "submitted_on_time_approved_late",  # A4
    "differs_if_rolled",  # A2
    "before_closing",  # A15
    "return_without_reason",  # L6
    "returned_twice_same_version",  # L6
    "quarantined_beside",  # L13: counted versions, and others in quarantine
    "extended",  # L10
    "late_by_original",  # L10: on time only by the extension
    "voided",  # L9: a version is taken as never sent
    "in_person",  # L12
    "imported",  # some of the row comes from a back-fill
    "sheet_only",  # a version that only the Sheet has
    "api_only",  # a version that only the Forms API has
    "sheet",  # a version read from the Sheet alone: if it was edited, it came earlier
    "forms",  # a version read from the Forms API alone
    "row_vanished",  # a response's row is gone from the Sheet
    "row_edited",  # cells of a response's row were changed by hand
]

AnomalyKind = Literal[
    "version_quarantined",  # L13
    "decision_quarantined",  # L13
    "decision_without_version",  # L5
    "void_without_version",  # L9
    "extension_not_later",  # L10
    "stated_in_future",  # L12
    "nothing_to_accept",  # L13
    "nothing_to_revoke",  # L14
    "unknown_unit",  # names no unit of the roster
    "not_expected",  # names a unit that was not on the frozen roster (L1)
    "never_opened",  # for a period that was not opened (L1)
    "unreadable",
]

UncountedEffect = Literal[
    "version_quarantined",
    "decision_quarantined",
    "decision_without_version",
    "void_without_version",
    "extension_not_later",
    "stated_in_future",
    "nothing_to_accept",
    "nothing_to_revoke",
]
"""What an event came to that counts for nothing; an anomaly of the same name."""

Effect = (
    UncountedEffect
    | Literal[
        "opened",
        "first_submission",
        "further_version",
        "approved",
        "approved_further",
        "approved_again",
        "returned",
        "returned_again",
        "approval_withdrawn",
        "no_reason",
        "version_voided",  # of the version
        "voids",  # of the void
        "extended",
        "exempted",
        "accepted",
        "version_reassigned",
        "entry_revoked",  # of the entry
        "revokes",  # of the revocation
        "row_vanished",
        "row_returned",
        "row_edited",
    ]
)
"""What an event did to its row."""


class Step(NamedTuple, Generic[Fact]):
    """An event of a row, and what it did."""

    event: Fact
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation as it stands at the ledger's `as_of`. Times in UTC, dates local."""

    unit: RosterUnit
    document: str
    period: str
    window_from: date | None
    closes_on: date | None
    due_on: date
    due_on_rolled: date
    rolled_because: str | None
    due_original: date  # the one of the two that counts
    due: date  # the same, or as extended (L10)
    extension_reason: str | None
    deciding: Literal["first_submission", "approval"]
    advisory: bool
    channel: Literal["online", "in_person", "either"]
    source_document: str | None
    document_label: str  # as both were called when the period was opened; "" in older logs
    title: str
    not_assessed: str | None
    exempt: str | None  # the reason, perhaps empty
    first_submitted_at: datetime | None
    last_submitted_at: datetime | None
    versions: int
    submission: Submission | None
    decided_at: datetime | None  # when the deciding event came (L8)
    approved_at: datetime | None
    approved_by: str | None
    timeliness: Timeliness
    timeliness_original: Timeliness  # by `due_original` (A24)
    review: Review
    late_days: int | None
    days_overdue: int | None
    return_count: int
    return_reasons: tuple[str, ...]
    marks: tuple[Mark, ...]
    flags: tuple[str, ...]  # of the latest version (L21), as are the next two
    evidence: Evidence | None  # R17
    left_out: tuple[str, ...]  # nodes of the outline without an answer
    bureau_seconds: float
    unit_seconds: float
    steps: tuple[Step[Event], ...]

    @property
    def event_ids(self) -> tuple[str, ...]:
        """Ids of the events that made the row, in order."""
        return tuple(step.event.id for step in self.steps)


class InShort(Protocol):
    """As much of a row as rates and filters ask of it."""

    @property
    def unit(self) -> RosterUnit: ...
    @property
    def document(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def document_label(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def timeliness(self) -> Timeliness: ...
    @property
    def review(self) -> Review: ...
    @property
    def first_submitted_at(self) -> object | None: ...
    @property
    def approved_at(self) -> object | None: ...
    @property
    def return_count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Anomaly:
    """An event that counts for nothing, and why. Unit and period as far as they are known."""

    kind: AnomalyKind
    event: VersionSeen | RowChanged | Entry | Unreadable | NewsItem
    document: str | None = None
    period: str | None = None
    unit_code: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows by document, due date, period and unit code; anomalies by time."""

    as_of: datetime
    rows: tuple[Row, ...]
    anomalies: tuple[Anomaly, ...]
