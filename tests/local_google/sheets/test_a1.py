"""A1 notation: what is a range, which cells it names, and how answers write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.local_google.errors import ApiError
from cchc_gforms.local_google.sheets import a1
from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.defaults import sheet_properties, spreadsheet_properties
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

TITLES = (
    "Sheet1", "🌵 test 1", "D3", "Đơn vị", "Jon's", "R1C1", "Ẩn", "Rw", "x.y", "2026",
)  # fmt: skip


def workbook() -> Workbook:
    """A hidden sheet first, then `TITLES`, each of 1000 rows and 26 columns."""
    titles = ("Trước", *TITLES)
    sheets = [Sheet({"properties": sheet_properties(n, title)}) for n, title in enumerate(titles)]
    sheets[0].properties["hidden"] = True
    return Workbook("x", spreadsheet_properties("x", "vi_VN", "Asia/Ho_Chi_Minh"), sheets)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Sheet1!A1:B2", "Sheet1!A1:B2"),
        ("'Sheet1'!A1:1", "Sheet1!A1:Z1"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("sheet1!a10:b10", "Sheet1!A10:B10"),
        ("A1:B2", "Sheet1!A1:B2"),
        ("B2", "Sheet1!B2"),
        ("B2:A1", "Sheet1!A1:B2"),
        ("$B$2:$C3", "Sheet1!B2:C3"),
        ("b2:c3", "Sheet1!B2:C3"),
        ("A:C", "Sheet1!A1:C1000"),
        ("A2:C", "Sheet1!A2:C1000"),
        ("2:5", "Sheet1!A2:Z5"),
        ("Y999:AB1002", "Sheet1!Y999:Z1000"),
        ("'🌵 test 1'!A1:C2", "'🌵 test 1'!A1:C2"),
        ("🌵 test 1!A1:C2", "'🌵 test 1'!A1:C2"),
        ("'D3'!A1:D4", "'D3'!A1:D4"),
        ("'D3'", "'D3'!A1:Z1000"),
        ("D3", "Sheet1!D3"),
        ("Đơn vị", "'Đơn vị'!A1:Z1000"),
        ("'Jon''s'!A1", "'Jon''s'!A1"),
        ("'R1C1'!A1", "'R1C1'!A1"),
        ("Ẩn!A1", "'Ẩn'!A1"),
        ("'Rw'!A1", "Rw!A1"),
        ("'x.y'!A1", "x.y!A1"),
        ("2026!A1", "'2026'!A1"),
    ],
)
def test_ranges_are_answered_normalised_and_clipped_to_the_grid(text: str, answered: str) -> None:
    sheet, area = a1.located(workbook(), text)
    assert a1.range_name(sheet, area) == answered


@pytest.mark.parametrize(
    "text",
    ["", "Sheet9!A1", "Sheet1!", "Sheet1!A0", "Sheet1!A1:B2:C3", "A1:", "Sheet1!1A", "'Sheet1"],
)
def test_what_is_no_range_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        a1.located(workbook(), text)
    assert refused.value.message == f"Unable to parse range: {text}"
    assert refused.value.code == 400


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Sheet1!A1001", "Sheet1!A1001"),
        ("AA1", "Sheet1!AA1"),
        ("A1001:B1002", "Sheet1!A1001:B1002"),
    ],
)
def test_a_range_that_begins_off_the_grid_is_refused_with_the_limits(text: str, named: str) -> None:
    with pytest.raises(ApiError) as refused:
        a1.located(workbook(), text)
    limits = "Max rows: 1000, max columns: 26"
    assert refused.value.message == f"Range ({named}) exceeds grid limits. {limits}"


def test_a_range_to_write_may_not_reach_over_the_edge() -> None:
    with pytest.raises(ApiError, match="exceeds grid limits"):
        a1.located_exactly(workbook(), "A999:A1001")


@pytest.mark.parametrize(
    ("index", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA"), (18277, "ZZZ")],
)
def test_columns_are_counted_in_letters(index: int, letters: str) -> None:
    assert a1.column_letters(index) == letters
    assert a1.column_index(letters) == index


@given(
    title=st.sampled_from(TITLES),
    rows=st.tuples(st.integers(0, 999), st.integers(0, 999)),
    columns=st.tuples(st.integers(0, 25), st.integers(0, 25)),
)
def test_a_range_that_was_answered_names_the_same_cells_when_asked_for(
    title: str, rows: tuple[int, int], columns: tuple[int, int]
) -> None:
    book = workbook()
    sheet = book.titled(title)
    assert sheet is not None
    area = Area(min(rows), min(columns), max(rows) + 1, max(columns) + 1)
    found, again = a1.located(book, a1.range_name(sheet, area))
    assert (found.title, again) == (title, area)
