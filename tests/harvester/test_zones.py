"""Rows of a Sheet that is in another zone than when they were written are the same rows (L3)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from cchc_gforms.events import RowEdited
from tests.harvester.stand import Stand, address, kinds, minute, serial


@pytest.fixture
def stand() -> Stand:
    """Two schools have answered, and both rows were seen."""
    found = Stand()
    found.submit("A", "MN01", 0, "11")
    found.submit("B", "MN02", 3, "12")
    assert kinds(found.harvest(5)) == ["version_seen", "version_seen"]
    assert found.harvest(6) == []
    return found


SENT = [("MN01", 0), ("MN02", 3)]


def test_another_zone_of_the_spreadsheet_is_said_and_changes_nothing(stand: Stand) -> None:
    stand.zone = ZoneInfo("Asia/Tokyo")
    assert stand.harvest(7) == []
    assert "múi giờ" in stand.last.remarks[0]
    stand.zone = ZoneInfo("Asia/Ho_Chi_Minh")
    assert stand.harvest(8) == []
    assert stand.last.remarks == []
    assert stand.versions() == SENT


def test_another_zone_and_a_unit_typed_over_make_no_submission(stand: Stand) -> None:
    stand.zone = ZoneInfo("Etc/GMT")
    stand.rows[1][2] = "?"
    (event,) = stand.harvest(7)
    assert isinstance(event, RowEdited)
    assert event.columns == ("Đơn vị",), "told at once, not when the zone is right again"
    stand.zone = ZoneInfo("Asia/Ho_Chi_Minh")
    assert stand.harvest(8) == []
    assert stand.versions() == SENT


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Asia/Kathmandu"])
@pytest.mark.parametrize("is_alone", [False, True])
def test_a_row_of_before_an_edit_in_another_zone_makes_no_submission(
    zone: str, is_alone: bool
) -> None:
    """Though it says hardly anything that the response says now (seed 135 of the campaign)."""
    stand = Stand()
    stand.submit("A", "MN01", 0, "11")
    stand.submit("B", "MN02", 3, "12")
    stand.rows.append([*stand.rows[1][:4], "Lời cũ", "", "Tờ rơi"])
    stand.submit("A", "MN01", 6, "21")
    stand.zone = ZoneInfo(zone)
    if is_alone:
        del stand.rows[1]
    stand.harvest(7)
    assert stand.harvest(8) == []
    assert stand.versions() == [("MN01", 0), ("MN01", 6), ("MN02", 3)]


def test_a_row_typed_while_the_spreadsheet_is_in_another_zone_counts(stand: Stand) -> None:
    stand.zone = ZoneInfo("Asia/Tokyo")
    typed = serial(minute(1), stand.zone)
    stand.rows.append([typed, address("MN01"), "MN01", 13, "Gõ tay", 44713, "Tin"])
    assert kinds(stand.harvest(7)) == ["version_seen"]
    assert stand.versions() == [("MN01", 0), ("MN01", 1), ("MN02", 3)]


def test_the_tab_of_before_in_another_zone_makes_no_submission(stand: Stand) -> None:
    """Its rows bear the times of before an edit, and two of its columns are gone."""
    title, lines = stand.grids[7]
    stand.grids = {3: ("Câu trả lời biểu mẫu 2", [list(line) for line in lines]), 7: (title, lines)}
    stand.submit("A", "MN01", 6, "21")
    for line in lines:
        del line[2], line[2]
    assert kinds(stand.harvest(7)) == ["version_seen"]
    for line in lines[1:]:
        assert isinstance(line[0], float)
        line[0] += 2 / 24
    assert stand.harvest(8 + 120) == []
