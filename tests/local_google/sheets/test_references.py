"""References inside formulas, each expectation worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.local_google.sheets.references import (
    Follower,
    canonical,
    renamed,
    rewritten,
    shifted,
    with_name,
)
from cchc_gforms.local_google.sheets.shifting import Box, Move, Relocation, Rule, SheetGone

TITLES = {"sheet1": 0, "đơn vị": 7}
NAMES = {0: "Sheet1", 7: "Đơn vị"}


def followed(formula: str, rule: Rule, home: int = 0) -> str:
    return Follower(TITLES, NAMES, rule).formula(formula, home)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=A1", "=B3"),
        ("=$A1+A$1+$A$1", "=$A3+B$1+$A$1"),
        ("=SUM(A1:B2;C3)", "=SUM(B3:C4;D5)"),
        ("=SUM(A:A)&SUM(1:2)", "=SUM(B:B)&SUM(3:4)"),
        ("=COUNTIF('Đơn vị'!$A2:$A;A2)", "=COUNTIF('Đơn vị'!$A4:$A;B4)"),
        ('="A1"&A1', '="A1"&B3'),
        ("=LOG10(A1)+TenVung1+A1.5", "=LOG10(B3)+TenVung1+A1.5"),
        ("A1", "A1"),
    ],
)
def test_a_copied_formula_moves_what_has_no_dollar(formula: str, expected: str) -> None:
    assert shifted(formula, 2, 1) == expected


def test_a_reference_that_falls_off_the_grid_is_lost() -> None:
    assert shifted("=A1+$A$1+SUM(B2:C3)", -1, 0) == "=#REF!+$A$1+SUM(B1:C2)"
    assert shifted("=SUM(A1:C3)", 0, -1) == "=SUM(#REF!)"


INSERTED = Move(0, "ROWS", 2, 3)
DELETED = Move(0, "ROWS", 2, -3)


@pytest.mark.parametrize(
    ("formula", "rule", "expected"),
    [
        ("=A2+A3", INSERTED, "=A2+A6"),
        ("=SUM(A1:A3)", INSERTED, "=SUM(A1:A6)"),
        ("=SUM(A3:A)", INSERTED, "=SUM(A6:A)"),
        ("=SUM(A:B)", INSERTED, "=SUM(A:B)"),
        ("=SUM($A$3:A$9)", INSERTED, "=SUM($A$6:A$12)"),
        ("=SUM(A1:A9)", DELETED, "=SUM(A1:A6)"),
        ("=SUM(A1:A4)", DELETED, "=SUM(A1:A2)"),
        ("=A3+SUM(A3:A5)+A6", DELETED, "=#REF!+SUM(#REF!)+A3"),
        ("='Đơn vị'!A3", INSERTED, "='Đơn vị'!A3"),
        ("=A3", Move(7, "ROWS", 2, 3), "=A3"),
        ("=sheet1!A3", INSERTED, "=sheet1!A6"),
        ("=C1", Move(0, "COLUMNS", 1, 1), "=D1"),
        ("=A5+C5+SUM(A5:B6)", Move(0, "ROWS", 2, 1, 0, 2), "=A6+C5+SUM(A6:B7)"),
        ("=A1+'Đơn vị'!A1", SheetGone(7), "=A1+#REF!"),
    ],
)
def test_references_follow_lines_that_come_and_go(formula: str, rule: Rule, expected: str) -> None:
    assert followed(formula, rule) == expected


def test_references_follow_cells_that_are_cut() -> None:
    cut = Relocation(Box(0, 0, 0, 2, 2), 7, 4, 1)
    assert followed("=A1+SUM(A1:B2)+C1", cut) == "='Đơn vị'!B5+SUM('Đơn vị'!B5:C6)+C1"
    assert followed("=SUM(A1:A9)", cut) == "=SUM(A1:A9)"


def test_a_renamed_sheet_is_named_anew() -> None:
    assert renamed("=Sheet1!A1+'Sheet1'!B1+A1", "Sheet1", "Bảng 1") == "='Bảng 1'!A1+'Bảng 1'!B1+A1"
    assert renamed("='Đơn vị'!A1", "Đơn vị", "It's") == "='It''s'!A1"


@pytest.mark.parametrize(
    ("entered", "stored"),
    [
        ("=sum( sales!a3:a3 )", "=sum( Sales!A3 )"),
        ("='Sales'!B3:a2", "=Sales!A2:B3"),
        ("=sales!$d$3 + 1", "=Sales!$D$3 + 1"),
        ("=SUM(  A1 ,  'It''s'!a1:a1  )", "=SUM(  A1 ,  'It''s'!A1  )"),
        ("=if(true,\"a3:a3\",'It''s'!A1)", "=if(true,\"a3:a3\",'It''s'!A1)"),
        ("=Sales!3:3", "=Sales!3:3"),
        ("=SUM(Rw!$A3:$A3)", "=SUM(Rw!$A3)"),
        ("='Rw'!A3", "=Rw!A3"),
        ("=sum(a1:a1)+ 1", "=sum(A1)+ 1"),
    ],
)
def test_formulas_are_stored_as_google_was_seen_to_store_them(entered: str, stored: str) -> None:
    titles = {title.casefold(): title for title in ("Sales", "Rw", "It's")}
    assert canonical(entered, titles) == stored


def test_a_named_range_is_named_anew_and_a_function_is_not() -> None:
    formula = '=SUM(Diem)+DIEM(diem)&"Diem"+Diem2+Sheet1!A1'
    assert with_name(formula, "diem", "Ket_qua") == (
        '=SUM(Ket_qua)+DIEM(Ket_qua)&"Diem"+Diem2+Sheet1!A1'
    )


@given(st.text(alphabet="=A1B2$:!'\"(),; .Đ", max_size=30))
def test_a_formula_that_does_not_move_stays_letter_by_letter(text: str) -> None:
    assert rewritten(f"={text}", lambda found: found) == f"={text}"
