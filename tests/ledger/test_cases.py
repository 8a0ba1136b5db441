"""The ledger against cases made by hand from the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cchc_gforms.ledger.fold import fold
from cchc_gforms.ledger.row import Ledger, Row
from tests.ledger.notation import REVIEWERS, ZONE, events, moment, opening

_FILE = YAML(typ="safe", pure=True).load(Path(__file__).with_name("cases.yaml"))
_CASES: list[dict[str, Any]] = _FILE["cases"]

_TIMES = {
    "first": "first_submitted_at",
    "last": "last_submitted_at",
    "decided": "decided_at",
    "approved": "approved_at",
}
_HOURS = {"bureau_hours": "bureau_seconds", "unit_hours": "unit_seconds"}
_NAMES = {"returns": "return_count", "reasons": "return_reasons"}
_NOTHING: dict[str, Any] = {"marks": [], "returns": 0, "anomalies": []}


@pytest.mark.parametrize("case", _CASES, ids=[f"{c['rule']}: {c['name']}" for c in _CASES])
def test_row_is_what_the_rule_says(case: dict[str, Any]) -> None:
    ledger = _ledger(case)
    expected = _NOTHING | case["expect"]
    assert {key: _found(ledger, key) for key in expected} == {
        key: _wanted(key, value) for key, value in expected.items()
    }


def test_every_case_has_a_name_and_a_rule_of_its_own() -> None:
    names = [case["name"] for case in _CASES]
    assert len(names) == len(set(names))
    assert all(case["rule"] for case in _CASES)
    assert len(names) >= 150


def _ledger(case: dict[str, Any]) -> Ledger:
    opened = opening(_FILE["openings"][case["opening"]])
    as_of = moment(case.get("as_of", "2023-01-01 00:00"))
    return fold(
        [opened, *events(case["events"], opened)], as_of=as_of, zone=ZONE, reviewers=REVIEWERS
    )


def _row(ledger: Ledger) -> Row:
    (row,) = (row for row in ledger.rows if row.unit.code == "MN01")
    return row


def _found(ledger: Ledger, key: str) -> object:
    if key == "anomalies":
        return [anomaly.kind for anomaly in ledger.anomalies]
    if key in _HOURS:
        return getattr(_row(ledger), _HOURS[key]) / 3600
    found = getattr(_row(ledger), {**_TIMES, **_NAMES}.get(key, key))
    return list(found) if isinstance(found, tuple) else found


def _wanted(key: str, value: object) -> object:
    return moment(value) if key in _TIMES and value is not None else value
