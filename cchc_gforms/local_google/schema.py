"""JSON bodies as Google's parser takes them: held against their schema, then decoded.

What it refuses is refused here, in its words (facts 2.7), all violations at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.discovery import properties
from cchc_gforms.local_google.errors import bad_request

Spec = Mapping[str, Any]

_PACKAGES = {
    "forms": "google.apps.forms.v1",
    "sheets": "google.apps.sheets.v4",
    "drive": "drive",
    "drive_v2": "drive",
}
_LIST_VALUE = "type.googleapis.com/google.protobuf.ListValue"
_INTEGER = re.compile(r"-?[0-9]+(\.0+)?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?|NaN|-?Infinity")


@dataclass(frozen=True, slots=True)
class Violation:
    """`field` is the path of what holds the mistake, empty for the body itself."""

    field: str
    description: str
    is_unknown_field: bool = False

    def wire(self) -> dict[str, str]:
        place = {"field": self.field} if self.field else {}
        return {**place, "description": self.description}


def check_body(api: str, schema: str, body: Any, at: str = "") -> Any:
    """The body decoded; 400 INVALID_ARGUMENT in Google's words unless it fits.

    `at` is the field of the request message that the body is bound to, where it is bound to one.
    Drive passes over fields it does not know: gspread sends it `withLink`.
    """
    body = _read(api, {"$ref": schema}, body)
    found = problems(api, schema, body, at)
    wrong = [one for one in found if not (api.startswith("drive") and one.is_unknown_field)]
    if wrong:
        message = "\n".join(one.description for one in wrong)
        raise bad_request(message, [one.wire() for one in wrong])
    return _decoded(api, {"$ref": schema}, body)


def problems(api: str, schema: str, value: Any, at: str = "") -> Iterator[Violation]:
    """What of a JSON value does not fit a schema, each with its path."""
    if isinstance(value, dict):
        yield from _message(api, schema, value, at)
    else:
        yield _unknown("", at, "Root element must be a message.")


def parameter_problem(api: str, name: str, spec: Spec, text: str) -> Violation | None:
    """What is wrong with the text of a query parameter; `""` stands for none given."""
    kind = spec.get("type")
    fine = {"boolean": text.lower() in ("true", "false", "1", "0"), "integer": _is_digits(text)}
    if not text or fine.get(str(kind), text in spec.get("enum", (text,))):
        return None
    return _bad_type(_snake(name), _type_name(api, "", name, spec), text)


def _read(api: str, spec: Spec, value: Any) -> Any:
    """Fields as Google's parser reads them: in either spelling (gspread-pandas sends snake_case),
    one value alone is a list of one, and lists inside lists are one (gspread-formatting)."""
    if "$ref" in spec and isinstance(value, dict):
        known = properties(api, spec["$ref"])
        named = {_spelled(api, name, known, value): inner for name, inner in value.items()}
        return {
            name: _read(api, known[name], inner) if name in known else inner
            for name, inner in named.items()
        }
    items = spec.get("items", {})
    if spec.get("type") != "array" or items.get("type") in ("array", "any"):
        return value
    if isinstance(value, list):
        return [_read(api, items, inner) for inner in _flat(value)]
    alone = isinstance(value, dict) if "$ref" in items else _is_scalar(value)
    return [_read(api, items, value)] if alone and value is not None else value


def _spelled(api: str, name: str, known: Mapping[str, Spec], beside: Mapping[str, Any]) -> str:
    """The field's JSON name, unless that is given too; Drive is no protocol buffer's API."""
    made = re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)
    fine = made in known and made not in beside and not api.startswith("drive")
    return made if fine and name not in known else name


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, list | dict)


def _message(api: str, schema: str, value: Mapping[str, Any], path: str) -> Iterator[Violation]:
    known = properties(api, schema)
    for name, inner in value.items():
        if name not in known:
            yield _unknown(name, path, "Cannot find field.")
        elif inner is not None:
            place = f"{path}.{_snake(name)}" if path else _snake(name)
            yield from _field(
                api, _type_name(api, schema, name, known[name]), known[name], inner, place
            )


def _field(api: str, type_name: str, spec: Spec, value: Any, path: str) -> Iterator[Violation]:
    """`type_name` is what Google calls the field's type, that of its elements for a list."""
    if spec.get("type") == "array":
        yield from _list(api, type_name, spec["items"], value, path)
    elif spec.get("type") == "object" and "$ref" not in spec:
        yield from _map(api, type_name, spec, value, path)
    elif isinstance(value, list) and spec.get("type") != "any":
        parent, _, name = path.rpartition(".")
        yield _unknown(name, parent, "Proto field is not repeating, cannot start list.")
    elif "$ref" in spec and isinstance(value, dict):
        yield from _message(api, spec["$ref"], value, path)
    elif "$ref" in spec or not _scalar_fits(spec, value):
        yield _bad_type(path, type_name, value)


def _list(api: str, type_name: str, items: Spec, value: Any, path: str) -> Iterator[Violation]:
    if not isinstance(value, list):
        yield _bad_type(path, type_name, value)
        return
    for index, inner in enumerate(value):
        yield from _field(api, type_name, items, inner, f"{path}[{index}]")


def _map(api: str, type_name: str, spec: Spec, value: Any, path: str) -> Iterator[Violation]:
    if not isinstance(value, dict):
        yield _bad_type(path, type_name, value)
        return
    inner_spec = spec.get("additionalProperties")
    for key, inner in value.items():
        if inner_spec and inner is not None:
            yield from _field(api, type_name, inner_spec, inner, f"{path}.{key}")


def _scalar_fits(spec: Spec, value: Any) -> bool:
    """Proto JSON: numbers may come as text, 64-bit integers do; true is no number."""
    kind = spec.get("type")
    if "enum" in spec:
        return isinstance(value, str) and value in spec["enum"]
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "string" and "int64" in spec.get("format", ""):
        return not isinstance(value, bool) and _INTEGER.fullmatch(str(value)) is not None
    if kind == "string":
        return isinstance(value, str)
    if kind == "integer":
        return not isinstance(value, bool) and _is_int32(str(value))
    if kind == "number":
        return not isinstance(value, bool) and _NUMBER.fullmatch(str(value)) is not None
    return True


def _is_digits(text: str) -> bool:
    """In an address `1.0` is no whole number, in JSON it is."""
    return "." not in text and _is_int32(text)


def _is_int32(text: str) -> bool:
    return _INTEGER.fullmatch(text) is not None and -(2**31) <= float(text) < 2**31


def _decoded(api: str, spec: Spec, value: Any) -> Any:
    """Null and unspecified enums are as good as absent in a message; in a map null takes away, in
    a list of cell values it means: leave alone. Numbers are numbers, 64-bit ones text."""
    kind = spec.get("type")
    if value is None or isinstance(value, bool):
        return value
    if "$ref" in spec:
        known = properties(api, spec["$ref"])
        return {
            name: _decoded(api, known[name], inner)
            for name, inner in value.items()
            if name in known and inner is not None and not _is_unspecified(known[name], inner)
        }
    if kind == "array":
        return [_decoded(api, spec["items"], inner) for inner in value]
    if kind == "integer":
        return int(float(value))
    if kind == "number":
        return float(value) if isinstance(value, str) else value
    return str(value) if kind == "string" else value


def _is_unspecified(spec: Spec, value: Any) -> bool:
    return "enum" in spec and value == spec["enum"][0] and value.endswith("_UNSPECIFIED")


def _type_name(api: str, schema: str, name: str, spec: Spec) -> str:
    """As Google names it in messages; an enum's own name is not known, its field's stands in."""
    kind = spec.get("type", "")
    if kind == "array" and spec["items"].get("type") == "array":
        return _LIST_VALUE
    if kind == "array":
        return _type_name(api, schema, name, spec["items"])
    if "$ref" in spec:
        return f"type.googleapis.com/{_PACKAGES[api]}.{spec['$ref']}"
    if "enum" in spec:
        owner = f"{_PACKAGES[api]}.{schema}" if schema else _PACKAGES[api]
        return f"type.googleapis.com/{owner}.{name[0].upper()}{name[1:]}"
    if "int64" in spec.get("format", ""):
        return "TYPE_INT64"
    names = {"boolean": "BOOL", "string": "STRING", "number": "DOUBLE", "integer": "INT32"}
    return "TYPE_" + names.get(kind, "MESSAGE")


def _bad_type(path: str, kind: str, value: Any) -> Violation:
    shown = json.dumps(value, ensure_ascii=False) if not isinstance(value, dict) else "{…}"
    return Violation(path, f"Invalid value at '{path}' ({kind}), {shown}")


def _unknown(name: str, path: str, why: str) -> Violation:
    at = f" at '{path}'" if path else ""
    text = f'Invalid JSON payload received. Unknown name "{name}"{at}: {why}'
    return Violation(path, text, is_unknown_field=True)


def _snake(name: str) -> str:
    """Paths in messages are in snake_case: requests[0].create_item (facts 2.7)."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
