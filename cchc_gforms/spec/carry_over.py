"""What questions take over from another form's answers: lines to begin with (`prefill_from`). Pure.

A plan-result form begins with the tasks of the unit's own approved plan (R6): for each task its
name, target and due date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cchc_gforms.events import Answers
from cchc_gforms.spec.ids import keys_ever
from cchc_gforms.spec.model import FormSpec, Question

Lines = list[tuple[Question, list[str]]]
"""The questions that have something to begin with, in form order."""


def sources(spec: FormSpec) -> list[str]:
    """The documents that the form takes something over from."""
    named = (one.prefill_from.document for one in spec.questions() if one.prefill_from)
    return list(dict.fromkeys(named))


def carried_over(spec: FormSpec, specs: Sequence[FormSpec], given: Mapping[str, Answers]) -> Lines:
    """`given` are a unit's answers by document; `specs` tell what was asked there."""
    forms = {one.document: one for one in specs}
    found: Lines = []
    for question in spec.questions():
        wanted = question.prefill_from
        if wanted and wanted.document in given and wanted.document in forms:
            answers = given[wanted.document]
            lines = list(_lines(forms[wanted.document], wanted.questions, answers))
            if lines:
                found.append((question, lines))
    return found


def _lines(source: FormSpec, keys: Sequence[str], answers: Answers) -> Iterator[str]:
    """Each line of the first question's answer, and behind it what the others say of it; then the
    same of the copies that `repeat` made."""
    asked = {one.key: one for one in source.questions()}
    for copy in _copies(keys, asked):
        first, *others = (asked.get(key) for key in copy)
        rest = [text for one in others if (text := " ".join(_said(source, one, answers).split()))]
        for line in _said(source, first, answers).splitlines():
            if said := " ".join(line.split()):
                yield "; ".join([said, *rest])


def _copies(keys: Sequence[str], asked: Mapping[str, Question]) -> Iterator[list[str]]:
    number = 1
    copy = list(keys)
    while copy[0] in asked:
        yield copy
        number += 1
        copy = [f"{key}_{number}" for key in keys]


def _said(source: FormSpec, question: Question | None, answers: Answers) -> str:
    """As a person writes it; under a key that it was harvested by, where that has moved since."""
    if question is None:
        return ""
    keys = keys_ever(question.key, source.moved)
    values = next((answers[key] for key in keys if answers.get(key)), ())
    text = ", ".join(values)
    if question.type == "date":
        try:
            return f"{date.fromisoformat(text):%d/%m/%Y}"
        except ValueError:
            return text
    return text
