"""What people do to rows of the Sheet, and what a harvest makes of it (L3, facts 6.4–6.8)."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from cchc_gforms.events import RowEdited, RowVanished, VersionSeen
from cchc_gforms.regime.model import Sources
from tests.harvester.stand import TAB, Stand, address, answers_of, kinds, minute, serial


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


def test_both_sides_have_what_was_sent(stand: Stand) -> None:
    sources = {event.source for event in stand.log.values() if isinstance(event, VersionSeen)}
    assert sources == {"both"}
    assert stand.last.remarks == []


def test_a_row_taken_out_is_told_once_and_its_submission_stays(stand: Stand) -> None:
    del stand.rows[1]
    (event,) = stand.harvest(7)
    assert isinstance(event, RowVanished)
    assert (event.response_id, event.unit_code, event.at) == ("A", "MN01", minute(7))
    assert stand.harvest(8) == []
    assert stand.versions() == SENT


def test_a_row_that_comes_back_is_the_same_submission(stand: Stand) -> None:
    row = stand.rows.pop(1)
    stand.harvest(7)
    stand.rows.append(row)
    assert kinds(stand.harvest(8)) == ["row_returned"]
    assert stand.harvest(9) == []
    del stand.rows[-1]
    assert kinds(stand.harvest(10)) == ["row_vanished"]
    assert stand.versions() == SENT


def test_a_sorted_sheet_is_the_same_sheet(stand: Stand) -> None:
    stand.rows[1:] = reversed(stand.rows[1:])
    assert stand.harvest(7) == []


def test_a_cell_changed_by_hand_is_told_with_its_column_and_the_answer_stays(stand: Stand) -> None:
    stand.rows[1][3] = 99
    (event,) = stand.harvest(7)
    assert isinstance(event, RowEdited)
    assert (event.response_id, event.columns) == ("A", ("Số liệu",))
    assert stand.harvest(8) == []
    (first,) = [e for e in stand.log.values() if isinstance(e, VersionSeen) and e.at == minute(0)]
    assert first.answers == answers_of("MN01", "11")
    assert stand.versions() == SENT


def test_a_cell_emptied_by_hand_is_told_too(stand: Stand) -> None:
    stand.rows[2][4] = ""
    (event,) = stand.harvest(7)
    assert isinstance(event, RowEdited)
    assert (event.response_id, event.columns) == ("B", ("Đánh giá",))


def test_a_time_typed_over_is_no_other_submission(stand: Stand) -> None:
    """A report that came late must not come early by a cell."""
    stand.rows[1][0] = serial(minute(-1000.5))
    (event,) = stand.harvest(7)
    assert isinstance(event, RowEdited)
    assert event.columns == ("Dấu thời gian",)
    assert stand.harvest(8) == []
    assert stand.versions() == SENT


def test_a_time_typed_over_before_any_harvest_is_told_and_does_not_count() -> None:
    stand = Stand()
    stand.submit("A", "MN01", 0)
    stand.submit("B", "MN02", 3)
    stand.rows[1][0] = serial(minute(-1000.5))
    assert kinds(stand.harvest(7)) == ["version_seen", "version_seen", "row_edited"]
    assert stand.versions() == SENT


def test_a_time_that_is_no_time_any_more_is_told(stand: Stand) -> None:
    stand.rows[1][0] = "hôm qua"
    assert kinds(stand.harvest(7)) == ["row_edited"]
    assert stand.harvest(8) == []


def test_another_unit_typed_over_a_row_is_no_submission_of_that_unit(stand: Stand) -> None:
    stand.rows[1][2] = "MN03"
    (event,) = stand.harvest(7)
    assert isinstance(event, RowEdited)
    assert (event.unit_code, event.columns) == ("MN01", ("Đơn vị",))
    assert stand.versions() == SENT


@pytest.mark.parametrize("in_steps", [False, True])
def test_time_address_and_unit_typed_over_are_no_submission_of_another_school(
    stand: Stand, in_steps: bool
) -> None:
    """At once, or the time after the others were seen: no school has sent this."""
    stand.rows[1][1:3] = [address("MN03"), "MN03"]
    if in_steps:
        assert kinds(stand.harvest(7)) == ["row_edited"]
    stand.rows[1][0] = serial(minute(-1000.5))
    (event,) = stand.harvest(8)
    assert isinstance(event, RowEdited)
    assert (event.response_id, event.unit_code) == ("A", "MN01")
    assert event.columns[0] == "Dấu thời gian"
    assert stand.harvest(9) == []
    assert stand.versions() == SENT


def test_another_name_typed_over_a_row_is_no_submission_in_another_zone_either(
    stand: Stand,
) -> None:
    stand.rows[1][1:3] = [address("MN03"), "MN03"]
    assert kinds(stand.harvest(7)) == ["row_edited"]
    stand.zone = ZoneInfo("Asia/Tokyo")
    assert stand.harvest(8) == []
    assert stand.versions() == SENT


def test_units_swapped_by_hand_are_no_submissions_in_another_zone_either(stand: Stand) -> None:
    one, two = stand.rows[1], stand.rows[2]
    one[1:3], two[1:3] = two[1:3], one[1:3]
    assert kinds(stand.harvest(7)) == ["row_edited", "row_edited"]
    stand.zone = ZoneInfo("Asia/Tokyo")
    assert stand.harvest(8) == []
    assert stand.versions() == SENT


def test_an_address_typed_over_is_told_and_is_no_other_sender(stand: Stand) -> None:
    stand.rows[1][1] = address("MN09")
    (event,) = stand.harvest(7)
    assert isinstance(event, RowEdited)
    assert (event.response_id, event.columns) == ("A", ("Địa chỉ email",))
    assert stand.harvest(8) == []
    assert stand.versions() == SENT


def test_a_log_that_came_back_from_the_dashboard_tells_nothing_again(stand: Stand) -> None:
    stand.rows[1][0] = serial(minute(-1000.5))
    stand.rows[1][3] = 99
    del stand.rows[2]
    assert sorted(kinds(stand.harvest(7))) == ["row_edited", "row_vanished"]
    stand.lose_the_notes()
    assert stand.harvest(8) == []
    assert stand.harvest(9) == []
    stand.rows[1][3] = 100
    assert kinds(stand.harvest(10)) == ["row_edited"], "another edit is"


def test_one_column_sorted_alone_makes_no_submission(stand: Stand) -> None:
    stand.rows[1][0], stand.rows[2][0] = stand.rows[2][0], stand.rows[1][0]
    assert set(kinds(stand.harvest(7))) == {"row_edited"}
    assert stand.harvest(8) == []
    assert stand.versions() == SENT


def test_a_row_pasted_once_more_is_no_second_submission(stand: Stand) -> None:
    stand.rows.append(list(stand.rows[1]))
    assert stand.harvest(7) == []
    assert stand.last.remarks == [
        f"trang “{TAB}”, hàng 4: chép lại hàng đã có (cùng đơn vị và thời điểm, hoặc cùng nội "
        "dung), không tính thêm"
    ]


def test_a_copy_that_was_changed_is_still_a_copy(stand: Stand) -> None:
    stand.rows.append([*stand.rows[1][:3], 99, *stand.rows[1][4:]])
    assert stand.harvest(7) == []
    assert len(stand.last.remarks) == 1


def test_a_row_pasted_over_another_leaves_one_gone(stand: Stand) -> None:
    stand.rows[2][:] = stand.rows[1]
    assert kinds(stand.harvest(7)) == ["row_vanished"]
    assert stand.versions() == SENT


def test_a_typed_row_is_a_submission_that_only_the_sheet_has(stand: Stand) -> None:
    stand.rows.append([serial(minute(4)), "", "MN03", 13, "Gõ tay", 44713, "Tin"])
    (event,) = stand.harvest(7)
    assert isinstance(event, VersionSeen)
    assert (event.source, event.unit_code, event.at) == ("sheet_only", "MN03", minute(4))
    assert event.answers == {
        "unit": ("MN03",),
        "figure": ("13",),
        "words": ("Gõ tay",),
        "day": ("2022-06-01",),
        "ways": ("Tin",),
    }
    assert stand.harvest(8) == []


def test_a_typed_row_can_be_changed_and_taken_out_and_is_still_one(stand: Stand) -> None:
    stand.rows.append([serial(minute(4)), "", "MN03", 13, "Gõ tay", 44713, "Tin"])
    stand.harvest(7)
    stand.rows[-1][3] = 14
    assert kinds(stand.harvest(8)) == ["row_edited"]
    stand.rows[1:] = reversed(stand.rows[1:])
    assert stand.harvest(9) == []
    del stand.rows[1]
    assert kinds(stand.harvest(10)) == ["row_vanished"]
    assert stand.versions() == [*SENT, ("MN03", 4)]


def test_two_typed_rows_alike_are_one(stand: Stand) -> None:
    for _ in range(2):
        stand.rows.append([serial(minute(4)), "", "MN03", 13, "Gõ tay", 44713, "Tin"])
    assert kinds(stand.harvest(7)) == ["version_seen"]


def test_more_typed_rows_than_answers_count_all_the_same() -> None:
    stand = Stand()
    stand.submit("A", "MN01", 0)
    for number in (2, 3, 4):
        stand.rows.append([serial(minute(number)), "", f"MN0{number}", 1, "Gõ tay", "", ""])
    assert kinds(stand.harvest(7)) == ["version_seen"] * 4


def test_a_typed_row_counts_beside_a_line_of_totals_and_a_deleted_row() -> None:
    stand = Stand()
    stand.submit("A", "MN01", 0, "11")
    stand.submit("B", "MN02", 3, "12")
    del stand.rows[2]
    assert kinds(stand.harvest(5)) == ["version_seen", "version_seen"]
    stand.rows.append(["", 2])
    stand.rows.append([serial(minute(6)), address("MN02"), "MN02", 5, "Gõ tay"])
    assert kinds(stand.harvest(7)) == ["version_seen"]
    assert stand.versions() == [("MN01", 0), ("MN02", 3), ("MN02", 6)]


def test_a_row_of_the_future_waits(stand: Stand) -> None:
    stand.rows.append([serial(minute(60)), "", "MN03", 13, "Gõ tay", 44713, "Tin"])
    assert stand.harvest(7) == []
    assert stand.last.waits
    assert stand.last.remarks == [
        f"trang “{TAB}”, hàng 4: thời điểm nộp còn ở tương lai, chưa tính"
    ]
    assert kinds(stand.harvest(61)) == ["version_seen"]


def test_a_row_typed_an_hour_after_an_answer_of_the_same_school_counts(stand: Stand) -> None:
    """To the second, as if it were that answer in another zone."""
    stand.rows.append([serial(minute(60)), "", "MN01", 13, "Gõ tay", 44714, "Tin"])
    assert kinds(stand.harvest(70)) == ["version_seen"]
    assert stand.versions() == [("MN01", 0), ("MN01", 60), ("MN02", 3)]


def test_all_rows_taken_out_are_told_one_by_one(stand: Stand) -> None:
    del stand.rows[1:]
    assert kinds(stand.harvest(7)) == ["row_vanished", "row_vanished"]


def test_the_tab_taken_out_is_said_and_no_row_is_told(stand: Stand) -> None:
    stand.grids = {9: ("Ghi chú", [["Việc"], ["x"]])}
    assert stand.harvest(7) == []
    assert (stand.last.unlinked, stand.last.remarks) == (True, [])
    assert stand.versions() == SENT


def test_an_edit_moves_the_row_and_is_a_further_version(stand: Stand) -> None:
    stand.submit("A", "MN01", 7, "21")
    (event,) = stand.harvest(8)
    assert isinstance(event, VersionSeen)
    assert (event.response_id, event.at) == ("A", minute(7))
    assert stand.harvest(9) == []
    assert stand.versions() == [("MN01", 0), ("MN01", 7), ("MN02", 3)]


def test_a_row_that_has_not_followed_an_edit_yet_is_not_gone(stand: Stand) -> None:
    row = list(stand.rows[1])
    stand.submit("A", "MN01", 7, "21")
    later = list(stand.rows[1])
    stand.rows[1] = row
    assert kinds(stand.harvest(8)) == ["version_seen"]
    stand.rows[1] = later
    assert stand.harvest(9) == []


def test_an_edit_that_only_the_sheet_has_so_far_waits() -> None:
    """The responses were read a moment before the row moved."""
    stand = Stand()
    stand.submit("A", "MN01", 0)
    stand.harvest(5)
    before = dict(stand.responses)
    stand.submit("A", "MN01", 9.95, "21")
    after, stand.responses = stand.responses, before
    assert stand.harvest(10) == []
    assert stand.last.waits
    stand.responses = after
    assert kinds(stand.harvest(11)) == ["version_seen"]
    assert stand.versions() == [("MN01", 0), ("MN01", 9.95)]


def test_an_answer_that_the_sheet_may_not_have_yet_waits() -> None:
    stand = Stand()
    stand.submit("A", "MN01", 4.95)
    row = stand.rows.pop()
    assert stand.harvest(5) == []
    stand.rows.append(row)
    (event,) = stand.harvest(6)
    assert isinstance(event, VersionSeen)
    assert event.source == "both"


def test_an_answer_whose_row_was_taken_out_before_any_harvest_counts() -> None:
    stand = Stand()
    stand.submit("A", "MN01", 0)
    del stand.rows[1]
    (event,) = stand.harvest(5)
    assert isinstance(event, VersionSeen)
    assert event.source == "api_only"
    assert stand.harvest(6) == []


def test_rows_of_an_earlier_tab_of_the_form_are_the_same_answers(stand: Stand) -> None:
    """Linked anew: Google writes all responses into a new tab, the old one stays (facts 6.7)."""
    title, lines = stand.grids[7]
    stand.grids = {3: ("Câu trả lời biểu mẫu 2", [list(line) for line in lines]), 7: (title, lines)}
    assert stand.harvest(7) == []
    stand.submit("C", "MN03", 8)
    assert kinds(stand.harvest(9)) == ["version_seen"]
    del stand.grids[7]
    assert stand.harvest(10) == []
    assert stand.last.remarks == []


def test_a_copy_of_the_tab_to_work_on_is_said_and_counts_nothing(stand: Stand) -> None:
    lines = [list(line) for line in stand.grids[7][1]]
    lines[1][3] = "tự tính"
    stand.grids[11] = ("Bản sao", lines)
    assert stand.harvest(7) == []
    assert stand.last.remarks == [
        "trang “Bản sao”, hàng 2, 3: chép lại hàng đã có (cùng đơn vị và thời điểm, hoặc cùng nội "
        "dung), không tính thêm"
    ]
    assert stand.versions() == SENT


def test_an_edit_that_only_a_copied_tab_shows_is_no_submission_of_its_own(stand: Stand) -> None:
    """The API has the first and the last time only (facts 4.6): whatever is typed over the row that
    the form wrote, or over the copy, the copied row is not one that somebody typed."""
    stand.submit("A", "MN01", 7, "21")
    stand.grids[11] = ("Bản sao", [list(line) for line in stand.rows])
    stand.submit("A", "MN01", 8, "31")
    assert kinds(stand.harvest(9)) == ["version_seen"]
    stand.rows[1][2] = ""
    assert kinds(stand.harvest(10)) == ["row_edited"]
    stand.grids[11][1][1][5] = 44690.5
    assert stand.harvest(11) == []
    assert stand.versions() == [("MN01", 0), ("MN01", 8), ("MN02", 3)]


def test_a_row_typed_between_two_versions_of_another_response_counts(stand: Stand) -> None:
    stand.submit("A", "MN01", 8, "31")
    stand.rows.append([serial(minute(7)), address("MN01"), "MN01", 5, "Gõ tay"])
    assert kinds(stand.harvest(9)) == ["version_seen", "version_seen"]
    assert stand.versions() == [("MN01", 0), ("MN01", 7), ("MN01", 8), ("MN02", 3)]


def test_the_sheet_alone_takes_a_moved_time_for_a_further_version() -> None:
    """L3: where only the Sheet's row is known, the earlier time is kept."""
    stand = Stand()
    stand.submit("A", "MN01", 0)
    (first,) = stand.harvest(5, "sheet")
    assert isinstance(first, VersionSeen)
    assert (first.source, first.email) == ("sheet", address("MN01"))
    stand.submit("A", "MN01", 7, "21")
    assert kinds(stand.harvest(8, "sheet")) == ["version_seen"]
    assert stand.harvest(9, "sheet") == []
    assert stand.versions() == [("MN01", 0), ("MN01", 7)]


def test_the_sheet_first_and_both_later_double_nothing() -> None:
    stand = Stand()
    stand.submit("A", "MN01", 0)
    stand.harvest(5, "sheet")
    stand.submit("A", "MN01", 7, "21")
    stand.harvest(8, "sheet")
    assert stand.harvest(9) == []
    stand.submit("A", "MN01", 10, "22")
    assert kinds(stand.harvest(11)) == ["version_seen"]
    assert stand.versions() == [("MN01", 0), ("MN01", 7), ("MN01", 10)]
    assert stand.harvest(12) == []


def test_both_first_and_the_sheet_later_double_nothing(stand: Stand) -> None:
    assert stand.harvest(7, "sheet") == []
    stand.submit("A", "MN01", 8, "21")
    assert kinds(stand.harvest(9, "sheet")) == ["version_seen"]
    assert stand.harvest(10) == []
    assert stand.versions() == [("MN01", 0), ("MN01", 8), ("MN02", 3)]


def test_the_forms_alone_say_nothing_of_rows(stand: Stand) -> None:
    del stand.rows[1]
    stand.submit("C", "MN03", 7)
    (event,) = stand.harvest(8, "forms")
    assert isinstance(event, VersionSeen)
    assert event.source == "forms"
    assert kinds(stand.harvest(9)) == ["row_vanished"]


def test_a_title_above_the_headers_changes_nothing(stand: Stand) -> None:
    stand.rows.insert(0, ["BẢNG THEO DÕI"])
    assert stand.harvest(7) == []
    assert stand.last.remarks == []


@pytest.mark.parametrize("source", ["both", "sheet"])
def test_a_header_sorted_under_the_rows_changes_nothing(stand: Stand, source: Sources) -> None:
    """With a title above, the header looks like a row to whoever sorts the tab by time."""
    stand.grids[7][1][:] = [["BẢNG", "Năm", 2022], *stand.rows[1:], stand.rows[0]]
    assert stand.harvest(7, source) == []
    assert stand.last.remarks == []
    row = next(row for row in stand.rows if row[2] == "MN01")
    sent = stand.responses.pop("A")
    stand.submit("A", "MN01", 8, "21")
    row[:] = stand.rows.pop()
    stand.responses["A"] = replace(stand.responses["A"], created=sent.created)
    assert kinds(stand.harvest(9, source)) == ["version_seen"]
    assert stand.versions() == [("MN01", 0), ("MN01", 8), ("MN02", 3)]
