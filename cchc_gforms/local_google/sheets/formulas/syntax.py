"""The tree of a formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cchc_gforms.local_google.sheets.formulas.references import Reference


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Failed:
    """An error written out, as `#REF!` where a reference was lost; the wire ErrorType."""

    kind: str


@dataclass(frozen=True, slots=True)
class Cells:
    reference: Reference


@dataclass(frozen=True, slots=True)
class Name:
    """TRUE, FALSE, or a named range."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """`+`, `-` before, `%` behind."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """`name` in capitals; an argument left out is None."""

    name: str
    arguments: tuple[Node | None, ...]


@dataclass(frozen=True, slots=True)
class Array:
    rows: tuple[tuple[Node, ...], ...]


Node: TypeAlias = Number | Text | Failed | Cells | Name | Unary | Binary | Call | Array


def children(node: Node) -> tuple[Node | None, ...]:
    """The nodes right below; None is an argument left out."""
    match node:
        case Unary():
            return (node.operand,)
        case Binary():
            return node.left, node.right
        case Call():
            return node.arguments
        case Array():
            return tuple(item for row in node.rows for item in row)
        case _:
            return ()
