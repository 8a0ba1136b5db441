"""From a response of the processing form to what staff put on record (L5–L14). Pure.

The action names a page of the form, and only that page is read. What is missing or contradicts
itself makes the response unreadable: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from cchc_gforms.events import (
    Accepted,
    Answers,
    Decided,
    Entry,
    Exempted,
    Extended,
    ReceivedInPerson,
    Revoked,
    Voided,
)
from cchc_gforms.harvester.sheet import normal
from cchc_gforms.regime.roster import Roster
from cchc_gforms.spec.model import (
    Choice,
    ChoiceItem,
    FormSpec,
    Meaning,
    Question,
    Role,
    Section,
    is_question,
)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)


_Common = dict[str, object]  # the fields that every entry has


class UnclearError(Exception):
    """Says too little, or two things at once; the text tells staff what."""


@dataclass(frozen=True, slots=True)
class Files:
    """What the answers name: documents by label, units, and the regime's zone.

    Units are recognised in the roster of `rosters`, the frozen one of that document and period,
    and before it is frozen in `roster`.
    """

    roster: Roster
    rosters: Mapping[tuple[str, str], Roster]
    subjects: Mapping[str, tuple[str, str]]
    zone: ZoneInfo

    def roster_of(self, document: str, period: str) -> Roster:
        return self.rosters.get((document, period), self.roster)


@dataclass(frozen=True, slots=True)
class Origin:
    """Which response it is, when it was sent by Google's clock, and from which address."""

    at: datetime
    form_id: str
    response_id: str
    reviewer: str | None


def entry(spec: FormSpec, answers: Answers, origin: Origin, files: Files) -> Entry:
    """What the response puts on record. UnclearError, with the reason, when that is not clear."""
    slip = _Slip.read(spec, answers)
    document = slip.said("document")
    subject = files.subjects.get(normal(document))
    if subject is None:
        raise UnclearError(
            f"không có văn bản nào tên “{document}”" if document else "phiếu không nêu văn bản"
        )
    everyone = slip.meant("scope") == "everyone"
    unit = slip.said("unit")
    if not unit and not everyone:
        raise UnclearError("phiếu không nêu đơn vị")
    roster = files.roster_of(*subject)
    common: _Common = {
        "at": origin.at,
        "form_id": origin.form_id,
        "response_id": origin.response_id,
        "document": subject[0],
        "period": subject[1],
        "claimed_unit": unit,
        "unit_code": None if everyone else roster.find(unit),
        "reviewer": origin.reviewer,
        "reason": slip.said("reason"),
    }
    return _MAKERS[slip.action.means](slip, common, roster, files.zone)


@dataclass(frozen=True, slots=True)
class _Slip:
    """The answers to the first page and to the page of the action that was chosen."""

    answers: Answers
    action: Choice
    questions: tuple[Question, ...]

    @classmethod
    def read(cls, spec: FormSpec, answers: Answers) -> _Slip:
        asked = spec.item("action")
        choices = asked.choices if isinstance(asked, ChoiceItem) else ()
        said = _first(answers, asked)
        action = next((choice for choice in choices if choice.value.strip() == said), None)
        if action is None or action.means not in _MAKERS:
            raise UnclearError(
                f"phiếu không có việc nào tên “{said}”" if said else "phiếu không nêu quyết định"
            )
        pages = {choice.go_to for choice in choices}
        for section in spec.sections:
            if section.key in pages - {action.go_to}:
                _refuse_answers(section, answers, action)
        read = [one for one in spec.sections if one.key not in pages or one.key == action.go_to]
        return cls(answers, action, tuple(one for section in read for one in _asked(section)))

    def said(self, role: Role) -> str:
        return _first(self.answers, self._question(role))

    def title(self, role: Role) -> str:
        question = self._question(role)
        return question.title if question else role

    def meant(self, role: Role) -> Meaning | None:
        """What the chosen option means; None where the page does not ask."""
        question = self._question(role)
        if not isinstance(question, ChoiceItem):
            return None
        said = self.said(role)
        chosen = next((one for one in question.choices if one.value.strip() == said), None)
        if chosen is None:
            raise UnclearError(
                f"“{question.title}”: không có lựa chọn “{said}”"
                if said
                else f"thiếu “{question.title}”"
            )
        return chosen.means

    def need(self, role: Role) -> str:
        said = self.said(role)
        if not said:
            raise UnclearError(f"thiếu “{self.title(role)}”")
        return said

    def day(self, role: Role) -> date:
        said = self.need(role)
        try:
            if _DATE.fullmatch(said):
                return date.fromisoformat(said)
        except ValueError:
            pass
        raise UnclearError(f"“{self.title(role)}”: không đọc được ngày “{said}”")

    def clock(self, role: Role) -> time:
        said = self.need(role)
        try:
            if _TIME.fullmatch(said):
                return time.fromisoformat(said)
        except ValueError:
            pass
        raise UnclearError(f"“{self.title(role)}”: không đọc được giờ “{said}”")

    def moment(self, day: Role, clock: Role, zone: ZoneInfo) -> datetime:
        """A wall-clock time in the zone as UTC, when there is just one such time."""
        local = datetime.combine(self.day(day), self.clock(clock), zone)
        if local.utcoffset() != local.replace(fold=1).utcoffset():
            raise UnclearError(f"{local:%d/%m/%Y %H:%M}: giờ này có hai lần hoặc không có")
        try:
            return local.astimezone(UTC)
        except OverflowError:
            raise UnclearError(f"“{self.title(day)}”: ngày quá xa") from None

    def _question(self, role: Role) -> Question | None:
        return next((one for one in self.questions if one.role == role), None)


def _decided(slip: _Slip, common: _Common, _roster: Roster, _zone: ZoneInfo) -> Entry:
    """A return without a reason counts and is flagged by the ledger (L6)."""
    return Decided.model_validate(common | {"action": slip.action.means})


def _extended(slip: _Slip, common: _Common, _roster: Roster, _zone: ZoneInfo) -> Entry:
    slip.need("reason")
    everyone = slip.meant("scope") == "everyone"
    return Extended.model_validate(common | {"due_on": slip.day("due_on"), "everyone": everyone})


def _received(slip: _Slip, common: _Common, _roster: Roster, zone: ZoneInfo) -> Entry:
    at = slip.moment("received_on", "received_at", zone)
    return ReceivedInPerson.model_validate(common | {"received_at": at})


def _exempted(slip: _Slip, common: _Common, _roster: Roster, _zone: ZoneInfo) -> Entry:
    slip.need("reason")
    return Exempted.model_validate(common)


def _voided(slip: _Slip, common: _Common, _roster: Roster, zone: ZoneInfo) -> Entry:
    slip.need("reason")
    named = slip.meant("target") == "named"
    if named:
        at = slip.moment("target_on", "target_at", zone)
        return Voided.model_validate(common | {"target_at": at})
    if slip.said("target_on") or slip.said("target_at"):
        raise UnclearError("phiếu hủy bản gần nhất nhưng lại nêu ngày, giờ của một bản")
    return Voided.model_validate(common)


def _accepted(slip: _Slip, common: _Common, roster: Roster, _zone: ZoneInfo) -> Entry:
    said = slip.said("to_unit")
    code = roster.find(said) if said else None
    if said and code is None:
        raise UnclearError(f"“{slip.title('to_unit')}”: không nhận ra đơn vị “{said}”")
    return Accepted.model_validate(common | {"to_unit": code})


def _revoked(slip: _Slip, common: _Common, _roster: Roster, _zone: ZoneInfo) -> Entry:
    slip.need("reason")
    return Revoked.model_validate(common | {"everyone": slip.meant("scope") == "everyone"})


_Maker = Callable[[_Slip, _Common, Roster, ZoneInfo], Entry]
_MAKERS: Final[Mapping[Meaning | None, _Maker]] = {
    "approve": _decided,
    "return": _decided,
    "extend": _extended,
    "receive_in_person": _received,
    "exempt": _exempted,
    "void": _voided,
    "accept": _accepted,
    "revoke": _revoked,
}


def _refuse_answers(section: Section, answers: Answers, action: Choice) -> None:
    """Google drops the answers of a page not gone through; a row typed by hand may have them."""
    if any(_first(answers, question) for question in _asked(section)):
        raise UnclearError(f"phiếu chọn “{action.value}” nhưng lại điền trang “{section.title}”")


def _asked(section: Section) -> Iterator[Question]:
    return filter(is_question, section.items)


def _first(answers: Answers, question: Question | None) -> str:
    return next(iter(answers.get(question.key, ())), "").strip() if question else ""
