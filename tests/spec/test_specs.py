"""The specs that ship: the dispatch's outline and nine fields, whole and clean."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.compile import compile_form
from cchc_gforms.spec.load import load
from cchc_gforms.spec.model import FormSpec, Section
from cchc_gforms.spec.outline import coverage, load_outline
from tests.generator.test_apply import copy_specs
from tests.google.discovery import wrong_in
from tests.office import SPECS
from tests.spec.one_form import ways

TITLES = {
    "annual_plan/2022-year": "Kế hoạch CCHC năm 2022",
    "periodic_report/2022-q1": "Báo cáo CCHC quý I năm 2022",
    "periodic_report/2022-h1": "Báo cáo CCHC 06 tháng đầu năm 2022",
    "periodic_report/2022-q3": "Báo cáo CCHC quý III năm 2022",
    "periodic_report/2022-year": "Báo cáo CCHC năm 2022",
    "plan_result/2022-q1": "Kết quả thực hiện Kế hoạch CCHC quý I năm 2022",
    "plan_result/2022-h1": "Kết quả thực hiện Kế hoạch CCHC 06 tháng đầu năm 2022",
    "plan_result/2022-m9": "Kết quả thực hiện Kế hoạch CCHC 09 tháng năm 2022",
    "plan_result/2022-year": "Kết quả thực hiện Kế hoạch CCHC năm 2022",
    "news/2022": "Tin, bài về CCHC năm 2022",
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

FIELD_KEYS = [
    "steering", "institutions", "procedures", "organisation", "civil_service", "public_finance",
    "e_government", "satisfaction", "communication",
]  # fmt: skip


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


def pages_of_fields(name: str) -> list[Section]:
    """The first page of each field."""
    keys = {f"field_{key}" for key in FIELD_KEYS}
    return [section for section in specs()[name].sections if section.key in keys]


@pytest.mark.parametrize("name", ["annual_plan/2022-year", "plan_result/2022-m9"])
def test_the_nine_fields_come_in_their_order(name: str) -> None:
    """R22."""
    pages = pages_of_fields(name)
    assert [page.title for page in pages] == FIELDS
    assert [page.key.removeprefix("field_") for page in pages] == FIELD_KEYS


def test_each_field_of_the_plan_asks_what_the_dispatch_asks() -> None:
    """R24, R25: objective, quantified tasks, completion dates, lead, resources and solutions."""
    for section in pages_of_fields("annual_plan/2022-year"):
        asked = [item.title.split(" – ")[0] for item in section.items]
        assert asked == [
            "Mục tiêu",
            "Nhiệm vụ 1",
            "Kết quả phải đạt của nhiệm vụ 1",
            "Ngày hoàn thành nhiệm vụ 1",
            "Đơn vị chủ trì, người chịu trách nhiệm chính nhiệm vụ 1",
            "Nguồn lực và giải pháp của nhiệm vụ 1",
            "Còn nhiệm vụ khác trong lĩnh vực này không?",
        ]


def test_a_plan_has_room_for_three_tasks_a_field() -> None:
    plan = specs()["annual_plan/2022-year"]
    keys = [section.key for section in plan.sections]
    assert keys[3:6] == ["field_steering", "field_steering_2", "field_steering_3"]
    assert len(keys) == 3 + 9 * 3
    dates = [item.key for item in plan.questions() if item.type == "date"]
    assert dates[:4] == [
        "evidence_date", "steering_task_due", "steering_task_due_2", "steering_task_due_3",
    ]  # fmt: skip
    assert ways(plan, "field_steering_another") == {
        "Còn, khai nhiệm vụ tiếp theo": "field_steering_2",
        "Hết, sang lĩnh vực sau": "field_institutions",
    }
    assert ways(plan, "field_communication_another_2")["Hết, sang lĩnh vực sau"] == "submit"


def test_no_form_is_larger_than_google_forms_is_known_to_take() -> None:
    """Facts 2.6: some 300 items are claimed."""
    for spec in specs().values():
        assert len(compile_form(spec).items) <= 250


def test_a_field_that_missed_its_target_is_asked_why() -> None:
    result = specs()["plan_result/2022-m9"]
    assert ways(result, "steering_met") == {
        "Đạt": "field_institutions", "Không đạt": "next", "Chưa đến hạn": "field_institutions",
    }  # fmt: skip
    assert ways(result, "communication_met")["Đạt"] == "submit"


@pytest.mark.parametrize(
    ("node", "figures"),
    [
        ("I.1.d", {"targets_total", "targets_met", "targets_not_met", "planned_on_time_rate",
                   "actual_on_time_rate"}),  # R36
        ("I.2", {"feedback_received", "feedback_handled", "dialogues"}),  # R37
        ("I.4.a", {"survey_above_count", "survey_above_rate"}),  # R39
        ("II.2.1", {"procedures_on_time", "procedures_late", "apology_letters", "online_level_3",
                    "online_level_4", "postal_received", "postal_returned",
                    "procedures_simplified", "procedures_inspections"}),  # R41
        ("II.5.1", {"public_finance_tasks_total", "public_finance_tasks_done"}),  # R35
    ],
)  # fmt: skip
def test_figures_are_asked_for_as_figures(node: str, figures: set[str]) -> None:
    asked = {
        question.key
        for question in specs()["periodic_report/2022-h1"].questions()
        if node in question.source and question.checks and question.checks.number
    }
    assert figures <= asked


@pytest.mark.parametrize(
    "name", [name for name in TITLES if not name.startswith(("processing", "news"))]
)
def test_every_document_asks_for_its_evidence(name: str) -> None:
    """R17."""
    roles = {question.role for question in specs()[name].questions() if question.role}
    assert roles == {
        "unit", "evidence_number", "evidence_date", "evidence_link", "evidence_confirmation",
    }  # fmt: skip


@pytest.mark.parametrize("name", TITLES)
def test_no_authority_is_named_but_by_the_regime(name: str) -> None:
    """Requirements 5: the district is gone; the names come from regime.yaml."""
    file = (SPECS / f"{name.split('/')[0]}.yaml").read_text("utf-8")
    for written in ("Quận", "UBND", "Phòng GD", "Phòng Giáo dục"):
        assert written not in file
        assert written not in (SPECS / "parts.yaml").read_text("utf-8")


def test_forms_asked_for_singly_are_whole_as_well(tmp_path: Path) -> None:
    """R16: ad hoc and thematic reports, stage plans."""
    copy_specs(tmp_path / "specs")
    year = tmp_path / "specs" / "years" / "2022.yaml"
    requests = "".join(
        f"  - {{key: r{n}, document: {document}, title: 'về việc {n}', "
        "source_document: 'CV 1', due_on: 2022-05-20}\n"
        for n, document in enumerate(("ad_hoc_report", "thematic_report", "stage_plan"))
    )
    year.write_text(year.read_text("utf-8") + f"\nrequests:\n{requests}", "utf-8")
    found = load(tmp_path / "specs", load_regime(tmp_path / "specs", 2022))
    by_document = {spec.document: spec for spec in found}
    assert by_document["ad_hoc_report"].title == "Báo cáo CCHC đột xuất về việc 0"
    assert [len(by_document[one].sections) for one in ("ad_hoc_report", "thematic_report")] == [
        2,
        2,
    ]
    assert len(by_document["stage_plan"].sections) == 2 + 9 * 3
    for document in ("ad_hoc_report", "thematic_report", "stage_plan"):
        spec = by_document[document]
        assert wrong_in("forms.v1", "Form", compile_form(spec).wire) == []
        assert [one.role for one in spec.questions() if one.required] == ["unit"]


def test_the_plan_says_that_nothing_secret_belongs_into_it() -> None:
    """R27."""
    assert "mật" in specs()["annual_plan/2022-year"].description


@pytest.mark.parametrize(
    "name", [name for name in TITLES if not name.startswith(("processing", "news"))]
)
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


PAGES = {
    "Duyệt": None,
    "Chuyển trả": ["Lý do chuyển trả"],
    "Gia hạn": ["Hạn mới", "Lý do gia hạn", "Phạm vi gia hạn"],
    "Nhận trực tiếp": [
        "Ngày nhận",
        "Giờ nhận",
        "Minh chứng, ghi chú về việc nhận",
        "Ghi việc nhận vào sổ",
    ],
    "Miễn": ["Lý do miễn", "Ghi việc miễn vào sổ"],
    "Hủy một bản": [
        "Lý do hủy",
        "Bản bị hủy",
        "Ngày nộp của bản bị hủy",
        "Giờ nộp của bản bị hủy",
    ],
    "Xác nhận bản gửi từ địa chỉ lạ": [
        "Tính cho đơn vị khác",
        "Căn cứ xác nhận",
        "Ghi việc xác nhận vào sổ",
    ],
    "Rút lại mục gần nhất": ["Lý do rút lại", "Phạm vi rút lại"],
}


def test_each_action_of_the_processing_form_leads_to_its_own_page() -> None:
    """L5, L9–L14; every page but the last, and the approval, ends the form by a choice."""
    items = compile_form(specs()["processing/2022"]).items
    breaks = [at for at, item in enumerate(items) if "pageBreakItem" in item] + [len(items)]
    pages = {items[at]["itemId"]: items[at + 1 : end] for at, end in pairwise(breaks)}
    found = {}
    for option in items[3]["questionItem"]["question"]["choiceQuestion"]["options"]:
        page = pages.get(option.get("goToSectionId"))
        found[option["value"]] = page and [item["title"] for item in page]
        assert page or option["goToAction"] == "SUBMIT_FORM"
    assert found == PAGES
    for page in list(pages.values())[:-1]:
        (last,) = [
            item["questionItem"]["question"]
            for item in page
            if "goToAction" in str(item["questionItem"])
        ]
        options = last["choiceQuestion"]["options"]
        assert {option["goToAction"] for option in options} == {"SUBMIT_FORM"}
        assert last["required"]
