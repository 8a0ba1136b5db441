"""Bodies against Google's own schemas, out of the discovery documents in googleapiclient."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


def wrong_in(api: str, schema: str, body: Mapping[str, Any]) -> list[str]:
    """Fields that the schema of an API ("forms.v1") lacks, and values that it does not take."""
    return list(_wrong(_schemas(api), {"$ref": schema}, body, schema))


@cache
def _schemas(api: str) -> dict[str, Any]:
    document = resources.files("googleapiclient.discovery_cache") / f"documents/{api}.json"
    schemas: dict[str, Any] = json.loads(document.read_text("utf-8"))["schemas"]
    return schemas


def _wrong(schemas: dict[str, Any], wanted: dict[str, Any], value: Any, path: str) -> Iterator[str]:
    if "$ref" in wanted:
        wanted = schemas[wanted["$ref"]]
    if wanted["type"] == "object":
        if not isinstance(value, Mapping):
            yield f"{path} is no object"
            return
        for name, inner in value.items():
            if name in wanted["properties"]:
                yield from _wrong(schemas, wanted["properties"][name], inner, f"{path}.{name}")
            else:
                yield f"{path}.{name} is unknown"
    elif wanted["type"] == "array":
        for index, inner in enumerate(value):
            yield from _wrong(schemas, wanted["items"], inner, f"{path}[{index}]")
    elif value not in wanted.get("enum", [value]):
        yield f"{path} cannot be {value}"
    elif not isinstance(value, _TYPES[wanted["type"]]):
        yield f"{path} is no {wanted['type']}"
