"""The `fields` parameter: which parts of an answer are sent ("a,b(c,d),e/f")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.discovery import properties
from cchc_gforms.local_google.errors import ApiError, DriveError, bad_request, invalid

Tree = dict[str, "Tree"]

_TOKEN = re.compile(r"[\w*]+|\S")


def parse(mask: str) -> Tree:
    """400 when the mask is none; an empty tree stands for everything below."""
    if not mask:
        return {}
    plain = re.sub(r"\s*([(),/.])\s*", r"\1", mask.strip())
    tokens = _TOKEN.findall(plain)
    try:
        tree = _fields(tokens)
    except ValueError:
        tokens = ["?"]
    if tokens or " " in plain:
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
    named = {camel(name): inner for name, inner in tree.items()}
    return {name: apply(named[name], inner) for name, inner in value.items() if name in named}


def check(tree: Tree, api: str, schema: str, mask: str) -> None:
    """400 for a field that the answer cannot have, in the words of that API."""
    unknown = _first_unknown(tree, api, {"$ref": schema}, "")
    if unknown:
        raise _refusal(api, mask, unknown)


def _first_unknown(tree: Tree, api: str, spec: Mapping[str, Any], path: str) -> str | None:
    for name, inner in tree.items():
        if name == "*":
            continue
        below = _below(api, spec, camel(name))
        if below is None:
            return f"{path}{name}"
        if found := _first_unknown(inner, api, below, f"{path}{name}."):
            return found
    return None


def _below(api: str, spec: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """The schema of a field, through lists; any key of a map will do."""
    while spec.get("type") == "array":
        spec = spec["items"]
    known = properties(api, spec["$ref"]) if "$ref" in spec else spec.get("properties", {})
    return known.get(name, spec.get("additionalProperties"))


def _refusal(api: str, mask: str, unknown: str) -> ApiError:
    if api.startswith("drive"):
        field = unknown.replace(".", "/")
        text = f"Invalid field selection {field}"
        return DriveError("INVALID_ARGUMENT", text, "invalidParameter")
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{unknown}'."
    violation = {"field": mask, "description": text}
    return bad_request("Request contains an invalid argument.", [violation])


def _fields(tokens: list[str]) -> Tree:
    """Takes a list of fields off the tokens; ValueError where a name or a bracket is missing."""
    tree: Tree = {}
    while True:
        path = [_name(tokens)]
        while _take(tokens, "/") or _take(tokens, "."):
            path.append(_name(tokens))
        node = tree
        for name in path:
            node = node.setdefault(name, {})
        if _take(tokens, "("):
            node.update(_fields(tokens))
            if not _take(tokens, ")"):
                raise ValueError("unclosed")
        if not _take(tokens, ","):
            return tree


def _name(tokens: list[str]) -> str:
    if not tokens or tokens[0] in "(),/.":
        raise ValueError("no name")
    return tokens.pop(0)


def _take(tokens: list[str], sign: str) -> bool:
    if tokens and tokens[0] == sign:
        del tokens[0]
        return True
    return False


def camel(name: str) -> str:
    """Masks take names in either spelling."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)
