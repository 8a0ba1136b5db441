"""One formula computed.

Outside ARRAYFORMULA a range where one value is wanted stands for its cell in the formula's own row
or column. Inside, and in the functions that say so, an operation is done for each cell.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from cchc_gforms.local_google.sheets.formulas.references import Reference
from cchc_gforms.local_google.sheets.formulas.syntax import (
    Array,
    Binary,
    Call,
    Cells,
    Failed,
    Name,
    Node,
    Number,
    Text,
    Unary,
)
from cchc_gforms.local_google.sheets.formulas.values import (
    Error,
    Failure,
    Grid,
    Scalar,
    Value,
    as_grid,
    compare,
    fail,
    grid_of,
    number,
    text,
)
from cchc_gforms.local_google.sheets.locales import Locale

_WRITTEN = {"REF": "Reference does not exist."}
_NAMES = {"+": "ADD", "-": "MINUS", "*": "MULTIPLY", "/": "DIVIDE", "^": "POWER"}


class Surroundings(Protocol):
    """What a formula can read beyond its own text."""

    def cells(self, reference: Reference, sheet_id: int) -> Grid:
        """Raises `Failure` for a tab that does not exist."""
        ...

    def named(self, name: str) -> Reference | None: ...


@dataclass(frozen=True, slots=True)
class Function:
    """A function of formulas.

    `kinds` says of each argument what it is given as, the part behind `*` again and again:
    `s` one value, `g` a grid or one value, `e` and `a` the same, errors too. A lazy one is given
    its nodes.
    With `arrays` its arguments are computed as inside ARRAYFORMULA.
    """

    run: Callable[..., Value]
    kinds: str
    least: int
    most: float = math.inf
    arrays: bool = False
    lazy: bool = False

    def kind(self, place: int) -> str:
        first, _, again = self.kinds.partition("*")
        if place < len(first):
            return first[place]
        return again[(place - len(first)) % len(again)] if again else "s"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A formula being computed in its cell. `now` is the serial of the spreadsheet's clock."""

    around: Surroundings
    functions: dict[str, Function]
    locale: Locale
    now: float
    sheet_id: int
    row: int
    column: int

    def result(self, node: Node) -> Value:
        """What the cell shows: one value, or a grid that spreads over the cells around."""
        value = self.of(node, arrays=False)
        return self.single(value) if isinstance(value, Grid) and value.place else value

    def of(self, node: Node | None, *, arrays: bool) -> Value:
        """The value of a node; errors are values here."""
        return _answered(lambda: self._of(node, arrays))

    def single(self, value: Value) -> Scalar:
        """One value out of a grid, as outside ARRAYFORMULA. Raises `Failure`."""
        if not isinstance(value, Grid):
            return value
        if value.place is None or (value.height, value.width) == (1, 1):
            return value.at(0, 0)
        _, area = value.place
        if value.width == 1 and area.top <= self.row < area.bottom:
            return value.at(self.row - area.top, 0)
        if value.height == 1 and area.left <= self.column < area.right:
            return value.at(0, self.column - area.left)
        raise fail("VALUE", "An array value could not be found.")

    def lifted(
        self, run: Callable[..., Value], values: Sequence[Value], *, arrays: bool, errors: bool
    ) -> Value:
        """`run` on single values: once, or inside ARRAYFORMULA for each cell."""
        if not arrays or not any(isinstance(value, Grid) for value in values):
            return _run(run, [self.single(value) for value in values], errors)
        grids = [as_grid(value) for value in values]
        height = max(one.height for one in grids)
        width = max(one.width for one in grids)
        made: list[list[Scalar]] = []
        for row in range(height):
            cells = ([_spread(one, row, column) for one in grids] for column in range(width))
            made.append([self.corner(_run(run, given, errors)) for given in cells])
        return grid_of(made)

    @staticmethod
    def corner(value: Value) -> Scalar:
        return value.at(0, 0) if isinstance(value, Grid) else value

    def _of(self, node: Node | None, arrays: bool) -> Value:
        match node:
            case None:
                return None
            case Number() | Text():
                return node.value
            case Failed():
                return Error(node.kind, _WRITTEN.get(node.kind, "The formula names an error."))
            case Cells():
                return self.around.cells(node.reference, self.sheet_id)
            case Name():
                return self._name(node.name)
            case Unary():
                return self._unary(node, arrays)
            case Binary():
                return self._binary(node, arrays)
            case Array():
                return self._array(node, arrays)
            case Call():
                return self._call(node, arrays)

    def _name(self, name: str) -> Value:
        if name.upper() in {"TRUE", "FALSE"}:
            return name.upper() == "TRUE"
        reference = self.around.named(name)
        if reference is None:
            raise fail("NAME", f"Unknown range name: '{name.upper()}'.")
        return self.around.cells(reference, self.sheet_id)

    def _unary(self, node: Unary, arrays: bool) -> Value:
        operand = self.of(node.operand, arrays=arrays)

        def run(value: Scalar) -> Scalar:
            if node.operator == "+":
                return value
            if node.operator == "%":
                return number(value, self.locale, "UNARY_PERCENT") / 100
            return -number(value, self.locale, "UMINUS")

        return self.lifted(run, [operand], arrays=arrays, errors=False)

    def _binary(self, node: Binary, arrays: bool) -> Value:
        """From the left, without recursion: `1+1+…` may be long."""
        spine = [node]
        while isinstance(spine[-1].left, Binary):
            spine.append(spine[-1].left)
        value = self.of(spine[-1].left, arrays=arrays)
        for one in reversed(spine):
            right = self.of(one.right, arrays=arrays)
            run = self._operation(one.operator)
            value = self.lifted(run, [value, right], arrays=arrays, errors=False)
        return value

    def _operation(self, operator: str) -> Callable[[Scalar, Scalar], Scalar]:
        if operator == "&":
            return lambda left, right: text(left, self.locale) + text(right, self.locale)
        if operator in _COMPARISONS:
            holds = _COMPARISONS[operator]
            return lambda left, right: holds(compare(left, right))

        def run(left: Scalar, right: Scalar) -> Scalar:
            name = _NAMES[operator]
            one = number(left, self.locale, name, 1)
            return arithmetic(operator, one, number(right, self.locale, name, 2))

        return run

    def _array(self, node: Array, arrays: bool) -> Value:
        """Parts beside each other must be of one height, rows below each other of one width."""
        lines: list[list[Scalar]] = []
        for row in node.rows:
            parts = [as_grid(self.of(item, arrays=arrays)) for item in row]
            height = parts[0].height
            if any(part.height != height for part in parts):
                raise _mismatch("ROW", height, next(p.height for p in parts if p.height != height))
            block = [
                [part.at(line, column) for part in parts for column in range(part.width)]
                for line in range(height)
            ]
            if lines and block and len(block[0]) != len(lines[0]):
                raise _mismatch("COLUMN", len(lines[0]), len(block[0]))
            lines += block
        return grid_of(lines)

    def _call(self, node: Call, arrays: bool) -> Value:
        function = self.functions.get(node.name)
        if function is None:
            raise fail("NAME", f"Unknown function: '{node.name}'.")
        _check_count(node, function)
        if function.lazy:
            return function.run(self, node.arguments, arrays)
        inside = arrays or function.arrays
        given = [self.of(one, arrays=inside) for one in node.arguments]
        kinds = [function.kind(place) for place in range(len(given))]
        for value, kind in zip(given, kinds, strict=True):
            if isinstance(value, Error) and kind in "sg":
                return value
        if "s" not in kinds and "e" not in kinds:
            return function.run(self, *given)
        single = [place for place, kind in enumerate(kinds) if kind in "se"]

        def run(*values: Scalar) -> Value:
            filled: list[Value] = list(given)
            for place, value in zip(single, values, strict=True):
                filled[place] = value
            return function.run(self, *filled)

        errors = "e" in kinds
        chosen = [given[place] for place in single]
        return self.lifted(run, chosen, arrays=inside, errors=errors)


def arithmetic(operator: str, left: float, right: float) -> float:
    """Arithmetic on doubles; infinite, or an ArithmeticError, where it is too large for one."""
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            if right == 0:
                raise fail("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
            return left / right
        case _:
            return power(left, right)


def power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        raise fail("DIVIDE_BY_ZERO", "Function POWER parameter 2 cannot be negative.")
    made = base**exponent
    if isinstance(made, complex):
        raise fail("NUM", f"POWER({base:g},{exponent:g}) has no real result.")
    return float(made)


_COMPARISONS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


def _run(run: Callable[..., Value], values: list[Scalar], errors: bool) -> Value:
    if not errors:
        for value in values:
            if isinstance(value, Error):
                return value
    return _answered(lambda: run(*values))


def _answered(compute: Callable[[], Value]) -> Value:
    """Errors as values; a number that no double holds is one."""
    try:
        value = compute()
    except Failure as failed:
        return failed.error
    except ArithmeticError:
        value = math.inf
    if isinstance(value, float) and not math.isfinite(value):
        return Error("NUM", "The result is no number that can be represented.")
    return value


def _spread(grid: Grid, row: int, column: int) -> Scalar:
    """A single row or column goes on being repeated; any other grid ends."""
    row = 0 if grid.height == 1 else row
    column = 0 if grid.width == 1 else column
    if row < grid.height and column < grid.width:
        return grid.at(row, column)
    return Error("N_A", "Argument array is of different size.")


def _check_count(node: Call, function: Function) -> None:
    given = len(node.arguments)
    if function.least <= given <= function.most:
        return
    wanted = f"at least {function.least}" if function.most == math.inf else f"{function.least}"
    if function.most not in {math.inf, function.least}:
        wanted = f"between {function.least} and {function.most}"
    raise fail(
        "N_A",
        f"Wrong number of arguments to {node.name}. Expected {wanted} arguments, "
        f"but received {given} arguments.",
    )


def _mismatch(parameter: str, wanted: int, found: int) -> Failure:
    kind = "rows" if parameter == "ROW" else "columns"
    return fail(
        "VALUE",
        f"In ARRAY_LITERAL, an Array Literal was missing values for one or more {kind} "
        f"(expected {wanted}, found {found}).",
    )
