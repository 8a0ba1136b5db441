"""The `fields` parameter: which parts of an answer are sent ("a,b(c,d),e/f")."""

from __future__ import annotations

import re
from typing import Any

from cchc_gforms.local_google.errors import invalid

Tree = dict[str, "Tree"]

_TOKEN = re.compile(r"[\w*]+|[(),/.]")


def parse(mask: str) -> Tree:
    """400 when the mask is none; an empty tree stands for everything below."""
    tokens = _TOKEN.findall(mask)
    if "".join(tokens) != mask.replace(" ", ""):
        raise invalid(f"Invalid field selection {mask}")
    tree, rest = _fields(tokens)
    if rest:
        raise invalid(f"Invalid field selection {mask}")
    return tree


def apply(tree: Tree, value: Any) -> Any:
    """The parts of a value that the tree names; a parent that is there stays, even empty."""
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [apply(tree, inner) for inner in value]
    if not isinstance(value, dict):
        return value
    named = {_camel(name): inner for name, inner in tree.items()}
    return {name: apply(named[name], inner) for name, inner in value.items() if name in named}


def _fields(tokens: list[str]) -> tuple[Tree, list[str]]:
    tree: Tree = {}
    while tokens and tokens[0] != ")":
        if not re.fullmatch(r"[\w*]+", tokens[0]):
            return tree, tokens
        path, tokens = [tokens[0]], tokens[1:]
        while len(tokens) > 1 and tokens[0] in "/.":
            path, tokens = [*path, tokens[1]], tokens[2:]
        inner: Tree = {}
        if tokens and tokens[0] == "(":
            inner, tokens = _fields(tokens[1:])
            tokens = tokens[1:] if tokens else ["("]
        node = tree
        for name in path[:-1]:
            node = node.setdefault(name, {})
        node.setdefault(path[-1], {}).update(inner)
        if tokens and tokens[0] == ",":
            tokens = tokens[1:]
    return tree, tokens


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)
