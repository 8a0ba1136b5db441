"""Posts of the spreadsheet page: one change of a person, one transaction, back to the tab."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google.accounts import signed_in
from cchc_gforms.local_google.call import Account, Call
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.errors import ApiError, invalid
from cchc_gforms.local_google.pages.form_body import read_fields
from cchc_gforms.local_google.pages.refusal import (
    Refused,
    from_own_page,
    not_found,
    sign_in_address,
)
from cchc_gforms.local_google.pages.rendering import page
from cchc_gforms.local_google.pages.spreadsheet_actions import ACTIONS, Deed, is_warned, perform
from cchc_gforms.local_google.pages.spreadsheet_address import is_number, read_address
from cchc_gforms.local_google.sheets import a1, store
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.edit import Edit
from cchc_gforms.local_google.sheets.opening import changing, edit_of
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook
from cchc_gforms.local_google.state import State

_SCOPES = frozenset({"https://www.googleapis.com/auth/spreadsheets"})
_PROTECTED = "You are trying to edit a protected cell or object."
_PROTECTED_HERE = (
    "Bạn đang cố gắng chỉnh sửa một ô hoặc đối tượng được bảo vệ. Hãy liên hệ với chủ sở hữu "
    "bảng tính để bỏ bảo vệ nếu bạn cần chỉnh sửa."
)
_NAMES = ("gid", "query", "range", "value", "title", "action", "confirmed")


class _Unconfirmed(Exception):
    """A person is asked first; the text says why."""


async def change(request: Request) -> Response:
    """`action` on the cells `range` of the tab `gid`; then back to `query`.

    What needs a confirmation is answered 409 with a page that asks; posted again with
    `confirmed`, it is done.
    """
    posted = await read_fields(request)
    fields = {name: posted.get(name, [""])[-1] for name in _NAMES}
    state: State = request.app.state.google
    try:
        with state.transaction() as tx:
            call = _call(request, tx, state)
            with changing(call) as workbook:
                gid = _perform(edit_of(call, workbook), fields)
    except _Unconfirmed as question:
        return page(
            request, "spreadsheet_confirm.html", 409,
            fields=fields, question=question, address=request.url.path,
            back=_address(request, fields["query"]),
        )  # fmt: skip
    except ApiError as refused:
        raise _refused(request, refused, fields["query"]) from refused
    file_id = request.path_params["file_id"]
    return RedirectResponse(_back(file_id, fields["query"], gid), status_code=303)


def _call(request: Request, tx: sqlite3.Connection, state: State) -> Call:
    """The person's own call to the API, or a refusal of who may not write."""
    file_id = request.path_params["file_id"]
    me = signed_in(request)
    if not store.exists(tx, file_id):
        raise not_found()
    here = sign_in_address(f"/spreadsheets/d/{file_id}/edit")
    if me is None:
        raise Refused(401, "Cần đăng nhập", "Hãy đăng nhập để chỉnh sửa.", here, "Đăng nhập")
    if files.role_of(tx, file_id, me) not in ("owner", "writer"):
        raise Refused(
            403,
            "Bạn không có quyền chỉnh sửa",
            f"Tài khoản {me} chỉ được xem bảng tính này. Hãy chuyển sang tài khoản có quyền.",
            here,
            "Chuyển tài khoản",
        )
    account = Account(me, "", _SCOPES)
    return Call(state, tx, account, {"spreadsheetId": file_id}, {}, {}, "")


def _perform(edit: Edit, fields: Mapping[str, str]) -> int | None:
    """Does it; answers the tab to go to, None for the first one."""
    name, _, number = fields["action"].partition(":")
    if name not in ACTIONS or not is_number(number or "0") or not is_number(fields["gid"]):
        raise Refused(400, "Không hiểu yêu cầu", "Trang này không gửi yêu cầu như vậy.")
    workbook = edit.workbook
    sheet = workbook.sheet(int(fields["gid"]))
    area = _selected(workbook, sheet, fields["range"])
    text = fields["title"] if name == "rename_tab" else fields["value"]
    deed = Deed(edit, sheet, area, text.replace("\r\n", "\n"), int(number or 0))
    if not fields["confirmed"]:
        _ask_first(name, deed)
    before = {one.sheet_id for one in workbook.sheets}
    perform(name, deed)
    made = [one.sheet_id for one in workbook.sheets if one.sheet_id not in before]
    if made or name == "show_tab":
        return made[0] if made else deed.number
    return None if name in ("delete_tab", "hide_tab") else sheet.sheet_id


def _ask_first(name: str, deed: Deed) -> None:
    """As Google does before a warned range is edited, and before a tab is deleted."""
    if is_warned(name, deed):
        raise _Unconfirmed(
            "Bạn đang chỉnh sửa một phần của trang tính mà người quản lý cảnh báo không nên thay "
            "đổi. Vẫn chỉnh sửa?"
        )
    if name == "delete_tab":
        raise _Unconfirmed(f"Xóa trang tính “{deed.sheet.title}” và mọi dữ liệu trên đó?")


def _selected(workbook: Workbook, sheet: Sheet, text: str) -> Area:
    """The cells of `B5`, `A2:C10`, `B:B` or `5:5`; a merged area is entered by its first cell."""
    span = a1.parse_span(text.strip() or "A1")
    if span is None:
        raise invalid(f"Unable to parse range: {text}")
    _, area = a1.located_exactly(workbook, f"{a1.quoted(sheet.title)}!{text.strip() or 'A1'}")
    if (area.height, area.width) == (1, 1):
        merges = (area_of(sheet, wire) for wire in sheet.resource.get("merges", []))
        return next((one for one in merges if one.holds(area.top, area.left)), area)
    return area


def _refused(request: Request, refused: ApiError, query: str) -> Refused:
    text = refused.message
    if _PROTECTED in text:
        text = f"{_PROTECTED_HERE} (Google: “{text}”)"
    back = _address(request, query)
    return Refused(refused.code, "Không thực hiện được", text, back, "Về bảng tính")


def _address(request: Request, query: str) -> str:
    file_id = request.path_params["file_id"]
    return f"/spreadsheets/d/{file_id}/edit?{read_address(query).query()}"


def _back(file_id: str, query: str, gid: int | None) -> str:
    """The page as it was, on another tab; on the first one without `gid`."""
    asked = replace(read_address(query), gid="" if gid is None else str(gid))
    tab = "" if gid is None else f"#gid={gid}"
    return f"/spreadsheets/d/{file_id}/edit?{asked.query()}{tab}"


routes = [Route("/spreadsheets/d/{file_id}/change", from_own_page(change), methods=["POST"])]
