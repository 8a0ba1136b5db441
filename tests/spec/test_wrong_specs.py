"""A wrong spec: every problem at once, each at its place, with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cchc_gforms.errors import ProblemsError
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.load import load, load_all
from tests.generator.test_apply import copy_specs

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
    assert place in [(p.code, p.where.line, p.where.column) for p in caught.value.problems]
    for problem in caught.value.problems:
        assert problem.where.file == "specs/plan_result.yaml"
        assert problem.message
        assert problem.fix


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
        ("specs/processing.yaml", "YAML-MISSING-KEY"),
        ("specs/processing.yaml", "YAML-UNKNOWN-KEY"),
        ("specs/processing.yaml", "YAML-BAD-VALUE"),
        ("specs/regime.yaml", "YAML-WRONG-TYPE"),
    ]


def test_the_specs_that_ship_have_no_problem(specs: Path) -> None:
    _, forms = load_all(specs, 2022)
    assert len(forms) == 10
