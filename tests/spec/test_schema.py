"""The JSON Schemas that editors go by refuse what the loader refuses, and nothing else.

Tried with every wrong form of the cases, and with files that use every key there is, each value in
turn left out or written as something else. What only the loader can know has a code of its own.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
from ruamel.yaml import YAML

from cchc_gforms.errors import Problem
from cchc_gforms.regime.check import check_regime, check_year
from cchc_gforms.regime.model import Regime
from cchc_gforms.regime.year import placeholders
from cchc_gforms.regime.year_file import YearFile
from cchc_gforms.spec.check import Names, check_file, check_lists
from cchc_gforms.spec.described import FILES, models_of
from cchc_gforms.spec.expand import Shared
from cchc_gforms.spec.files import FormFile, ListsFile, PartsFile
from cchc_gforms.spec.schema import schema
from cchc_gforms.yaml_file import Known, Loc, YamlFile, parse, read

ANYTHING: Final = Known(open=True)
ONLY_THE_LOADER: Final = {
    # names of other files, or of other places of the file
    "SPEC-UNKNOWN-NAME", "SPEC-UNKNOWN-PLACEHOLDER", "SPEC-MOVED", "REGIME-UNKNOWN-PERIOD",
    "REGIME-UNKNOWN-LEVEL", "YEAR-MISMATCH",
    # whether values are the same, or one greater than the other
    "SPEC-DUPLICATE-KEY", "SPEC-DUPLICATE-TITLE", "SPEC-DUPLICATE-CHOICE", "SPEC-ID-CLASH",
    "SPEC-NOTE", "SPEC-SAME-HEADERS", "SPEC-BOUNDS", "SPEC-REPEAT", "YEAR-WINDOW", "REGIME-WINDOW",
    "REGIME-LEVEL-CODE", "REGIME-DAY-TWICE", "REGIME-AGENCY-OVERLAP", "REGIME-DUPLICATE-PERIOD",
    "YEAR-DATE-FAR", "YEAR-DUPLICATE-REQUEST",
    # how many of a kind the whole form has, in what order, and what stands around a question
    "SPEC-ROLE", "SPEC-GO-BACK", "SPEC-SHOW-IF", "SPEC-ONCE", "SPEC-FOR-EACH", "SPEC-FLOOR",
    "SPEC-FIXED-KEY", "SPEC-PREFILL-REPEAT", "SPEC-FILE-UPLOAD", "SPEC-UPLOAD-TITLE",
    # what the computer's own lists of zones and holidays have
    "REGIME-TIMEZONE", "REGIME-UNKNOWN-COUNTRY", "REGIME-PLACEHOLDER",
    # an editor says it of itself: no schema is asked
    "YAML-SYNTAX", "YAML-DUPLICATE-KEY", "YAML-TAG",
}  # fmt: skip

CASES: Final[list[dict[str, Any]]] = YAML(typ="safe").load(
    Path(__file__).with_name("cases.yaml").read_text("utf-8")
)
NOT_WORDS: Final = re.compile(r"[\^\\$]|\(\?|\b(Input|should|must|valid|expected|instance)\b")
"""Patterns, and the English of pydantic and ruamel."""

EVERYTHING: Final[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("everything.yaml").read_text("utf-8")
)
MORE: Final = {
    "a text for yes or no": "required: 'yes'",
    "a number for yes or no": "required: 1",
    "a question with both": "choices: [A], choices_from: met",
    "an empty list of choices": "choices: []",
    "a choice of nothing": "choices: ['']",
    "a title of blanks": "title: '  '",
    "a help of blanks": "help: '  '",
    "a choice of two lines": 'choices: ["a\\nb"]',
    "a number for a title": "title: 5",
    "nothing for a help": "help:",
    "a source that is a group": "source: {a: b}",
    "an answer of its own in a dropdown": "type: dropdown, choices: [A], other: true",
    "checks of a choice": "choices: [A], checks: {number: {min: 0}}",
    "a way from one of many": "type: checkbox, choices: [{value: A, go_to: submit}]",
}
SOMETHING_ELSE: Final[tuple[object, ...]] = (
    True, "yes", 7, -1, 0, 2.5, "", "5", None, [], {}, "A B", "x\ny", "2022-02-30", "2022-03-16",
    ["x"], [1], [[]], {"x": 1}, {"A B": "x"},
)  # fmt: skip


@cache
def validator(kind: str) -> jsonschema.Draft202012Validator:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema(kind), format_checker=checker)


def as_an_editor(value: Any) -> Any:
    """Dates are texts to a schema."""
    if isinstance(value, dict):
        return {key: as_an_editor(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_an_editor(inner) for inner in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def by_the_loader(kind: str, file: YamlFile) -> list[Problem]:
    """What the loader says of the file alone: whatever it names is there."""
    parsed, problems = parse(file, FILES[kind])
    if isinstance(parsed, FormFile):
        problems += in_a_form(file, parsed, PartsFile(), None)
    elif isinstance(parsed, PartsFile):
        problems += in_a_form(file, including(parsed), parsed, file)
    elif isinstance(parsed, ListsFile):
        problems += check_lists(file, parsed)
    elif isinstance(parsed, Regime):
        problems += check_regime(parsed, file)
    elif isinstance(parsed, YearFile):
        problems += check_year(parsed, 2022, file)
    return problems


def in_a_form(
    file: YamlFile, form: FormFile, parts: PartsFile, parts_file: YamlFile | None
) -> list[Problem]:
    shared = Shared({}, {}, parts, parts_file, ANYTHING, ANYTHING, ANYTHING, ANYTHING)
    return check_file(file, form, Names(placeholders(), shared, ANYTHING), processing=False)[1]


def including(parts: PartsFile) -> FormFile:
    items = [{"include": name} for name in parts.items]
    sections = [{"include": name} for name in parts.sections]
    own = {"key": "s", "title": "S", "items": items, "for_each": "l", "repeat": {"max": 2}}
    return FormFile.model_validate({"title": "T", "sections": [own, *sections]})


def disagreement(kind: str, file: YamlFile) -> str | None:
    """What one takes and the other refuses, or what the loader does not say in words."""
    problems = by_the_loader(kind, file)
    shape = [one for one in problems if one.code not in ONLY_THE_LOADER]
    for one in problems:
        if not one.message or not one.fix or NOT_WORDS.search(f"{one.message} {one.fix}"):
            return f"what is wrong is not said in words: {one}"
    valid = validator(kind).is_valid(as_an_editor(file.data))
    if valid and shape:
        return f"the schema takes what the loader refuses: {shape[0]}"
    if not valid and not problems:
        return "the schema refuses what the loader takes"
    return None


def read_data(data: Any) -> YamlFile:
    file, problems = read(json.dumps(data, ensure_ascii=False).encode(), "f.yaml")
    assert file is not None
    assert problems == []
    return file


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_wrong_form_is_refused_by_both(case: dict[str, Any]) -> None:
    file, _ = read(case["form"].replace("⟦", "").encode(), "form.yaml")
    if case["code"] in ONLY_THE_LOADER:
        return
    assert file is not None
    assert not validator("form").is_valid(as_an_editor(file.data))
    assert case["code"] in {problem.code for problem in by_the_loader("form", file)}
    assert disagreement("form", file) is None


@pytest.mark.parametrize("wrong", MORE.values(), ids=MORE)
def test_a_wrong_question_is_refused_by_both(wrong: str) -> None:
    given = {"key": "q", "title": "Q", "type": "radio"}
    more = YAML(typ="safe").load("{" + wrong + "}")
    section = {"key": "s", "title": "S", "items": [{**given, **more}]}
    file = read_data({"title": "T", "sections": [section]})
    assert not validator("form").is_valid(file.data)
    codes = {problem.code for problem in by_the_loader("form", file)}
    assert codes - ONLY_THE_LOADER


@pytest.mark.parametrize("kind", FILES)
def test_whatever_a_value_is_changed_to_both_say_the_same(kind: str) -> None:
    found = []
    for right in small_files(kind):
        assert validator(kind).is_valid(right)
        for loc, value, data in changed(right):
            if wrong := disagreement(kind, read_data(data)):
                found.append(f"{loc}, {value!r}: {wrong}")
    assert found == []


def small_files(kind: str) -> Iterator[Any]:
    """The file that uses every key; a form as one without questions, and one for each question."""
    whole = as_an_editor(EVERYTHING[kind])
    if kind != "form":
        yield whole
        return
    items = whole["sections"][1]["items"]
    yield put(whole, ("sections", 1, "items"), [])
    for item in items:
        yield {"title": "T", "sections": [{"key": "s", "title": "S", "items": [item]}]}


def test_the_small_files_use_every_key_there_is() -> None:
    used = {kind: set(_keys(EVERYTHING[kind])) for kind in FILES}
    for kind, model in FILES.items():
        there = used[kind] | (used["form"] if kind == "parts" else set())
        for part in models_of(model):
            assert set(part.model_fields) <= there, part.__name__


def _keys(data: Any) -> Iterator[str]:
    return (str(loc[-1]) for loc in places(data))


def changed(data: Any) -> Iterator[tuple[Loc, object, Any]]:
    """The data with each value in turn left out, and each in turn written as something else: a
    third of what there is, all of it with CCHC_VALUES=all."""
    every = 1 if os.environ.get("CCHC_VALUES") == "all" else 3
    for n, loc in enumerate(places(data)):
        yield loc, "left out", put(data, loc, None, leave_out=True)
        for value in SOMETHING_ELSE[n % every :: every]:
            yield loc, value, put(data, loc, value)


def places(data: Any, loc: Loc = ()) -> Iterator[Loc]:
    for step, inner in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*loc, step)
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*loc, step))


def put(data: Any, loc: Loc, value: Any, *, leave_out: bool = False) -> Any:
    step, *rest = loc
    new: list[tuple[Any, Any]] = []
    for key, inner in data.items() if isinstance(data, dict) else enumerate(data):
        if key != step:
            new.append((key, inner))
        elif rest:
            new.append((key, put(inner, tuple(rest), value, leave_out=leave_out)))
        elif not leave_out:
            new.append((key, value))
    return dict(new) if isinstance(data, dict) else [inner for _, inner in new]
