"""A law: what is not refused is shown exactly when its condition holds (facts 2.9)."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_gforms.events import Answers
from cchc_gforms.spec.contents import on_the_way
from cchc_gforms.spec.expand import Shared, pages
from cchc_gforms.spec.files import FormFile, PartsFile
from cchc_gforms.spec.fill import fill
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.spec.navigate import navigate
from cchc_gforms.yaml_file import YamlFile

CHOICES = ("a", "b", "c")
NOTHING_SHARED = Shared({}, {}, PartsFile(), None)

Condition = tuple[int, tuple[str, ...]] | None


@st.composite
def conditions(draw: st.DrawFn) -> list[Condition]:
    """For each page but the first: the earlier page whose question decides, by which answers."""
    found: list[Condition] = [None]
    for page in range(1, draw(st.integers(2, 5))):
        answers = st.lists(st.sampled_from(CHOICES), min_size=1, max_size=2, unique=True)
        one = st.tuples(st.integers(max(0, page - 2), page - 1), answers.map(tuple))
        found.append(draw(st.none() | one))
    return found


def section(number: int, condition: Condition) -> dict[str, Any]:
    question = {
        "key": f"q{number}", "type": "radio", "title": f"Q{number}", "choices": list(CHOICES),
    }  # fmt: skip
    written: dict[str, Any] = {"key": f"p{number}", "title": "P", "items": [question]}
    if condition:
        written["show_if"] = {"question": f"q{condition[0]}", "answer": list(condition[1])}
    return written


def built(all_conditions: list[Condition]) -> FormSpec | None:
    """The form, None when Google Forms cannot do it."""
    sections = [section(number, one) for number, one in enumerate(all_conditions)]
    form = FormFile.model_validate({"title": "T", "sections": sections})
    made, problems = navigate(pages(YamlFile("t.yaml", {}, None), form, NOTHING_SHARED))
    if problems:
        return None
    return fill(form, made, name="t/1", document="t", period="1", values={})


def shown(all_conditions: list[Condition], answers: tuple[str, ...]) -> list[int]:
    """By the conditions alone, when every page that is shown is answered."""
    found: list[int] = []
    for number, condition in enumerate(all_conditions):
        if condition is None or (condition[0] in found and answers[condition[0]] in condition[1]):
            found.append(number)
    return found


@settings(max_examples=200)
@given(conditions())
def test_a_page_is_shown_when_its_condition_holds_and_not_otherwise(
    all_conditions: list[Condition],
) -> None:
    spec = built(all_conditions)
    if spec is None:
        return
    for answers in product(CHOICES, repeat=len(all_conditions)):
        expected = shown(all_conditions, answers)
        given_: Answers = {f"q{number}": (answers[number],) for number in expected}
        visited = [page.key for page in on_the_way(spec, given_)]
        assert visited == [f"p{number}" for number in expected]


def test_the_law_has_forms_to_hold_for() -> None:
    assert built([None, (0, ("a",)), (1, ("b",)), None]) is not None
    assert built([None, (0, ("a",)), (0, ("b",))]) is None
