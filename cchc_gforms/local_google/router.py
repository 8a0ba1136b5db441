"""From an HTTP request to a handler and back: method, token, scope, body, fields, envelope."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote

from starlette.responses import Response

from cchc_gforms.local_google import auth, discovery, masks, schema
from cchc_gforms.local_google.call import Call, Handler, Media
from cchc_gforms.local_google.control import Control, Entry
from cchc_gforms.local_google.discovery import Method
from cchc_gforms.local_google.drive import methods as drive
from cchc_gforms.local_google.drive import uploads, version2
from cchc_gforms.local_google.errors import ApiError, bad_request, invalid, ordered, unimplemented
from cchc_gforms.local_google.faults import Fault, Half, Late
from cchc_gforms.local_google.forms import methods as forms
from cchc_gforms.local_google.sheets import methods as sheets
from cchc_gforms.local_google.state import State
from cchc_gforms.local_google.times import to_us

HANDLERS: dict[str, Handler] = {
    **forms.METHODS,
    **sheets.METHODS,
    **drive.METHODS,
    **version2.METHODS,
}
_LONGEST = 10_485_760  # bytes
_JSON = "application/json; charset=UTF-8"
_CHALLENGE = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_logger = logging.getLogger(__name__)


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
        self.broken: list[str] = []

    def answer(self, request: ApiRequest) -> Response:
        """Never raises but for a fault that drops the connection. A mistake of our own is Google's
        500, told to the log and kept in `broken`; the connection lives on."""
        method, path = _find(request)
        name = method.id if method else ""
        fault = self._control.fault(name, request.raw_path)
        if fault and fault.loses_the_answer and not fault.after:
            return self._strike(request, name, fault)
        response = self._try(request, method, path)
        if fault and fault.loses_the_answer:
            return self._strike(request, name, fault)
        if fault and fault.half:
            response = Half(response)
        self._log(request, name, response.status_code)
        return Late(response, fault.delay_ms) if fault and fault.delay_ms else response

    def _try(self, request: ApiRequest, method: Method | None, path: Mapping[str, str]) -> Response:
        if method is None:
            return _refusal(_no_method(), "")
        try:
            with self._state.transaction() as tx:
                if upload_id := _upload_id(request):
                    return self._continue(tx, request, method, upload_id)
                return self._call(tx, request, method, path)
        except ApiError as refused:
            return _refusal(refused, method.api)
        except Exception as error:
            _logger.exception("%s failed", method.id)
            self.broken.append(f"{method.id}: {error!r}")
            return _refusal(ApiError("INTERNAL", "Internal error encountered."), method.api)

    def _call(
        self, tx: sqlite3.Connection, request: ApiRequest, method: Method, path: Mapping[str, str]
    ) -> Response:
        query = parse_qs(request.query, keep_blank_values=True)
        caller = auth.caller(tx, request.headers.get("authorization"))
        caller = auth.granted(caller, method.scopes)
        if method.id not in HANDLERS:
            raise unimplemented(method.id)
        if self._state.switches.quotas:
            self._control.quotas.count(method, caller, self._state.clock.now())
        _check_path(method, path)
        _check_query(method, query)
        sent = uploads.Sent(request.body)
        if is_upload(request):
            kind = query.get("uploadType", [""])[-1]
            sent = uploads.take_apart(kind, request.headers, request.body)
        body, base = _body(sent.metadata, method), request.base_url
        call = Call(self._state, tx, caller, path, query, body, base, sent.media)
        if sent.later:
            address = f"{base}{request.raw_path}?{request.query}"
            return uploads.begin(call, request.headers, address)
        return self._answer(call, method, request.headers.get("range", ""))

    def _continue(
        self, tx: sqlite3.Connection, request: ApiRequest, method: Method, upload_id: str
    ) -> Response:
        """The next bytes of a resumable upload; with the last of them the call is done."""
        session = uploads.find(tx, upload_id, to_us(self._state.clock.now()))
        if request.verb == "DELETE":
            return uploads.give_up(tx, session)
        if session.answer is not None:
            return Response(session.answer, media_type=_JSON)
        chunk = request.headers.get("content-range", "")
        if (incomplete := uploads.take(tx, session, chunk, request.body)) is not None:
            return incomplete
        call = Call(
            self._state, tx, session.account, session.path, session.query, session.body,
            request.base_url, Media(session.content, session.mime_type),
        )  # fmt: skip
        answer = self._answer(call, method, "")
        uploads.finish(tx, session, bytes(answer.body).decode())
        return answer

    def _answer(self, call: Call, method: Method, wanted: str) -> Response:
        fields = _fields(method, call.query)
        answer = HANDLERS[method.id](call)
        if isinstance(answer, Media):
            return _bytes(answer, wanted)
        if answer is None:
            return _json(None)
        if self._strict:
            self._check_answer(method, answer)
        pretty = call.query.get("prettyPrint", [""])[-1].lower() != "false"
        return _json(masks.apply(fields, answer), pretty=pretty)

    def _check_answer(self, method: Method, answer: Any) -> None:
        wrong = list(schema.problems(method.api, method.response or "", answer))
        if wrong:
            raise ApiError("INTERNAL", f"{method.id} answered: {wrong[0].description}")

    def _strike(self, request: ApiRequest, name: str, fault: Fault) -> Response:
        self._log(request, name, 0 if fault.drop else fault.status)
        if fault.drop:
            raise ConnectionDropped
        api = name.partition(".")[0]
        refused = _refusal(ordered(fault.status, api), api)
        if fault.retry_after >= 0:
            refused.headers["Retry-After"] = str(fault.retry_after)
        return Late(refused, fault.delay_ms) if fault.delay_ms else refused

    def _log(self, request: ApiRequest, name: str, status: int) -> None:
        self._control.log.append(Entry(request.verb, request.raw_path, name, status))


def is_upload(request: ApiRequest) -> bool:
    return request.raw_path.startswith(("/upload/", "/resumable/"))


def _upload_id(request: ApiRequest) -> str:
    """That of the session which a request goes on with."""
    return parse_qs(request.query).get("upload_id", [""])[-1] if is_upload(request) else ""


def _find(request: ApiRequest) -> tuple[Method | None, dict[str, str]]:
    """A session goes on by PUT, or ends by DELETE, whatever the method it is for."""
    verbs = {request.verb}
    if _upload_id(request) and request.verb in ("PUT", "DELETE"):
        verbs = {"POST", "PATCH", "PUT"}
    for method in discovery.methods():
        pattern = method.upload if is_upload(request) else method.pattern
        found = pattern.fullmatch(request.raw_path) if pattern else None
        if found and method.verb in verbs:
            return method, {name: unquote(value) for name, value in found.groupdict().items()}
    return None, {}


def _no_method() -> ApiError:
    return ApiError("NOT_FOUND", "Method not found.")


def _refusal(refused: ApiError, api: str) -> Response:
    body = refused.drive_envelope() if api.startswith("drive") else refused.envelope()
    answer = _json(body, refused.code)
    if refused.code == 401:
        answer.headers["WWW-Authenticate"] = _CHALLENGE
    return answer


def _check_path(method: Method, path: Mapping[str, str]) -> None:
    for name, text in path.items():
        spec = method.parameters.get(name, {})
        if wrong := schema.parameter_problem(method.api, name, spec, text):
            raise bad_request(wrong.description, [wrong.wire()])


def _check_query(method: Method, query: Mapping[str, list[str]]) -> None:
    """Drive passes over parameters it does not know: gspread sends files.get one of files.list."""
    for name, values in query.items():
        if name.startswith("$."):
            continue
        if name == "key":
            raise _bad_key()
        spec = method.parameters.get(name)
        if spec is None and method.api.startswith("drive"):
            continue
        if spec is None or spec["location"] == "path":
            text = (
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query '
                f"parameter. Field '{name}' could not be found in request message."
            )
            raise bad_request(text, [{"description": text}])
        for text in values:
            if wrong := schema.parameter_problem(method.api, name, spec, text):
                raise bad_request(wrong.description, [wrong.wire()])
    alt = query.get("alt", ["json"])[-1]
    if alt != "json" and not (alt == "media" and method.may_download):
        raise unimplemented(f"alt={alt}")


def _bad_key() -> ApiError:
    """No project has an API key here."""
    reason = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
    }
    text = "API key not valid. Please pass a valid API key."
    return ApiError("INVALID_ARGUMENT", text, [reason])


def _body(text: bytes, method: Method) -> Any:
    if method.request is None:
        return {}
    if method.api in {"forms", "sheets"} and len(text) > _LONGEST:
        raise invalid(f"Request payload size exceeds the limit: {_LONGEST} bytes.")
    try:
        body = json.loads((text or b"{}").decode(), parse_constant=_no_number)
        if _SURROGATE.search(text):
            json.dumps(body, ensure_ascii=False).encode()  # half a character is none
    except (ValueError, RecursionError):
        raise invalid("Invalid JSON payload received. Parse error.") from None
    return schema.check_body(method.api, method.request, body, method.body_field)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _fields(method: Method, query: Mapping[str, list[str]]) -> masks.Tree:
    given = query.get("fields", [""])[-1]
    if given and method.response:
        masks.check(masks.parse(given), method.api, method.response, given)
    return masks.parse(given or drive.DEFAULT_FIELDS.get(method.id, "*"))


def _json(answer: Any, status: int = 200, *, pretty: bool = True) -> Response:
    """Indented, unless the call says `prettyPrint=false` [disc]."""
    if answer is None:
        return Response(status_code=204, media_type="text/html")
    form: dict[str, Any] = {"indent": 2} if pretty else {"separators": (",", ":")}
    text = json.dumps(_whole(answer), ensure_ascii=False, **form) + "\n" * pretty
    return Response(text, status, media_type=_JSON)


def _bytes(media: Media, wanted: str) -> Response:
    """All of it, or the one range of it that is wanted; 416 for one that is not there."""
    content, total = media.content, len(media.content)
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
    if found is None or not total:
        return Response(content, media_type=media.mime_type)
    first, last = int(found[1]), min(int(found[2] or total), total - 1)
    if first > last:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{total}"})
    headers = {"Content-Range": f"bytes {first}-{last}/{total}"}
    return Response(content[first : last + 1], 206, headers, media.mime_type)


def _whole(value: Any) -> Any:
    """Whole numbers are printed without a point (facts B)."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _whole(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return value
