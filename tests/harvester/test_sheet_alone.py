"""Rows typed over where nothing but the Sheet is read (L3, L4): cases by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from cchc_gforms.events import Event, RowEdited, RowVanished, VersionSeen
from cchc_gforms.harvester.sheet import Cell
from tests.harvester.stand import NOON, Stand, address, answers_of, minute, serial

CASES = YAML(typ="safe").load(Path(__file__).with_name("sheet_alone.yaml"))
SENT = [("MN01", 0.0), ("MN02", 3.0)]


def harvested() -> Stand:
    stand = Stand()
    stand.submit("A", "MN01", 0, "11")
    stand.submit("B", "MN02", 3, "12")
    assert told(stand.harvest(5, "sheet")) == ["version_seen MN01 0", "version_seen MN02 3"]
    assert stand.harvest(6, "sheet") == []
    return stand


def line(time: float | str, sender: str, unit: str, figure: float, words: str = "") -> list[Cell]:
    """The words go with the figure, whose they were: those of 11 are MN01's."""
    at = time if isinstance(time, str) else serial(minute(time))
    whose = {11: "MN01", 12: "MN02"}.get(int(figure), sender)
    said = words or answers_of(whose, "1")["words"][0]
    return [at, address(sender) if sender else "", unit, figure, said, 44713, "Tin, bài, Tờ rơi"]


def told(events: list[Event]) -> list[str]:
    return [_told(event) for event in events]


def _told(event: Event) -> str:
    if isinstance(event, VersionSeen):
        return f"version_seen {event.unit_code} {(event.at - NOON).total_seconds() / 60:g}"
    assert isinstance(event, RowEdited | RowVanished)
    columns = ", ".join(event.columns) if isinstance(event, RowEdited) else ""
    return f"{event.kind} {event.unit_code} {columns}".strip()


@pytest.mark.parametrize("case", CASES, ids=[case["it"] for case in CASES])
def test_what_the_sheet_alone_tells(case: dict[str, Any]) -> None:
    stand = harvested()
    stand.rows[1:] = [line(*row) for row in case["rows"]]
    stand.zone = ZoneInfo(case.get("zone", "Asia/Ho_Chi_Minh"))
    expected = case.get("told", [])
    assert sorted(told(stand.harvest(7, "sheet"))) == sorted(expected)
    assert case.get("said", "") in " ".join(stand.last.remarks)
    new = [one.split()[1:] for one in expected if one.startswith("version_seen")]
    assert stand.versions() == sorted([*SENT, *((unit, float(at)) for unit, at in new)])
    assert stand.harvest(8, "sheet") == [], "told once"
    stand.zone = ZoneInfo("Asia/Ho_Chi_Minh")
    assert stand.harvest(9, "sheet") == [], "nor again when the zone is right"


def test_what_was_sent_again_unchanged_comes_with_the_next_harvest_of_both() -> None:
    """The Sheet alone cannot tell it from a time typed over; nothing is lost by waiting."""
    stand = harvested()
    stand.submit("A", "MN01", 6.5, "11")
    assert told(stand.harvest(7, "sheet")) == ["row_edited MN01 Dấu thời gian"]
    assert told(stand.harvest(8)) == ["version_seen MN01 6.5"]
    assert stand.harvest(9) == []


def test_a_row_typed_over_and_then_sent_again_is_a_further_version() -> None:
    stand = harvested()
    stand.rows[1][0] = serial(minute(-1000))
    assert told(stand.harvest(7, "sheet")) == ["row_edited MN01 Dấu thời gian"]
    stand.rows[1][:] = line(7.5, "MN01", "MN01", 21)
    assert told(stand.harvest(8, "sheet")) == ["version_seen MN01 7.5"]
    assert stand.harvest(9, "sheet") == []
    assert stand.versions() == [("MN01", 0), ("MN01", 7.5), ("MN02", 3)]


def test_a_log_that_came_back_from_the_dashboard_tells_nothing_again() -> None:
    """Of the Sheet alone and of both sides: its notes are made out from its own events."""
    stand = harvested()
    stand.rows[1][:] = line(-1000, "MN09", "MN01", 99)
    del stand.rows[2]
    assert sorted(told(stand.harvest(7, "sheet"))) == [
        "row_edited MN01 Dấu thời gian, Số liệu, Đánh giá, Địa chỉ email",
        "row_vanished MN02",
    ]
    stand.lose_the_notes()
    assert stand.harvest(8, "sheet") == []
    stand.lose_the_notes()
    assert stand.harvest(9) == []


def test_what_was_typed_over_since_the_log_was_published_is_told_once() -> None:
    stand = harvested()
    stand.lose_the_notes()
    stand.rows[1][0] = serial(minute(-1000))
    assert told(stand.harvest(8, "sheet")) == ["row_edited MN01 Dấu thời gian"]
    assert stand.harvest(9, "sheet") == []
    assert stand.versions() == SENT
