"""From what Google holds to events: one response is one or two facts (L3). Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cchc_gforms.events import Answers, Event, NewsItem, Unreadable, VersionSeen
from cchc_gforms.harvester.decisions import Files, Origin, UnclearError, entry
from cchc_gforms.harvester.responses import Response
from cchc_gforms.spec.contents import evidence_of, left_out
from cchc_gforms.spec.model import NEWS, FormSpec, Role

ROW = "row:"
"""What the id of an event begins with when only the Sheet has it."""

Source = Literal["both", "api_only", "sheet_only", "forms", "sheet"]


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


def row_id(at: datetime, email: str | None, unit: str) -> str:
    """Of a row that only the Sheet has: a digest of when it was sent and by whom (the unit
    normalised), so that it stays the same when the row moves or another cell of it is changed."""
    said = repr((at.isoformat(), email, unit))
    return f"{ROW}{hashlib.sha256(said.encode()).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one form's sightings. What the checks say of them is told later: see `flagging`."""

    form_id: str
    spec: FormSpec
    files: Files

    def events(self, response: Response, answers: Answers, source: Source) -> Iterator[Event]:
        """Every moment of the response; a news item that was edited is still one item (R33)."""
        for seen in sightings(response, answers, source):
            yield self.event(seen)
            if self._is_news:
                return

    def event(self, seen: Sighting) -> Event:
        """A version, a news item, what staff put on record, or an unreadable response with the
        reason; never an exception."""
        if self.spec.period is not None:
            return self._version(seen, self.spec.document, self.spec.period)
        return self._news_item(seen) if self._is_news else self._entry(seen)

    @property
    def _is_news(self) -> bool:
        return (self.spec.document, self.spec.period) == (NEWS, None)

    def _version(self, seen: Sighting, document: str, period: str) -> VersionSeen:
        claimed = self._said(seen.latest, "unit")
        return VersionSeen(
            at=seen.at,
            form_id=self.form_id,
            response_id=seen.response_id,
            document=document,
            period=period,
            claimed_unit=claimed,
            unit_code=self.files.roster_of(document, period).find(
                claimed, self.verified(seen.email)
            ),
            email=self.verified(seen.email),
            answers=seen.answers,
            source=seen.source,
            evidence=None if seen.answers is None else evidence_of(self.spec, seen.answers),
            left_out=() if seen.answers is None else left_out(self.spec, seen.answers),
        )

    def verified(self, email: str | None) -> str | None:
        """The sender's address where Google vouches for it; one that anybody may type in is no
        evidence, for a unit or against it (L13)."""
        return email if self.spec.collect_email == "verified" else None

    def _news_item(self, seen: Sighting) -> Event:
        claimed = self._said(seen.latest, "unit")
        title, link = self._said(seen.latest, "news_title"), self._said(seen.latest, "news_link")
        if not title and not link:
            return self._unreadable(seen, "không nêu tên hoặc liên kết của tin, bài")
        return NewsItem(
            at=seen.at,
            form_id=self.form_id,
            response_id=seen.response_id,
            claimed_unit=claimed,
            unit_code=self.files.roster.find(claimed, self.verified(seen.email)),
            email=self.verified(seen.email),
            title=title,
            link=link,
        )

    def _entry(self, seen: Sighting) -> Event:
        if seen.answers is None:
            return self._unreadable(seen, "phiếu đã bị sửa trước khi thu thập, nội dung cũ đã mất")
        origin = Origin(seen.at, self.form_id, seen.response_id, seen.email)
        try:
            return entry(self.spec, seen.answers, origin, self.files)
        except UnclearError as unclear:
            return self._unreadable(seen, str(unclear))

    def _unreadable(self, seen: Sighting, problem: str) -> Unreadable:
        return Unreadable(
            at=seen.at,
            form_id=self.form_id,
            response_id=seen.response_id,
            email=seen.email,
            problem=problem,
            answers=seen.answers,
        )

    def _said(self, answers: Answers, role: Role) -> str:
        item = self.spec.item(role)
        return next(iter(answers.get(item.key, ())), "") if item else ""
