"""The batch endpoint: a multipart/mixed body of HTTP requests, answered in kind."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.responses import Response

from cchc_gforms.local_google.faults import alike
from cchc_gforms.local_google.router import ApiRequest, Router, is_upload

_MOST = 100
_BOUNDARY = "batch_local_google"
_ON_HOSTS_OF_THEIR_OWN = ("/v1/forms", "/v4/spreadsheets")


class _MalformedError(Exception):
    """Not an HTTP request in a part."""


def answer(router: Router, request: ApiRequest) -> Response:
    """Each part is a call of its own, with the outer token unless it brings one.

    `/batch/drive/v3` takes calls of that API alone, as Google does. `/batch` is the address of
    Forms and of Sheets, each on a host of its own, so all parts are of the API of the first.
    """
    kind = request.headers.get("content-type", "")
    whole = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body)
    if not kind.startswith("multipart/mixed") or not whole.is_multipart():
        return Response("Failed to parse batch request.", 400)
    parts = [part for part in whole.get_payload() if isinstance(part, Message)]
    if len(parts) > _MOST:
        return Response(f"The batch request has more than {_MOST} parts.", 400)
    try:
        asked = [_request(request, part) for part in parts]
    except _MalformedError:
        return Response("Failed to parse batch request.", 400)
    ids = [str(part.get("Content-ID", "")).strip("<>") for part in parts]
    api = request.raw_path.removeprefix("/batch") or _api(asked)
    answers = [_answer(router, api, one) for one in asked]
    answered = [_wire(id, made) for id, made in zip(ids, answers, strict=True)]
    body = b"".join(f"--{_BOUNDARY}\r\n".encode() + made + b"\r\n" for made in answered)
    together = Response(
        body + f"--{_BOUNDARY}--\r\n".encode(),
        media_type=f"multipart/mixed; boundary={_BOUNDARY}",
    )
    return alike(together, answers)


def _request(outer: ApiRequest, part: Message) -> ApiRequest:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise _MalformedError
    head, _, body = payload.partition(b"\n\n" if b"\r\n\r\n" not in payload else b"\r\n\r\n")
    first, *lines = head.decode("latin-1").splitlines() or [""]
    words = first.split(" ")
    if len(words) not in (2, 3):
        raise _MalformedError
    own = {
        name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
    }
    headers = {"authorization": outer.headers.get("authorization", ""), **own}
    address = urlsplit(words[1])
    return ApiRequest(words[0], address.path, address.query, headers, body, outer.base_url)


def _api(asked: list[ApiRequest]) -> str:
    """Of the first part: `/v1/forms` or `/v4/spreadsheets`."""
    first = asked[0].raw_path.split(":")[0] if asked else ""
    return next((api for api in _ON_HOSTS_OF_THEIR_OWN if f"{first}/".startswith(f"{api}/")), "/?")


def _answer(router: Router, api: str, one: ApiRequest) -> Response:
    if is_upload(one) or "alt=media" in one.query.split("&"):
        return Response("Media uploads and downloads are not supported in a batch.", 400)
    if not f"{one.raw_path}/".startswith(f"{api}/"):
        return Response("Not Found", 404)
    return router.answer(one)


def _wire(id: str, response: Response) -> bytes:
    content_id = f"Content-ID: <response-{id}>\r\n" if id else ""
    phrase = HTTPStatus(response.status_code).phrase
    answer = (
        f"Content-Type: application/http\r\n{content_id}\r\n"
        f"HTTP/1.1 {response.status_code} {phrase}\r\n"
        f"Content-Type: {response.headers.get('content-type', 'text/html')}\r\n"
        f"Content-Length: {len(response.body)}\r\n\r\n"
    )
    return answer.encode() + bytes(response.body)
