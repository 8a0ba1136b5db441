"""Rows and answers in little room, and the same when they come out."""

from __future__ import annotations

from cchc_gforms.harvester.packing import Lines, packed, unpacked


def test_what_was_packed_comes_out_as_it_was() -> None:
    answers = {"0a1b": {"textAnswers": {"answers": [{"value": "Đã duyệt \u202e\x07 \ud800 😀"}]}}}
    assert unpacked(packed(answers)) == answers


def test_rows_are_read_by_place_in_any_order_and_from_any_on() -> None:
    rows = [[number, str(number)] for number in range(250)]
    lines = Lines(rows)
    assert len(lines) == 250
    assert [lines[249], lines[0], lines[100]] == [rows[249], rows[0], rows[100]]
    assert list(lines) == rows
    assert list(lines.since(248)) == rows[248:]
    assert lines.first(3) == rows[:3]


def test_more_rows_can_follow_full_hundreds() -> None:
    lines = Lines([[number] for number in range(200)])
    lines.extend([[200]])
    assert (len(lines), lines[200], lines[199]) == (201, [200], [199])
