"""Update masks: which fields of a message a request sets, and clears where it gives none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google import masks
from cchc_gforms.local_google.discovery import document
from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.limits import check_writable


def mask_of(body: Mapping[str, Any], schema: str) -> masks.Tree:
    """The `fields` of a request, held against the schema; `*` names every field."""
    text = body.get("fields", "")
    if not text:
        raise invalid(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    tree = _in_camel_case(masks.parse(text))
    _check(tree, schema, "")
    check_writable(schema, tree)
    return _with_twins(tree)


def masked(old: Mapping[str, Any], new: Mapping[str, Any], tree: masks.Tree) -> dict[str, Any]:
    """`old` with the fields of the mask taken from `new`; what `new` lacks is cleared.

    A list is taken as a whole, also where the mask names fields of its elements.
    """
    if "*" in tree:
        return dict(new)
    made = dict(old)
    for name, inner in tree.items():
        if inner and not isinstance(new.get(name, made.get(name)), list):
            part: Any = masked(made.get(name) or {}, new.get(name) or {}, inner)
            _set(made, name, part or new.get(name))
        else:
            _set(made, name, new.get(name))
    return made


def names(tree: masks.Tree, *path: str) -> bool:
    """Whether the mask covers a field."""
    if not tree or "*" in tree:
        return True
    return not path or (path[0] in tree and names(tree[path[0]], *path[1:]))


def _set(made: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        made.pop(name, None)
    else:
        made[name] = value


def _check(tree: masks.Tree, schema: str | None, path: str) -> None:
    known = document("sheets")["schemas"][schema].get("properties", {}) if schema else {}
    for name, inner in tree.items():
        if name == "*":
            continue
        if name not in known:
            raise invalid(f"Invalid field: {path}{name}")
        if inner:
            spec = known[name]
            below = spec.get("$ref") or spec.get("items", {}).get("$ref")
            _check(inner, below, f"{path}{name}.")


def _in_camel_case(tree: masks.Tree) -> masks.Tree:
    """gspread-pandas writes masks in snake_case."""
    return {masks.camel(name): _in_camel_case(inner) for name, inner in tree.items()}


def _with_twins(tree: masks.Tree) -> masks.Tree:
    """A colour's mask covers the colour in both of its forms."""
    made: masks.Tree = {}
    for name, inner in tree.items():
        made[name] = _with_twins(inner)
        if name.endswith(("Color", "ColorStyle")) or name in {"color", "colorStyle"}:
            made[name] = {}
            made[name.removesuffix("Style") if name.endswith("Style") else f"{name}Style"] = {}
    return made
