"""A year words a phrase otherwise without a copy of the spec (E17)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from cchc_gforms.errors import ProblemsError
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.compile import compile_form
from cchc_gforms.spec.load import load, load_all
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


def test_only_whole_words_are_replaced_and_none_of_them_again(specs: Path) -> None:
    """ "phụ" is in "phụ huynh" and in "khắc phục"; "hồ sơ" becomes what another phrase is."""
    worded(specs, "  phụ: chính\n  phụ huynh: cha mẹ học sinh\n  hồ sơ: mức độ\n  mức độ: cấp\n")
    found = report(specs, 2022, "h1")
    texts = compile_form(found).items
    assert "khắc phục" in str(texts)
    assert "khắc chính" not in str(texts)
    assert "cha mẹ học sinh" in str(texts)
    assert item(found, LEVEL_3).title == "Số mức độ dịch vụ công trực tuyến cấp 3"


def test_a_phrase_is_the_same_however_its_letters_are_composed(specs: Path) -> None:
    worded(specs, unicodedata.normalize("NFD", "  mức độ 3: một phần\n"))
    found = report(specs, 2022, "h1")
    assert item(found, LEVEL_3).title == "Số hồ sơ dịch vụ công trực tuyến một phần"


def test_capitals_count(specs: Path) -> None:
    assert problems(specs, "  MỨC ĐỘ 3: một phần\n") == [("YEAR-UNUSED-WORDING", 1, 3)]


def problems(specs: Path, lines: str) -> list[tuple[str, int, int]]:
    """Code, line of the wording, and column of each."""
    before = (specs / "years" / "2022.yaml").read_text("utf-8").count("\n") + 2
    worded(specs, lines)
    with pytest.raises(ProblemsError) as caught:
        load_all(specs, 2022)
    for problem in caught.value.problems:
        assert problem.where.file == "specs/years/2022.yaml"
        assert problem.message
        assert problem.fix
    return [(p.code, p.where.line - before, p.where.column) for p in caught.value.problems]


CLASHES = {
    "two questions of one title": (
        "  Số chỉ tiêu không đạt: Số chỉ tiêu đạt\n",
        "“Số chỉ tiêu đạt” và câu hỏi “Số chỉ tiêu không đạt”",
    ),
    "two choices of one question": ("  Có: Không\n", "lựa chọn “Có” và “Không” cùng thành “Không”"),
    "two forms known by one header": (
        "  quý I: quý\n  quý III: quý\n",
        "“Đơn vị nộp Báo cáo CCHC quý I năm 2022” và “Đơn vị nộp Báo cáo CCHC quý III năm 2022”",
    ),
}


@pytest.mark.parametrize(("lines", "said"), CLASHES.values(), ids=CLASHES)
def test_what_differed_may_not_become_one(specs: Path, lines: str, said: str) -> None:
    """Facts 6.1, 6.2; Google refuses equal choices."""
    worded(specs, lines)
    with pytest.raises(ProblemsError) as caught:
        load_all(specs, 2022)
    first = caught.value.problems[0]
    assert {problem.code for problem in caught.value.problems} == {"YEAR-WORDING-CLASH"}
    assert first.where.file == "specs/years/2022.yaml"
    assert any(said in problem.message for problem in caught.value.problems)


def test_a_clash_is_told_once_for_the_forms_of_all_periods(specs: Path) -> None:
    assert problems(specs, "  phụ: chính\n  Có: Không\n") == [("YEAR-WORDING-CLASH", 2, 3)]


WRONG = {
    "nothing": "  phụ huynh: ⟦''\n",
    "only blanks": "  phụ huynh: ⟦'  '\n",
    "two lines": '  phụ huynh: ⟦"cha\\nmẹ"\n',
    "a placeholder": "  phụ huynh: ⟦'cha {bureau.name}'\n",
    "a brace": "  phụ huynh: ⟦'cha {mẹ'\n",
    "for nothing": "  ⟦' ': cha mẹ\n",
}


@pytest.mark.parametrize("marked", WRONG.values(), ids=WRONG)
def test_a_phrase_is_replaced_by_words_on_a_line(specs: Path, marked: str) -> None:
    before, _, after = marked.partition("⟦")
    assert problems(specs, before + after) == [("YAML-BAD-VALUE", 1, len(before) + 1)]


def test_a_phrase_that_no_form_says_is_misspelt(specs: Path) -> None:
    assert problems(specs, "  mức độ 5: không có\n  mức: cấp\n") == [("YEAR-UNUSED-WORDING", 1, 3)]


def test_it_is_told_with_what_is_wrong_in_the_forms(specs: Path) -> None:
    """A form that is wrong hides neither a misspelt phrase nor a clash; a phrase that may be in
    what is wrong of it is not called misspelt."""
    worded(specs, "  mức độ 5: không có\n  Giờ nhận: Lúc nhận\n  Có: Không\n")
    wrong = specs / "processing.yaml"
    text = wrong.read_text("utf-8")
    wrong.write_text(text.replace("title: Giờ nhận", "title: Giờ nhận\n        lạ: 1"), "utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_all(specs, 2022)
    found = [(problem.where.file, problem.code) for problem in caught.value.problems]
    assert found == [
        ("specs/processing.yaml", "YAML-UNKNOWN-KEY"),
        ("specs/years/2022.yaml", "YEAR-UNUSED-WORDING"),
        ("specs/years/2022.yaml", "YEAR-WORDING-CLASH"),
    ]
