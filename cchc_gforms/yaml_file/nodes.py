"""Nodes of a composed YAML document: their names, children and places."""

from __future__ import annotations

import unicodedata

from ruamel.yaml.error import StringMark
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from cchc_gforms.errors import Where

Loc = tuple[str | int, ...]
"""Keys and indexes from the root of the file to a value."""


def place_of(node: Node | None, file: str) -> Where:
    """Where a node begins; the file as a whole for a document without nodes."""
    return at_mark(node.start_mark, file) if node is not None else Where(file)


def at_mark(mark: StringMark | None, file: str) -> Where:
    """ruamel counts from 0, people from 1."""
    return Where(file, mark.line + 1, mark.column + 1) if mark is not None else Where(file)


def name_of(key: Node) -> str | None:
    """A key as text in NFC; None when it is not a scalar."""
    return unicodedata.normalize("NFC", key.value) if isinstance(key, ScalarNode) else None


def is_empty(node: Node | None) -> bool:
    """A value that was left out; ruamel puts it where the next thing begins."""
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index


def key_of(root: Node | None, loc: Loc) -> Node | None:
    """The key that names `loc`; None where there is none, or a list."""
    parent = deepest(root, loc[:-1])
    if not loc or not isinstance(parent, MappingNode):
        return None
    return next((key for key, _ in parent.value if name_of(key) == str(loc[-1])), None)


def deepest(node: Node | None, loc: Loc) -> Node | None:
    """The node that takes up most of `loc`; see `path_of`."""
    return _deepest(node, loc)[1]


def path_of(node: Node | None, loc: Loc) -> Loc:
    """The steps of `loc` that the file has.

    A step that it does not have is passed over: pydantic puts the tag of a tagged union and the
    names of validators between the keys.
    """
    return _deepest(node, loc)[0]


def _deepest(node: Node | None, loc: Loc) -> tuple[Loc, Node | None]:
    if not loc:
        return (), node
    passed_over = _deepest(node, loc[1:])
    child = _child(node, loc[0])
    if child is None:
        return passed_over
    taken, found = _deepest(child, loc[1:])
    return ((loc[0], *taken), found) if len(taken) + 1 >= len(passed_over[0]) else passed_over


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if name_of(key) == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: Node = node.value[step]
        return child
    return None
