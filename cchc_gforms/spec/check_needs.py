"""Whether what pages and answers ask for is there: questions by key, choices by word. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cchc_gforms.errors import Problem, Where
from cchc_gforms.spec.answer_rules import Needs, Unless
from cchc_gforms.spec.check_items import unknown
from cchc_gforms.spec.expand import Page, Place
from cchc_gforms.spec.lost import is_unsure, names_of
from cchc_gforms.spec.model import ChoiceItem, Question, is_question
from cchc_gforms.yaml_file import Known


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions of the form, and the keys that it has or may have."""

    questions: Mapping[str, Question]
    keys: Known


def check_needs(made: Sequence[Page]) -> Iterator[Problem]:
    """Each place is told once, however often it is repeated."""
    told: set[Where] = set()
    for problem in _not_there(made):
        if problem.where not in told:
            told.add(problem.where)
            yield problem


def _not_there(made: Sequence[Page]) -> Iterator[Problem]:
    items = [one for page in made for one in page.items]
    questions = {one.item.key: one.item for one in items if is_question(one.item)}
    lost = (one.item.key for one in items if is_unsure(one.place))
    asked = _Asked(questions, names_of(made, (*questions, *lost)))
    for page in made:
        for key in page.checks.answered if page.checks else ():
            if key not in asked.keys:
                yield unknown(page.place.at("checks", "answered"), "câu hỏi", key, asked.keys)
    for one in items:
        checks = one.item.checks if is_question(one.item) else None
        if checks and checks.needs:
            yield from _needed(checks.needs, one.place.at("checks", "needs"), asked)


def _needed(needs: Needs, place: Place, asked: _Asked) -> Iterator[Problem]:
    for number, key in enumerate(needs.questions):
        if key not in asked.keys:
            yield unknown(place.at("questions", number), "câu hỏi", key, asked.keys)
    for number, unless in enumerate(needs.unless):
        yield from _excused(unless, place.at("unless", number), asked)


def _excused(unless: Unless, place: Place, asked: _Asked) -> Iterator[Problem]:
    question = asked.questions.get(unless.question)
    if unless.question not in asked.keys:
        yield unknown(place.at("question"), "câu hỏi", unless.question, asked.keys)
    elif isinstance(question, ChoiceItem) and question.choices:
        choices = [choice.value for choice in question.choices]
        for answer in unless.answer:
            if answer not in choices:
                yield unknown(place.at("answer"), "lựa chọn", answer, choices)
