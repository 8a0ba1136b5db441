"""Links that open a form with answers already chosen (facts 7.3). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote_plus, urlencode

from cchc_gforms.spec.carry_over import Lines
from cchc_gforms.spec.ids import entry_id
from cchc_gforms.spec.model import Action, ChoiceItem, FormSpec, Question, Role

LONGEST = 7999
"""Characters of an address that browsers, Zalo and mail still take whole."""

MORE = "…"
"""Stands for the lines that were left out."""

_ROLES: tuple[Role, ...] = ("unit", "document", "action")

Chosen = list[tuple[Question, str]]
"""Questions, and what is answered already."""


def prefilled(spec: FormSpec, responder_uri: str, chosen: Iterable[tuple[Question, str]]) -> str:
    """The form's address with some questions answered; not for grids, whose rows are asked."""
    return _address(responder_uri, [_field(spec, one, value) for one, value in chosen])


def _address(responder_uri: str, fields: Iterable[str]) -> str:
    return "&".join([f"{responder_uri}?usp=pp_url", *fields])


def _field(spec: FormSpec, question: Question, value: str) -> str:
    return urlencode({f"entry.{entry_id(spec.origin(question.key))}": value})


def as_texts(lines: Lines) -> Chosen:
    return [(question, "\n".join(its)) for question, its in lines]


def fitting(spec: FormSpec, responder_uri: str, chosen: Chosen, lines: Lines) -> Chosen:
    """The lines as texts, so many that the address with them and what is `chosen` is not too long.

    Whole lines are left out, at the end of the longest answer first, and an answer that lost some
    says so.
    """
    kept = [(question, list(its)) for question, its in lines]
    cut: set[str] = set()
    while True:
        texts = as_texts([(q, [*its, MORE] if q.key in cut else its) for q, its in kept])
        left = [one for one in kept if one[1]]
        if len(prefilled(spec, responder_uri, [*chosen, *texts])) <= LONGEST or not left:
            return texts
        question, its = max(left, key=lambda one: len(quote_plus("\n".join(one[1]))))
        its.pop()
        cut.add(question.key)


class ProcessingLinks:
    """The processing form's addresses with a unit, a document and an action chosen. The form may
    offer thousands of units; what it offers is looked up, and quoted, once."""

    def __init__(self, spec: FormSpec, responder_uri: str) -> None:
        self._spec, self._responder_uri = spec, responder_uri
        self._offered = {role: _offered(spec, role) for role in _ROLES}

    def to(self, *, unit: str, document: str, action: Action) -> str:
        """`unit` and `document` are as the form offers them (`Roster.choice`,
        `ReportingYear.label`). ValueError when the form does not offer one of them: Google would
        drop it without a word.
        """
        wanted = dict(zip(_ROLES, (unit, document, action), strict=True))
        for role, value in wanted.items():
            if value not in self._offered[role]:
                raise ValueError(f"{self._spec.name}: no such {role}")
        fields = [self._offered[role][value] for role, value in wanted.items()]
        return _address(self._responder_uri, fields)


def _offered(spec: FormSpec, role: Role) -> dict[str, str]:
    """The fields of the choices: of the action by what they mean, others by their text."""
    question = spec.item(role)
    if not isinstance(question, ChoiceItem):
        return {}
    return {
        (choice.means if role == "action" else None) or choice.value: _field(
            spec, question, choice.value
        )
        for choice in question.choices
    }
