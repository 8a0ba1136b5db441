"""Update masks: which parts of a message a request replaces (facts 2.5)."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

from cchc_gforms.local_google.discovery import properties
from cchc_gforms.local_google.errors import invalid

Path = list[str]


def paths(mask: str | None, name: str, schema: str) -> list[Path]:
    """The mask's paths in camelCase; 400 when there is none, or one that the message has not."""
    if not mask:
        raise invalid(f"{name} is required")
    found = [[_camel(part) for part in path.strip().split(".")] for path in mask.split(",")]
    if found == [["*"]]:
        return found
    for path in found:
        if not _leads_somewhere(path, schema):
            raise invalid(f"{name} is invalid: {'.'.join(path)}")
    return found


def covers(mask: Sequence[Path], field: str) -> bool:
    return mask == [["*"]] or any(path[0] == field for path in mask)


def merge(
    now: Mapping[str, Any], wanted: Mapping[str, Any], mask: Sequence[Path]
) -> dict[str, Any]:
    """`now` with the masked parts as `wanted` has them: absent there is absent after."""
    if mask == [["*"]]:
        return dict(wanted)
    result: dict[str, Any] = copy.deepcopy(dict(now))
    for path in mask:
        _set(result, path, wanted)
    return result


def _leads_somewhere(path: Path, schema: str | None) -> bool:
    """A mask leads through messages, never into a list."""
    for part in path:
        spec = properties("forms", schema).get(part) if schema else None
        if spec is None:
            return False
        schema = spec.get("$ref")
    return True


def _set(result: dict[str, Any], path: Path, wanted: Mapping[str, Any]) -> None:
    value: Any = wanted
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    node = result
    for part in path[:-1]:
        node = node.setdefault(part, {})
    if value is None:
        node.pop(path[-1], None)
    else:
        node[path[-1]] = copy.deepcopy(value)


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)
