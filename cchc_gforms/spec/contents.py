"""What a form's answers hold beside their text: evidence, and outline nodes left out. Pure."""

from __future__ import annotations

from cchc_gforms.events import Answers, Evidence
from cchc_gforms.spec.ids import row_key
from cchc_gforms.spec.model import (
    ChoiceItem,
    FileUploadItem,
    FormSpec,
    GridItem,
    Question,
    Section,
    is_question,
)

CONFIRMED = "confirmed"
"""What the choice means by which the principal's confirmation is claimed (R17)."""

_FILE = "https://drive.google.com/open?id="


def evidence_of(spec: FormSpec, answers: Answers) -> Evidence | None:
    """The evidence that the answers name (R17); None for a form that asks for none."""
    number, link = spec.item("evidence_number"), spec.item("evidence_link")
    confirmation = spec.item("evidence_confirmation")
    if number is None and link is None and confirmation is None:
        return None
    return Evidence(
        number=said(number, answers),
        link=link_said(link, answers),
        confirmed=is_confirmed(confirmation, answers),
    )


def left_out(spec: FormSpec, answers: Answers) -> tuple[str, ...]:
    """The outline's nodes whose every question was left without an answer, in form order.

    A question that is `if_any` ("nếu có") is never missed, nor is one on a page that the answers
    led past.
    """
    answered: dict[str, bool] = {}
    for section in on_the_way(spec, answers):
        for question in filter(is_question, section.items):
            given = question.if_any or is_given(question, answers)
            for node in question.source:
                answered[node] = answered.get(node, False) or given
    return tuple(node for node, given in answered.items() if not given)


def on_the_way(spec: FormSpec, answers: Answers) -> list[Section]:
    """The pages that somebody who gave these answers was shown (facts 2.9)."""
    places = {section.key: place for place, section in enumerate(spec.sections)}
    shown = []
    at = 0
    while at < len(spec.sections):
        section = spec.sections[at]
        shown.append(section)
        way = _way(section, answers)
        if way == "submit":
            break
        at = max(at + 1, places.get(way, 0))
    return shown


def _way(section: Section, answers: Answers) -> str:
    """Where the page leads: the last of its questions that branches and has an answer decides."""
    way = "next"
    for item in section.items:
        if isinstance(item, ChoiceItem) and any(choice.go_to for choice in item.choices):
            given = answers.get(item.key, ())
            way = next((one.go_to or "next" for one in item.choices if one.value in given), way)
    return way


def is_given(question: Question, answers: Answers) -> bool:
    """Whether there is an answer; of a grid, in any of its rows."""
    return any(_given(key, answers) for key in _keys(question))


def said(question: Question | None, answers: Answers) -> str:
    """The answer to a question as one text; empty for none."""
    return " ".join(answers.get(question.key, ())).strip() if question else ""


def said_under_any_key(question: Question, spec: FormSpec, answers: Answers) -> str:
    """The same of answers that may have been read before the question's key was changed."""
    first = spec.origin(question.key)
    return said(question, answers) or " ".join(answers.get(first, ())).strip()


def link_said(question: Question | None, answers: Answers) -> str:
    """The evidence as a link. Of an uploaded file the API tells the id, the Sheet the link."""
    if not isinstance(question, FileUploadItem):
        return said(question, answers)
    values = answers.get(question.key, ())
    return " ".join(
        one if one.startswith("https://") else f"{_FILE}{one}" for one in values if one.strip()
    )


def is_confirmed(question: Question | None, answers: Answers) -> bool:
    """Whether the answer claims the principal's confirmation (R17)."""
    if not isinstance(question, ChoiceItem):
        return bool(said(question, answers))
    meant = {choice.value for choice in question.choices if choice.means == CONFIRMED}
    return not meant.isdisjoint(answers.get(question.key, ()))


def _keys(question: Question) -> list[str]:
    if isinstance(question, GridItem):
        return [row_key(question.key, row.key) for row in question.rows]
    return [question.key]


def _given(key: str, answers: Answers) -> bool:
    return any(value.strip() for value in answers.get(key, ()))
