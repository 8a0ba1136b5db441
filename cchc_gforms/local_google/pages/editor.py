"""The form editor as far as the local Google has one: questions to read, responses, settings."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google.accounts import signed_in
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.forms import attached, responses, store, uploading
from cchc_gforms.local_google.forms.columns import headers
from cchc_gforms.local_google.forms.outline import Kind, outline
from cchc_gforms.local_google.pages.form_body import read_fields
from cchc_gforms.local_google.pages.linking import link_form, own_spreadsheets, unlink_form
from cchc_gforms.local_google.pages.refusal import (
    Elsewhere,
    Refused,
    for_people,
    from_own_page,
    not_found,
    sign_in_address,
)
from cchc_gforms.local_google.pages.rendering import page
from cchc_gforms.local_google.pages.respond import CONFIRMATION
from cchc_gforms.local_google.state import State

_TABS = {"questions": "Câu hỏi", "responses": "Câu trả lời", "settings": "Cài đặt"}
_PUBLISH = {
    "no": "Chưa xuất bản",
    "open": "Đã xuất bản, đang nhận câu trả lời",
    "closed": "Đã xuất bản, ngừng nhận câu trả lời",
}
_KIND_NAMES = {
    Kind.SHORT_TEXT: "Trả lời ngắn",
    Kind.PARAGRAPH: "Đoạn văn",
    Kind.RADIO: "Trắc nghiệm",
    Kind.CHECKBOX: "Hộp kiểm",
    Kind.DROP_DOWN: "Menu thả xuống",
    Kind.SCALE: "Phạm vi tuyến tính",
    Kind.RATING: "Điểm xếp hạng",
    Kind.DATE: "Ngày",
    Kind.TIME: "Giờ",
    Kind.DURATION: "Thời lượng",
    Kind.FILE: "Tải tệp lên",
}
_EMAIL_NAMES = {
    "DO_NOT_COLLECT": "không thu thập",
    "VERIFIED": "đã xác minh (người trả lời phải đăng nhập)",
    "RESPONDER_INPUT": "do người trả lời nhập",
}


async def show(request: Request) -> Response:
    """One tab of the editor (`tab`), for those who may write the form."""
    state: State = request.app.state.google
    tab = request.query_params.get("tab", "")
    with state.transaction() as tx:
        form, me = own_form(request, tx)
        sheet = files.find(tx, form.linked_spreadsheet_id or "")
        listed = responses.listed(tx, form.form_id)
        context: dict[str, Any] = {
            "responses": listed,
            "answers": _answers(form, listed, attached.of_form(tx, form.form_id)),
            "linked": sheet and {"link": _sheet_address(form), "name": sheet.name},
            "spreadsheets": [] if sheet else own_spreadsheets(tx, me),
        }
    return page(
        request,
        "editor.html",
        settings=form,
        form=outline(form.resource),
        publish_states=_PUBLISH.items(),
        publish_state=_state(form),
        responder=f"{request.base_url}forms/d/e/{form.public_id}/viewform",
        tabs=_TABS.items(),
        tab=tab if tab in _TABS else "questions",
        kind_names=_KIND_NAMES,
        email_names=_EMAIL_NAMES,
        default_confirmation=CONFIRMATION,
        **context,
    )


async def change(request: Request) -> Response:
    """Sets what is posted of `publish` (no, open, closed), `allow_edits` (1 or 0) and messages."""
    fields = await read_fields(request)
    state: State = request.app.state.google
    with state.transaction() as tx:
        form, _ = own_form(request, tx)
        if "publish" in fields:
            form.is_published = fields["publish"][-1] in ("open", "closed")
            form.is_accepting = fields["publish"][-1] == "open"
        if "allow_edits" in fields:
            form.allow_edits = fields["allow_edits"][-1] == "1"
        for name in ("confirmation_message", "closed_message"):
            if name in fields:
                setattr(form, name, fields[name][0].replace("\r\n", "\n").strip())
        store.save_form(tx, form)
    return RedirectResponse(f"/forms/d/{form.form_id}/edit?tab=settings", status_code=303)


async def link(request: Request) -> Response:
    """Links the form to `spreadsheet`, an id or `new`."""
    target = (await read_fields(request)).get("spreadsheet", [""])[0]
    state: State = request.app.state.google
    with state.transaction() as tx:
        form, me = own_form(request, tx)
        link_form(state, tx, form, me, None if target == "new" else target)
    return RedirectResponse(f"/forms/d/{form.form_id}/edit?tab=responses", status_code=303)


async def restore(request: Request) -> Response:
    """Gives the upload questions of a copied form their folders again (facts 3.1)."""
    state: State = request.app.state.google
    with state.transaction() as tx:
        form, _ = own_form(request, tx)
        uploading.restore(state, tx, form.form_id)
    return RedirectResponse(f"/forms/d/{form.form_id}/edit", status_code=303)


async def unlink(request: Request) -> Response:
    """The form writes into no spreadsheet from now on."""
    state: State = request.app.state.google
    with state.transaction() as tx:
        form, _ = own_form(request, tx)
        unlink_form(tx, form)
    return RedirectResponse(f"/forms/d/{form.form_id}/edit?tab=responses", status_code=303)


async def delete_response(request: Request) -> Response:
    """Deletes `response`, an id; no call of the API does (facts 3)."""
    id = (await read_fields(request)).get("response", [""])[0]
    state: State = request.app.state.google
    with state.transaction() as tx:
        form, _ = own_form(request, tx)
        if not responses.delete(tx, form.form_id, id):
            raise not_found()
    return RedirectResponse(f"/forms/d/{form.form_id}/edit?tab=responses", status_code=303)


def own_form(request: Request, tx: sqlite3.Connection) -> tuple[store.Form, str]:
    """The form of the address and the visitor, who may write it; or raises what they get."""
    form_id = request.path_params["form_id"]
    me = signed_in(request)
    file, form = files.find(tx, form_id), store.find_form(tx, form_id)
    if form is None or file is None or file.trashed:
        raise not_found()
    address = sign_in_address(f"/forms/d/{form_id}/edit")
    if me is None:
        if request.method == "GET":
            raise Elsewhere(address)
        raise Refused(401, "Cần đăng nhập", "Hãy đăng nhập để sửa.", address, "Đăng nhập")
    if files.role_of(tx, form_id, me) not in ("owner", "writer"):
        raise Refused(
            403,
            "Bạn không có quyền chỉnh sửa",
            f"Tài khoản {me} không được sửa biểu mẫu này. Hãy chuyển sang tài khoản có quyền.",
            address,
            "Chuyển tài khoản",
        )
    return form, me


def _answers(
    form: store.Form,
    listed: Sequence[responses.Response],
    uploads: Mapping[str, attached.Attached],
) -> dict[str, list[tuple[str, str]]]:
    """By response id: titles of the questions that were answered, and the answers as one text."""
    titles = {header.question_id: header.title for header in headers(outline(form.resource))}
    return {
        one.id: [
            (titles[id], ", ".join(_shown(id, values, uploads)))
            for id, values in one.answers.items()
            if id in titles
        ]
        for one in listed
    }


def _shown(
    id: str, values: Sequence[str], uploads: Mapping[str, attached.Attached]
) -> Sequence[str]:
    return [one.name for one in attached.chosen(id, values, uploads)] or values


def _state(form: store.Form) -> str:
    if not form.is_published:
        return "no"
    return "open" if form.is_accepting else "closed"


def _sheet_address(form: store.Form) -> str:
    return f"/spreadsheets/d/{form.linked_spreadsheet_id}/edit#gid={form.linked_sheet_id}"


routes = [
    Route("/forms/d/{form_id}/edit", for_people(show), methods=["GET"]),
    Route("/forms/d/{form_id}/restore", from_own_page(restore), methods=["POST"]),
    Route("/forms/d/{form_id}/link", from_own_page(link), methods=["POST"]),
    Route("/forms/d/{form_id}/unlink", from_own_page(unlink), methods=["POST"]),
    Route("/forms/d/{form_id}/delete_response", from_own_page(delete_response), methods=["POST"]),
    Route("/forms/d/{form_id}/settings", from_own_page(change), methods=["POST"]),
]
