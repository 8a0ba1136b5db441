"""Which version of a document stands approved (L5, L7)."""

from __future__ import annotations

from collections.abc import Iterable

from cchc_gforms.events import Answers, ReceivedInPerson, VersionSeen
from cchc_gforms.ledger.row import Row

Version = VersionSeen | ReceivedInPerson


def approved_version(row: Row) -> Version | None:
    """The latest version whose approval was not withdrawn; None where none stands."""
    latest: Version | None = None
    approved: list[Version] = []
    for event, effects in row.steps:
        if isinstance(event, Version):
            if "first_submission" in effects or "further_version" in effects:
                latest = event
        elif latest and ("approved" in effects or "approved_further" in effects):
            approved.append(latest)
        elif "approval_withdrawn" in effects:
            approved.pop()
    return approved[-1] if approved else None


def approved_answers(
    rows: Iterable[Row], documents: Iterable[str]
) -> dict[str, dict[str, Answers]]:
    """By unit and document: what the unit said in the version that stands approved, of several
    periods the one approved last. What was handed over in person says nothing here."""
    wanted = set(documents)
    found: dict[str, dict[str, Answers]] = {}
    theirs = [
        (row.approved_at, row.period, row.unit.code, row)
        for row in rows
        if row.document in wanted and row.approved_at is not None
    ]
    for _, _, unit, row in sorted(theirs, key=lambda one: one[:3]):
        version = approved_version(row)
        if isinstance(version, VersionSeen) and version.answers is not None:
            found.setdefault(unit, {})[row.document] = version.answers
    return found
