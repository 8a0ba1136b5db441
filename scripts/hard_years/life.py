"""A random year: what people come to do next, and what is therefore true."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hard_years import words
from hard_years.deeds import REVIEWERS, STRANGER, ZONE, Deed, Kind
from hard_years.files import BRIEF, OWED
from hard_years.town import Town
from hard_years.vandals import take_out_row, type_row

_WEIGHTS: Mapping[Kind, int] = {
    "submit": 30, "edit": 14, "type_row": 6, "delete": 4, "approve": 14, "return": 12, "extend": 4,
    "receive_in_person": 3, "exempt": 2, "void": 6, "accept": 5, "revoke": 6,
}  # fmt: skip
DEEDS = tuple(_WEIGHTS)
_PAUSES = (
    timedelta(milliseconds=3), timedelta(seconds=1), timedelta(minutes=3), timedelta(hours=5),
    timedelta(hours=20), timedelta(days=2),
)  # fmt: skip
_APART = timedelta(seconds=3)  # rows of one sender that are not taken for one and the same


@dataclass
class Response:
    """A response as Google has it: its versions, and how much of it harvests have come by.

    Google keeps the first and the last time only, and the last answers; the Sheet, the last time
    only. `asked`: a harvest was begun since the last version; `harvested`: one went well;
    `deleted`: the form has it no more.
    """

    versions: list[Deed]
    asked: bool = False
    harvested: bool = False
    deleted: bool = False
    answers_known: set[Deed] = field(default_factory=set)

    @property
    def latest(self) -> Deed:
        return self.versions[-1]


class Life:
    """Deeds one after the other, for as long as somebody asks for the next."""

    def __init__(self, town: Town, chance: random.Random) -> None:
        self._town = town
        self._chance = chance
        self.now = datetime(2022, 2, 18, 9, tzinfo=ZONE).astimezone(UTC)
        self.decided: list[Deed] = []
        self.typed: list[Deed] = []
        self.responses: dict[int, Response] = {}

    @property
    def deeds(self) -> list[Deed]:
        """All that is true and can be known; from the Sheet alone, to the second (facts 6.3)."""
        sent = [deed for one in self.responses.values() for deed in one.versions]
        done = sorted([*sent, *self.typed, *self.decided], key=lambda deed: deed.at)
        if self._town.source != "sheet":
            return done
        return [replace(one, at=one.at.replace(microsecond=0)) for one in done]

    def go_to(self, subject: str) -> None:
        """Some days before that document is due, if they are still to come."""
        due = OWED[subject].due_on
        begin = datetime(due.year, due.month, due.day, 9, tzinfo=ZONE) - timedelta(days=6)
        self.now = max(self.now, begin)

    def wait(self, subject: str) -> None:
        """Time passes: milliseconds or days, or just to the end of the due date."""
        due = OWED[subject].due_on
        end = datetime(due.year, due.month, due.day, tzinfo=ZONE) + timedelta(days=1)
        at_the_last = end - self._chance.choice((timedelta(), timedelta(milliseconds=1)))
        least = _APART if self._town.source == "sheet" else timedelta(milliseconds=1)
        if self._chance.random() < 0.2 and self.now + least <= at_the_last:
            self.now = at_the_last
            return
        longest = self._chance.choice(_PAUSES)
        self.now += least + longest * self._chance.random()
        self.now = self.now.replace(microsecond=self.now.microsecond // 1000 * 1000)

    def next(self, subject: str) -> Deed | None:
        """Somebody does something about the document, and it is done; None: nobody does."""
        kind = self._chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        unit = self._somebody()
        if kind == "submit":
            deed: Deed | None = self._submission(subject, unit)
        elif kind == "edit":
            deed = self._edit(subject)
        elif kind == "type_row":
            deed = self._typed_row(subject, unit)
        elif kind == "delete":
            deed = self._deletion(subject)
        else:
            deed = self._decision(kind, subject, self._somebody_with(subject) or unit)
        if deed is None:
            return None
        if deed.kind != "type_row":
            self._town.do(deed)
        elif not type_row(self._town, deed, self._typed_about(subject)):
            return None
        self._note(deed)
        return deed

    def _somebody(self) -> str:
        """Mostly one of two schools, so that much happens to the same document."""
        codes = sorted(self._town.addresses)
        return self._chance.choice(codes[:2] if self._chance.random() < 0.7 else codes)

    def _somebody_with(self, subject: str) -> str | None:
        """Mostly a school that something was done about already."""
        about = sorted({one.unit for one in self.deeds if one.subject == subject and one.unit})
        return self._chance.choice(about) if about and self._chance.random() < 0.85 else None

    def harvest_begins(self) -> None:
        for one in self.responses.values():
            one.asked = True

    def harvest_went_well(self, *, whole: bool = False) -> None:
        """`whole`: it looked at all responses, as it does once a day."""
        for one in self.responses.values():
            if self._town.edits_show_late and not whole and one.latest.kind == "edit":
                continue
            one.harvested = True
            one.answers_known.add(one.latest)

    def rebuilt(self) -> None:
        """Of each response what Google keeps is known, and nothing else (`cchc store rebuild`)."""
        for one in self.responses.values():
            del one.versions[1:-1]
            one.harvested = True
            one.answers_known = {one.latest}

    def _note(self, deed: Deed) -> None:
        if deed.kind == "submit":
            self.responses[deed.number] = Response([deed])
        elif deed.kind == "edit":
            one = self.responses[deed.number]
            if not one.asked and self._is_forgotten(one):
                one.versions.pop()
            one.versions.append(deed)
            one.asked = one.harvested = False
        elif deed.kind == "delete":
            self._note_deletion(deed.number)
        elif deed.kind == "type_row":
            if self._town.source != "forms":  # the forms know nothing of it
                self.typed.append(deed)
        else:
            self.decided.append(deed)

    def _note_deletion(self, number: int) -> None:
        """What was harvested stays (L4), and the row; half of them are taken out too."""
        one = self.responses[number]
        one.deleted = True
        if one.harvested:
            if self._chance.random() < 0.5:
                take_out_row(self._town, one.latest.at)
        elif self._town.source == "forms":
            del self.responses[number]

    def _is_forgotten(self, one: Response) -> bool:
        """Whether an edit is the end of the latest version, where it was harvested from."""
        return len(one.versions) > 1 or self._town.source == "sheet"

    def _submission(self, subject: str, unit: str) -> Deed:
        own = self._chance.choice(self._town.addresses[unit])
        foreign = [
            STRANGER,
            *(one[0] for code, one in self._town.addresses.items() if code != unit),
        ]
        is_own = self._chance.random() < 0.85
        email = own if is_own else self._chance.choice(foreign)
        deed = Deed(self.now, "submit", subject, unit, email, max(self.responses, default=0) + 1)
        return replace(self._worded(deed), text=words.text(self._chance))

    def _worded(self, deed: Deed) -> Deed:
        """Where the unit is typed, its name anyhow: a name alone from another school's address says
        two things at once, and names nobody."""
        assert deed.unit
        unit = self._town.year.roster.unit(deed.unit)
        choice = self._town.year.roster.choice(unit)
        way = self._chance.random()
        if deed.subject != BRIEF or way < 0.3:
            return replace(deed, wording=choice)
        if way < 0.4:
            return replace(deed, wording=unit.code.lower())
        typed = words.written_anyhow(self._chance, unit.name)
        at_odds = deed.email not in (STRANGER, *self._town.addresses[deed.unit])
        return replace(deed, wording=typed, unit=None if at_odds else deed.unit)

    def _edit(self, subject: str) -> Deed | None:
        """Of a response about which it is known what harvests have come by; not within the
        millisecond that Google's two times of an unedited response may differ by (L3). A Sheet
        alone cannot tell an edit that changes nothing."""
        open_to = [
            one
            for one in self.responses.values()
            if one.latest.subject == subject
            and not one.deleted
            and self.now - one.latest.at > timedelta(milliseconds=2)
            and (one.harvested or not one.asked or not self._is_forgotten(one))
            and not self._is_said_again(one)
        ]
        if not open_to:
            return None
        latest = self._chance.choice(open_to).latest
        text = words.text(self._chance)
        said = {one.text for one in self.deeds if one.number == latest.number}
        while self._town.source == "sheet" and text in said:
            text = words.text(self._chance)
        return replace(latest, at=self.now, kind="edit", text=text)

    def _deletion(self, subject: str) -> Deed | None:
        """Of a response all of which was harvested; of the forms alone, one of which nothing was
        read, too; of the Sheet alone, any."""
        found = [
            one
            for one in self.responses.values()
            if one.latest.subject == subject
            and not one.deleted
            and (one.harvested or self._is_unread(one) or self._town.source == "sheet")
            and not self._is_said_again(one)
        ]
        if not found:
            return None
        return replace(self._chance.choice(found).latest, at=self.now, kind="delete")

    def _is_said_again(self, one: Response) -> bool:
        """Whether a Sheet alone would show the words of its row in a new row of the sender only:
        the same row then, with another time typed over, for all that can be known."""
        said = [
            (other.latest.subject, other.latest.email, other.latest.text)
            for other in self.responses.values()
            if not other.harvested and other is not one
        ]
        own = (one.latest.subject, one.latest.email, one.latest.text)
        return self._town.source == "sheet" and own in said

    def _is_unread(self, one: Response) -> bool:
        return self._town.source == "forms" and not one.asked and len(one.versions) == 1

    def _typed_row(self, subject: str, unit: str) -> Deed | None:
        """Only where there are more answers, and minutes after all of them."""
        about = [one for one in self.responses.values() if one.latest.subject == subject]
        if len(about) <= self._typed_about(subject):
            return None
        self.now = (self.now + timedelta(minutes=5)).replace(microsecond=0)
        choice = self._town.year.roster.choice(self._town.year.roster.unit(unit))
        email, text = self._town.addresses[unit][0], words.text(self._chance)
        return Deed(self.now, "type_row", subject, unit, email, text=text, wording=choice)

    def _typed_about(self, subject: str) -> int:
        return sum(one.subject == subject for one in self.typed)

    def _decision(self, kind: Kind, subject: str, unit: str) -> Deed:
        reason = words.text(self._chance) if kind != "approve" else ""
        reviewer = self._chance.choice(REVIEWERS)
        deed = Deed(self.now, kind, subject, unit, reviewer, text=reason)
        everyone = self._chance.random() < 0.3
        if kind == "extend":
            later = timedelta(days=self._chance.randint(-1, 8))
            return replace(deed, due_on=OWED[subject].due_on + later, everyone=everyone)
        if kind == "receive_in_person":
            ago = timedelta(minutes=self._chance.choice((-90, 0, 45, 600, 3000)))
            at = (self.now - ago).replace(second=0, microsecond=0)
            return replace(deed, received_at=at)
        if kind == "revoke":
            return replace(deed, everyone=everyone)
        if kind == "accept" and self._chance.random() < 0.3:
            return replace(deed, to_unit=self._chance.choice(sorted(self._town.addresses)))
        if kind == "void" and (sent := self._sent(subject, unit)) and self._chance.random() < 0.5:
            at = self._chance.choice(sent).at.replace(second=0, microsecond=0)
            return replace(deed, target_at=at)
        return deed

    def _sent(self, subject: str, unit: str) -> list[Deed]:
        return [
            one
            for one in self.deeds
            if (one.subject, one.unit) == (subject, unit) and one.kind in ("submit", "edit")
        ]
