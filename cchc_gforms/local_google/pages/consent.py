"""The consent page of `/o/oauth2/auth`: which account, and whether the app may (installed apps)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google import accounts, auth
from cchc_gforms.local_google.accounts import signed_in
from cchc_gforms.local_google.pages.form_body import read_fields
from cchc_gforms.local_google.pages.refusal import Refused, for_people, from_own_page
from cchc_gforms.local_google.pages.rendering import page
from cchc_gforms.local_google.state import State

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_PREFIX = "https://www.googleapis.com/auth/"
_SCOPES = {
    "drive.file": "Xem và sửa các tệp mà ứng dụng này tạo ra",
    "drive": "Xem, sửa và xóa mọi tệp trên Drive",
    "drive.readonly": "Xem mọi tệp trên Drive",
    "drive.metadata.readonly": "Xem thông tin của các tệp trên Drive",
    "forms.body": "Xem và sửa các biểu mẫu",
    "forms.body.readonly": "Xem các biểu mẫu",
    "forms.responses.readonly": "Xem câu trả lời của các biểu mẫu",
    "spreadsheets": "Xem và sửa các trang tính",
    "spreadsheets.readonly": "Xem các trang tính",
}


@dataclass(frozen=True)
class Scope:
    name: str

    @property
    def text(self) -> str:
        return _SCOPES.get(self.name.removeprefix(_PREFIX), "Quyền khác")


@dataclass(frozen=True)
class Wanted:
    """What an app asks for; only a loopback address gets the answer."""

    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None
    challenge: str | None
    challenge_method: str | None

    def answer(self, **parameters: str) -> str:
        """The redirect address with these parameters and the app's own `state`."""
        if self.state is not None:
            parameters["state"] = self.state
        mark = "&" if urlsplit(self.redirect_uri).query else "?"
        return self.redirect_uri + mark + urlencode(parameters)


async def ask(request: Request) -> Response:
    wanted = _wanted(request)
    state: State = request.app.state.google
    with state.transaction() as tx:
        return _page(request, tx, wanted)


async def decide(request: Request) -> Response:
    """Sends the browser back to the app with a code for the chosen account, or with a refusal."""
    wanted = _wanted(request)
    fields = await read_fields(request)
    if "allow" not in fields:
        return RedirectResponse(wanted.answer(error="access_denied"), status_code=303)
    email = fields.get("email", [""])[0]
    state: State = request.app.state.google
    with state.transaction() as tx:
        if email not in {account.email for account in accounts.known(tx)}:
            return _page(request, tx, wanted, status=400)
        code = auth.issue_code(
            state,
            tx,
            client_id=wanted.client_id,
            email=email,
            scopes=wanted.scopes,
            redirect_uri=wanted.redirect_uri,
            challenge=wanted.challenge,
            challenge_method=wanted.challenge_method,
        )
    answer = wanted.answer(code=code, scope=" ".join(wanted.scopes))
    return RedirectResponse(answer, status_code=303)


def _page(request: Request, tx: sqlite3.Connection, wanted: Wanted, status: int = 200) -> Response:
    known = accounts.known(tx)
    return page(
        request,
        "consent.html",
        status,
        client=wanted.client_id,
        scopes=[Scope(name) for name in wanted.scopes],
        accounts=known,
        chosen=signed_in(request) or known[0].email,
        fault="Hãy chọn một tài khoản." if status == 400 else "",
    )


def _wanted(request: Request) -> Wanted:
    """Reads the query; refuses what could send a code to another machine."""
    query = request.query_params
    fine = (
        query.get("response_type") == "code"
        and query.get("client_id")
        and query.get("scope", "").split()
        and _is_loopback(query.get("redirect_uri", ""))
        and ("code_challenge" not in query or query.get("code_challenge_method") == "S256")
    )
    if not fine:
        raise Refused(
            400,
            "Yêu cầu truy cập không hợp lệ",
            "Ứng dụng phải gửi response_type=code, client_id, scope và redirect_uri trên máy này "
            "(http://127.0.0.1 hoặc http://localhost); mã PKCE, nếu có, theo S256. "
            "Hãy chạy lại lệnh đăng nhập của ứng dụng.",
        )
    return Wanted(
        client_id=query["client_id"],
        redirect_uri=query["redirect_uri"],
        scopes=tuple(query["scope"].split()),
        state=query.get("state"),
        challenge=query.get("code_challenge"),
        challenge_method=query.get("code_challenge_method"),
    )


def _is_loopback(address: str) -> bool:
    try:
        target = urlsplit(address)
    except ValueError:
        return False
    return target.scheme == "http" and target.hostname in _LOOPBACK


routes = [
    Route("/o/oauth2/auth", for_people(ask), methods=["GET"]),
    Route("/o/oauth2/auth", from_own_page(decide), methods=["POST"]),
]
