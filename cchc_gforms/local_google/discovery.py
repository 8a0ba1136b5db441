"""The discovery documents that google-api-python-client ships: methods, scopes, schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_BODY_FIELDS = {
    "forms.forms.create": "form",
    "sheets.spreadsheets.create": "spreadsheet",
    "sheets.spreadsheets.values.update": "data",
    "sheets.spreadsheets.values.append": "data",
}
"""The field that a body is bound to, where that is not the request itself (facts B)."""

DOCUMENTS = {
    "forms": "forms.v1",
    "sheets": "sheets.v4",
    "drive": "drive.v3",
    "drive_v2": "drive.v2",
}
"""Of version 2 of Drive only what gspread uploads by is here."""


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
    parameters: Mapping[str, Mapping[str, Any]]
    body_field: str
    upload: re.Pattern[str] | None
    may_download: bool


@cache
def document(api: str) -> dict[str, Any]:
    name = f"documents/{DOCUMENTS[api]}.json"
    text = resources.files("googleapiclient.discovery_cache").joinpath(name).read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def methods() -> tuple[Method, ...]:
    """All methods, those with a verb behind a colon first (`…/values/{range}:append`), and those
    of a fixed path before those of an id (`files/trash`, `files/{fileId}`)."""
    found = [method for api in DOCUMENTS for method in _methods(api, document(api))]
    return tuple(sorted(found, key=_order))


@cache
def scopes() -> frozenset[str]:
    """All that the documents know."""
    return frozenset(
        name for api in DOCUMENTS for name in document(api)["auth"]["oauth2"]["scopes"]
    )


def properties(api: str, schema: str) -> Mapping[str, Mapping[str, Any]]:
    """The fields of a message, each with its JSON Schema."""
    found: Mapping[str, Mapping[str, Any]] = document(api)["schemas"][schema].get("properties", {})
    return found


def _order(method: Method) -> tuple[bool, int, str]:
    return ":" not in method.pattern.pattern[3:], method.pattern.groups, method.id


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\+?(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)))


def _upload(spec: Mapping[str, Any]) -> re.Pattern[str] | None:
    """Both addresses lead to all protocols: the clients send `/upload` with any of them."""
    protocols = spec.get("mediaUpload", {}).get("protocols")
    if not protocols:
        return None
    return re.compile("(?:/resumable)?" + _pattern(protocols["simple"]["path"]).pattern)


def _methods(api: str, node: Mapping[str, Any]) -> Iterator[Method]:
    service = document(api)["servicePath"]
    for spec in node.get("methods", {}).values():
        path = "/" + service + spec.get("flatPath", spec["path"])
        id = f"{api}.{spec['id'].partition('.')[2]}"
        yield Method(
            api=api,
            id=id,
            verb=spec["httpMethod"],
            pattern=_pattern(path),
            scopes=frozenset(spec.get("scopes", ())),
            request=spec.get("request", {}).get("$ref"),
            response=spec.get("response", {}).get("$ref"),
            parameters={**document(api)["parameters"], **spec.get("parameters", {})},
            body_field=_BODY_FIELDS.get(id, ""),
            upload=_upload(spec),
            may_download=spec.get("supportsMediaDownload", False),
        )
    for inner in node.get("resources", {}).values():
        yield from _methods(api, inner)
