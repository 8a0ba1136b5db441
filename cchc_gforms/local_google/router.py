"""From an HTTP request to a handler and back: method, token, scope, body, fields, envelope."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote

from starlette.responses import Response

from cchc_gforms.local_google import auth, discovery, masks
from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.control import Control, Entry
from cchc_gforms.local_google.discovery import Method
from cchc_gforms.local_google.drive import methods as drive
from cchc_gforms.local_google.errors import ApiError, invalid, unimplemented
from cchc_gforms.local_google.forms import methods as forms
from cchc_gforms.local_google.sheets import methods as sheets
from cchc_gforms.local_google.state import State

HANDLERS: dict[str, Handler] = {**forms.METHODS, **sheets.METHODS, **drive.METHODS}


class ConnectionDropped(Exception):
    """The connection is to be cut without an answer."""


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """What of an HTTP request an API call is made of; a part of a batch has the same shape."""

    verb: str
    raw_path: str  # percent-encoded
    query: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    base_url: str


class Router:
    """Answers API calls, one transaction each."""

    def __init__(self, state: State, control: Control, *, strict_answers: bool) -> None:
        self._state = state
        self._control = control
        self._strict = strict_answers

    def answer(self, request: ApiRequest) -> Response:
        """Never raises but for a fault that drops the connection."""
        method, path = _find(request)
        name = method.id if method else ""
        fault = self._control.fault(name, request.raw_path)
        if fault and not fault.after:
            return self._strike(request, name, fault.status, drop=fault.drop)
        response = self._try(request, method, path)
        if fault:
            return self._strike(request, name, fault.status, drop=fault.drop)
        self._log(request, name, response.status_code)
        return response

    def _try(self, request: ApiRequest, method: Method | None, path: Mapping[str, str]) -> Response:
        if method is None:
            return _json(ApiError("NOT_FOUND", "Method not found.").envelope(), 404)
        try:
            return _json(self._call(request, method, path))
        except ApiError as refused:
            return _json(refused.envelope(), refused.code)

    def _call(self, request: ApiRequest, method: Method, path: Mapping[str, str]) -> Any:
        query = parse_qs(request.query, keep_blank_values=True)
        with self._state.transaction() as tx:
            caller = auth.caller(tx, request.headers.get("authorization"))
            auth.require_scope(caller, method.scopes)
            _check_query(method, query)
            body = _body(request, method)
            fields = masks.parse(
                query.get("fields", [drive.DEFAULT_FIELDS.get(method.id, "*")])[-1]
            )
            handler = HANDLERS.get(method.id)
            if handler is None:
                raise unimplemented(method.id)
            answer = handler(Call(self._state, tx, caller, path, query, body, request.base_url))
            if answer is not None and self._strict:
                self._check_answer(method, answer)
        return None if answer is None else masks.apply(fields, answer)

    def _check_answer(self, method: Method, answer: Any) -> None:
        wrong = list(discovery.problems(method.api, method.response or "", answer))
        if wrong:
            raise ApiError("INTERNAL", f"{method.id} answered: {wrong[0].description}")

    def _strike(self, request: ApiRequest, name: str, status: int, *, drop: bool) -> Response:
        self._log(request, name, 0 if drop else status)
        if drop:
            raise ConnectionDropped
        words = {429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}
        message = {429: "Quota exceeded for quota metric 'Requests' and limit 'Per minute'."}
        error = {
            "code": status,
            "message": message.get(status, "Internal error"),
            "status": words.get(status, "UNKNOWN"),
        }
        return _json({"error": error}, status)

    def _log(self, request: ApiRequest, name: str, status: int) -> None:
        self._control.log.append(Entry(request.verb, request.raw_path, name, status))


def _find(request: ApiRequest) -> tuple[Method | None, dict[str, str]]:
    for method in discovery.methods():
        found = method.pattern.fullmatch(request.raw_path)
        if found and method.verb == request.verb:
            return method, {name: unquote(value) for name, value in found.groupdict().items()}
    return None, {}


def _check_query(method: Method, query: Mapping[str, list[str]]) -> None:
    for name in query:
        if name not in method.parameters and not name.startswith("$."):
            raise invalid(
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query '
                f"parameter. Field '{name}' could not be found in request message."
            )


def _body(request: ApiRequest, method: Method) -> Any:
    if method.request is None:
        return {}
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        raise invalid("Invalid JSON payload received. Parse error.") from None
    discovery.check_body(method.api, method.request, body)
    return _without_null(body)


def _without_null(value: Any) -> Any:
    """Null is as good as absent in a message; in a list of cell values it means: leave alone."""
    if isinstance(value, dict):
        kept = {name: inner for name, inner in value.items() if inner is not None}
        return {name: _without_null(inner) for name, inner in kept.items()}
    if isinstance(value, list):
        return [_without_null(inner) for inner in value]
    return value


def _json(answer: Any, status: int = 200) -> Response:
    if answer is None:
        return Response(status_code=204, media_type="text/html")
    text = json.dumps(_whole(answer), ensure_ascii=False, indent=2) + "\n"
    return Response(text, status, media_type="application/json; charset=UTF-8")


def _whole(value: Any) -> Any:
    """Whole numbers are printed without a point (facts B)."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _whole(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return value
