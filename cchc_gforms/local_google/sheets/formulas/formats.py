"""The number format that a formula's cell takes from what it reads when it has no own one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from cchc_gforms.local_google.sheets.formulas.references import Reference
from cchc_gforms.local_google.sheets.formulas.syntax import Binary, Call, Cells, Name, Node, Unary
from cchc_gforms.local_google.sheets.workbook import Sheet

Format = Mapping[str, Any]

_NONE: Format = {}
_DATES = {"TODAY", "DATE", "EDATE", "EOMONTH", "DATEVALUE"}
# Of these the named argument (from 0) gives its format on.
_FROM = {
    "SUM": 0, "AVERAGE": 0, "MIN": 0, "MAX": 0, "MEDIAN": 0, "LARGE": 0, "SMALL": 0, "ROUND": 0,
    "ROUNDUP": 0, "ROUNDDOWN": 0, "INT": 0, "ABS": 0, "MOD": 0, "SUMIF": 2, "SUMIFS": 0,
    "AVERAGEIF": 2, "AVERAGEIFS": 0, "MINIFS": 0, "MAXIFS": 0, "IF": 1, "IFERROR": 0, "IFNA": 0,
    "INDEX": 0, "ARRAYFORMULA": 0, "UNIQUE": 0, "SORT": 0, "FILTER": 0, "XLOOKUP": 2,
}  # fmt: skip
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
    place = _FROM.get(node.name)
    if place is None or not node.arguments:
        return _NONE
    place = 0 if place >= len(node.arguments) else place
    return inferred(around, node.arguments[place], home, depth + 1)


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
