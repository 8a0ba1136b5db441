"""Pages left empty and answers that lack others: a plan over nine fields, each task whole, and
evidence for each field whose result is updated (R17, R22, R24, R25, A16). Flags only (L21)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cchc_gforms.events import Answers
from cchc_gforms.spec.flags import flags
from cchc_gforms.spec.load import load_all
from cchc_gforms.spec.model import FormSpec
from tests.office import SPECS
from tests.spec.one_form import UNIT, form_of

FIELDS = (
    "steering", "institutions", "procedures", "organisation", "civil_service", "public_finance",
    "e_government", "satisfaction", "communication",
)  # fmt: skip
EVIDENCE = (
    "Minh chứng chưa đủ: thiếu số hiệu, ngày ký, liên kết, “Xác nhận của Hiệu trưởng trên bản scan”"
)
NONE_SAID = "(không có thì ghi “Không có”)"


@cache
def form(name: str) -> FormSpec:
    return next(spec for spec in load_all(SPECS, 2022)[1] if spec.name == name)


def told(name: str, answers: dict[str, str]) -> list[str]:
    """The flags, but for those of the document's own evidence."""
    given: Answers = {key: (value,) for key, value in answers.items()}
    found = list(flags(form(name), given))
    assert found.pop(0) == EVIDENCE
    return found


def task(field: str, copy: str = "", **other: str) -> dict[str, str]:
    """A task as the plan asks for it, `other` said otherwise."""
    whole = {
        "tasks": "Tập huấn quy tắc ứng xử",
        "target": "02 buổi",
        "task_due": "2022-06-30",
        "lead": "Tổ Văn phòng",
        "resources": "Kinh phí của trường; mời báo cáo viên",
    }
    return {f"{field}_{name}{copy}": said for name, said in (whole | other).items() if said}


NOTHING_TO_DO = {f"{field}_tasks": "Không có" for field in FIELDS}
PLAN = "annual_plan/2022-year"
STEERING = "1. Công tác chỉ đạo, điều hành CCHC"
FIRST = f"Nhiệm vụ 1 – {STEERING}"

PLANS = {
    "a plan over all nine fields": ({k: v for f in FIELDS for k, v in task(f).items()}, []),
    "one field of nine": (
        task("satisfaction"),
        [
            "Còn trống 8/9 mục phải có nội dung: 1. Công tác chỉ đạo, điều hành CCHC; 2. Cải cách "
            "thể chế; 3. Cải cách thủ tục hành chính (TTHC); 4. Cải cách tổ chức bộ máy hành chính "
            "nhà nước; 5. Cải cách chế độ công vụ; 6. Cải cách tài chính công; 7. Hiện đại hóa nền "
            "hành chính, xây dựng và phát triển chính quyền điện tử; 9. Công tác truyền thông hỗ "
            f"trợ công tác CCHC, cải cách TTHC {NONE_SAID}"
        ],
    ),
    "declared to have nothing to do": (NOTHING_TO_DO, []),
    "declared with the reason": (
        NOTHING_TO_DO | {"steering_tasks": "Không có nhiệm vụ, vì trường mới thành lập."},
        [],
    ),
    "an objective without a task": (
        NOTHING_TO_DO | {"steering_tasks": "", "steering_objective": "Đổi mới chỉ đạo"},
        [f"Còn trống 1/9 mục phải có nội dung: {STEERING} {NONE_SAID}"],
    ),
    "a task by its name alone": (
        NOTHING_TO_DO | {"steering_tasks": "Tập huấn"},
        [
            f"{FIRST}: chưa có “Kết quả phải đạt của nhiệm vụ 1”, “Ngày hoàn thành nhiệm vụ 1”, "
            "“Đơn vị chủ trì, người chịu trách nhiệm chính nhiệm vụ 1”, “Nguồn lực và giải pháp "
            "của nhiệm vụ 1”"
        ],
    ),
    "a task that begins like a declaration": (
        NOTHING_TO_DO | task("steering", tasks="Không có hồ sơ trễ hạn", task_due=""),
        [f"{FIRST}: chưa có “Ngày hoàn thành nhiệm vụ 1”"],
    ),
    "a result that is no figure": (
        NOTHING_TO_DO | task("steering", target="Hoàn thành tốt"),
        [f"Kết quả phải đạt của nhiệm vụ 1 – {STEERING}: chưa định lượng, không thấy con số nào"],
    ),
    "the second task of a field": (
        NOTHING_TO_DO
        | task("steering")
        | {"steering_another": "Còn, khai nhiệm vụ tiếp theo"}
        | task("steering", "_2", lead=""),
        [
            f"Nhiệm vụ 2 – {STEERING}: chưa có “Đơn vị chủ trì, người chịu trách nhiệm chính nhiệm "
            "vụ 2”"
        ],
    ),
    "a field whose first task was passed by": (
        {
            **NOTHING_TO_DO,
            "steering_tasks": "",
            "steering_another": "Còn, khai nhiệm vụ tiếp theo",
            **task("steering", "_2"),
        },
        [],
    ),
}


@pytest.mark.parametrize(("answers", "expected"), PLANS.values(), ids=PLANS)
def test_a_plan_is_whole_over_nine_fields_and_in_each_task(
    answers: dict[str, str], expected: list[str]
) -> None:
    """R22, R24, R25."""
    assert told(PLAN, answers) == expected


RESULT = "plan_result/2022-h1"
NO_RESULTS = {f"{field}_result": "Không có" for field in FIELDS}
LINK = "25/BC-MNM; 02/06/2022; https://a.example/1"
DONE = f"Kết quả từng nhiệm vụ – {STEERING}"

RESULTS = {
    "nothing but declarations": (NO_RESULTS, []),
    "a field left empty": (
        NO_RESULTS | {"steering_result": ""},
        [f"Còn trống 1/9 mục phải có nội dung: {STEERING} {NONE_SAID}"],
    ),
    "a result with its evidence": (
        NO_RESULTS
        | {"steering_result": "Đã tập huấn", "steering_met": "Đạt", "steering_evidence": LINK},
        [],
    ),
    "a result without its evidence (R17, A16)": (
        NO_RESULTS | {"steering_result": "Đã tập huấn", "steering_met": "Đạt"},
        [f"{DONE}: chưa có “Minh chứng”"],
    ),
    "a result alone": (
        NO_RESULTS | {"steering_result": "Đã tập huấn"},
        [f"{DONE}: chưa có “Minh chứng”, “Mức đạt chỉ tiêu”"],
    ),
    "what is not due yet needs no evidence": (
        NO_RESULTS | {"steering_result": "Tập huấn; 02 buổi", "steering_met": "Chưa đến hạn"},
        [],
    ),
    "evidence that cannot be opened": (
        NO_RESULTS
        | {"steering_result": "Xong", "steering_met": "Đạt", "steering_evidence": "Có bản giấy"},
        [
            f"Minh chứng – {STEERING}: thiếu số hiệu, ngày, liên kết của tài liệu minh chứng",
        ],
    ),
    "a target missed without a reason": (
        NO_RESULTS
        | {"steering_result": "1/2", "steering_met": "Không đạt", "steering_evidence": LINK},
        [f"Mức đạt chỉ tiêu – {STEERING}: chưa có “Nguyên nhân không đạt và giải pháp khắc phục”"],
    ),
    "a target met without a result": (
        NO_RESULTS | {"steering_result": "", "steering_met": "Đạt"},
        [
            f"Còn trống 1/9 mục phải có nội dung: {STEERING} {NONE_SAID}",
            f"Mức đạt chỉ tiêu – {STEERING}: chưa có “Kết quả từng nhiệm vụ”",
        ],
    ),
}


@pytest.mark.parametrize(("answers", "expected"), RESULTS.values(), ids=RESULTS)
def test_a_result_that_is_updated_has_its_own_evidence(
    answers: dict[str, str], expected: list[str]
) -> None:
    """R6, R17, A16."""
    assert told(RESULT, answers) == expected


@pytest.mark.parametrize("name", [PLAN, RESULT])
def test_nobody_is_kept_from_sending_an_empty_form(name: str) -> None:
    """A16: what is missing is told afterwards."""
    assert [one.role for one in form(name).questions() if one.required] == ["unit"]
    assert [flag for flag in told(name, {}) if "9/9" in flag]


def test_a_page_that_was_not_shown_misses_nothing(tmp_path: Path) -> None:
    """Another regime, with a page of its own for what was found."""
    spec = form_of(
        tmp_path,
        f"""\
  - key: first
    title: Đầu
    items:
      - {UNIT}
      - {{key: found, type: radio, title: Có vi phạm không?, choices: [Có, Không]}}
  - key: details
    title: Vi phạm
    show_if: {{question: found, answer: Có}}
    checks: {{answered: [what, when]}}
    items:
      - key: what
        type: paragraph
        title: Vi phạm gì?
        checks: {{needs: {{questions: [when, unit]}}}}
      - {{key: when, type: date, title: Ngày}}
""",
    )
    assert flags(spec, {"found": ("Không",)}) == ()
    assert flags(spec, {"found": ("Có",)}) == (
        f"Còn trống 1/1 mục phải có nội dung: Vi phạm {NONE_SAID}",
    )
    answers: Answers = {"found": ("Có",), "what": ("Cháy",), "unit": ("A",)}
    assert flags(spec, answers) == ("Vi phạm gì?: chưa có “Ngày”",)
    assert flags(spec, {**answers, "when": ("2022-06-01",)}) == ()
