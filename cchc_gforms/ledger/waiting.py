"""Since when a row waits for the bureau (L17)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cchc_gforms.events import ReceivedInPerson
from cchc_gforms.ledger.row import Effect, Review, Row

WAITING: Final[frozenset[Review]] = frozenset({"waiting", "resubmitted", "approved_edited"})
"""The bureau's clock runs."""

_SENT: Final[frozenset[Effect]] = frozenset({"first_submission", "further_version"})
_DECIDED: Final[frozenset[Effect]] = frozenset(
    {"approved", "approved_further", "approved_again", "returned", "returned_again"}
)


def waiting_since(row: Row) -> datetime | None:
    """The time of the first version that no decision came after; of the first one in quarantine,
    where there is nothing else (L13). None when nothing waits."""
    if row.review == "quarantined":
        return next(s.event.at for s in row.steps if "version_quarantined" in s.effects)
    if row.review not in WAITING:
        return None
    since: datetime | None = None
    for step in row.steps:
        if not _DECIDED.isdisjoint(step.effects):
            since = None
        elif since is None and not _SENT.isdisjoint(step.effects):
            event = step.event
            since = event.received_at if isinstance(event, ReceivedInPerson) else event.at
    return since or row.last_submitted_at
