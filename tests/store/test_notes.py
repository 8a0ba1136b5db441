"""What a harvest keeps for the next one, on every database there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy.exc

from cchc_gforms.store.log import EventLog
from cchc_gforms.store.notes import Changes, Reading, Seen, SeenBook, SeenTab, written
from tests.store.conftest import Raw
from tests.store.test_log import NOON, event

LATER = NOON + timedelta(microseconds=1)
BEGINNING = datetime.min.replace(tzinfo=UTC)


def changes(cells: str = "1") -> Changes:
    return Changes(
        readings={"F": Reading(LATER, NOON)},
        seen={
            "F": [
                Seen("A", NOON, LATER, "a@x.example", "MN01", NOON, written({"k": cells})),
                Seen("B", NOON, NOON, None, "Trường “Lạ”", BEGINNING, gone=True),
            ]
        },
        tabs=[SeenTab("S", 2_147_483_647, "F", (("dấu thời gian", "@time"), ("ghi chú", "")))],
        books={"S": SeenBook("42", ("một lưu ý",))},
    )


def test_before_any_harvest_nothing_is_noted(log: EventLog) -> None:
    assert log.notes.reading("F") is None
    assert log.notes.book("S") is None
    assert (log.notes.seen("F"), log.notes.tabs("S")) == ({}, [])


def test_what_is_noted_is_read_again_as_it_was(log: EventLog) -> None:
    noted = changes()
    for _ in range(2):
        log.append([], NOON, noted)
        assert log.notes.reading("F") == noted.readings["F"]
        assert list(log.notes.seen("F").values()) == noted.seen["F"]
        assert log.notes.tabs("S") == noted.tabs
        assert log.notes.book("S") == noted.books["S"]
    assert log.notes.seen("F")["A"].content == {"k": "1"}
    assert log.notes.seen("another form") == {}


def test_a_later_note_takes_the_place_of_the_earlier_and_one_can_be_forgotten(
    log: EventLog,
) -> None:
    log.append([], NOON, changes())
    log.append([], NOON, Changes(seen={"F": changes("2").seen["F"][:1]}, forgotten=[("F", "B")]))
    (left,) = log.notes.seen("F").values()
    assert (left.id, left.content) == ("A", {"k": "2"})


def test_notes_are_written_with_the_events_or_not_at_all(log: EventLog, raw: Raw) -> None:
    """A cursor that moved without its events would lose them."""
    raw("create unique index full_disk on event ((length(body) > 0))")
    log.append([event(1)], NOON)
    with pytest.raises(sqlalchemy.exc.IntegrityError):
        log.append([event(2)], NOON, changes())
    assert log.notes.reading("F") is None
    raw("drop index full_disk", "drop table seen_response")
    with pytest.raises(sqlalchemy.exc.DatabaseError):
        log.append([event(2)], NOON, changes())
    assert list(log.events()) == [event(1)]


def test_many_responses_are_noted_at_once(log: EventLog) -> None:
    many = [Seen(str(number), NOON, NOON, None, "") for number in range(1_200)]
    log.append([], NOON, Changes(seen={"F": many}))
    log.append([], NOON, Changes(seen={"F": many}))
    assert len(log.notes.seen("F")) == 1_200
