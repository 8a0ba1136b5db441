"""The discovery documents that google-api-python-client ships: methods, scopes, schemas.

Every request body is held against its schema; what Google's JSON parser refuses is refused here,
in its words (facts 2.7), all violations at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from cchc_gforms.local_google.errors import ApiError

DOCUMENTS = {"forms": "forms.v1", "sheets": "sheets.v4", "drive": "drive.v3"}
_PACKAGES = {"forms": "google.apps.forms.v1", "sheets": "google.apps.sheets.v4", "drive": "drive"}


@dataclass(frozen=True, slots=True)
class Method:
    """An API method; `pattern` matches its path, percent-encoded."""

    api: str
    id: str
    verb: str
    pattern: re.Pattern[str]
    scopes: frozenset[str]
    request: str | None
    response: str | None
    parameters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Violation:
    field: str
    description: str


@cache
def document(api: str) -> dict[str, Any]:
    name = f"documents/{DOCUMENTS[api]}.json"
    text = resources.files("googleapiclient.discovery_cache").joinpath(name).read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def methods() -> tuple[Method, ...]:
    """All methods, those with a verb behind a colon first (`…/values/{range}:append`)."""
    found = [method for api in DOCUMENTS for method in _methods(api, document(api))]
    return tuple(sorted(found, key=lambda one: (":" not in one.pattern.pattern[3:], one.id)))


def check_body(api: str, schema: str, body: Any) -> None:
    """400 INVALID_ARGUMENT in Google's words unless the body fits."""
    wrong = list(problems(api, schema, body))
    if wrong:
        details = {
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": [
                {"field": one.field, "description": one.description}
                if one.field
                else {"description": one.description}
                for one in wrong
            ],
        }
        message = "\n".join(one.description for one in wrong)
        raise ApiError("INVALID_ARGUMENT", message, [details])


def problems(api: str, schema: str, value: Any) -> Iterator[Violation]:
    """What of a JSON value does not fit a schema, each with its path."""
    yield from _object(api, schema, value, "")


def _methods(api: str, node: Mapping[str, Any]) -> Iterator[Method]:
    service = document(api)["servicePath"]
    for spec in node.get("methods", {}).values():
        path = "/" + service + spec.get("flatPath", spec["path"])
        yield Method(
            api=api,
            id=f"{api}.{spec['id'].partition('.')[2]}",
            verb=spec["httpMethod"],
            pattern=re.compile(re.sub(r"\\\{\+?(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))),
            scopes=frozenset(spec.get("scopes", ())),
            request=spec.get("request", {}).get("$ref"),
            response=spec.get("response", {}).get("$ref"),
            parameters=frozenset(spec.get("parameters", ()))
            | frozenset(document(api)["parameters"]),
        )
    for inner in node.get("resources", {}).values():
        yield from _methods(api, inner)


def _object(api: str, schema: str, value: Any, path: str) -> Iterator[Violation]:
    if not isinstance(value, dict):
        yield _bad_type(path, f"type.googleapis.com/{_PACKAGES[api]}.{schema}", value)
        return
    known = document(api)["schemas"][schema].get("properties", {})
    for name, inner in value.items():
        if name not in known:
            at = f" at '{path}'" if path else ""
            text = f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
            yield Violation(path, text)
        elif inner is not None:
            yield from _value(api, schema, name, known[name], inner, _join(path, name))


def _value(
    api: str, schema: str, name: str, spec: Mapping[str, Any], value: Any, path: str
) -> Iterator[Violation]:
    if "$ref" in spec:
        yield from _object(api, spec["$ref"], value, path)
    elif spec.get("type") == "array":
        if not isinstance(value, list):
            yield _bad_type(path, "TYPE_ARRAY", value)
            return
        for index, inner in enumerate(value):
            yield from _value(api, schema, name, spec["items"], inner, f"{path}[{index}]")
    elif spec.get("type") == "object":
        yield from _map(api, schema, name, spec, value, path)
    elif "enum" in spec and value not in spec["enum"]:
        kind = f"type.googleapis.com/{_PACKAGES[api]}.{schema}.{name[0].upper()}{name[1:]}"
        yield _bad_type(path, kind, value)
    elif not _scalar_fits(spec, value):
        yield _bad_type(path, "TYPE_" + _proto_type(spec), value)


def _map(
    api: str, schema: str, name: str, spec: Mapping[str, Any], value: Any, path: str
) -> Iterator[Violation]:
    if not isinstance(value, dict):
        yield _bad_type(path, "TYPE_MESSAGE", value)
        return
    inner_spec = spec.get("additionalProperties")
    for key, inner in value.items():
        if inner_spec and inner is not None:
            yield from _value(api, schema, name, inner_spec, inner, f"{path}.{key}")


def _scalar_fits(spec: Mapping[str, Any], value: Any) -> bool:
    """Proto JSON: numbers may come as text, 64-bit integers do; true is no number."""
    kind = spec.get("type")
    if kind == "string":
        return isinstance(value, str) or (
            "int64" in spec.get("format", "") and isinstance(value, int)
        )
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return _is_number(value) and float(value).is_integer()
    if kind == "number":
        return _is_number(value)
    return True


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def _proto_type(spec: Mapping[str, Any]) -> str:
    names = {"boolean": "BOOL", "string": "STRING", "number": "DOUBLE", "integer": "INT32"}
    return names.get(spec.get("type", ""), "MESSAGE")


def _bad_type(path: str, kind: str, value: Any) -> Violation:
    shown = json.dumps(value, ensure_ascii=False) if not isinstance(value, dict) else "{…}"
    return Violation(path, f"Invalid value at '{path}' ({kind}), {shown}")


def _join(path: str, name: str) -> str:
    """Paths in messages are in snake_case: requests[0].create_item (facts 2.7)."""
    snake = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    return f"{path}.{snake}" if path else snake
