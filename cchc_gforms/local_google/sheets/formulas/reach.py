"""What a formula reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cchc_gforms.local_google.sheets.formulas.parse import parse
from cchc_gforms.local_google.sheets.formulas.syntax import Call, Cells, Name, Node, children

_POSITIONS = {"ROW", "COLUMN", "ROWS", "COLUMNS"}


@dataclass(frozen=True, slots=True)
class Formula:
    """`reads` are the ranges and names whose cells must be known first, each once.

    All of them, also those of a branch that is not taken; but where a cell lies is known already.
    """

    node: Node
    reads: tuple[Cells | Name, ...]


@lru_cache(maxsize=8192)
def formula_of(text: str, decimal: str) -> Formula:
    """Raises `Unreadable`."""
    node = parse(text, decimal)
    return Formula(node, tuple(dict.fromkeys(_read(node))))


def _read(root: Node) -> Iterator[Cells | Name]:
    waiting: list[Node | None] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Cells | Name):
            yield node
        elif isinstance(node, Call) and node.name in _POSITIONS:
            waiting.extend(one for one in node.arguments if not isinstance(one, Cells | Name))
        elif node is not None:
            waiting.extend(children(node))
