"""A wrong spec: every problem at once, each at its place, with what to do."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cchc_gforms.errors import ProblemsError
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec import check, check_items, check_keys, check_yearly, navigate
from cchc_gforms.spec.load import load, load_all
from cchc_gforms.spec.outline import load_outline
from tests.generator.test_apply import copy_specs
from tests.spec.test_yearly_forms import WRONG

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml"))


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    target = tmp_path / "specs"
    copy_specs(target)
    return target


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_is_said_what_is_wrong_and_where(specs: Path, case: dict[str, Any]) -> None:
    before, marked, after = case["form"].partition("⟦")
    assert marked
    place = (case["code"], before.count("\n") + 1, len(before) - before.rfind("\n"))
    (specs / "plan_result.yaml").write_text(before + after, "utf-8")
    with pytest.raises(ProblemsError) as caught:
        load(specs, load_regime(specs, 2022))
    assert {(p.code, p.where.line, p.where.column) for p in caught.value.problems} == {place}
    for problem in caught.value.problems:
        assert problem.where.file == "specs/plan_result.yaml"
        assert problem.message
        assert case.get("says", "") in problem.fix
        assert problem.fix


LISTS = {
    "a list called like one of our own": (
        "lists:\n  ⟦roster: [{key: a, title: A}]\n",
        "SPEC-RESERVED-NAME",
    ),
    "entries of one key": (
        "lists:\n  l: [{key: a, title: A}, {key: ⟦a, title: B}]\n",
        "SPEC-DUPLICATE-KEY",
    ),
    "entries of one title": (
        "lists:\n  l: [{key: a, title: A}, ⟦{key: b, title: A}]\n",
        "SPEC-DUPLICATE-CHOICE",
    ),
    "a list of nothing": ("lists:\n  l: ⟦[]\n", "YAML-BAD-VALUE"),
    "an entry without a title": (
        "lists:\n  l: [{key: a, title: A}, ⟦{key: b}]\n",
        "YAML-MISSING-KEY",
    ),
}


@pytest.mark.parametrize(("marked", "code"), LISTS.values(), ids=LISTS)
def test_it_is_said_what_is_wrong_with_a_list(specs: Path, marked: str, code: str) -> None:
    before, _, after = marked.partition("⟦")
    (specs / "lists.yaml").write_text(before + after, "utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_all(specs, 2022)
    found = [p for p in caught.value.problems if p.where.file == "specs/lists.yaml"]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert [(p.code, p.where.line, p.where.column) for p in found] == [(code, *place)]


def test_a_file_that_the_regime_names_and_that_is_not_there(specs: Path) -> None:
    (specs / "plan_result.yaml").unlink()
    with pytest.raises(ProblemsError) as caught:
        load_all(specs, 2022)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.where)) == ("FILE-MISSING", "specs/plan_result.yaml")


def test_the_outline_is_read_as_strictly_as_the_forms(specs: Path) -> None:
    """A text given twice would lose the first."""
    node = "nodes:\n  - {id: I, kind: part, text: A, text: B}\n"
    (specs / "outline.yaml").write_text(node, "utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_outline(specs)
    (problem,) = caught.value.problems
    assert problem.code == "YAML-DUPLICATE-KEY"
    assert str(problem.where) == "specs/outline.yaml:2:34"


def test_every_code_of_the_checks_has_its_case() -> None:
    rooms = (check, check_items, check_keys, check_yearly, navigate)
    written = {
        code for room in rooms for code in re.findall(r'"(SPEC-[A-Z-]+)"', inspect.getsource(room))
    }
    shown = {case["code"] for case in CASES} | {code for _, code in LISTS.values()}
    shown |= {code for _, _, code, *_ in WRONG.values()}
    assert written - shown == set()


def test_the_problems_of_all_files_come_at_once_in_the_order_of_the_files(specs: Path) -> None:
    (specs / "annual_plan.yaml").write_text("title: T\n", "utf-8")
    (specs / "lists.yaml").unlink()
    (specs / "processing.yaml").write_text("titel: T\nsections: []\n", "utf-8")
    regime = specs / "regime.yaml"
    regime.write_text(regime.read_text("utf-8").replace("days: 30", "days: ba mươi"), "utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_all(specs, 2022)
    found = [(problem.where.file, problem.code) for problem in caught.value.problems]
    assert found == [
        ("specs/annual_plan.yaml", "YAML-MISSING-KEY"),
        ("specs/lists.yaml", "FILE-MISSING"),
        ("specs/processing.yaml", "YAML-UNKNOWN-KEY"),
        ("specs/processing.yaml", "YAML-BAD-VALUE"),
        ("specs/regime.yaml", "YAML-WRONG-TYPE"),
    ]


def test_the_specs_that_ship_have_no_problem(specs: Path) -> None:
    _, forms = load_all(specs, 2022)
    assert len(forms) == 11
