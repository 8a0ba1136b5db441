"""Columns that people inserted, moved, renamed, doubled and deleted: made out, or told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cchc_gforms.events import VersionSeen
from cchc_gforms.harvester.columns import TIME, Finding, make_out
from cchc_gforms.harvester.sheet import Cell
from tests.harvester.stand import HEADERS, TAB, Stand, answers_of, kinds, minute, serial

QUESTIONS = {"đơn vị": "unit", "số liệu": "figure"}
SEEN = [("dấu thời gian", TIME), ("đơn vị", "unit"), ("số liệu", "figure")]


CASES = {
    "as the form writes them": ("thời gian, đơn vị, số liệu", [], {}, "0 1 2", []),
    "moved, with an empty one between": ("thời gian, số liệu, , đơn vị", [], {}, "0 3 1", []),
    "an own one, inserted": (
        "thời gian, đơn vị, của tôi, số liệu", SEEN, {}, "0 1 3", ["strange  của tôi"],
    ),
    "an own one, there from the start": (
        "thời gian, đơn vị, của tôi, số liệu", [], {}, "0 1 3", [],
    ),
    "renamed, proven": (
        "thời gian, trường, số liệu", SEEN, {"trường": "unit"}, "0 1 2", ["renamed unit trường"],
    ),
    "renamed, not proven": (
        "thời gian, trường, số liệu", SEEN, {}, "0 - 2", ["missing unit ", "strange  trường"],
    ),
    "renamed from the start": ("thời gian, trường, số liệu", [], {}, "0 - 2", ["missing unit "]),
    "the time renamed, proven": (
        "lúc, đơn vị, số liệu", [], {"lúc": TIME}, "0 1 2", ["renamed @time lúc"],
    ),
    "the time renamed, not proven": ("lúc, đơn vị, số liệu", [], {}, "- 1 2", ["missing @time "]),
    "deleted": ("thời gian, đơn vị", SEEN, {}, "0 1 -", ["missing figure "]),
    "not there yet": ("thời gian, đơn vị", [], {}, "0 1 -", []),
    "double, not proven": (
        "thời gian, đơn vị, số liệu, số liệu", SEEN, {}, "0 1 -", ["double figure số liệu"],
    ),
    "double, proven": (
        "thời gian, đơn vị, số liệu, số liệu", SEEN, {"số liệu": "figure"}, "0 1 2", [],
    ),
    "renamed, and known since": (
        "thời gian, trường, số", [*SEEN[:1], ("trường", "unit"), ("số", "figure")], {}, "0 1 2", [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "noted", "proven", "places", "findings"), CASES.values(), ids=CASES.keys()
)
def test_a_column_is_made_out_or_told(
    headers: str,
    noted: list[tuple[str, str]],
    proven: dict[str, str],
    places: str,
    findings: list[str],
) -> None:
    """`proven` says which header's cells are known to be which key's."""
    row = headers.replace("thời gian", "dấu thời gian").split(", ")
    found = make_out(
        row, QUESTIONS, noted, (TIME, "unit"), lambda at, key: proven.get(row[at]) == key
    )
    said = [str(found.places.get(key, "-")) for key in (TIME, "unit", "figure")]
    assert " ".join(said) == places
    assert [f"{one.what} {one.key} {one.header}" for one in found.findings] == findings


def test_a_missing_column_is_still_missing_the_next_time() -> None:
    first = make_out(["dấu thời gian", "đơn vị"], QUESTIONS, SEEN, (TIME,), lambda *_: False)
    again = make_out(["dấu thời gian", "đơn vị"], QUESTIONS, first.seen, (TIME,), lambda *_: False)
    assert first.findings == again.findings == (Finding("missing", "figure"),)


@pytest.fixture
def stand() -> Stand:
    found = Stand()
    found.submit("A", "MN01", 0, "11")
    found.submit("B", "MN02", 3, "12")
    found.harvest(5)
    return found


def column(stand: Stand, header: str) -> int:
    return stand.rows[0].index(header)


def insert(stand: Stand, at: int, cells: Sequence[Cell]) -> None:
    for row, cell in zip(stand.rows, cells, strict=True):
        row.insert(at, cell)


def take(stand: Stand, at: int) -> list[Cell]:
    return [row.pop(at) for row in stand.rows]


def typed_row_is_read(stand: Stand) -> None:
    """A typed row is read by the columns alone: every answer comes out under its key."""
    row: list[Cell] = [serial(minute(4)), "", "MN03", 7, "Đánh giá của MN03", 44713]
    said: dict[Cell, Cell] = dict(zip(HEADERS, [*row, "Tin, bài, Tờ rơi"], strict=True))
    stand.rows.append([said.get(header, "") for header in stand.rows[0]])


def test_a_moved_and_an_inserted_column_change_nothing(stand: Stand) -> None:
    insert(stand, 0, take(stand, column(stand, "Số liệu")))
    insert(stand, 2, ["Ghi chú của tôi", "x", ""])
    typed_row_is_read(stand)
    (event,) = stand.harvest(7)
    assert isinstance(event, VersionSeen)
    assert event.answers == answers_of("MN03", "7")
    assert stand.last.remarks == [
        f"trang “{TAB}”: có thêm cột “Ghi chú của tôi”, không phải của câu hỏi nào nên được bỏ qua"
    ]
    assert stand.harvest(8) == []
    assert stand.last.remarks == []


@pytest.mark.parametrize("header", HEADERS)
def test_a_renamed_column_is_known_by_what_it_holds(stand: Stand, header: str) -> None:
    stand.rows[0][column(stand, header)] = "Cột của tôi"
    assert stand.harvest(7) == []
    assert stand.last.remarks == [
        f"trang “{TAB}”: cột “Cột của tôi” được đọc là “{header}”, vì nội dung đúng là của cột đó"
    ]
    stand.submit("C", "MN03", 8)
    assert kinds(stand.harvest(9)) == ["version_seen"]
    assert stand.last.remarks == []
    del stand.rows[1]
    assert kinds(stand.harvest(10)) == ["row_vanished"], "the tab is not lost"


def test_a_renamed_column_is_known_though_times_were_typed_over(stand: Stand) -> None:
    for row in stand.rows[2:]:
        row[0] = "hôm qua"
    stand.rows.append(["?", "", "?"])
    stand.rows[0][3] = "Cột của tôi"
    stand.harvest(7)
    assert "cột “Cột của tôi” được đọc là “Số liệu”" in stand.last.remarks[0]


def test_a_column_renamed_before_any_harvest_is_known_by_the_answers() -> None:
    stand = Stand()
    stand.rows[0][2] = "Tên trường"
    stand.submit("A", "MN01", 0)
    assert kinds(stand.harvest(5)) == ["version_seen"]
    assert "cột “Tên trường” được đọc là “Đơn vị”" in stand.last.remarks[0]


def test_an_own_column_in_the_place_of_another_is_not_taken_for_it(stand: Stand) -> None:
    at = column(stand, "Số liệu")
    take(stand, at)
    insert(stand, at, ["Số đã kiểm", 5, 6])
    assert stand.harvest(7) == [], "no cell was changed by hand: the column is not there"
    assert stand.last.remarks == [
        f"trang “{TAB}”: thiếu cột “Số liệu” (bị xóa, hoặc bị đổi tên mà không nhận ra được): khôi "
        "phục cột hoặc đặt lại tên",
        f"trang “{TAB}”: có thêm cột “Số đã kiểm”, không phải của câu hỏi nào nên được bỏ qua",
    ]
    insert(stand, at, ["Số liệu", 11, 12])
    assert stand.harvest(8) == []
    assert stand.last.remarks == []


def test_of_two_columns_of_one_name_the_one_with_the_answers_is_read(stand: Stand) -> None:
    insert(stand, 2, ["Số liệu", "5", "6"])
    assert stand.harvest(7) == []
    assert stand.last.remarks == []


@pytest.mark.parametrize("at", [2, 5])
def test_an_empty_column_of_a_questions_name_takes_nothing_from_it(stand: Stand, at: int) -> None:
    """Where only the Sheet is read, nothing proves a column that was typed over."""
    stand.rows[1][column(stand, "Số liệu")] = 99
    insert(stand, at, ["Số liệu", "", ""])
    stand.harvest(7, "sheet")
    assert stand.last.remarks == []
    typed_row_is_read(stand)
    stand.rows[-1][at] = ""
    (event,) = stand.harvest(8, "sheet")
    assert isinstance(event, VersionSeen)
    assert event.answers == answers_of("MN03", "7")


def test_two_columns_of_one_name_neither_of_them_with_the_answers_are_told(stand: Stand) -> None:
    at = column(stand, "Số liệu")
    for row in stand.rows[1:]:
        row[at] = "?"
    insert(stand, 2, ["Số liệu", "5", "6"])
    assert stand.harvest(7) == []
    assert "có nhiều cột “Số liệu”" in stand.last.remarks[0]


def test_a_tab_without_its_time_column_is_told_and_no_row_is_gone(stand: Stand) -> None:
    take(stand, 0)
    assert stand.harvest(7) == []
    assert "thiếu cột “Dấu thời gian”" in stand.last.remarks[0]


def test_a_new_question_has_a_column_that_old_rows_leave_empty(stand: Stand) -> None:
    take(stand, column(stand, "Hình thức"))
    stand.tabs.clear()
    stand.known = {
        id: type(seen)(seen.id, seen.created, seen.submitted, seen.email, seen.unit, seen.row_at)
        for id, seen in stand.known.items()
    }
    assert stand.harvest(7) == []
    insert(stand, 6, ["Hình thức", "", ""])
    assert stand.harvest(8) == []
