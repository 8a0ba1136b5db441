"""A document with one thing in it changed; what is changed keeps its place. Pure."""

from __future__ import annotations

import copy
from collections.abc import Callable

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from cchc_gforms.yaml_file.nodes import Loc, name_of

_STR, _INT, _SEQ, _MAP = (f"tag:yaml.org,2002:{tag}" for tag in ("str", "int", "seq", "map"))
Written = str | int | list["Written"] | dict[str, "Written"]
"""What can be put in: texts, whole numbers, lists and groups of them."""


def renamed(root: Node, loc: Loc, key: str) -> Node:
    """With another name for the key at `loc`."""

    def rename(pairs: list[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
        return [(_with(old, key) if _is(old, loc[-1]) else old, value) for old, value in pairs]

    return _changed(root, loc[:-1], lambda node: _with(node, rename(node.value)))


def removed(root: Node, loc: Loc) -> Node:
    """Without what is at `loc`."""

    def remove(node: Node) -> Node:
        if isinstance(node, MappingNode):
            return _with(node, [pair for pair in node.value if not _is(pair[0], loc[-1])])
        return _with(node, [one for n, one in enumerate(node.value) if n != loc[-1]])

    return _changed(root, loc[:-1], remove)


def replaced(root: Node, loc: Loc, value: Written) -> Node:
    """With `value` at `loc`; a key that its group does not have yet comes last."""

    def replace(node: Node) -> Node:
        if isinstance(node, MappingNode):
            pairs = [pair for pair in node.value if not _is(pair[0], loc[-1])]
            return _with(node, [*pairs, (_node(str(loc[-1]), node), _node(value, node))])
        entries = enumerate(node.value)
        return _with(node, [_node(value, one) if n == loc[-1] else one for n, one in entries])

    return _changed(root, loc[:-1], replace)


def _changed(node: Node, loc: Loc, change: Callable[[Node], Node]) -> Node:
    if not loc:
        return change(node)
    step, rest = loc[0], loc[1:]
    if isinstance(node, MappingNode):
        pairs = [
            (key, _changed(value, rest, change) if _is(key, step) else value)
            for key, value in node.value
        ]
        return _with(node, pairs)
    entries = enumerate(node.value)
    return _with(node, [_changed(one, rest, change) if n == step else one for n, one in entries])


def _is(key: Node, step: str | int) -> bool:
    return name_of(key) == str(step)


def _with(node: Node, value: object) -> Node:
    changed = copy.copy(node)
    changed.value = value
    return changed


def _node(value: Written, at: Node) -> Node:
    marks = {"start_mark": at.start_mark, "end_mark": at.end_mark}
    if isinstance(value, (str, int)):
        return ScalarNode(_STR if isinstance(value, str) else _INT, str(value), **marks)
    if isinstance(value, list):
        return SequenceNode(_SEQ, [_node(one, at) for one in value], **marks)
    pairs = [(_node(key, at), _node(inner, at)) for key, inner in value.items()]
    return MappingNode(_MAP, pairs, **marks)
