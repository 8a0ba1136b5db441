"""What should have been answered and was not: pages left empty, answers that need others. Pure.

Only pages that the answers led through count, and what is declared not to apply is complete.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cchc_gforms.events import Answers
from cchc_gforms.spec.answer_rules import Unless
from cchc_gforms.spec.contents import is_given, on_the_way, said
from cchc_gforms.spec.folded import folded
from cchc_gforms.spec.model import FormSpec, Question, is_question

_AFTER = ".,;:!(–-"
"""What a declaration may go on with: “Không có, vì …”, but not “Không có hồ sơ trễ hạn”."""


def empty_pages(spec: FormSpec, answers: Answers) -> Iterator[str]:
    """One sentence for all pages that ask for something and got nothing (R22)."""
    asked = [page for page in on_the_way(spec, answers) if page.checks]
    questions = {question.key: question for question in spec.questions()}
    empty = [
        page.title
        for page in asked
        if page.checks
        and not any(is_given(questions[key], answers) for key in page.checks.answered)
    ]
    if empty:
        yield (
            f"Còn trống {len(empty)}/{len(asked)} mục phải có nội dung: {'; '.join(empty)} (không "
            "có thì ghi “Không có”)"
        )


def untouched(
    question: Question, spec: FormSpec, answers: Answers, begun: Collection[str]
) -> Iterator[str]:
    """How many of the lines that the unit's own link began the answer with (R6) say no more than
    that."""
    own = {" ".join(line.split()) for line in begun}
    same = [line for line in said(question, answers).splitlines() if " ".join(line.split()) in own]
    if same and not _is_excused(question, spec, answers):
        yield f"{question.title}: {len(same)} dòng còn nguyên như điền sẵn, chưa ghi kết quả"


def incomplete(question: Question, spec: FormSpec, answers: Answers) -> Iterator[str]:
    """What an answer that was given lacks beside it (R17, R24, R25)."""
    needs = question.checks.needs if question.checks else None
    if needs is None or _is_excused(question, spec, answers):
        return
    missing = [
        one.title
        for page in on_the_way(spec, answers)
        for one in filter(is_question, page.items)
        if one.key in needs.questions and not is_given(one, answers)
    ]
    if missing:
        yield f"{question.title}: chưa có {', '.join(_named(missing, question.title))}"


def _is_excused(question: Question, spec: FormSpec, answers: Answers) -> bool:
    needs = question.checks.needs if question.checks else None
    return needs is not None and any(_says(one, spec, answers) for one in needs.unless)


def _says(unless: Unless, spec: FormSpec, answers: Answers) -> bool:
    asked = next((one for one in spec.questions() if one.key == unless.question), None)
    text = folded(said(asked, answers))
    return any(  # an end, too, is in _AFTER
        text.startswith(begun) and text[len(begun) :].lstrip()[:1] in _AFTER
        for begun in map(folded, unless.answer)
    )


def _named(titles: list[str], beside: str) -> Iterator[str]:
    """Titles without what they have in common with the one that they stand beside: “– {each.title}”
    is said once."""
    _, dash, common = beside.partition(" – ")
    for title in titles:
        yield f"“{title.removesuffix(dash + common) if common else title}”"
