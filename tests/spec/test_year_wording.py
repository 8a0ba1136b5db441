"""A year words a phrase otherwise without a copy of the spec (E17)."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_gforms.errors import ProblemsError
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.compile import compile_form
from cchc_gforms.spec.load import load
from cchc_gforms.spec.model import FormSpec
from tests.generator.test_apply import copy_specs
from tests.office import SPECS
from tests.spec.one_form import item

LEVEL_3, LEVEL_4 = "online_level_3", "online_level_4"


def report(specs: Path, year: int, period: str) -> FormSpec:
    found = {spec.name: spec for spec in load(specs, load_regime(specs, year))}
    return found[f"periodic_report/{year}-{period}"]


def worded(specs: Path, lines: str) -> None:
    year = specs / "years" / "2022.yaml"
    year.write_text(year.read_text("utf-8") + f"\nwording:\n{lines}", "utf-8")


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    copy_specs(tmp_path / "specs")
    return tmp_path / "specs"


def test_services_have_levels_in_2022_and_none_in_2026() -> None:
    then, now = report(SPECS, 2022, "h1"), report(SPECS, 2026, "h1")
    assert item(then, LEVEL_3).title == "Số hồ sơ dịch vụ công trực tuyến mức độ 3"
    assert item(now, LEVEL_3).title == "Số hồ sơ dịch vụ công trực tuyến một phần"
    assert item(now, LEVEL_4).title == "Số hồ sơ dịch vụ công trực tuyến toàn trình"


def test_another_wording_changes_no_id_and_no_check(specs: Path) -> None:
    before = report(specs, 2022, "h1")
    worded(specs, "  CCHC: cải cách\n")
    after = report(specs, 2022, "h1")
    assert item(after, "steering").title == item(before, "steering").title
    assert item(after, "news_count").title == "Số tin, bài tuyên truyền về cải cách"
    assert compile_form(after).questions == compile_form(before).questions
    checks = [one.checks for one in after.questions()]
    assert checks == [one.checks for one in before.questions()]


def test_the_longest_phrase_is_replaced_first(specs: Path) -> None:
    worded(specs, "  mức độ: cấp\n  mức độ 3: một phần\n")
    found = report(specs, 2022, "h1")
    assert item(found, LEVEL_3).title == "Số hồ sơ dịch vụ công trực tuyến một phần"
    assert item(found, LEVEL_4).title == "Số hồ sơ dịch vụ công trực tuyến cấp 4"


def test_a_phrase_that_no_form_says_is_misspelt(specs: Path) -> None:
    worded(specs, "  mức độ 5: không có\n")
    with pytest.raises(ProblemsError) as caught:
        report(specs, 2022, "h1")
    (problem,) = caught.value.problems
    assert problem.code == "YEAR-UNUSED-WORDING"
    assert problem.where.file == "specs/years/2022.yaml"
