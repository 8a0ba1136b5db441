"""Ways out of a page's handler: a page that says no, or another address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cchc_gforms.local_google.pages.origin import same_origin
from cchc_gforms.local_google.pages.rendering import message

Handler = Callable[[Request], Awaitable[Response]]


class Refused(Exception):
    """Shown as a page of this status. `link` is where the person may go instead."""

    def __init__(
        self, status: int, title: str, text: str, link: str = "", link_text: str = ""
    ) -> None:
        super().__init__(title)
        self.status, self.title, self.text = status, title, text
        self.link, self.link_text = link, link_text


class Elsewhere(Exception):
    """The answer is at another address of this server."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def for_people(handler: Handler) -> Handler:
    """Turns what `handler` raises into a page or a redirect. Nothing it did is kept."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as no:
            return message(
                request, no.status, no.title, no.text, link=no.link, link_text=no.link_text
            )
        except Elsewhere as other:
            return RedirectResponse(other.address, status_code=302)

    return answer


def from_own_page(handler: Handler) -> Handler:
    """`for_people`, and refuses what a page of another site posts (CSRF)."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        if not same_origin(request):
            raise Refused(
                403,
                "Yêu cầu bị từ chối",
                "Yêu cầu này đến từ trang khác. Hãy mở lại trang trên Google cục bộ và thử lại.",
            )
        return await handler(request)

    return for_people(answer)


def sign_in_address(here: str) -> str:
    """Where somebody signs in to come back `here`, a path of this server."""
    return f"/signin?{urlencode({'continue': here})}"


def not_found() -> Refused:
    return Refused(
        404,
        "Không tìm thấy trang",
        "Địa chỉ này không có trên Google cục bộ. Hãy kiểm tra lại đường liên kết.",
        "/",
        "Về trang đầu",
    )
