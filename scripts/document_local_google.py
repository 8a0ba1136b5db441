"""Writes the tables of docs/local-google.md from the code: what is here, and what is missing.

A remark stands as data beside its handler (`PARTLY`, by method or kind of request). Where there is
none, what the handler answers 501 to is read from its source.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from cchc_gforms.local_google import discovery
from cchc_gforms.local_google.drive import methods as drive
from cchc_gforms.local_google.errors import unimplemented
from cchc_gforms.local_google.forms import batch as form_requests
from cchc_gforms.local_google.forms import methods as forms
from cchc_gforms.local_google.router import HANDLERS
from cchc_gforms.local_google.sheets import batch as sheet_requests
from cchc_gforms.local_google.sheets import methods as sheets

PAGE = Path(__file__).parent.parent / "docs" / "local-google.md"
BELOW = "<!-- From here on written by scripts/document_local_google.py -->\n"
TITLES = {"forms": "Forms v1", "sheets": "Sheets v4", "drive": "Drive v3"}

_BATCHES = {"forms.forms.batchUpdate": "forms", "sheets.spreadsheets.batchUpdate": "sheets"}
_PACKAGE = "cchc_gforms.local_google"
_EVERYWHERE = {"the locale …"}
"""Told once above the tables, not at each method."""


def remarks() -> dict[str, str]:
    """By method id, and by kind of request."""
    rooms: list[ModuleType] = [forms, form_requests, drive, sheets, sheet_requests]
    rooms += [module for _, module in inspect.getmembers(sheet_requests, inspect.ismodule)]
    return {key: text for room in rooms for key, text in getattr(room, "PARTLY", {}).items()}


def methods(api: str) -> dict[str, Callable[..., Any] | None]:
    """The methods of a discovery document, each with its handler here."""
    found = [method.id for method in discovery.methods() if method.api == api]
    return {id: HANDLERS.get(id) for id in sorted(found)}


def kinds(api: str) -> dict[str, Callable[..., Any] | None]:
    """The kinds of request of that API's batchUpdate."""
    here: Mapping[str, Callable[..., Any]] = (
        form_requests.KINDS if api == "forms" else sheet_requests.CHANGES
    )
    return {kind: here.get(kind) for kind in sorted(discovery.properties(api, "Request"))}


def refused(entries: Mapping[str, Callable[..., Any] | None]) -> list[str]:
    return [name for name, handler in entries.items() if handler is None]


def tables() -> str:
    """All that is below the line, in Markdown."""
    parts: list[str] = []
    for api, title in TITLES.items():
        parts.append(_table(f"{title}: methods", "method", methods(api)))
        if api != "drive":
            parts.append(_table(f"{title}: requests of batchUpdate", "request", kinds(api)))
    return "\n".join(parts)


def _table(title: str, what: str, entries: Mapping[str, Callable[..., Any] | None]) -> str:
    lines = [_row(name, handler) for name, handler in entries.items()]
    here = len(entries) - len(refused(entries))
    head = [f"## {title}", "", f"{here} of {len(entries)} are here.", ""]
    return "\n".join([*head, f"| {what} | here | what is missing |", "|---|---|---|", *lines, ""])


def _row(name: str, handler: Callable[..., Any] | None) -> str:
    if handler is None:
        return f"| `{name}` | refused: 501 | |"
    told = _of_requests(name) if name in _BATCHES else ""
    text = told or remarks().get(name) or "; ".join(missing(handler))
    cell = text.replace("|", "\\|")
    return f"| `{name}` | partly | {cell} |" if cell else f"| `{name}` | implemented | |"


def _of_requests(name: str) -> str:
    """Of a batchUpdate the table of its requests tells more."""
    entries = kinds(_BATCHES[name])
    lacking = [not _row(kind, one).endswith("| implemented | |") for kind, one in entries.items()]
    return f"{sum(lacking)} kinds of request are refused or partly here: below" * any(lacking)


def missing(handler: Callable[..., Any], package: str = _PACKAGE) -> list[str]:
    """What the handler, or anything of the package that it calls, answers 501 to."""
    found = {text for function in _reached(handler, package) for text in _refusals(function)}
    return [f"no {text}" for text in sorted(found - _EVERYWHERE)]


def _reached(handler: Callable[..., Any], package: str) -> Iterable[FunctionType]:
    seen: dict[str, FunctionType] = {}
    waiting: list[object] = [handler]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += one.values()
        if not isinstance(one, FunctionType) or not one.__module__.startswith(package):
            continue
        one = inspect.unwrap(one)
        if one.__name__ == "<lambda>":  # too short to refuse anything, and no source of its own
            continue
        key = f"{one.__module__}.{one.__qualname__}"
        if key not in seen:
            seen[key] = one
            waiting += _named(one)
    return seen.values()


def _named(function: FunctionType) -> Iterator[object]:
    """What the globals hold under the names that stand in the function's source."""
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.Name):
            yield function.__globals__.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = function.__globals__.get(node.value.id)
            if isinstance(module, ModuleType):
                yield getattr(module, node.attr, None)


def _refusals(function: FunctionType) -> Iterator[str]:
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = function.__globals__.get(node.func.id)
            if called is unimplemented and node.args:
                yield _shown(node.args[0])


def _shown(text: ast.expr) -> str:
    if isinstance(text, ast.Constant):
        return str(text.value)
    if isinstance(text, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "…" for part in text.values]
        return "".join(map(str, parts))
    return "…"


@cache
def _tree(function: FunctionType) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def main() -> int:
    head = PAGE.read_text("utf-8").partition(BELOW)[0]
    PAGE.write_text(f"{head}{BELOW}\n{tables()}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
