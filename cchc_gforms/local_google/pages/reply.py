"""A post to `formResponse`, read against the form: what was answered, on which pages, what next."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from cchc_gforms.local_google.forms.outline import Outline, Question
from cchc_gforms.local_google.pages.entries import (
    Entry,
    Fields,
    NotAnAnswer,
    answer,
    answered,
    posted,
    prefilled,
)
from cchc_gforms.local_google.pages.journey import read_history

EMAIL_FIELD = "emailAddress"

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")


class BadPost(Exception):
    """A post that no form page makes: its page history or partial response is not one."""


class Action(Enum):
    NEXT = "continue"
    BACK = "back"
    SUBMIT = "submit"


@dataclass(frozen=True)
class Reply:
    """The boxes by question id, the sections visited (the current one last), the typed address."""

    history: tuple[int, ...]
    entries: Mapping[str, Entry]
    email: str = ""
    action: Action = Action.SUBMIT
    fbzx: str = ""


@dataclass(frozen=True)
class Checked:
    """Answers and faults (texts for the person), both by question id."""

    answers: dict[str, list[str]]
    faults: dict[str, str]


def read_post(form: Outline, fields: Fields) -> Reply:
    """Reads a posted page. Without `pageHistory` only the first section was seen (facts 7.4).

    Earlier pages' answers come in `partialResponse`, or as entries like the current page's; where
    both speak of a question, the entries win. Raises `BadPost`.
    """
    history = read_history(form, _one(fields, "pageHistory") or "0")
    if history is None:
        raise BadPost("pageHistory")
    entries = _carried(form, _one(fields, "partialResponse"))
    for question in form.sections[history[-1]].questions():
        entries.pop(question.id, None)
    for question in form.questions():
        entry = posted(question, fields)
        if entry is not None:
            entries[question.id] = entry
    return Reply(
        history=tuple(history),
        entries=entries,
        email=_one(fields, EMAIL_FIELD).strip(),
        action=next((act for act in Action if _one(fields, act.value)), Action.SUBMIT),
        fbzx=_one(fields, "fbzx"),
    )


def read_link(form: Outline, query: Fields) -> Reply:
    """The first page of a prefilled link. Values that the form does not take are left out."""
    entries: dict[str, Entry] = {}
    for question in form.questions():
        entry = prefilled(question, query)
        if entry is not None and not check([question], {question.id: entry}).faults:
            entries[question.id] = entry
    return Reply((0,), entries, email=_one(query, EMAIL_FIELD))


def read_answers(form: Outline, answers: Mapping[str, Sequence[str]], email: str) -> Reply:
    """The first page of an earlier response, to be edited."""
    asked = [question for question in form.questions() if question.id in answers]
    entries = {question.id: answered(question, answers[question.id]) for question in asked}
    return Reply((0,), entries, email=email)


def check(questions: Iterable[Question], entries: Mapping[str, Entry]) -> Checked:
    """The answers to these questions and what is wrong with them."""
    checked = Checked({}, {})
    for question in questions:
        try:
            values = answer(question, entries.get(question.id, Entry()))
        except NotAnAnswer as fault:
            checked.faults[question.id] = str(fault)
            continue
        if values:
            checked.answers[question.id] = values
        elif question.required:
            checked.faults[question.id] = "Đây là câu hỏi bắt buộc. Hãy trả lời."
    return checked


def is_address(text: str) -> bool:
    """Whether a text has the shape of one e-mail address."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def partial_response(form: Outline, reply: Reply) -> str:
    """The `partialResponse` field: every answer so far but the current page's, and the fbzx."""
    here = {question.id for question in form.sections[reply.history[-1]].questions()}
    answers = check((q for q in form.questions() if q.id not in here), reply.entries).answers
    saved = [[None, int(key, 16), values, 0] for key, values in answers.items()]
    return json.dumps([saved or None, None, reply.fbzx], ensure_ascii=False)


def _carried(form: Outline, text: str) -> dict[str, Entry]:
    by_number = {int(question.id, 16): question for question in form.questions()}
    entries: dict[str, Entry] = {}
    for number, values in _saved(text):
        question = by_number.get(number)
        if question is not None:
            entries[question.id] = answered(question, values)
    return entries


def _saved(text: str) -> list[tuple[int, list[str]]]:
    """The `[null, number, [text…], 0]` of a partialResponse. Raises `BadPost`."""
    try:
        whole = json.loads(text) if text else []
        return [(int(one[1]), _texts(one[2])) for one in (whole[0] or [] if whole else [])]
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise BadPost("partialResponse") from error


def _texts(values: object) -> list[str]:
    if isinstance(values, list) and all(isinstance(value, str) for value in values):
        return values
    raise TypeError(type(values).__name__)


def _one(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")
