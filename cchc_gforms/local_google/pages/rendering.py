"""Pages out of templates, every value escaped; and the headers that every page carries."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from cchc_gforms.local_google.accounts import signed_in

_HERE = Path(__file__).parent

# Nothing is run, framed or fetched that is not this server's own; pictures of a form may be.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data: https:; base-uri 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page of a template; it also sees `me`, the signed-in address or None, and `here`."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    text = templates().get_template(template).render(me=signed_in(request), here=here, **context)
    return HTMLResponse(text, status_code=status, headers=_HEADERS)


def message(request: Request, status: int, title: str, text: str, **context: Any) -> HTMLResponse:
    """A page that says one thing. `link` and `link_text` make its one link."""
    links = {"link": "", "link_text": ""} | context
    return page(request, "message.html", status, title=title, text=text, **links)


@cache
def templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = moment
    return environment


def moment(microseconds: int) -> str:
    """A time of the tables (µs since the epoch) as people in Viet Nam write it, UTC+7."""
    at = datetime.fromtimestamp(microseconds // 1_000_000, UTC)
    return at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%d/%m/%Y %H:%M:%S")
