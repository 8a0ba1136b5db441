"""The application: API, token endpoint, control paths and pages on one state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from email.utils import format_datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from cchc_gforms.local_google import accounts, auth, batching, control, grants
from cchc_gforms.local_google.control import Control
from cchc_gforms.local_google.drive import comments, content, files, uploads
from cchc_gforms.local_google.faults import Dropped
from cchc_gforms.local_google.forms import attached, history, responses, store, uploading
from cchc_gforms.local_google.pages import (
    assets,
    consent,
    editor,
    respond,
    signin,
    spreadsheet,
    start,
)
from cchc_gforms.local_google.router import ApiRequest, ConnectionDropped, Router
from cchc_gforms.local_google.sheets import store as sheets
from cchc_gforms.local_google.state import State

_ROOMS = (
    accounts, auth, files, content, uploads, comments, store, history, responses, attached, sheets,
)  # fmt: skip
TABLES = "".join(room.TABLES for room in _ROOMS)

PAGES = (start, signin, consent, editor, respond, spreadsheet, assets)

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def create_app(state: State, *, strict_answers: bool = False, host: str = "127.0.0.1") -> Starlette:
    """`strict_answers` holds every API answer against the schema too (for tests); `host` is where
    it listens."""
    app = Starlette(
        routes=[
            *(Route(path, _batch, methods=["POST"]) for path in ("/batch", "/batch/{api:path}")),
            *(
                Route(f"/{prefix}/{{rest:path}}", _api, methods=_VERBS)
                for prefix in ("v1", "v4", "drive/v2", "drive/v3", "upload", "resumable")
            ),
            *auth.routes,
            *grants.routes,
            *control.routes,
            *uploading.routes,
            *(route for page in PAGES for route in page.routes),
        ]
    )
    app.add_middleware(_Stamp)
    app.add_middleware(_ThisMachine, host=host)
    app.state.google = state
    app.state.control = Control()
    app.state.router = Router(state, app.state.control, strict_answers=strict_answers)
    return app


async def _api(request: Request) -> Response:
    router: Router = request.app.state.router
    return await _answer(request, router.answer)


async def _batch(request: Request) -> Response:
    router: Router = request.app.state.router
    return await _answer(request, lambda asked: batching.answer(router, asked))


async def _answer(request: Request, answer: Callable[[ApiRequest], Response]) -> Response:
    asked = ApiRequest(
        verb=request.method,
        raw_path=request.scope["raw_path"].decode("ascii"),
        query=request.scope["query_string"].decode("ascii"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=await request.body(),
        base_url=str(request.base_url).rstrip("/"),
    )
    if asked.verb == "GET" and asked.body:
        return PlainTextResponse("Your client has issued a malformed or illegal request.", 400)
    try:
        return answer(_as_meant(asked))
    except ConnectionDropped:
        return Dropped()


def _as_meant(asked: ApiRequest) -> ApiRequest:
    """googleapiclient sends a GET whose address is too long as a POST that says so."""
    if asked.verb != "POST" or asked.headers.get("x-http-method-override", "") != "GET":
        return asked
    return replace(asked, verb="GET", query=asked.body.decode("ascii", "replace"), body=b"")


class _ThisMachine:
    """Refuses a host that is not this machine's own: else a page elsewhere, whose name was made to
    point here, could read all of this with the browser of whoever looks at it (DNS rebinding).
    Where others are let in, the host they are let in at is good too, and addresses are."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http" and not _is_local(
            Request(scope).headers.get("host", ""), self._host
        ):
            app = PlainTextResponse("This server answers to this machine only.", 421)
        await app(scope, receive, send)


def _is_local(asked: str, host: str) -> bool:
    try:
        name = urlsplit(f"//{asked}").hostname or ""
        if name in LOOPBACK or name == host.lower():
            return True
        # A name can be made to point here, an address cannot.
        return host not in LOOPBACK and bool(ip_address(name))
    except ValueError:
        return False


class _Stamp:
    """Every answer carries the local clock in its Date header."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state: State = scope["app"].state.google
        stamp = format_datetime(state.clock.now(), usegmt=True).encode()

        async def stamped(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"date", stamp)]}
            await send(message)

        sender: Callable[[MutableMapping[str, Any]], Awaitable[None]] = stamped
        await self._app(scope, receive, sender)
