"""A posted form's fields, and a query's."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request

from cchc_gforms.local_google.pages.refusal import Refused

MAX_BODY = 10_000_000
"""Bytes. Longer posts are 413, as Google answers very large ones (facts 7.4)."""


async def read_fields(request: Request) -> dict[str, list[str]]:
    """Every value by name, in the order posted, blank ones too.

    Refuses what is not form-urlencoded UTF-8 with 400, what is too long with 413.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", ""):
        raise _unreadable()
    body = await _body(request)
    try:
        return parse_qs(body.decode(), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise _unreadable() from error


def read_query(request: Request) -> dict[str, list[str]]:
    """The same of the query string; what is not UTF-8 is replaced."""
    return parse_qs(request.url.query, keep_blank_values=True, errors="replace")


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Refused(
                413,
                "Câu trả lời quá dài",
                "Câu trả lời vượt quá 10 MB. Hãy rút gọn rồi gửi lại.",
            )
    return bytes(body)


def _unreadable() -> Refused:
    return Refused(
        400,
        "Không đọc được biểu mẫu",
        "Dữ liệu gửi lên không phải của một trang biểu mẫu. Hãy mở lại trang và gửi lại.",
    )
