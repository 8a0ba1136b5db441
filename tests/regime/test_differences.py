"""What the files say of an open period today is told, kind by kind (L1)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cchc_gforms.events import Due, PeriodOpened, RosterUnit
from cchc_gforms.regime.differences import Difference, differences

_OPENED = PeriodOpened(
    at=datetime(2022, 5, 2, tzinfo=UTC),
    document="periodic_report",
    period="2022-h1",
    due_on=date(2022, 6, 3),
    due_on_rolled=date(2022, 6, 3),
    deciding="first_submission",
    closes_on=date(2022, 6, 1),
    units=(
        RosterUnit(code="A", name="Trường A", level="primary", emails=("a@truong.example",)),
        RosterUnit(code="B", name="Trường B", level="primary"),
    ),
)


def test_nothing_changed_is_no_difference() -> None:
    later = _OPENED.model_copy(update={"at": datetime(2023, 1, 1, tzinfo=UTC)})
    assert list(differences(_OPENED, later)) == []


def test_a_changed_holiday_table_and_rule_are_differences() -> None:
    today = _OPENED.model_copy(
        update={"due_on_rolled": date(2022, 6, 6), "effective": "due_on_rolled", "advisory": True}
    )
    assert list(differences(_OPENED, today)) == [
        Difference("due_on_rolled", None, "03/06/2022", "06/06/2022"),
        Difference("effective", None, "due_on", "due_on_rolled"),
        Difference("advisory", None, "không", "có"),
    ]


def test_a_changed_roster_is_told_unit_by_unit() -> None:
    first = _OPENED.units[0]
    own = Due(due_on=date(2022, 6, 9), due_on_rolled=date(2022, 6, 9))
    changed = first.model_copy(
        update={
            "name": "Trường A mới",
            "emails": ("b@truong.example", "c@truong.example"),
            "due": own,
        }
    )
    new = RosterUnit(code="C", name="Trường C", level="primary")
    today = _OPENED.model_copy(update={"units": (changed, new)})
    assert list(differences(_OPENED, today)) == [
        Difference("name", "A", "Trường A", "Trường A mới"),
        Difference("emails", "A", "a@truong.example", "b@truong.example, c@truong.example"),
        Difference("due", "A", "", "09/06/2022 (09/06/2022)"),
        Difference("unit_removed", "B", "Trường B", ""),
        Difference("unit_added", "C", "", "Trường C"),
    ]
