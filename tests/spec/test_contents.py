"""Evidence and left-out outline nodes, read from answers (R17, requirements 3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_gforms.events import Answers, Evidence
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.contents import evidence_of, left_out
from cchc_gforms.spec.load import load

_SPECS = Path(__file__).parents[2] / "forms_spec"
_FORMS = {spec.name: spec for spec in load(_SPECS, load_regime(_SPECS, 2022))}
_REPORT = _FORMS["periodic_report/2022-h1"]
_RESULT = _FORMS["plan_result/2022-h1"]


@pytest.mark.parametrize(
    ("answers", "expected", "complete"),
    [
        ({}, Evidence(), False),
        ({"evidence_number": (" 25/BC ",)}, Evidence(number="25/BC"), False),
        ({"principal_confirmation": ("Chưa có",)}, Evidence(), False),
        (
            {
                "evidence_number": ("25/BC",),
                "evidence_scan": ("https://a.example/1",),
                "principal_confirmation": ("Đã có chữ ký và con dấu",),
            },
            Evidence(number="25/BC", link="https://a.example/1", confirmed=True),
            True,
        ),
    ],
    ids=["nothing", "a number", "not confirmed", "all"],
)
def test_evidence_is_number_link_and_confirmation(
    answers: Answers, expected: Evidence, complete: bool
) -> None:
    found = evidence_of(_REPORT, answers)
    assert found == expected
    assert found.complete is complete


def test_a_form_without_evidence_questions_has_none() -> None:
    assert evidence_of(_FORMS["processing/2022"], {}) is None


def test_a_node_is_left_out_when_none_of_its_questions_is_answered() -> None:
    everything = left_out(_REPORT, {})
    assert "I.1.a" in everything
    assert {"III.1", "IV"} <= set(everything)
    answers: Answers = {"steering": ("Đã làm.",), "causes_subjective": ("Thiếu người.",)}
    assert set(everything) - set(left_out(_REPORT, answers)) == {"I.1.a", "III.1"}


def test_an_answer_of_spaces_is_none() -> None:
    assert "I.1.a" in left_out(_REPORT, {"steering": ("  ",)})


def test_what_is_asked_for_if_any_is_never_missed() -> None:
    """I.5 is "nếu có" in the outline."""
    assert not [node for node in left_out(_REPORT, {}) if node.startswith("I.5")]
    assert left_out(_RESULT, {}) == ()
