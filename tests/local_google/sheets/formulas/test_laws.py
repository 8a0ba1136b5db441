"""Laws of formulas: text and tree, moves there and back, values that do not depend on the place."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cchc_gforms.local_google.sheets import defaults, structure
from cchc_gforms.local_google.sheets.formulas.functions import FUNCTIONS
from cchc_gforms.local_google.sheets.formulas.parse import parse
from cchc_gforms.local_google.sheets.formulas.references import reference_of
from cchc_gforms.local_google.sheets.formulas.rewriting import copied, followed, relocalised
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.formulas.syntax import (
    Array,
    Binary,
    Call,
    Cells,
    Name,
    Node,
    Number,
    Text,
    Unary,
)
from cchc_gforms.local_google.sheets.formulas.tokens import Unreadable, tokens
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.rendering import formatted
from cchc_gforms.local_google.sheets.shifting import Move
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

US, VI = locale_of("en_US"), locale_of("vi_VN")
NOW = datetime(2026, 11, 24, tzinfo=UTC)
Written = tuple[str, Node]
"""A formula as an American spreadsheet writes it, and its tree."""

columns = st.sampled_from(["A", "B", "$C", "AA"])
rows = st.sampled_from(["5", "$7", "12"])
prefixes = st.sampled_from(["", "'Sổ theo dõi'!", "Sheet2!"])
corners = st.builds("{}{}".format, columns, rows)
areas = st.one_of(
    corners,
    st.builds("{}:{}".format, corners, corners),
    st.builds("{}:{}".format, corners, columns),
    st.builds("{}:{}".format, columns, columns),
    st.builds("{}:{}".format, rows, rows),
)
ranges = st.builds(lambda prefix, area: prefix + area, prefixes, areas)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


leaves: st.SearchStrategy[Written] = st.one_of(
    st.integers(0, 999).map(lambda n: (str(n), Number(float(n)))),
    st.integers(0, 999).map(lambda n: (f"{n}.25", Number(n + 0.25))),
    st.text(max_size=5).map(lambda t: (quoted(t), Text(t))),
    st.sampled_from(["TRUE", "vùng_tên"]).map(lambda n: (n, Name(n))),
    ranges.map(lambda text: (text, Cells(reference_of(text)))),
)


def larger(inner: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    signs = st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<>", "<", ">", "<=", ">="])
    blanks = st.sampled_from(["", " "])
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(
            lambda one, sign, two, blank: (
                f"({one[0]}){blank}{sign}{blank}({two[0]})",
                Binary(sign, one[1], two[1]),
            ),
            inner, signs, inner, blanks,
        ),
        st.builds(lambda one: (f"-({one[0]})", Unary("-", one[1])), inner),
        st.builds(lambda one: (f"({one[0]})%", Unary("%", one[1])), inner),
        several.map(
            lambda all_: (
                f"SUM({','.join(one[0] for one in all_)})",
                Call("SUM", tuple(one[1] for one in all_)),
            )
        ),
        several.map(
            lambda all_: (
                f"{{{','.join(one[0] for one in all_)};{','.join(one[0] for one in all_)}}}",
                Array((tuple(one[1] for one in all_),) * 2),
            )
        ),
    )  # fmt: skip


formulas = st.recursive(leaves, larger, max_leaves=8)
moves = st.builds(
    Move,
    st.just(0),
    st.sampled_from(["ROWS", "COLUMNS"]),
    st.integers(0, 30),
    st.integers(1, 9),
)


@given(formulas)
def test_a_written_tree_is_read_again(written: Written) -> None:
    text, tree = written
    assert parse(f"={text}", ".") == tree


@given(formulas)
def test_a_formula_means_the_same_in_both_locales_and_comes_back(written: Written) -> None:
    text, tree = written
    vietnamese = relocalised(f"={text}", US, VI)
    assert parse(vietnamese, ",") == tree
    assert relocalised(vietnamese, VI, US) == f"={text}"


@given(st.text(alphabet="A1$:!'\"(){},;.+-*%& #REFx5\\<>=ộ", max_size=30))
def test_tokens_are_the_text_cut_up(text: str) -> None:
    try:
        found = tokens(text)
    except Unreadable:
        return
    assert "".join(token.text for token in found) == text


@given(formulas, moves)
def test_lines_inserted_and_deleted_again_leave_a_formula_as_it_was(
    written: Written, move: Move
) -> None:
    formula = f"={written[0]}"
    back = Move(0, move.dimension, move.at, -move.count)
    assert (
        followed(followed(formula, "Sheet1", "Sheet1", move), "Sheet1", "Sheet1", back) == formula
    )
    assert followed(formula, "Sheet1", "Sheet3", move) == formula


@given(formulas, st.integers(0, 50), st.integers(0, 50))
def test_a_copy_of_a_copy_back_is_the_formula(written: Written, down: int, across: int) -> None:
    formula = f"={written[0]}"
    assert copied(copied(formula, down, across), -down, -across) == formula


cells = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 3)),
    st.one_of(
        st.integers(-9, 9),
        st.builds(
            lambda sign, one, two: f"={one}{sign}SUM({two})",
            st.sampled_from(["+", "-", "*"]),
            st.sampled_from(["A1", "$B$2", "C3", "D6"]),
            st.sampled_from(["A1:B2", "C1:C6", "B$2:D4"]),
        ),
    ),
    min_size=1,
)


@given(cells, st.sampled_from(["ROWS", "COLUMNS"]), st.integers(0, 6), st.integers(1, 3))
def test_every_formula_gives_the_same_after_blank_lines_were_inserted(
    filled: dict[tuple[int, int], Any], dimension: str, at: int, count: int
) -> None:
    sheet = Sheet({"properties": defaults.sheet_properties(0, "Sheet1")})
    workbook = Workbook("x", defaults.spreadsheet_properties("x", "en_US", "Etc/GMT"), [sheet])
    assume(at < structure.count(sheet, dimension))
    for (row, column), value in filled.items():
        kind = "formulaValue" if isinstance(value, str) else "numberValue"
        sheet.put(row, column, {"userEnteredValue": {kind: value}})
    before = calculated(workbook, NOW).sheets[0]
    shown = {place: before.cell(*place).get("effectiveValue") for place in filled}
    structure.insert(workbook, sheet, dimension, at, count)
    after = calculated(workbook, NOW).sheets[0]
    move = Move(0, dimension, at, count)
    for (row, column), value in shown.items():
        down, across = (move, None) if dimension == "ROWS" else (None, move)
        place = (down.start(row) if down else row, across.start(column) if across else column)
        assert after.cell(*place).get("effectiveValue") == value


@pytest.mark.parametrize("length", [5000])
@pytest.mark.parametrize("upwards", [False, True], ids=["down", "up"])
def test_a_chain_of_five_thousand_cells_is_followed_to_its_end(length: int, upwards: bool) -> None:
    properties = defaults.sheet_properties(0, "Sheet1")
    sheet = Sheet({"properties": properties})
    sheet.grid["rowCount"] = length
    order = range(length)[::-1] if upwards else range(length)
    first, last = order[0], order[-1]
    sheet.put(first, 0, {"userEnteredValue": {"numberValue": 1}})
    for before, row in pairwise(order):
        sheet.put(row, 0, {"userEnteredValue": {"formulaValue": f"=A{before + 1}+1"}})
    workbook = Workbook("x", defaults.spreadsheet_properties("x", "en_US", "Etc/GMT"), [sheet])
    made = calculated(workbook, NOW).sheets[0]
    assert made.cell(last, 0)["effectiveValue"] == {"numberValue": length}


def test_long_and_deep_formulas_end_with_a_value_or_a_parse_error() -> None:
    sheet = Sheet({"properties": defaults.sheet_properties(0, "Sheet1")})
    texts = {
        "=" + "+".join(["1"] * 20_000): {"numberValue": 20_000},
        "=" + "(" * 90 + "7" + ")" * 90: {"numberValue": 7},
        "=" + "IF(TRUE," * 90 + "7" + ")" * 90: {"numberValue": 7},
        "=" + "(" * 20_000: {"errorValue": {"type": "ERROR", "message": "Formula parse error."}},
    }
    for row, text in enumerate(texts):
        sheet.put(row, 0, {"userEnteredValue": {"formulaValue": text}})
    workbook = Workbook("x", defaults.spreadsheet_properties("x", "en_US", "Etc/GMT"), [sheet])
    made = calculated(workbook, NOW).sheets[0]
    for row, value in enumerate(texts.values()):
        assert made.cell(row, 0)["effectiveValue"] == value


arguments = st.sampled_from(
    [
        "0", "1", "-1", "2", "3.5", "1E+308", "-1E+308", "1E-308", "99999999999", "43831", '""',
        '"x"', '"5"', '"1/1/2020"', '"*"', '"M"', '"0.00"', "TRUE", "FALSE", "1/0", "NA()", "Z99",
        "A1", "A2", "A1:A3", "A1:B2", "A1:C1", "A:A", "{1,2}", "{1;2}", "{1,\"a\";TRUE,1/0}", "",
    ]
)  # fmt: skip


@given(
    st.sampled_from(sorted(FUNCTIONS)), st.lists(arguments, max_size=6), st.booleans(), st.data()
)
@settings(max_examples=1500)
def test_any_function_of_anything_gives_a_value(
    name: str, given_: list[str], in_array: bool, data: st.DataObject
) -> None:
    text = f"{name}({','.join(given_)})"
    text = f"={data.draw(st.sampled_from(['', 'SUM', 'LEN', '-']))}({text})"
    if in_array:
        text = f"=ARRAYFORMULA({text[1:]})"
    sheet = Sheet({"properties": defaults.sheet_properties(0, "Sheet1")})
    held = [{"numberValue": 3}, {"stringValue": "x"}, {"formulaValue": "=1/0"}]
    for row, value in enumerate(held):
        sheet.put(row, 0, {"userEnteredValue": value})
    sheet.put(4, 4, {"userEnteredValue": {"formulaValue": text}})
    workbook = Workbook("x", defaults.spreadsheet_properties("x", "en_US", "Etc/GMT"), [sheet])
    made = calculated(workbook, NOW).sheets[0]
    assert "effectiveValue" in made.cell(4, 4)
    for _, _, cell in made.used():
        json.dumps(cell.get("effectiveValue"), allow_nan=False)
        formatted(cell, US)
