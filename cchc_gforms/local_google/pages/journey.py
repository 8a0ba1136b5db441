"""The way through a form's sections: what comes next, and what a page history may claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc_gforms.local_google.forms.outline import (
    Jump,
    Kind,
    Option,
    Outline,
    Question,
    Section,
)

Answers = Mapping[str, Sequence[str]]
"""Answers by question id, in the wire forms of facts 4.11."""


def next_section(form: Outline, index: int, answers: Answers) -> int | None:
    """The section after `index`, or None when the form is to be submitted there.

    The last question of the section that branches and has an answer decides; without one, the
    next section follows. A target that no longer exists counts as "next".
    """
    target = _target(form.sections[index], answers)
    if target is Jump.SUBMIT:
        return None
    if target is Jump.RESTART:
        return 0
    for at, section in enumerate(form.sections):
        if target is not None and section.id == target:
            return at
    return index + 1 if index + 1 < len(form.sections) else None


def may_go_on(form: Outline, index: int) -> bool:
    """Whether some answer leads from this section to another one: its button says "next"."""
    branches = any(
        option.goes_to not in (None, Jump.NEXT, Jump.SUBMIT)
        for question in form.sections[index].questions()
        for option in question.options
    )
    return branches or index + 1 < len(form.sections)


def _target(section: Section, answers: Answers) -> str | Jump | None:
    for question in reversed(list(section.questions())):
        values = answers.get(question.id)
        if values and _branches(question):
            return _chosen(question, values[0]).goes_to
    return None


def _branches(question: Question) -> bool:
    single = question.kind in (Kind.RADIO, Kind.DROP_DOWN)
    return single and any(option.goes_to is not None for option in question.options)


def _chosen(question: Question, value: str) -> Option:
    """The option that an answer stands for: its text, or else "other"."""
    for option in question.options:
        if option.value == value and not option.is_other:
            return option
    return next(option for option in question.options if option.is_other)


def read_history(form: Outline, text: str) -> list[int] | None:
    """The sections that a `pageHistory` names; None when it is not one.

    Numbers of sections of this form, the first of them 0 (facts 7.4). A section that is left out
    is legal, and the answers given there vanish.
    """
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        return None
    pages = [int(part) for part in parts]
    return pages if pages[0] == 0 and max(pages) < len(form.sections) else None


def on_the_way(form: Outline, history: Sequence[int]) -> list[Question]:
    """The questions of the visited sections, in the order of the form, each once."""
    return [
        question for index in sorted(set(history)) for question in form.sections[index].questions()
    ]
