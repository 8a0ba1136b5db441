"""What happened to one obligation: versions, decisions, the two clocks (L3–L7, L17)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from cchc_gforms.events import Decided, ReceivedInPerson, RosterUnit, VersionSeen
from cchc_gforms.ledger.reviewers import Reviewers
from cchc_gforms.ledger.row import Effect, Mark, Review

Effects = tuple[Effect, ...]
Version = VersionSeen | ReceivedInPerson

_WITH_BUREAU: Final = frozenset[Review]({"waiting", "resubmitted", "approved_edited"})
_NOTHING: Final = timedelta()


class Case:
    """Takes the events of one obligation in order (L18), and says what each one did.

    A decision concerns the latest version, and time does not go back, so only the latest
    version's standing approval and return need to be kept apart from the older ones'.
    """

    __slots__ = (
        "_addresses",
        "_admitted",
        "_returned",
        "_reviewers",
        "_since",
        "_standing",
        "approved",
        "bureau",
        "first",
        "first_at",
        "last",
        "last_at",
        "marks",
        "quarantined",
        "reasons",
        "returns",
        "review",
        "unit",
        "versions",
    )

    def __init__(
        self,
        unit: RosterUnit,
        reviewers: Reviewers,
        admitted: Collection[str] = (),
    ) -> None:
        """`admitted` are the ids of the events accepted from quarantine (L13)."""
        self.first: Version | None = None
        self.first_at: datetime | None = None
        self.last: Version | None = None
        self.last_at: datetime | None = None
        self.versions = 0
        self.approved: Decided | None = None  # the earliest approval that stands (L7)
        self.returns = 0
        self.reasons: list[str] = []
        self.review: Review = "none"
        self.marks: set[Mark] = set()
        self.quarantined = 0
        self.bureau = _NOTHING
        self.unit = _NOTHING
        self._addresses = unit.emails
        self._admitted = admitted
        self._reviewers = reviewers
        self._standing: Decided | None = None  # the latest version's approval
        self._returned = False  # the latest version was
        self._since: datetime | None = None

    def take(self, at: datetime, event: Version | Decided) -> Effects:
        """The next event, and the moment it counts from."""
        if event.kind == "decided":
            return self.decide(event)
        return self.submit(at, event)

    def submit(self, at: datetime, version: Version) -> Effects:
        """A version (L3, L12); in quarantine when the address is not the right one (L13)."""
        if self._foreign(version):
            if version.kind == "received_in_person":
                return ("decision_quarantined",)
            self.quarantined += 1
            return ("version_quarantined",)
        self.run_clocks(at)
        self._note(at, version)
        if self.first is None:
            self.first, self.first_at = version, at
            self.review = "waiting"
            return ("first_submission",)
        if self.approved is not None:
            self.review = "approved_edited"
        elif self.returns:
            self.review = "resubmitted"
        return ("further_version",)

    def decide(self, decision: Decided) -> Effects:
        """An approval or a return of the latest version (L5); only reviewers decide (L13)."""
        if self._foreign(decision):
            return ("decision_quarantined",)
        if self.last is None:
            return ("decision_without_version",)
        self.run_clocks(decision.at)
        return self._approve(decision) if decision.action == "approve" else self._return(decision)

    def _foreign(self, event: Version | Decided) -> bool:
        if event.kind == "version_seen":
            strange = event.email is not None and event.email not in self._addresses
        else:
            who = event.reviewer
            strange = who is not None and not self._reviewers.has(who, event.at)
        return strange and event.id not in self._admitted

    def _note(self, at: datetime, version: Version) -> None:
        if version.kind == "received_in_person":
            self.marks.add("in_person")
        elif version.source != "both":
            self.marks.add(version.source)
        self.versions += 1
        self.last, self.last_at = version, at
        self._standing, self._returned = None, False

    def run_clocks(self, until: datetime) -> None:
        """Gives the time since the last event to whoever had the document (L17)."""
        if self._since is not None:
            if self.review in _WITH_BUREAU:
                self.bureau += until - self._since
            elif self.review == "returned":
                self.unit += until - self._since
        self._since = until

    def _approve(self, decision: Decided) -> Effects:
        if self._standing is not None:
            return ("approved_again",)
        self._standing = decision
        self.review = "approved"
        if self.approved is not None:
            return ("approved_further",)
        self.approved = decision
        return ("approved",)

    def _return(self, decision: Decided) -> Effects:
        effects: list[Effect] = ["returned_again" if self._returned else "returned"]
        if self._returned:
            self.marks.add("returned_twice_same_version")
        else:
            self.returns += 1
        if self._standing is not None:
            effects.append("approval_withdrawn")
            # An older version's approval stands on (L7).
            self.approved = None if self.approved is self._standing else self.approved
        if reason := decision.reason.strip():
            self.reasons.append(reason)
        else:
            effects.append("no_reason")
            self.marks.add("return_without_reason")
        self._standing, self._returned = None, True
        self.review = "returned"
        return tuple(effects)
