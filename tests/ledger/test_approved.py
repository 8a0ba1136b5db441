"""Which version of a document stands approved (L5, L7), whatever came after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from cchc_gforms.events import Event
from cchc_gforms.ledger.approved import approved_answers
from cchc_gforms.ledger.book import read
from cchc_gforms.regime.load import load
from cchc_gforms.regime.openings import openings

_YEAR = load(Path(__file__).parents[2] / "forms_spec", 2022)
_START = datetime(2022, 3, 1, tzinfo=UTC)
_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_ABOUT = {
    "document": "annual_plan", "period": "2022-year", "claimed_unit": "MN01", "unit_code": "MN01",
}  # fmt: skip


def _told(number: int, word: str) -> Event:
    """A version is v and, in capitals, what it says; else a decision, or what the word names."""
    common: dict[str, Any] = {
        **_ABOUT,
        "at": _START + timedelta(days=number),
        "form_id": "f",
        "response_id": f"r{number}",
    }
    if word == "v" or word[1:].isupper():
        said = {"answers": {"task": [word[1:]]}} if word[1:] else {"answers": None}
        return _EVENT.validate_python(
            {**common, **said, "kind": "version_seen", "email": "mn01@truong.example"}
        )
    by = {"reviewer": "duyet1@phonggd.example", "reason": "Thiếu."}
    kinds: dict[str, dict[str, Any]] = {
        "approve": {"kind": "decided", "action": "approve"},
        "return": {"kind": "decided", "action": "return"},
        "void": {"kind": "voided"},
        "revoke": {"kind": "revoked"},
        "stranger": {"kind": "decided", "action": "approve", "reviewer": "la@khac.example"},
        "in_person": {"kind": "received_in_person", "received_at": common["at"]},
    }
    return _EVENT.validate_python({**common, **by, **kinds[word]})


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ("vA", None),
        ("vA approve", "A"),
        ("vA return", None),
        ("vA return vB", None),
        ("vA return vB approve", "B"),
        ("vA approve vB", "A"),
        ("vA approve vB approve", "B"),
        ("vA approve vB return", "A"),  # L7: the older version's approval stands on
        ("vA approve return", None),
        ("vA approve return approve", "A"),
        ("vA approve approve vB", "A"),
        ("vA stranger", None),
        ("vA approve revoke", None),
        ("vA approve vB approve void", "A"),
        ("v approve", None),  # what it said is lost
        ("in_person approve", None),
    ],
)
def test_the_version_that_stands_approved(history: str, expected: str | None) -> None:
    told = [_told(number, word) for number, word in enumerate(history.split())]
    opened = openings(_YEAR, datetime(2022, 2, 1, tzinfo=UTC))
    book = read([*opened, *told], _YEAR, datetime(2022, 6, 1, tzinfo=UTC))
    found = approved_answers(book.rows, ["annual_plan"])
    assert found == ({"MN01": {"annual_plan": {"task": (expected,)}}} if expected else {})


def test_of_other_documents_nothing_is_told() -> None:
    told = [_told(0, "vA"), _told(1, "approve")]
    opened = openings(_YEAR, datetime(2022, 2, 1, tzinfo=UTC))
    book = read([*opened, *told], _YEAR, datetime(2022, 6, 1, tzinfo=UTC))
    assert approved_answers(book.rows, ["periodic_report"]) == {}
