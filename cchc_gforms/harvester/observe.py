"""From what Google holds to events: one response is one or two facts (L3). Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cchc_gforms.events import Answers, Decided, Event, Unreadable, VersionSeen
from cchc_gforms.harvester.responses import Response
from cchc_gforms.harvester.sheet import Row, normal
from cchc_gforms.regime.roster import Roster
from cchc_gforms.spec.contents import evidence_of, left_out
from cchc_gforms.spec.flags import flags
from cchc_gforms.spec.model import ChoiceItem, FormSpec, Role

ROW = "row:"
"""What the id of an event begins with when only the Sheet has it."""

Source = Literal["both", "api_only", "sheet_only"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One moment of one response. `answers` is None where a later edit has replaced them."""

    response_id: str
    at: datetime
    email: str | None
    answers: Answers | None
    latest: Answers
    source: Source


def sightings(response: Response, answers: Answers, source: Source) -> Iterator[Sighting]:
    """The response as first sent, and as last edited when it was (L3, facts 4.6)."""
    first = None if response.edited else answers
    yield Sighting(response.id, response.created, response.email, first, answers, source)
    if response.edited:
        yield Sighting(response.id, response.submitted, response.email, answers, answers, source)


def row_sighting(row: Row, at: datetime, answers: Answers) -> Sighting:
    """A row that only the Sheet has: its id is a digest of what it says."""
    said = repr((at.isoformat(), row.email, sorted(answers.items())))
    digest = hashlib.sha256(said.encode()).hexdigest()[:32]
    return Sighting(f"{ROW}{digest}", at, row.email, answers, answers, "sheet_only")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one form's sightings. `subjects` maps a document's label to document and period.

    Units are recognised in the roster of `rosters`, the frozen one of that document and period,
    and before it is frozen in `roster`.
    """

    form_id: str
    spec: FormSpec
    roster: Roster
    rosters: Mapping[tuple[str, str], Roster]
    subjects: Mapping[str, tuple[str, str]]

    def event(self, seen: Sighting) -> Event:
        """A version, a decision, or an unreadable response with the reason; never an exception."""
        if self.spec.document == "processing":
            return self._decision(seen)
        claimed = self._said(seen.latest, "unit")
        assert self.spec.document is not None
        assert self.spec.period is not None
        return VersionSeen(
            at=seen.at,
            form_id=self.form_id,
            response_id=seen.response_id,
            document=self.spec.document,
            period=self.spec.period,
            claimed_unit=claimed,
            unit_code=self._roster(self.spec.document, self.spec.period).find(claimed, seen.email),
            email=seen.email,
            answers=seen.answers,
            source=seen.source,
            flags=() if seen.answers is None else flags(self.spec, seen.answers),
            evidence=None if seen.answers is None else evidence_of(self.spec, seen.answers),
            left_out=() if seen.answers is None else left_out(self.spec, seen.answers),
        )

    def _decision(self, seen: Sighting) -> Event:
        if seen.answers is None:
            return self._unreadable(seen, "phiếu đã bị sửa trước khi thu thập, nội dung cũ đã mất")
        action = self._action(seen.answers)
        subject = self.subjects.get(normal(self._said(seen.answers, "document")))
        if action is None or subject is None:
            return self._unreadable(seen, "phiếu không nêu rõ quyết định hoặc văn bản")
        claimed = self._said(seen.answers, "unit")
        return Decided(
            at=seen.at,
            form_id=self.form_id,
            response_id=seen.response_id,
            action=action,
            document=subject[0],
            period=subject[1],
            claimed_unit=claimed,
            unit_code=self._roster(*subject).find(claimed),
            reviewer=seen.email,
            reason=self._said(seen.answers, "reason"),
        )

    def _action(self, answers: Answers) -> Literal["approve", "return"] | None:
        said = self._said(answers, "action")
        item = self.spec.item("action")
        choices = item.choices if isinstance(item, ChoiceItem) else ()
        meant = next((choice.means for choice in choices if choice.value == said), None)
        return None if meant == "confirmed" else meant

    def _unreadable(self, seen: Sighting, problem: str) -> Unreadable:
        return Unreadable(
            at=seen.at,
            form_id=self.form_id,
            response_id=seen.response_id,
            email=seen.email,
            problem=problem,
            answers=seen.answers,
        )

    def _roster(self, document: str, period: str) -> Roster:
        return self.rosters.get((document, period), self.roster)

    def _said(self, answers: Answers, role: Role) -> str:
        item = self.spec.item(role)
        return next(iter(answers.get(item.key, ())), "") if item else ""
