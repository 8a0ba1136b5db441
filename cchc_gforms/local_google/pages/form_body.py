"""A posted form's fields, and a query's."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from cchc_gforms.local_google.forms.attached import Sent
from cchc_gforms.local_google.pages.refusal import Refused

MAX_BODY = 10_000_000
"""Bytes. Longer posts are 413, as Google answers very large ones (facts 7.4)."""
MAX_UPLOAD = 100_000_000
"""Bytes of a post with files; it is held in memory."""


async def read_fields(request: Request) -> dict[str, list[str]]:
    """Every value by name, in the order posted, blank ones too.

    Refuses what is not form-urlencoded UTF-8 with 400, what is too long with 413.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", ""):
        raise unreadable()
    body = await _body(request)
    try:
        return parse_qs(body.decode(), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise unreadable() from error


async def read_page(
    request: Request,
) -> tuple[dict[str, list[str]], dict[str, list[Sent]] | None]:
    """The texts and the files of a posted page; None for files when it is a plain post."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        return await read_fields(request), None
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise unreadable()
    if int(length) > MAX_UPLOAD:
        raise Refused(413, "Tệp quá lớn", "Mỗi lần gửi tối đa 100 MB. Hãy gửi ít tệp hơn.")
    texts: dict[str, list[str]] = {}
    sent: dict[str, list[Sent]] = {}
    try:
        async with request.form(max_part_size=MAX_BODY) as form:
            for name, value in form.multi_items():
                if isinstance(value, str):
                    texts.setdefault(name, []).append(value)
                elif value.filename:
                    mime = (value.content_type or "application/octet-stream").partition(";")[0]
                    one = Sent(value.filename, mime.strip().lower(), await value.read())
                    sent.setdefault(name, []).append(one)
    except (HTTPException, ValueError) as error:
        raise unreadable() from error
    return texts, sent


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


def unreadable() -> Refused:
    return Refused(
        400,
        "Không đọc được biểu mẫu",
        "Dữ liệu gửi lên không phải của một trang biểu mẫu. Hãy mở lại trang và gửi lại.",
    )
