"""Points by the formula of requirements 3, worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cchc_gforms.ledger.fold import fold
from cchc_gforms.ledger.row import Row
from cchc_gforms.ledger.scores import formula, quality_points, scores, timeliness_points
from cchc_gforms.regime.model import Scoring
from tests.ledger.notation import REVIEWERS, ZONE, events, opening

_RULES = Scoring.model_validate(
    {
        "enabled": True,
        "timeliness": {"on_time": 10, "late_per_day": 2.5, "late_floor": 1, "missing": -1},
        "quality": {"base": 5, "per_return": 2, "floor": 0.5},
    }
)
_REPORT: dict[str, Any] = {
    "document": "periodic_report",
    "period": "2022-h1",
    "due_on": "2022-06-03",
    "due_on_rolled": "2022-06-03",
    "deciding": "first_submission",
}
_RETURNED_TWICE = [
    "2022-06-02 10:00 submit",
    "2022-06-02 11:00 return: a",
    "2022-06-02 12:00 submit",
    "2022-06-02 13:00 return: b",
]


def _row(lines: list[str], as_of: str = "2022-07-01", **opened: Any) -> Row:
    begun = opening(_REPORT | opened)
    moment = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    book = fold([begun, *events(lines, begun)], as_of=moment, zone=ZONE, reviewers=REVIEWERS)
    return next(row for row in book.rows if row.unit.code == "MN01")


@pytest.mark.parametrize(
    ("lines", "timeliness", "quality"),
    [
        (["2022-06-03 23:59 submit"], 10, 5),
        (["2022-06-05 00:00 submit"], 5, 5),  # two days: 10 − 2 × 2.5
        (["2022-06-20 00:00 submit"], 1, 5),  # 17 days: the floor
        ([], -1, 0),
        (_RETURNED_TWICE, 10, 1),  # 5 − 2 × 2
        ([*_RETURNED_TWICE, "2022-06-02 14:00 submit", "2022-06-02 15:00 return: c"], 10, 0.5),
    ],
    ids=["on time", "late", "late to the floor", "missing", "returned twice", "to the floor"],
)
def test_a_row_gives_points(lines: list[str], timeliness: float, quality: float) -> None:
    row = _row(lines)
    assert (timeliness_points(row, _RULES), quality_points(row, _RULES)) == (timeliness, quality)


@pytest.mark.parametrize(
    ("lines", "as_of", "opened"),
    [
        ([], "2022-06-01", {}),
        (["2022-06-02 10:00 submit"], "2022-07-01", {"advisory": True}),
        ([], "2022-07-01", {"not_assessed": "mới ban hành"}),
        (["2022-06-02 10:00 exempt: sáp nhập"], "2022-07-01", {}),
    ],
    ids=["not due", "advisory", "not assessed", "exempt"],
)
def test_some_rows_give_none(lines: list[str], as_of: str, opened: dict[str, Any]) -> None:
    row = _row(lines, as_of, **opened)
    assert (timeliness_points(row, _RULES), quality_points(row, _RULES)) == (None, None)
    assert scores([row], _RULES) == ()


def test_a_units_score_adds_up_its_rows() -> None:
    (score,) = scores([_row(["2022-06-05 00:00 submit"]), _row([])], _RULES)
    assert (score.unit, score.documents) == ("MN01", 2)
    assert (score.timeliness, score.timeliness_most) == (4, 20)
    assert (score.quality, score.quality_most) == (5, 10)
    assert (score.total, score.most) == (9, 30)


def test_the_formula_says_the_numbers() -> None:
    said = formula(_RULES)
    assert "Đúng hạn: 10 điểm; trễ hạn: 10 − 2,5 × số ngày trễ, không dưới 1" in said
    assert "5 − 2 × số lần chuyển trả, không dưới 0,5" in said
