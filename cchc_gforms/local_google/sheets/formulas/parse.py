"""A formula's text to its tree.

`;` separates arguments in every locale, `,` only where the decimal mark is a point. Columns of an
array are separated by `,`, or by `\\` where the comma is the decimal mark; its rows by `;`.
"""

from __future__ import annotations

from cchc_gforms.local_google.sheets.error_values import SHOWN
from cchc_gforms.local_google.sheets.formulas.references import reference_of
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
from cchc_gforms.local_google.sheets.formulas.tokens import Token, Unreadable, tokens

DEEPEST = 100
_BINDING = {
    "=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4,
    "^": 5, "%": 6,
}  # fmt: skip
_PREFIX = 7
_END = Token("end", "")


def parse(formula: str, decimal: str) -> Node:
    """The tree of a text that begins with `=`. Raises `Unreadable`."""
    return _Parser(formula[1:], decimal).whole()


class _Parser:
    """Operator precedence climbing over the tokens that are no blanks."""

    def __init__(self, text: str, decimal: str) -> None:
        self._tokens = [one for one in tokens(text, decimal) if one.kind != "space"]
        self._place = 0
        self._decimal = decimal
        self._between_arguments = {";"} if decimal == "," else {",", ";"}
        self._between_columns = "\\" if decimal == "," else ","

    def whole(self) -> Node:
        node = self._expression(0, 0)
        if self._next.kind != "end":
            raise Unreadable(self._next.text)
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else _END

    def _take(self) -> Token:
        token = self._next
        self._place += 1
        return token

    def _accept(self, *texts: str) -> bool:
        """Takes the next token when it is one of these."""
        found = self._next.kind in {"bracket", "separator"} and self._next.text in texts
        self._place += found
        return found

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise Unreadable(self._next.text)

    def _expression(self, floor: int, depth: int) -> Node:
        if depth > DEEPEST:
            raise Unreadable("nested too deep")
        node = self._operand(depth)
        while self._next.kind == "operator" and _BINDING[self._next.text] > floor:
            operator = self._take().text
            if operator == "%":
                node = Unary("%", node)
            else:
                node = Binary(operator, node, self._expression(_BINDING[operator], depth + 1))
        return node

    def _operand(self, depth: int) -> Node:
        token = self._take()
        match token.kind, token.text:
            case "operator", "+" | "-":
                return Unary(token.text, self._expression(_PREFIX, depth + 1))
            case "number", text:
                return Number(float(text.replace(self._decimal, ".")))
            case "text", text:
                return Text(text[1:-1].replace('""', '"'))
            case "error", text:
                return Failed(next(kind for kind, shown in SHOWN.items() if text.endswith(shown)))
            case "reference", text:
                return Cells(reference_of(text))
            case "name", text:
                return Name(text)
            case "call", text:
                return Call(text.upper(), self._arguments(depth))
            case "bracket", "(":
                node = self._expression(0, depth + 1)
                self._expect(")")
                return node
            case "bracket", "{":
                return self._array(depth)
        raise Unreadable(token.text)

    def _arguments(self, depth: int) -> tuple[Node | None, ...]:
        self._expect("(")
        if self._accept(")"):
            return ()
        found = [self._argument(depth)]
        while self._accept(*self._between_arguments):
            found.append(self._argument(depth))
        self._expect(")")
        return tuple(found)

    def _argument(self, depth: int) -> Node | None:
        if self._next.text in {*self._between_arguments, ")"} and self._next.kind != "text":
            return None
        return self._expression(0, depth + 1)

    def _array(self, depth: int) -> Node:
        rows: list[tuple[Node, ...]] = []
        row = [self._expression(0, depth + 1)]
        while not self._accept("}"):
            if self._accept(";"):
                rows.append(tuple(row))
                row = []
            else:
                self._expect(self._between_columns)
            row.append(self._expression(0, depth + 1))
        return Array((*rows, tuple(row)))
