"""The batch endpoint: a multipart/mixed body of HTTP requests, answered in kind."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from urllib.parse import urlsplit

from starlette.responses import Response

from cchc_gforms.local_google.router import ApiRequest, Router

_MOST = 100


def answer(router: Router, request: ApiRequest) -> Response:
    """Each part is a call of its own, with the outer token unless it brings one."""
    kind = request.headers.get("content-type", "")
    whole = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body)
    parts = whole.get_payload()
    if not kind.startswith("multipart/mixed") or not isinstance(parts, list):
        return Response("Failed to parse batch request.", 400)
    if len(parts) > _MOST:
        return Response(f"The batch request has more than {_MOST} parts.", 400)
    boundary = "batch_local_google"
    answered = [_part(router, request, part) for part in parts if isinstance(part, Message)]
    body = b"".join(f"--{boundary}\r\n".encode() + one + b"\r\n" for one in answered)
    return Response(
        body + f"--{boundary}--\r\n".encode(), media_type=f"multipart/mixed; boundary={boundary}"
    )


def _part(router: Router, outer: ApiRequest, part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    head, _, body = payload.partition(b"\n\n" if b"\r\n\r\n" not in payload else b"\r\n\r\n")
    first, *lines = head.decode().splitlines()
    verb, address, *_ = first.split(" ")
    own = {
        name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
    }
    headers = {"authorization": outer.headers.get("authorization", ""), **own}
    parts = urlsplit(address)
    response = router.answer(
        ApiRequest(verb, parts.path, parts.query, headers, body, outer.base_url)
    )
    id = str(part.get("Content-ID", "<0>")).strip("<>")
    answer = (
        f"Content-Type: application/http\r\nContent-ID: <response-{id}>\r\n\r\n"
        f"HTTP/1.1 {response.status_code} {'OK' if response.status_code < 400 else 'Error'}\r\n"
        f"Content-Type: {response.headers.get('content-type', 'text/html')}\r\n"
        f"Content-Length: {len(response.body)}\r\n\r\n"
    )
    return answer.encode() + bytes(response.body)
