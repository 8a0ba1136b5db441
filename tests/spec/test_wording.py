"""A year's own wording in its forms, and the forms of its requests (E17, A13)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cchc_gforms.errors import ProblemsError
from cchc_gforms.events import Answers
from cchc_gforms.spec.compile import compile_form
from cchc_gforms.spec.flags import flags
from cchc_gforms.spec.load import load_all
from cchc_gforms.spec.model import ChoiceItem, FormSpec

_SHIPPED = Path(__file__).parents[2] / "forms_spec"
_REQUESTS = """
requests:
  - {key: a, document: ad_hoc_report, title: về việc A, source_document: Công văn A,
     due_on: 2022-05-20}
  - {key: b, document: ad_hoc_report, title: về việc B, source_document: Công văn B,
     due_on: 2022-05-21, channel: in_person}
  - {key: c, document: thematic_report, title: về chuyên đề C, source_document: Công văn C,
     due_on: 2022-05-22, channel: either}
  - {key: d, document: stage_plan, title: giai đoạn 2022-2025, source_document: Công văn D,
     due_on: 2022-05-23, audience: {levels: [primary]}}
"""


@pytest.fixture
def spec_dir(tmp_path: Path) -> Path:
    directory = tmp_path / "forms_spec"
    shutil.copytree(_SHIPPED, directory)
    return directory


def _forms(spec_dir: Path, more: str = "") -> dict[str, FormSpec]:
    with (spec_dir / "years/2022.yaml").open("a", encoding="utf-8") as file:
        file.write(more)
    return {spec.name: spec for spec in load_all(spec_dir, 2022)[1]}


def _texts(spec: FormSpec) -> str:
    return spec.model_dump_json()


def test_a_phrase_is_replaced_in_every_text_and_no_id_moves(spec_dir: Path) -> None:
    before = _forms(spec_dir)
    after = _forms(spec_dir, "wording:\n  mức độ 3: toàn trình\n  Hiệu trưởng: Thủ trưởng\n")
    report = "periodic_report/2022-h1"
    assert "mức độ 3" in _texts(before[report])
    assert "mức độ 3" not in _texts(after[report])
    assert "toàn trình" in _texts(after[report])
    assert not any("Hiệu trưởng" in _texts(spec) for spec in after.values())
    for name, spec in before.items():
        then, now = compile_form(spec), compile_form(after[name])
        assert list(then.questions.items()) == list(now.questions.items())


def test_names_that_the_harvester_reads_are_not_reworded(spec_dir: Path) -> None:
    forms = _forms(spec_dir, "wording:\n  Báo cáo CCHC: Báo cáo cải cách\n")
    assert forms["periodic_report/2022-h1"].title == "Báo cáo cải cách 06 tháng đầu năm 2022"
    said = _texts(forms["processing/2022"])
    assert "Báo cáo CCHC 06 tháng đầu năm 2022" in said
    assert "MN01 – Trường Mầm non Mẫu 01" in said


def test_a_phrase_that_no_form_says_is_an_error_at_its_place(spec_dir: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        _forms(spec_dir, "wording:\n  mức độ 33: toàn trình\n")
    (problem,) = caught.value.problems
    assert problem.code == "YEAR-UNUSED-WORDING"
    text = (spec_dir / "years/2022.yaml").read_text("utf-8").splitlines()
    assert text[problem.where.line - 1] == "  mức độ 33: toàn trình"


def test_a_request_has_a_form_of_its_own_unless_it_is_handed_over_in_person(
    spec_dir: Path,
) -> None:
    forms = _forms(spec_dir, _REQUESTS)
    asked = {name: spec.title for name, spec in forms.items() if spec.period and
             spec.period.rpartition("-")[2] in "abcd"}  # fmt: skip
    assert asked == {
        "ad_hoc_report/2022-a": "Báo cáo CCHC đột xuất về việc A",
        "thematic_report/2022-c": "Báo cáo CCHC chuyên đề về chuyên đề C",
        "stage_plan/2022-d": "Kế hoạch CCHC giai đoạn giai đoạn 2022-2025",
    }
    assert "Công văn A" in forms["ad_hoc_report/2022-a"].description
    assert "20/05/2022" in forms["ad_hoc_report/2022-a"].description
    assert "Báo cáo CCHC đột xuất về việc B" in _texts(forms["processing/2022"])


def test_a_declaration_frees_from_more_in_the_words_of_the_year(spec_dir: Path) -> None:
    """R17: what frees a result from evidence is the choice as it is worded this year."""
    year = "wording:\n  Chưa đến hạn: Còn trong hạn\n  Không có: Không phát sinh\n"
    form = _forms(spec_dir, year)["plan_result/2022-h1"]
    freed: Answers = {"steering_result": ("Rà soát; 01 lần",), "steering_met": ("Còn trong hạn",)}
    none: Answers = {"steering_result": ("Không phát sinh.",)}
    wanting: Answers = {"steering_result": ("Không có.",)}

    def steering(answers: Answers) -> list[str]:
        return [one for one in flags(form, answers) if one.startswith("Kết quả từng nhiệm vụ – 1.")]

    assert (steering(freed), steering(none)) == ([], [])
    assert len(steering(wanting)) == 1


def test_a_form_offers_the_units_that_it_concerns(spec_dir: Path) -> None:
    """Asked of primary schools: nobody else is there to be chosen by mistake. Reviewers choose
    among all."""
    forms = _forms(spec_dir, _REQUESTS)

    def offered(name: str) -> set[str]:
        asked = forms[name].item("unit")
        assert isinstance(asked, ChoiceItem)
        return {one.value.split()[0].rstrip("0123456789") for one in asked.choices}

    assert offered("stage_plan/2022-d") == {"TH"}
    assert offered("ad_hoc_report/2022-a") == offered("processing/2022") == {"MN", "TH", "THCS"}
