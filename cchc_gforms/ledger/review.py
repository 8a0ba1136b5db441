"""What happened to one obligation: versions, decisions, the two clocks (L3–L7, L17)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from cchc_gforms.events import Decided, RosterUnit, VersionSeen
from cchc_gforms.ledger.row import Effect, Mark, Review

Effects = tuple[Effect, ...]

_WITH_BUREAU: Final = frozenset[Review]({"waiting", "resubmitted", "approved_edited"})
_NOTHING: Final = timedelta()


class Case:
    """Takes the events of one obligation in order (L18), and says what each one did.

    A decision concerns the latest version, and time does not go back, so only the latest
    version's standing approval and return need to be kept apart from the older ones'.
    """

    __slots__ = (
        "_addresses",
        "_returned",
        "_reviewers",
        "_since",
        "_standing",
        "approved",
        "bureau",
        "first",
        "last",
        "marks",
        "quarantined",
        "reasons",
        "returns",
        "review",
        "unit",
        "versions",
    )

    def __init__(self, unit: RosterUnit, reviewers: Collection[str]) -> None:
        self.first: VersionSeen | None = None
        self.last: VersionSeen | None = None
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
        self._reviewers = reviewers
        self._standing: Decided | None = None  # the latest version's approval
        self._returned = False  # the latest version was
        self._since: datetime | None = None

    def submit(self, version: VersionSeen) -> Effects:
        """A version (L3); in quarantine when the address is not the unit's (L13)."""
        if version.email is not None and version.email not in self._addresses:
            self.quarantined += 1
            return ("version_quarantined",)
        if version.source != "both":
            self.marks.add(version.source)
        self.run_clocks(version.at)
        self.versions += 1
        self.last = version
        self._standing, self._returned = None, False
        if self.first is None:
            self.first = version
            self.review = "waiting"
            return ("first_submission",)
        if self.approved is not None:
            self.review = "approved_edited"
        elif self.returns:
            self.review = "resubmitted"
        return ("further_version",)

    def decide(self, decision: Decided) -> Effects:
        """An approval or a return of the latest version (L5); only reviewers decide (L13)."""
        if decision.reviewer is not None and decision.reviewer not in self._reviewers:
            return ("decision_quarantined",)
        if self.last is None:
            return ("decision_without_version",)
        self.run_clocks(decision.at)
        return self._approve(decision) if decision.action == "approve" else self._return(decision)

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
