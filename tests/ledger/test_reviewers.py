"""Who may decide, and when (L13): by the terms of the regime, and by what was frozen (L1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.events import Decided, PeriodOpened, VersionSeen
from cchc_gforms.ledger.book import read, reviewers_of
from cchc_gforms.ledger.row import Row
from cchc_gforms.regime.load import load
from cchc_gforms.regime.model import Regime
from cchc_gforms.regime.openings import openings
from cchc_gforms.regime.year import ReportingYear

_SHIPPED = load(Path(__file__).parents[2] / "forms_spec", 2022)
_OPENED: list[PeriodOpened] = openings(_SHIPPED, datetime(2022, 2, 1, tzinfo=UTC))
_MIDNIGHT = datetime(2022, 6, 10, 17, tzinfo=UTC)  # 11/06/2022 00:00 in Viet Nam


def _year(*reviewers: object) -> ReportingYear:
    regime = _SHIPPED.regime.model_dump() | {"reviewers": reviewers}
    return replace(_SHIPPED, regime=Regime.model_validate(regime))


def _row(year: ReportingYear, decided_at: datetime, opened: list[PeriodOpened]) -> Row:
    subject: dict[str, Any] = {
        "document": "periodic_report",
        "period": "2022-h1",
        "claimed_unit": "MN01",
        "unit_code": "MN01",
    }
    sent = VersionSeen(
        at=datetime(2022, 6, 2, tzinfo=UTC), form_id="f", response_id="r",
        email="mn01@truong.example", **subject,
    )  # fmt: skip
    approval = Decided(
        at=decided_at, form_id="p", response_id="d", action="approve",
        reviewer="duyet1@phonggd.example", **subject,
    )  # fmt: skip
    book = read([*opened, sent, approval], year, datetime(2022, 7, 1, tzinfo=UTC))
    (row,) = [r for r in book.rows if (r.unit.code, r.document, r.period) == _KEY]
    return row


_KEY = ("MN01", "periodic_report", "2022-h1")


@pytest.mark.parametrize(
    ("term", "at", "review"),
    [
        ({"valid_to": "2022-06-10"}, _MIDNIGHT - timedelta(microseconds=1), "approved"),
        ({"valid_to": "2022-06-10"}, _MIDNIGHT, "waiting"),
        ({"valid_from": "2022-06-11"}, _MIDNIGHT - timedelta(microseconds=1), "waiting"),
        ({"valid_from": "2022-06-11"}, _MIDNIGHT, "approved"),
        ({}, _MIDNIGHT, "approved"),
    ],
    ids=["last moment", "after the term", "before the term", "first moment", "for good"],
)
def test_a_reviewer_decides_within_the_term(
    term: dict[str, str], at: datetime, review: str
) -> None:
    year = _year({"email": "duyet1@phonggd.example", **term})
    assert _row(year, at, _OPENED).review == review


def test_taking_a_reviewer_off_the_list_takes_no_decision_away() -> None:
    """L1: of the periods opened while that one could decide."""
    without = _year("duyet2@phonggd.example")
    assert _row(without, _MIDNIGHT, _OPENED).review == "approved"
    unfrozen = [one.model_copy(update={"reviewers": ()}) for one in _OPENED]
    assert _row(without, _MIDNIGHT, unfrozen).review == "waiting"


def test_an_address_is_compared_in_lower_case() -> None:
    assert reviewers_of(_year("Duyet1@PhongGD.example")).has("duyet1@phonggd.example", _MIDNIGHT)
