"""Links that open a form with answers already chosen (facts 7.3). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from cchc_gforms.spec.ids import entry_id
from cchc_gforms.spec.model import Action, Choice, ChoiceItem, FormSpec, Question, Role


def prefilled(spec: FormSpec, responder_uri: str, chosen: Iterable[tuple[Question, str]]) -> str:
    """The form's address with some questions answered; not for grids, whose rows are asked."""
    fields = [(f"entry.{entry_id(spec.origin(one.key))}", value) for one, value in chosen]
    return f"{responder_uri}?{urlencode([('usp', 'pp_url'), *fields])}"


def processing_link(
    spec: FormSpec, responder_uri: str, *, unit: str, document: str, action: Action
) -> str:
    """The processing form's address with a unit, a document and an action chosen.

    `unit` and `document` are as the form offers them (`Roster.choice`, `ReportingYear.label`).
    ValueError when the form does not offer one of them: Google would drop it without a word.
    """
    chosen = [
        _one(spec, "unit", lambda choice: choice.value == unit),
        _one(spec, "document", lambda choice: choice.value == document),
        _one(spec, "action", lambda choice: choice.means == action),
    ]
    return prefilled(spec, responder_uri, chosen)


def _one(spec: FormSpec, role: Role, wanted: Callable[[Choice], bool]) -> tuple[Question, str]:
    question = spec.item(role)
    choices = question.choices if isinstance(question, ChoiceItem) else ()
    found = next((choice.value for choice in choices if wanted(choice)), None)
    if question is None or found is None:
        raise ValueError(f"{spec.name}: no such {role}")
    return question, found
