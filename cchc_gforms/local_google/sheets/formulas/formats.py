"""The number format that a formula's cell takes from what it reads when it has no own one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from cchc_gforms.local_google.sheets.formulas.references import Reference
from cchc_gforms.local_google.sheets.formulas.syntax import (
    Array,
    Binary,
    Call,
    Cells,
    Name,
    Node,
    Number,
    Unary,
)
from cchc_gforms.local_google.sheets.workbook import Sheet

Format = Mapping[str, Any]

_NONE: Format = {}
_DATES = {"TODAY", "DATE", "EDATE", "EOMONTH", "DATEVALUE"}
_FIRST = {
    "SUM", "AVERAGE", "MIN", "MAX", "MEDIAN", "LARGE", "SMALL", "ROUND", "ROUNDUP", "ROUNDDOWN",
    "INT", "ABS", "MOD", "SUMIFS", "AVERAGEIFS", "MINIFS", "MAXIFS", "INDEX", "ARRAYFORMULA",
    "UNIQUE", "SORT", "FILTER",
}  # fmt: skip
# Of these the first of the named arguments (from 0) that has a look gives it on.
_FROM = {
    **dict.fromkeys(_FIRST, (0,)),
    **dict.fromkeys({"IFERROR", "IFNA"}, (0, 1)),
    **dict.fromkeys({"SUMIF", "AVERAGEIF"}, (2, 0)),
    "IF": (1, 2),
    "IFS": tuple(range(1, 20, 2)),
    "XLOOKUP": (2,),
}
_DEEPEST = 50


class Surroundings(Protocol):
    def sheet(self, reference: Reference, home: int) -> Sheet | None: ...
    def named(self, name: str) -> Reference | None: ...
    def taken_format(self, sheet_id: int, row: int, column: int) -> Format: ...


def inferred(around: Surroundings, node: Node | None, home: int, depth: int = 0) -> Format:
    """A wire NumberFormat; {} where the number is shown as it is. `home` is the formula's sheet."""
    if depth > _DEEPEST:
        return _NONE
    match node:
        case Cells():
            return _of_cell(around, node.reference, home)
        case Name():
            reference = around.named(node.name)
            return _NONE if reference is None else _of_cell(around, reference, home)
        case Array():
            return inferred(around, node.rows[0][0], home, depth + 1)
        case Unary():
            return inferred(around, node.operand, home, depth + 1)
        case Binary():
            return _of_operation(around, node, home, depth)
        case Call():
            return _of_call(around, node, home, depth)
        case _:
            return _NONE


def _of_call(around: Surroundings, node: Call, home: int, depth: int) -> Format:
    if node.name in _DATES:
        return {"type": "DATE"}
    if node.name in {"NOW", "TIME", "TIMEVALUE"}:
        return {"type": "DATE_TIME" if node.name == "NOW" else "TIME"}
    if node.name == "VLOOKUP":
        return _of_column(around, node, home)
    for place in _FROM.get(node.name, ()):
        if place < len(node.arguments):
            found = inferred(around, node.arguments[place], home, depth + 1)
            if found:
                return found
    return _NONE


def _of_column(around: Surroundings, node: Call, home: int) -> Format:
    """Of the first cell of the column that VLOOKUP answers from, where its number is written."""
    within, index = node.arguments[1:3] if len(node.arguments) > 2 else (None, None)
    if not isinstance(within, Cells) or not isinstance(index, Number):
        return _NONE
    reference = within.reference
    column = (reference.first.column or 0) + int(index.value) - 1
    first = replace(reference.first, column=column)
    return _of_cell(around, replace(reference, first=first, last=None), home)


def _of_operation(around: Surroundings, node: Binary, home: int, depth: int) -> Format:
    """A sum looks like its first part that has a look; days between two dates are a number."""
    if node.operator not in {"+", "-", "*", "/"}:
        return _NONE
    left = inferred(around, node.left, home, depth + 1)
    right = inferred(around, node.right, home, depth + 1)
    dates = [one.get("type") in {"DATE", "DATE_TIME"} for one in (left, right)]
    if node.operator in {"*", "/"}:
        return _NONE if any(dates) or node.operator == "/" else left or right
    if node.operator == "-" and all(dates):
        return _NONE
    return left or right


def _of_cell(around: Surroundings, reference: Reference, home: int) -> Format:
    """Of the first cell: its own, or what its formula took."""
    sheet = around.sheet(reference, home)
    if sheet is None:
        return _NONE
    row, column = reference.first.row or 0, reference.first.column or 0
    cell = sheet.cell(row, column)
    own: Format = cell.get("userEnteredFormat", {}).get("numberFormat", {})
    return own or around.taken_format(sheet.sheet_id, row, column)
