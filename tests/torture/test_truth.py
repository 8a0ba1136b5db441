"""The campaign's own reading of the ledger's rules, on histories whose rows are known by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hard_years.deeds import REVIEWERS, STRANGER, ZONE, Deed, Kind
from hard_years.truth import Owed, Row, row_of

REPORT = Owed(date(2022, 6, 3), by_approval=False)
PLAN = Owed(date(2022, 6, 3), by_approval=True)
HOME = "t1@truong.example"
ADDRESSES = {"T1": [HOME], "T2": ["t2@truong.example"]}


def at(moment: str) -> datetime:
    return datetime.strptime(f"2022-{moment}", "%Y-%m-%d %H:%M:%S").replace(tzinfo=ZONE)


def deed(moment: str, kind: Kind, email: str = "", **more: Any) -> Deed:
    sent = kind in ("submit", "edit", "type_row")
    return Deed(at(moment), kind, "d/p", "T1", email or (HOME if sent else REVIEWERS[0]), **more)


def row(*deeds: Deed, owed: Owed = REPORT, unit: str = "T1") -> Row:
    return row_of(deeds, unit, owed, ADDRESSES, at("06-10 08:00:00"))


def test_the_last_second_of_the_due_date_is_on_time_and_the_next_is_late() -> None:
    """L2, L4, L16; an edit moves nothing."""
    edit = deed("06-09 10:00:00", "edit")
    found = row(deed("06-03 23:59:59", "submit"), edit)
    assert (found.timeliness, found.late_days, found.versions) == ("on_time", 0, 2)
    assert (found.first_submitted_at, found.last_submitted_at) == (at("06-03 23:59:59"), edit.at)
    found = row(deed("06-04 00:00:00", "submit"))
    assert (found.timeliness, found.late_days) == ("late", 1)


def test_nothing_sent_is_missing_and_nothing_approved_is_overdue() -> None:
    """L15, L16."""
    missing = row()
    assert (missing.timeliness, missing.review, missing.days_overdue) == ("missing", "none", 7)
    overdue = row(deed("06-01 08:00:00", "submit"), owed=PLAN)
    assert (overdue.timeliness, overdue.review, overdue.late_days) == ("overdue", "waiting", None)


def test_a_return_of_the_approved_version_takes_the_approval_back() -> None:
    """L6, L7: twice returned counts once; approved again is approved at that time."""
    history = [
        deed("06-01 08:00:00", "submit"),
        deed("06-01 09:00:00", "approve"),
        deed("06-02 09:00:00", "return"),
        deed("06-02 10:00:00", "return"),
    ]
    found = row(*history, owed=PLAN)
    assert (found.approved_at, found.return_count, found.review) == (None, 1, "returned")
    again = row(*history, deed("06-04 09:00:00", "approve"), owed=PLAN)
    assert (again.approved_at, again.timeliness) == (at("06-04 09:00:00"), "late")


def test_a_new_version_after_the_approval_does_not_undo_it() -> None:
    """L7: nor does its return."""
    history = [
        deed("06-01 08:00:00", "submit"),
        deed("06-01 09:00:00", "approve"),
        deed("06-05 08:00:00", "edit"),
    ]
    assert row(*history, owed=PLAN).review == "approved_edited"
    found = row(*history, deed("06-06 08:00:00", "return"), owed=PLAN)
    assert (found.approved_at, found.timeliness) == (at("06-01 09:00:00"), "on_time")
    assert (found.review, found.return_count) == ("returned", 1)


def test_a_void_version_was_never_sent() -> None:
    """L9: the latest, or the one of the minute that is named."""
    two = [deed("06-01 08:00:00", "submit"), deed("06-05 08:00:30", "submit")]
    latest = row(*two, deed("06-06 08:00:00", "void"))
    assert (latest.versions, latest.last_submitted_at) == (1, at("06-01 08:00:00"))
    named = row(*two, deed("06-06 08:00:00", "void", target_at=at("06-01 08:00:00")))
    assert (named.first_submitted_at, named.timeliness) == (at("06-05 08:00:30"), "late")


def test_a_strangers_version_waits_until_it_is_accepted() -> None:
    """L13: then it counts from when it was sent, for whom the reviewer says."""
    strange = deed("06-01 08:00:00", "submit", STRANGER)
    assert (row(strange).review, row(strange).versions) == ("quarantined", 0)
    accepted = row(strange, deed("06-05 08:00:00", "accept"))
    assert (accepted.timeliness, accepted.first_submitted_at) == ("on_time", strange.at)
    moved = deed("06-05 08:00:00", "accept", to_unit="T2")
    assert row(strange, moved).versions == 0
    assert row(strange, moved, unit="T2").versions == 1


def test_what_is_revoked_was_never_done() -> None:
    """L14: the last in force, of the unit or of everyone."""
    sent = deed("06-05 08:00:00", "submit")
    own = deed("06-05 09:00:00", "extend", due_on=date(2022, 6, 6))
    common = deed("06-05 10:00:00", "extend", due_on=date(2022, 6, 7), everyone=True)
    assert row(sent, own, common).due == date(2022, 6, 7)
    found = row(sent, own, common, deed("06-06 08:00:00", "revoke", everyone=True))
    assert (found.due, found.timeliness, found.timeliness_original) == (
        date(2022, 6, 6),
        "on_time",
        "late",
    )
    assert row(sent, own, deed("06-06 08:00:00", "revoke")).timeliness == "late"


def test_what_is_handed_over_counts_from_then_unless_it_is_still_to_come() -> None:
    """L12."""
    found = row(deed("06-06 08:00:00", "receive_in_person", received_at=at("06-03 16:30:00")))
    assert (found.timeliness, found.first_submitted_at) == ("on_time", at("06-03 16:30:00"))
    ahead = deed("06-06 08:00:00", "receive_in_person", received_at=at("06-06 09:00:00"))
    assert row(ahead).versions == 0


def test_who_is_exempt_is_neither_late_nor_missing() -> None:
    """L11."""
    assert row(deed("06-01 08:00:00", "exempt")).timeliness == "exempt"
