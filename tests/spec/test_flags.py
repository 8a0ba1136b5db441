"""What the content checks say of answers: flags, never refusals (A16, L21)."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from cchc_gforms.events import Answers
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.earlier import earlier_period
from cchc_gforms.spec.flags import flags, number_in
from cchc_gforms.spec.model import FormSpec
from tests.office import SPECS


def asked(checks: dict[str, Any], *more: dict[str, Any]) -> FormSpec:
    question = {"key": "q", "type": "text", "title": "Q", "checks": checks}
    section = {"key": "s", "title": "S", "items": [question, *more]}
    return FormSpec.model_validate(
        {
            "name": "x/2022-q1", "document": "x", "period": "2022-q1", "title": "X",
            "description": "", "collect_email": "none", "sections": [section],
        }
    )  # fmt: skip


PERCENT = {"number": {"min": 0, "max": 100}}
COUNT = {"number": {"min": 0, "whole": True}}
AT_LEAST = {"floor": {"value": 97.5}}
AT_MOST = {"floor": {"value": 3, "higher_is_better": False}}
GENERIC = {"avoid": ["tiếp tục thực hiện theo Kế hoạch CCHC"]}
QUANTIFIED = {"quantified": True}
NAMED = {"evidence": True}
ABOUT = {"about": ["CCHC", "cải cách hành chính"]}

CASES = [
    ("a figure", PERCENT, "95", []),
    ("a figure with its sign", PERCENT, " 97,5 % ", []),
    ("no figure", PERCENT, "gần hết", ["Q: “gần hết” không phải là một con số"]),
    ("a figure and words", PERCENT, "95 hồ sơ", ["Q: “95 hồ sơ” không phải là một con số"]),
    ("too high", PERCENT, "120", ["Q: 120 lớn hơn 100"]),
    ("too low", PERCENT, "-1", ["Q: -1 nhỏ hơn 0"]),
    ("on the bound", PERCENT, "100", []),
    ("thousands", COUNT, "1.250", []),
    ("half a thing", COUNT, "2,5", ["Q: 2,5 phải là số nguyên"]),
    ("nothing said", PERCENT, "  ", []),
    ("short enough", {"words": {"max": 3}}, "một hai ba", []),
    (
        "too long",
        {"words": {"max": 3}},
        "một hai ba bốn",
        ["Q: dài 4 chữ, cần ngắn gọn (nhiều nhất 3 chữ)"],
    ),
    ("too short", {"words": {"min": 3}}, "Tốt", ["Q: chỉ có 1 chữ, quá ngắn (ít nhất 3 chữ)"]),
    (
        "the phrase that the dispatch forbids (R45)",
        GENERIC,
        "TIẾP TỤC  thực hiện theo kế hoạch CCHC đã đề ra trong năm.",
        ["Q: ghi chung chung “tiếp tục thực hiện theo Kế hoạch CCHC”, cần nêu cụ thể"],
    ),
    (
        "the phrase in letters of two parts",
        GENERIC,
        unicodedata.normalize("NFD", "tiếp tục thực hiện theo Kế hoạch CCHC"),
        ["Q: ghi chung chung “tiếp tục thực hiện theo Kế hoạch CCHC”, cần nêu cụ thể"],
    ),
    ("something definite", GENERIC, "Rút ngắn 2 ngày giải quyết hồ sơ chuyển trường.", []),
    ("about the subject (R40)", ABOUT, "Ba bài về Cải cách hành chính.", []),
    (
        "about something else (R40)",
        ABOUT,
        "Ba bài về hội khỏe.",
        ["Q: chưa thấy nói về CCHC, xem lại có đúng nội dung được hỏi không"],
    ),
    ("above the floor (R28)", AT_LEAST, "98", []),
    ("on the floor", AT_LEAST, "97,5", []),
    ("below the floor", AT_LEAST, "97", ["Q: 97 thấp hơn chỉ tiêu của cấp trên (97,5 trở lên)"]),
    ("lower is better", AT_MOST, "2", []),
    ("worse than lower", AT_MOST, "4", ["Q: 4 kém hơn chỉ tiêu của cấp trên (3 trở xuống)"]),
    ("a result with a number (R24)", QUANTIFIED, "02 buổi tập huấn", []),
    (
        "a result without a number (R24)",
        QUANTIFIED,
        "Hoàn thành tốt",
        ["Q: chưa định lượng, không thấy con số nào"],
    ),
    ("evidence (R17)", NAMED, "25/BC-MNM; 02/06/2022; https://a.example/1", []),
    ("evidence on lines of their own", NAMED, "Số 7\n2-6-2022\nhttps://a.example/x", []),
    (
        "a date is no number, nor is what stands in a link",
        NAMED,
        "02/06/2022 https://a.example/25",
        ["Q: thiếu số hiệu của tài liệu minh chứng"],
    ),
    (
        "nothing that could be opened",
        NAMED,
        "Báo cáo số 25, bản giấy",
        ["Q: thiếu ngày, liên kết của tài liệu minh chứng"],
    ),
    (
        "no figure beside a floor",
        AT_LEAST,
        "cao",
        ["Q: “cao” không phải là một con số, không so được với chỉ tiêu 97,5"],
    ),
    (
        "no figure is said once",
        {**PERCENT, **AT_LEAST},
        "cao",
        ["Q: “cao” không phải là một con số"],
    ),
]


@pytest.mark.parametrize(
    ("checks", "answer", "expected"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_an_answer_is_flagged_for_what_does_not_hold(
    checks: dict[str, Any], answer: str, expected: list[str]
) -> None:
    assert list(flags(asked(checks), {"q": (answer,)})) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("10", "12", ["Q: 10 nhỏ hơn số lũy kế đã báo ở kỳ trước (12)"]),
        ("12", "12", []),
        ("1.300", "1.250", []),
        ("10", "không rõ", []),
        ("không rõ", "12", []),
        ("10", "", []),
    ],
)
def test_a_cumulative_figure_does_not_fall(now: str, before: str, expected: list[str]) -> None:
    """A11: a warning."""
    spec = asked({"not_below_earlier": True})
    assert list(flags(spec, {"q": (now,)}, {"q": (before,)})) == expected
    assert flags(spec, {"q": (now,)}, None) == ()


def test_a_figure_is_compared_with_what_was_reported_under_its_earlier_key() -> None:
    """A renamed question goes on counting what it counted (A11)."""
    renamed = asked({"not_below_earlier": True}).model_copy(update={"moved": {"q": "once"}})
    assert flags(renamed, {"q": ("9",)}, {"once": ("12",)}) == (
        "Q: 9 nhỏ hơn số lũy kế đã báo ở kỳ trước (12)",
    )


EVIDENCE: list[dict[str, Any]] = [
    {"key": "n", "type": "text", "title": "N", "role": "evidence_number"},
    {"key": "d", "type": "date", "title": "D", "role": "evidence_date"},
    {"key": "l", "type": "text", "title": "L", "role": "evidence_link"},
    {
        "key": "c", "type": "radio", "title": "Giám đốc đã ký", "role": "evidence_confirmation",
        "choices": [{"value": "Có", "means": "confirmed"}, "Chưa"],
    },
]  # fmt: skip
WHOLE: Answers = {
    "n": ("25/BC",),
    "d": ("2022-06-02",),
    "l": ("https://a.example/1",),
    "c": ("Có",),
}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (WHOLE, []),
        ({}, ["Minh chứng chưa đủ: thiếu số hiệu, ngày ký, liên kết, “Giám đốc đã ký”"]),
        ({**WHOLE, "d": ()}, ["Minh chứng chưa đủ: thiếu ngày ký"]),
        ({**WHOLE, "c": ("Chưa",)}, ["Minh chứng chưa đủ: thiếu “Giám đốc đã ký”"]),
        (
            {**WHOLE, "l": ("đã gửi Zalo",)},
            ["Minh chứng: “đã gửi Zalo” không phải là một liên kết"],
        ),
        ({**WHOLE, "n": ("không số",)}, ["Minh chứng: “không số” không giống một số hiệu văn bản"]),
    ],
    ids=["whole", "nothing", "no date", "not confirmed", "no link", "no number"],
)
def test_evidence_is_number_date_link_and_confirmation(
    answers: Answers, expected: list[str]
) -> None:
    """R17."""
    assert list(flags(asked({}, *EVIDENCE), answers)) == expected


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("12", 12), ("1.234", 1234), ("1.234.567,5", 1234567.5), ("97,5%", 97.5), ("97.5", 97.5),
        ("0", 0), ("", None), ("12 hồ sơ", None), ("1,2,3", None), ("12345", 12345),
    ],
)  # fmt: skip
def test_figures_are_read_as_vietnamese_writes_them(text: str, figure: float | None) -> None:
    assert number_in(text) == figure


@pytest.mark.parametrize(
    ("document", "period", "expected"),
    [
        ("periodic_report", "2022-q1", None),
        ("periodic_report", "2022-h1", "2022-q1"),
        ("periodic_report", "2022-q3", None),  # R20: starts anew
        ("periodic_report", "2022-year", "2022-h1"),  # not quý III
        ("plan_result", "2022-m9", "2022-h1"),
        ("plan_result", "2022-year", "2022-m9"),
        ("annual_plan", "2022-year", None),
    ],
)
def test_figures_run_on_from_the_period_before_with_the_same_first_day(
    document: str, period: str, expected: str | None
) -> None:
    assert earlier_period(load_regime(SPECS, 2022), document, period) == expected
