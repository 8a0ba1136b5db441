"""The start page: the Drive of the signed-in account."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cchc_gforms.local_google.accounts import signed_in
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.pages.refusal import for_people
from cchc_gforms.local_google.pages.rendering import page
from cchc_gforms.local_google.state import State

_GOOGLE = "application/vnd.google-apps."
_KINDS = {
    f"{_GOOGLE}form": ("form", "Biểu mẫu", "/forms/d/{}/edit"),
    f"{_GOOGLE}spreadsheet": ("spreadsheet", "Trang tính", "/spreadsheets/d/{}/edit"),
    f"{_GOOGLE}folder": ("folder", "Thư mục", ""),
}


@dataclass(frozen=True)
class Row:
    kind: str
    kind_name: str
    name: str
    link: str
    owner: str
    modified_us: int


async def show(request: Request) -> Response:
    me = signed_in(request)
    state: State = request.app.state.google
    with state.transaction() as tx:
        mine = files.visible_to(tx, me) if me else []
    return page(request, "start.html", files=[_row(file) for file in mine])


def _row(file: files.File) -> Row:
    kind, kind_name, link = _KINDS.get(file.mime_type, ("file", "Tệp", ""))
    return Row(kind, kind_name, file.name, link.format(file.id), file.owner, file.modified_us)


routes = [Route("/", for_people(show), methods=["GET"])]
