"""What a formula reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from cchc_gforms.local_google.sheets.formulas.references import Reference
from cchc_gforms.local_google.sheets.formulas.syntax import (
    Call,
    Cells,
    Name,
    Node,
    children,
)

_POSITIONS = {"ROW", "COLUMN", "ROWS", "COLUMNS"}


@lru_cache(maxsize=8192)
def reads(node: Node) -> tuple[Cells | Name, ...]:
    """The ranges and names whose cells must be known first, each once.

    All of them, also those of a branch that is not taken; but where a cell lies is known already.
    """
    return tuple(dict.fromkeys(_read(node)))


def references(node: Node, named: Callable[[str], Reference | None]) -> Iterator[Reference]:
    """As `reads`, with the names looked up."""
    for one in reads(node):
        reference = one.reference if isinstance(one, Cells) else named(one.name)
        if reference is not None:
            yield reference


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
