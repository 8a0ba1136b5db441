"""The specs that ship: the dispatch's outline and nine fields, whole and clean."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.compile import compile_form
from cchc_gforms.spec.load import load
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.spec.outline import coverage, load_outline
from tests.office import SPECS

TITLES = {
    "annual_plan/2022-year": "Kế hoạch CCHC năm 2022",
    "periodic_report/2022-q1": "Báo cáo CCHC quý I năm 2022",
    "periodic_report/2022-h1": "Báo cáo CCHC 06 tháng năm 2022",
    "periodic_report/2022-q3": "Báo cáo CCHC quý III năm 2022",
    "periodic_report/2022-year": "Báo cáo CCHC năm 2022",
    "plan_result/2022-q1": "Kết quả thực hiện Kế hoạch CCHC quý I năm 2022",
    "plan_result/2022-h1": "Kết quả thực hiện Kế hoạch CCHC 06 tháng năm 2022",
    "plan_result/2022-m9": "Kết quả thực hiện Kế hoạch CCHC 09 tháng năm 2022",
    "plan_result/2022-year": "Kết quả thực hiện Kế hoạch CCHC năm 2022",
    "processing/2022": "Phiếu xử lý văn bản CCHC năm 2022",
}

FIELDS = [
    "1. Công tác chỉ đạo, điều hành CCHC",
    "2. Cải cách thể chế",  # E2: printed as a second "Cải cách thủ tục hành chính"
    "3. Cải cách thủ tục hành chính (TTHC)",
    "4. Cải cách tổ chức bộ máy hành chính nhà nước",
    "5. Cải cách chế độ công vụ",
    "6. Cải cách tài chính công",
    "7. Hiện đại hóa nền hành chính, xây dựng và phát triển chính quyền điện tử",
    "8. Khảo sát, đánh giá sự hài lòng",
    "9. Công tác truyền thông hỗ trợ công tác CCHC, cải cách TTHC",
]


@cache
def specs() -> dict[str, FormSpec]:
    return {spec.name: spec for spec in load(SPECS, load_regime(SPECS, 2022))}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)


def test_the_outline_has_as_many_nodes_as_the_dispatch() -> None:
    """Requirements 1.3: 4 parts, 7 + 6 + 4 + 0 sections, 2 + 12 subsections, 12 bullets."""
    nodes = load_outline(SPECS).nodes
    assert Counter(node.kind for node in nodes) == {
        "part": 4,
        "section": 17,
        "subsection": 14,
        "bullet": 12,
    }
    by_part = Counter(node.id.split(".")[0] for node in nodes if node.kind == "section")
    assert by_part == {"I": 7, "II": 6, "III": 4}
    bullets = Counter(node.id.rsplit(".", 1)[0] for node in nodes if node.kind == "bullet")
    assert bullets == {"I.1": 4, "I.4": 3, "I.5": 2, "I.6": 2, "I.7": 1}
    assert len({node.id for node in nodes}) == 47


def test_the_report_serves_every_node_of_the_outline_and_no_other() -> None:
    report, nodes = specs()["periodic_report/2022-h1"], load_outline(SPECS).nodes
    assert [one.node.id for one in coverage([report], nodes) if not one.documents] == []
    named = {source for section in report.sections for source in section.source}
    named |= {source for s in report.sections for item in s.items for source in item.source}
    assert named == {node.id for node in nodes}


@pytest.mark.parametrize("wrong", ["GDDT", "diều", "dánh giá", "lòng ghép", "nỗi bật", "hành trên"])
def test_no_erratum_of_the_printed_dispatch_came_along(wrong: str) -> None:
    """E1–E6."""
    texts = [text for spec in specs().values() for text in strings(compile_form(spec).wire)]
    texts += [node.text for node in load_outline(SPECS).nodes]
    assert not [text for text in texts if wrong in text]


def test_all_forms_of_the_year_are_there() -> None:
    assert {name: spec.title for name, spec in specs().items()} == TITLES


@pytest.mark.parametrize("name", ["annual_plan/2022-year", "plan_result/2022-m9"])
def test_the_nine_fields_come_in_their_order(name: str) -> None:
    """R22."""
    titles = [section.title for section in specs()[name].sections]
    assert titles[1:] == FIELDS


def test_each_field_of_the_plan_asks_what_the_dispatch_asks() -> None:
    """R24, R25: objective, quantified tasks, completion dates, lead, resources and solutions."""
    for section in specs()["annual_plan/2022-year"].sections[1:]:
        asked = [item.title.split(" – ")[0] for item in section.items]
        assert asked == [
            "Mục tiêu",
            "Nhiệm vụ và chỉ tiêu định lượng",
            "Mốc thời gian hoàn thành",
            "Đơn vị chủ trì, người chịu trách nhiệm chính",
            "Nguồn lực và giải pháp",
        ]


def test_the_plan_says_that_nothing_secret_belongs_into_it() -> None:
    """R27."""
    assert "mật" in specs()["annual_plan/2022-year"].description


@pytest.mark.parametrize("name", [name for name in TITLES if not name.startswith("processing")])
def test_nothing_but_the_unit_is_required_so_that_no_first_submission_is_held_up(name: str) -> None:
    """A16."""
    required = [question.role for question in specs()[name].questions() if question.required]
    assert required == ["unit"]


@pytest.mark.parametrize("name", TITLES)
def test_every_text_is_in_nfc_and_every_title_is_one_line(name: str) -> None:
    wire = compile_form(specs()[name]).wire
    for text in strings(wire):
        assert unicodedata.is_normalized("NFC", text), text
    for item in wire["items"]:
        assert "\n" not in item.get("title", "")


def test_the_dates_of_the_year_stand_in_the_forms() -> None:
    assert "19/03/2022" in specs()["annual_plan/2022-year"].description
    assert "01/12/2021 đến 01/06/2022" in specs()["periodic_report/2022-h1"].description
    assert "03/09/2022" in specs()["plan_result/2022-m9"].description


def test_the_processing_form_asks_for_a_reason_only_when_returning() -> None:
    sections = specs()["processing/2022"].sections
    assert [section.key for section in sections] == ["decision", "returning"]
    wire = compile_form(specs()["processing/2022"]).items
    options = wire[3]["questionItem"]["question"]["choiceQuestion"]["options"]
    assert [option["value"] for option in options] == ["Duyệt", "Chuyển trả"]
    assert options[0]["goToAction"] == "SUBMIT_FORM"
    assert options[1]["goToSectionId"] == wire[4]["itemId"]
    assert "pageBreakItem" in wire[4]
