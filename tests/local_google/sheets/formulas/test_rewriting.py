"""References follow: lines that come and go, tabs renamed and deleted, copies, another locale."""

from __future__ import annotations

import pytest

from cchc_gforms.local_google.sheets.formulas.rewriting import (
    copied,
    followed,
    orphaned,
    relocalised,
    renamed,
)
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.shifting import Move


@pytest.mark.parametrize(
    ("formula", "dimension", "at", "count", "made"),
    [
        ("=A5", "ROWS", 2, 3, "=A8"),
        ("=A5", "ROWS", 4, 1, "=A6"),
        ("=A5", "ROWS", 5, 1, "=A5"),
        ("=$A$5", "ROWS", 0, 1, "=$A$6"),
        ("=B1", "COLUMNS", 0, 2, "=D1"),
        ("=B1", "ROWS", 0, 1, "=B2"),
        ("=SUM(A2:A5)", "ROWS", 3, 2, "=SUM(A2:A7)"),
        ("=SUM(A2:A5)", "ROWS", 5, 2, "=SUM(A2:A5)"),
        ("=SUM(A5:A2)", "ROWS", 3, 2, "=SUM(A7:A2)"),
        ("=SUM(A2:A)", "ROWS", 0, 1, "=SUM(A3:A)"),
        ("=SUM(A2:A)", "ROWS", 5, 1, "=SUM(A2:A)"),
        ("=SUM(A:B)", "COLUMNS", 1, 1, "=SUM(A:C)"),
        ("=SUM(2:3)", "ROWS", 0, 1, "=SUM(3:4)"),
        ("=SUM(2:3)", "COLUMNS", 0, 1, "=SUM(2:3)"),
        ("=A5", "ROWS", 1, -2, "=A3"),
        ("=A5", "ROWS", 4, -1, "=#REF!"),
        ("=SUM(A2:A5)", "ROWS", 1, -2, "=SUM(A2:A3)"),
        ("=SUM(A2:A5)", "ROWS", 3, -5, "=SUM(A2:A3)"),
        ("=SUM(A2:A5)", "ROWS", 1, -4, "=SUM(#REF!)"),
        ("=SUM(A:A)", "COLUMNS", 0, -1, "=SUM(#REF!)"),
        ("=SUM(A2:A)", "ROWS", 0, -1, "=SUM(A1:A)"),
        ("=SUM(A2:A)", "ROWS", 1, -1, "=SUM(A2:A)"),
        ("='Nhật ký'!A5", "ROWS", 2, 3, "='Nhật ký'!A5"),
        ("=theo_doi!A5+A5", "ROWS", 2, 3, "=theo_doi!A8+A8"),
        ('="A5"&A5&LOG10(A5)', "ROWS", 0, 1, '="A5"&A6&LOG10(A6)'),
        ("= A5  +  1", "ROWS", 0, 1, "= A6  +  1"),
        ("=A5+", "ROWS", 0, 1, "=A6+"),
        ('="open A5', "ROWS", 0, 1, '="open A5'),
    ],
)
def test_a_formula_after_lines_came_or_went(
    formula: str, dimension: str, at: int, count: int, made: str
) -> None:
    move = Move(0, dimension, at, count)
    assert followed(formula, "theo_doi", "theo_doi", move) == made


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "made"),
    [
        ("=A1", 1, 2, "=C2"),
        ("=$A1", 1, 2, "=$A2"),
        ("=A$1", 1, 2, "=C$1"),
        ("=$A$1", 1, 2, "=$A$1"),
        ("=SUM(A2:A)", 1, 1, "=SUM(B3:B)"),
        ("=SUM(A:A,2:2)", 1, 1, "=SUM(B:B,3:3)"),
        ("=A1", -1, 0, "=#REF!"),
        ("=SUM(A1:B2)", 0, -1, "=SUM(#REF!)"),
        ("='Sổ theo dõi'!B2", 1, 1, "='Sổ theo dõi'!C3"),
        ('=HYPERLINK("A1";A1)', 1, 0, '=HYPERLINK("A1";A2)'),
    ],
)
def test_a_copied_formula(formula: str, rows: int, columns: int, made: str) -> None:
    assert copied(formula, rows, columns) == made


def test_a_renamed_tab_is_named_by_its_new_title() -> None:
    formula = "=Sheet1!A1+'sheet1'!A2+Sheet2!A1+A1"
    assert renamed(formula, "Sheet1", "Sổ") == "='Sổ'!A1+'Sổ'!A2+Sheet2!A1+A1"
    assert renamed("='Sổ'!A1", "Sổ", "Đơn vị's") == "='Đơn vị''s'!A1"
    assert renamed("='Sổ'!A1", "Sổ", "Plain") == "=Plain!A1"


def test_a_deleted_tab_leaves_lost_references() -> None:
    assert orphaned("=SUM(Sheet2!A:A)+A1", "Sheet2") == "=SUM(#REF!)+A1"


def test_another_locale_writes_numbers_and_separators_its_way() -> None:
    us, vi = locale_of("en_US"), locale_of("vi_VN")
    formula = '=IF(A1>1.5,SUM({1,2.5;3,4}),"1,5; x")'
    vietnamese = '=IF(A1>1,5;SUM({1\\2,5;3\\4});"1,5; x")'
    assert relocalised(formula, us, vi) == vietnamese
    assert relocalised(vietnamese, vi, us) == formula
