"""What a value and a style are on the wire."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.dashboard.sheets import cells
from cchc_gforms.dashboard.workbook import Aged, Content, Link, Sparkline, Style

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CELLS: dict[str, tuple[Content, dict[str, Any] | None]] = {
    "a text": ("Đúng hạn", {"stringValue": "Đúng hạn"}),
    "a formula": ("=1+1", {"stringValue": "=1+1"}),
    "a call": ("@SUM(A1)", {"stringValue": "@SUM(A1)"}),
    "digits with a nought before them": ("0042", {"stringValue": "0042"}),
    "a text of two lines": ("a\r\nb", {"stringValue": "a\nb"}),
    "control characters": ("a\x00\x1bb", {"stringValue": "ab"}),
    "a text that turns the line round": ("a\u202eb\u2066c", {"stringValue": "abc"}),
    "a link whose text turns it": (Link("a\u202eb", "https://x.example/"), {"stringValue": "ab"}),
    "a text of nothing that shows": ("\u202e", None),
    "a link whose text is a formula": (Link("=A1", "https://x.example/"), {"stringValue": "=A1"}),
    "a whole number": (3, {"numberValue": 3}),
    "a negative number": (-7, {"numberValue": -7}),
    "a fraction": (1.5, {"numberValue": 1.5}),
    "nothing": (None, None),
    "an empty text": ("", None),
    # 31 + 28 + 31 + 30 + 31 + 2 = 153 days after 01/01/2022, which is day 44562
    "a day": (date(2022, 6, 3), {"numberValue": 44715}),
    "the last second of that day": (
        datetime(2022, 6, 3, 16, 59, 59, tzinfo=UTC),
        {"numberValue": 44715 + 86399 / 86400},
    ),
    "its last millisecond, which does not become the next day": (
        datetime(2022, 6, 3, 16, 59, 59, 999_000, tzinfo=UTC),
        {"numberValue": 44715 + 86399 / 86400},
    ),
    "the next midnight": (datetime(2022, 6, 3, 17, tzinfo=UTC), {"numberValue": 44716}),
    "noon of the day the plan was issued": (
        datetime(2022, 2, 17, 5, tzinfo=UTC),
        {"numberValue": 44609.5},
    ),
    "a sparkline of the row's numbers": (
        Sparkline(2, 28, "#8e5ea2"),
        {"formulaValue": '=SPARKLINE(C8:AB8;TRANSPOSE({"charttype";"column"}))'},
    ),
    "a text that ages": (
        Aged(datetime(2022, 12, 31, 2, tzinfo=UTC), 48, "mới", 'cũ "quá"'),
        {"formulaValue": '=IF(NOW()-(DATE(2022;12;31)+TIME(9;0;0))>48/24;"cũ ""quá""";"mới")'},
    ),
}


@pytest.mark.parametrize(("value", "wanted"), CELLS.values(), ids=CELLS)
def test_a_value_is_entered_as_what_it_is(value: Content, wanted: dict[str, Any] | None) -> None:
    assert cells.entered(value, ZONE, 7) == wanted


@given(st.text(min_size=1))
def test_a_text_is_never_anything_but_text(text: str) -> None:
    made = cells.entered(text, ZONE, 0)
    assert made is None or [*made] == ["stringValue"]


@pytest.mark.parametrize(
    ("letter", "most"), [("a", 50_000), ("ộ", 50_000), ("😀", 25_000)], ids=["a", "ộ", "emoji"]
)
def test_a_text_longer_than_a_cell_is_cut_as_google_counts(letter: str, most: int) -> None:
    """Facts C: Sheets takes 50,000 characters in a cell; a letter beyond the BMP counts twice."""
    assert cells.text_of(letter * 50_001) == letter * most


STYLES: dict[str, tuple[Style, dict[str, Any]]] = {
    "plain": (Style(), {}),
    "day": (Style("day"), {"numberFormat": {"type": "DATE", "pattern": "dd/MM/yyyy"}}),
    "time": (
        Style("time"),
        {"numberFormat": {"type": "DATE_TIME", "pattern": "dd/MM/yyyy HH:mm:ss"}},
    ),
    "layout": (
        Style(align="centre", wrap=True),
        {"horizontalAlignment": "CENTER", "wrapStrategy": "WRAP"},
    ),
    "one line": (Style(clip=True), {"wrapStrategy": "CLIP"}),
    "text": (
        Style(bold=True, size=16, colour="#ff0080"),
        {
            "textFormat": {
                "bold": True,
                "fontSize": 16,
                "foregroundColorStyle": {"rgbColor": {"red": 1.0, "green": 0.0, "blue": 128 / 255}},
            }
        },
    ),
}


@pytest.mark.parametrize(("style", "wanted"), STYLES.values(), ids=STYLES)
def test_a_style_is_what_google_calls_it(style: Style, wanted: dict[str, Any]) -> None:
    assert cells.look(style) == {"verticalAlignment": "MIDDLE", **wanted}


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")]
)
def test_columns_are_named_as_people_see_them(column: int, letters: str) -> None:
    assert cells.column_letters(column) == letters
