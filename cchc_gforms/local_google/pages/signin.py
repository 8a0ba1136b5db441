"""The sign-in page: an address is chosen or typed, and believed, because all of this is local."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google import accounts
from cchc_gforms.local_google.pages.form_body import read_fields
from cchc_gforms.local_google.pages.origin import local_path
from cchc_gforms.local_google.pages.refusal import for_people, from_own_page
from cchc_gforms.local_google.pages.rendering import page
from cchc_gforms.local_google.pages.reply import is_address
from cchc_gforms.local_google.state import State


async def ask(request: Request) -> Response:
    return _page(request, request.query_params.get("continue", "/"))


async def enter(request: Request) -> Response:
    """Signs in as `email` and goes on to `continue`, which can only be a path of this server."""
    fields = await read_fields(request)
    target = fields.get("continue", ["/"])[0]
    email = fields.get("email", [""])[0].strip().lower()
    if not is_address(email):
        return _page(request, target, typed=email, status=400)
    state: State = request.app.state.google
    with state.transaction() as tx:
        accounts.account(tx, email)
    response = RedirectResponse(local_path(target), status_code=303)
    accounts.sign_in(response, email)
    return response


async def leave(request: Request) -> Response:
    fields = await read_fields(request)
    response = RedirectResponse(local_path(fields.get("continue", ["/"])[0]), status_code=303)
    accounts.sign_out(response)
    return response


def _page(request: Request, target: str, typed: str = "", status: int = 200) -> Response:
    state: State = request.app.state.google
    with state.transaction() as tx:
        known = accounts.known(tx)
    fault = "Hãy nhập một địa chỉ email, ví dụ mau01@truong.example." if status == 400 else ""
    return page(
        request,
        "signin.html",
        status,
        accounts=known,
        target=local_path(target),
        typed=typed,
        fault=fault,
    )


routes = [
    Route("/signin", for_people(ask), methods=["GET"]),
    Route("/signin", from_own_page(enter), methods=["POST"]),
    Route("/signout", from_own_page(leave), methods=["POST"]),
]
