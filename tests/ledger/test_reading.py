"""What is read from a ledger: the year's rows, rates, labels, explanations."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest

from cchc_gforms.events import Decided, Event, VersionSeen
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.book import read
from cchc_gforms.ledger.explain import _SAID, RULES, explain
from cchc_gforms.ledger.rates import Rate, rates
from cchc_gforms.ledger.row import AnomalyKind, Ledger, Mark, Review, Row, Submission, Timeliness
from cchc_gforms.regime.load import load
from cchc_gforms.regime.openings import openings

_YEAR = load(Path(__file__).parents[2] / "forms_spec", 2022)
_OPENED = openings(_YEAR, datetime(2022, 2, 1, tzinfo=UTC))


def _sent(unit: str, at: datetime, period: str = "2022-h1") -> VersionSeen:
    return VersionSeen(
        at=at,
        form_id="form",
        response_id=f"{unit}-{at.isoformat()}",
        document="periodic_report",
        period=period,
        claimed_unit=unit,
        unit_code=unit,
        email=f"{unit.lower()}@truong.example",
    )


def _decided(unit: str, at: datetime, action: str, reason: str = "") -> Decided:
    return Decided.model_validate(
        {
            "at": at,
            "form_id": "processing",
            "response_id": f"{unit}-{at.isoformat()}",
            "action": action,
            "document": "periodic_report",
            "period": "2022-h1",
            "claimed_unit": unit,
            "unit_code": unit,
            "reviewer": "duyet1@phonggd.example",
            "reason": reason,
        }
    )


_JUNE_2 = datetime(2022, 6, 2, 2, tzinfo=UTC)
_JUNE_5 = datetime(2022, 6, 5, 2, tzinfo=UTC)
_JUNE_6 = datetime(2022, 6, 6, 2, tzinfo=UTC)
_JUNE_7 = datetime(2022, 6, 7, 2, tzinfo=UTC)
_EVENTS: list[Event] = [
    *_OPENED,
    _sent("MN01", _JUNE_2),
    _decided("MN01", _JUNE_5, "return", "thiếu số liệu"),
    _sent("MN01", _JUNE_6),
    _decided("MN01", _JUNE_7, "approve"),
    _sent("TH01", _JUNE_2),
    _decided("TH01", _JUNE_5, "approve"),
    _sent("TH02", _JUNE_5),
    _sent("TH03", _JUNE_2, period="2021-h1"),
]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return read(_EVENTS, _YEAR, datetime(2022, 7, 1, tzinfo=UTC))


def _row(ledger: Ledger, unit: str, document: str = "periodic_report") -> Row:
    (row,) = (
        row
        for row in ledger.rows
        if (row.unit.code, row.document, row.period) == (unit, document, "2022-h1")
    )
    return row


def test_a_year_has_a_row_for_every_unit_document_and_period(ledger: Ledger) -> None:
    assert len(ledger.rows) == 9 * 60


def test_rows_are_by_document_due_date_and_unit(ledger: Ledger) -> None:
    seen = dict.fromkeys((row.document, row.period) for row in ledger.rows)
    assert list(seen) == [
        ("annual_plan", "2022-year"),
        ("periodic_report", "2022-q1"),
        ("periodic_report", "2022-h1"),
        ("periodic_report", "2022-q3"),
        ("periodic_report", "2022-year"),
        ("plan_result", "2022-q1"),
        ("plan_result", "2022-h1"),
        ("plan_result", "2022-m9"),
        ("plan_result", "2022-year"),
    ]
    codes = [row.unit.code for row in ledger.rows if row.document == "annual_plan"]
    assert codes[0] == "MN01"
    assert codes == sorted(codes)


def test_another_year_is_not_this_years_business(ledger: Ledger) -> None:
    assert ledger.anomalies == ()


def test_rates_have_their_numerators_and_denominators(ledger: Ledger) -> None:
    """L20: sixty units; three sent, two of them on time, two approved, one of these returned."""
    found = rates(row for row in ledger.rows if row.period == "2022-h1" and not row.advisory)
    assert found.completeness == Rate(3, 60)
    assert found.on_time_of_expected == Rate(2, 60)
    assert found.on_time_of_submitted == Rate(2, 3)
    assert found.approved == Rate(2, 60)
    assert found.first_pass == Rate(1, 2)
    assert found.returns == Rate(1, 3)
    assert found.completeness.value == float(Fraction(1, 20))


def test_rows_not_assessed_are_in_no_denominator(ledger: Ledger) -> None:
    """L11."""
    found = rates(row for row in ledger.rows if row.period == "2022-q1")
    assert found.completeness == Rate(0, 0)
    assert found.completeness.value is None


def test_a_row_is_explained_event_by_event(ledger: Ledger) -> None:
    """L22."""
    assert [(one.text, one.rule) for one in explain(_row(ledger, "MN01"))] == [
        ("Mở kỳ: chốt danh sách đơn vị và hạn nộp. Hạn: 03/06/2022", "L1"),
        ("Nộp lần đầu", "L4"),
        ("Chuyển trả; tính thêm một lần chuyển trả. Lý do: thiếu số liệu", "L6"),
        ("Nộp bản tiếp theo; thời điểm nộp lần đầu giữ nguyên", "L3"),
        ("Duyệt bản mới nhất", "L7"),
    ]


def test_a_row_names_its_events_in_order(ledger: Ledger) -> None:
    opened = next(o for o in _OPENED if (o.document, o.period) == ("periodic_report", "2022-h1"))
    assert _row(ledger, "TH02").event_ids == (opened.id, _sent("TH02", _JUNE_5).id)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (Timeliness, labels.TIMELINESS),
        (Submission, labels.SUBMISSION),
        (Review, labels.REVIEW),
        (Mark, labels.MARK),
        (AnomalyKind, labels.ANOMALY),
    ],
    ids=["timeliness", "submission", "review", "mark", "anomaly"],
)
def test_every_word_has_a_label_of_its_own(words: object, named: dict[str, str]) -> None:
    assert set(named) == set(get_args(words))
    assert len(set(named.values())) == len(named)


def test_every_rule_that_an_explanation_names_is_told_in_a_sentence() -> None:
    assert {rule for _, rule in _SAID.values()} <= set(RULES)
    assert all(sentence.endswith(".") for sentence in RULES.values())
