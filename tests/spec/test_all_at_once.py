"""One run tells every mistake of every file, and nothing that only follows from another.

Each mistake is known by itself; together they give all of these, whatever the selection.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_gforms.errors import ProblemsError
from cchc_gforms.spec.load import check_all
from tests.generator.live import copy_specs


class Mistake(NamedTuple):
    """A text of a file and what is written for it; ⟦ marks the place that is to be named. Without a
    code it is part of another."""

    file: str
    right: str
    wrong: str
    code: str


MISTAKES = {
    "a misspelt key of the regime": Mistake(
        "regime.yaml", "timezone: Asia", "⟦timezon: Asia", "YAML-UNKNOWN-KEY"
    ),
    "a date that is none": Mistake(
        "regime.yaml", "issued_on: 2022-03-16", "issued_on: ⟦2022-03-36", "YAML-WRONG-TYPE"
    ),
    "a level without a name": Mistake(
        "regime.yaml", "{code: TH, label: Tiểu học}", "⟦{code: TH}", "YAML-MISSING-KEY"
    ),
    "a kind of document with a wrong rule": Mistake(
        "regime.yaml", "days: 30", "days: ⟦ba mươi", "YAML-WRONG-TYPE"
    ),
    "a period of a kind that there is not": Mistake(
        "regime.yaml", "periods: [q1, h1, q3, year]", "periods: [q1, h1, ⟦q4, year]",
        "REGIME-UNKNOWN-PERIOD",
    ),
    "a period that has no day": Mistake(
        "regime.yaml", "closes_on: {day: 1, month: 6}", "closes_on: ⟦{day: 31, month: 6}",
        "YAML-BAD-VALUE",
    ),
    "a document that the year does not know": Mistake(
        "years/2022.yaml", "- document: plan_result", "- document: ⟦plan_resutl",
        "YEAR-UNKNOWN-DOCUMENT",
    ),
    "a plan without a number": Mistake(
        "years/2022.yaml", "number: 152/KH-GDĐT", "⟦number:", "YAML-WRONG-TYPE"
    ),
    "an address that is none": Mistake(
        "units.csv", "TH,th02@truong.example", "TH,⟦th02.truong.example", "ROSTER-BAD-EMAIL"
    ),
    "a level of the roster that there is not": Mistake(
        "units.csv", "THCS Mẫu 02,THCS", "THCS Mẫu 02,⟦THC", "ROSTER-UNKNOWN-LEVEL"
    ),
    "a node of the outline without a text": Mistake(
        "outline.yaml", "id: II.2.1\n    kind: subsection\n    text:",
        "id: II.2.1\n    kind: subsection\n    ⟦texxxt:", "YAML-UNKNOWN-KEY",
    ),
    "an entry of a list without a title": Mistake(
        "lists.yaml", '{key: institutions, title: "2', '{key: institutions, ⟦titel: "2',
        "YAML-UNKNOWN-KEY",
    ),
    "an entry of a list that is no group": Mistake(
        "lists.yaml", "{key: not_met, title: Không đạt}", "⟦Không đạt", "YAML-WRONG-TYPE"
    ),
    "a floor that is no number": Mistake(
        "lists.yaml", "{key: procedures, ", '{key: procedures, floor: ⟦"80%", ', "YAML-WRONG-TYPE"
    ),
    "an entry called like another": Mistake(
        "lists.yaml", "{key: e_government", "{key: ⟦steering", "SPEC-DUPLICATE-KEY"
    ),
    "two shared questions of one role": Mistake(
        "parts.yaml",
        "evidence_date\n    - key: evidence_scan\n      type: text\n"
        "      title: Liên kết đến bản scan văn bản\n      role: evidence_link",
        "evidence_link\n    - key: evidence_scan\n      type: text\n"
        "      title: Liên kết đến bản scan văn bản\n      role: ⟦evidence_link",
        "SPEC-ROLE",
    ),
    "a shared question of an unknown kind": Mistake(
        "parts.yaml", '"{each.key}_target"\n      type: text',
        '"{each.key}_target"\n      type: ⟦txet', "YAML-BAD-CHOICE",
    ),
    "a shared question of which nothing can be read": Mistake(
        "parts.yaml", '- key: "{each.key}_lead"\n      type: text',
        '- ⟦keey_: 1\n      type: text', "YAML-UNKNOWN-KEY",
    ),
    "a shared page with a misspelt head": Mistake(
        "parts.yaml", "title: Thông tin chung\n      help: >-",
        "title: Thông tin chung\n      ⟦hepl: >-", "YAML-UNKNOWN-KEY",
    ),
    "a form whose title is a list": Mistake(
        "annual_plan.yaml", 'title: "{document.label} {', "title: ⟦[a]\n# {", "YAML-WRONG-TYPE"
    ),
    "a placeholder for which there is nothing": Mistake(
        "plan_result.yaml", 'title: "{document.label} {period.title}"',
        'title: ⟦"{document.lable} {period.title}"', "SPEC-UNKNOWN-PLACEHOLDER",
    ),
    "a part that there is not": Mistake(
        "stage_plan.yaml", "include: identity", "include: ⟦identiti", "SPEC-UNKNOWN-NAME"
    ),
    "a text for yes or no": Mistake(
        "news.yaml", "required: true", 'required: ⟦"có"', "YAML-WRONG-TYPE"
    ),
    "a list that there is not": Mistake(
        "plan_result.yaml", "choices_from: met", "choices_from: ⟦mett", "SPEC-UNKNOWN-NAME"
    ),
    "a condition on a question that there is not": Mistake(
        "periodic_report.yaml", "question: has_par_index", "question: ⟦has_parindex",
        "SPEC-SHOW-IF",
    ),
    "an action that leads nowhere": Mistake(
        "processing.yaml", "means: return, go_to: returning", "means: return, go_to: ⟦return",
        "SPEC-UNKNOWN-NAME",
    ),
    "choices of a text": Mistake(
        "processing.yaml", "- key: exempt_reason", "- ⟦choices: [Có]\n        key: exempt_reason",
        "YAML-UNKNOWN-KEY",
    ),
    "a question called like another": Mistake(
        "processing.yaml", "title: Lý do miễn", "title: ⟦Lý do gia hạn", "SPEC-DUPLICATE-TITLE"
    ),
    "a form of which the year needs none": Mistake(
        "ad_hoc_report.yaml", "include: report_body", "include: ⟦report_bodi", "SPEC-UNKNOWN-NAME"
    ),
}  # fmt: skip


def written(specs: Path, mistakes: Iterable[Mistake]) -> list[str]:
    """The mistakes put into the files; the code and place of each."""
    changed: dict[str, list[Mistake]] = {}
    for one in mistakes:
        changed.setdefault(one.file, []).append(one)
    places = []
    for file, several in changed.items():
        text = (specs / file).read_text("utf-8")
        for number, one in enumerate(several):
            assert one.right in text, one
            # A mark of its own each, so that columns are counted when all of them are in.
            text = text.replace(one.right, one.wrong.replace("⟦", chr(0xE000 + number)), 1)
        marks = [chr(0xE000 + number) for number in range(len(several))]
        for mark, one in zip(marks, several, strict=True):
            if not one.code:
                continue
            before = "".join(sign for sign in text[: text.index(mark)] if sign not in marks)
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            places.append(f"specs/{file}:{line}:{column} {one.code}")
        (specs / file).write_text("".join(one for one in text if one not in marks), "utf-8")
    return sorted(places)


def found(specs: Path) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        check_all(specs, 2022)
    for problem in caught.value.problems:
        assert problem.message
        assert problem.fix
    return sorted(f"{problem.where} {problem.code}" for problem in caught.value.problems)


def test_all_of_them_are_told_in_one_run(tmp_path: Path) -> None:
    copy_specs(tmp_path / "specs")
    assert found_of(tmp_path / "specs", list(MISTAKES)) == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(sorted(MISTAKES)), min_size=1, unique=True))
def test_so_are_those_of_any_selection(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    specs = tmp_path_factory.mktemp("work") / "specs"
    copy_specs(specs)
    assert found_of(specs, names) == []


def found_of(specs: Path, names: list[str]) -> list[str]:
    """What is told too much or too little."""
    expected = written(specs, [MISTAKES[name] for name in names])
    told = found(specs)
    too_much = [f"+ {one}" for one in told if one not in expected]
    return [*too_much, *(f"- {one}" for one in expected if one not in told)]


FILES = (
    "regime.yaml", "years/2022.yaml", "units.csv", "outline.yaml", "lists.yaml", "parts.yaml",
    "annual_plan.yaml", "processing.yaml",
)  # fmt: skip


@pytest.mark.parametrize("broken", FILES)
def test_a_file_that_cannot_be_read_at_all_hides_no_other(tmp_path: Path, broken: str) -> None:
    specs = tmp_path / "specs"
    copy_specs(specs)
    (specs / broken).write_text('"', "utf-8")
    others = {
        "a kind of document with a wrong rule", "an entry of a list without a title",
        "a placeholder for which there is nothing", "an action that leads nowhere",
        "a plan without a number", "an address that is none",
    }  # fmt: skip
    mistakes = [MISTAKES[name] for name in others if MISTAKES[name].file != broken]
    code = "CSV-SYNTAX" if broken.endswith(".csv") else "YAML-SYNTAX"
    expected = written(specs, mistakes)
    told = found(specs)
    (own,) = (one for one in told if one not in expected)
    assert own.startswith(f"specs/{broken}:")
    assert own.endswith(code)
    assert set(expected) <= set(told)


HEAD = """\
title: T
sections:
  - key: s
    title: S
    items:
      - {key: unit, type: dropdown, title: Đ, required: true, role: unit, choices_from: roster}
      - {key: document, type: dropdown, title: V, role: document, choices_from: documents}
      - key: action
        type: radio
        title: Việc
        role: action
        choices:
          - {value: Miễn, means: exempt, go_to: exempting}
          - {value: Trả, means: return, go_to: returning}
"""
SEVERAL = {
    "choices of a text hide neither its title nor what its page lacks": HEAD
    + """\
  - key: ⟦exempting
    title: Miễn
    items:
      - {key: why, type: text, title: ⟦Việc, role: reason, ⟦choices: [A]}
  - key: returning
    title: Trả
    items:
      - {key: reason, type: text, title: Lý do, role: reason}
""",
    "choices of a text may be the way that its page lacks": HEAD
    + """\
  - key: exempting
    title: Miễn
    items:
      - {key: why, type: text, title: Vì sao, role: reason}
      - {key: end, type: text, title: Gửi, ⟦choices: [{value: A, go_to: submit}]}
  - key: returning
    title: Trả
    items:
      - {key: reason, type: text, title: Lý do, role: reason}
""",
}


@pytest.mark.parametrize("marked", SEVERAL.values(), ids=SEVERAL)
def test_the_places_of_a_processing_form_are_told(tmp_path: Path, marked: str) -> None:
    assert places_of(tmp_path, "processing.yaml", marked) == []


ANSWERS = """\
title: T {period.title}
sections:
  - key: s
    title: S
    items:
      - {key: unit, type: text, title: "Đơn vị {period.title}", role: unit}
      - {key: any, type: radio, title: Có không?, choices: [Có, Không]}
  - {key: one, title: Một, show_if: {question: any, answer: ⟦Có ạ}, items: []}
  - {key: two, title: Hai, show_if: ⟦{question: any, answer: Không}, items: []}
"""


def test_a_wrong_answer_hides_no_page_that_cannot_be_hidden(tmp_path: Path) -> None:
    """Read as the answer that was meant; where none is, nobody knows."""
    assert places_of(tmp_path / "near", "plan_result.yaml", ANSWERS) == []
    unknown = ANSWERS.replace("Có ạ", "xyz").replace("⟦{question", "{question")
    assert places_of(tmp_path / "far", "plan_result.yaml", unknown) == []


def places_of(work: Path, name: str, marked: str) -> list[str]:
    """The places that are told too much or too little of a form file, by its marks."""
    copy_specs(work / "specs")
    expected = []
    while "⟦" in marked:
        before, _, after = marked.partition("⟦")
        column = len(before) - before.rfind("\n")
        expected.append(f"specs/{name}:{before.count(chr(10)) + 1}:{column}")
        marked = before + after
    (work / "specs" / name).write_text(marked, "utf-8")
    told = [one.rpartition(" ")[0] for one in found(work / "specs")]
    return sorted(set(told) ^ set(expected))
