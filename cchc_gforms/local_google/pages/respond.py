"""The form as those who answer it see it: `viewform`, `formResponse`, `closedform` (facts 7)."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cchc_gforms.local_google.forms import attached, responses, store
from cchc_gforms.local_google.pages.entries import Entry, part_names
from cchc_gforms.local_google.pages.form_body import read_page, read_query, unreadable
from cchc_gforms.local_google.pages.journey import may_go_on, next_section, on_the_way
from cchc_gforms.local_google.pages.received import NAMES, accept, size_text, with_files
from cchc_gforms.local_google.pages.refusal import Elsewhere, Refused, for_people, not_found
from cchc_gforms.local_google.pages.rendering import message, page
from cchc_gforms.local_google.pages.reply import (
    EMAIL_FIELD,
    Action,
    BadPost,
    Checked,
    Reply,
    check,
    is_address,
    partial_response,
    read_answers,
    read_link,
    read_post,
)
from cchc_gforms.local_google.pages.visit import Visit, admit
from cchc_gforms.local_google.state import State

CONFIRMATION = "Câu trả lời của bạn đã được ghi lại."


async def show(request: Request) -> Response:
    """The first page: blank, prefilled by the link, or an earlier response to be edited."""
    state: State = request.app.state.google
    with state.transaction() as tx:
        visit = admit(request, tx, request.path_params["public_id"])
        edit_id = request.query_params.get("edit2")
        if edit_id is None:
            reply = read_link(visit.outline, read_query(request))
        else:
            earlier = _earlier(tx, visit, edit_id)
            reply = read_answers(visit.outline, earlier.answers, earlier.email or "")
    return _form_page(request, visit, replace(reply, fbzx=str(secrets.randbits(63))))


async def take(request: Request) -> Response:
    """A posted page: back, on to the next one, or submitted (200; 400 when something is wrong)."""
    fields, sent = await read_page(request)
    state: State = request.app.state.google
    with state.transaction() as tx:
        visit = admit(request, tx, request.path_params["public_id"])
        if (sent is not None) != visit.outline.takes_files:
            raise unreadable()
        edit_id = request.query_params.get("edit2")
        if edit_id is not None:
            _earlier(tx, visit, edit_id)
        try:
            reply = read_post(visit.outline, fields)
            reply, faults = with_files(state, tx, visit, reply, sent or {})
        except BadPost as bad:
            raise _bad_post() from bad
        if sent:
            visit = replace(visit, uploads=attached.of_form(tx, visit.form.form_id))
        if faults and reply.action is not Action.BACK:
            return _form_page(request, visit, reply, faults)
        shown = _turn_page(request, visit, reply)
        if shown is not None:
            return shown
        checked = _check(visit, reply, reply.history)
        if checked.faults:
            return _faulty_page(request, visit, reply, checked.faults)
        email = {"VERIFIED": visit.email, "RESPONDER_INPUT": reply.email}.get(visit.outline.email)
        done = responses.submit(
            state, tx, visit.form, answers=checked.answers, email=email, edit_id=edit_id
        )
    return _confirmation(request, visit, done.edit_id)


async def again(request: Request) -> Response:
    """`formResponse` without a post, as after signing in: back to the form."""
    query = f"?{request.url.query}" if request.url.query else ""
    raise Elsewhere(request.url.path.replace("/formResponse", "/viewform") + query)


async def closed(request: Request) -> Response:
    state: State = request.app.state.google
    with state.transaction() as tx:
        form = store.by_public_id(tx, request.path_params["public_id"])
    if form is None:
        raise not_found()
    if form.is_accepting or not form.is_published:
        raise Elsewhere(f"/forms/d/e/{form.public_id}/viewform")
    title = form.resource.get("info", {}).get("title") or "Biểu mẫu"
    text = f"Biểu mẫu “{title}” không còn nhận câu trả lời. Hãy liên hệ với chủ sở hữu biểu mẫu."
    return message(request, 200, title, form.closed_message or text)


async def by_form_id(request: Request) -> Response:
    """`/forms/d/{formId}/viewform` leads to the public address (facts 7.1)."""
    state: State = request.app.state.google
    with state.transaction() as tx:
        form = store.find_form(tx, request.path_params["form_id"])
    if form is None:
        raise not_found()
    query = f"?{request.url.query}" if request.url.query else ""
    raise Elsewhere(f"/forms/d/e/{form.public_id}/viewform{query}")


def _turn_page(request: Request, visit: Visit, reply: Reply) -> Response | None:
    """The page before or after, where the post asks for one; None: it is to be submitted."""
    form, here = visit.outline, reply.history[-1]
    if reply.action is Action.BACK:
        return _form_page(request, visit, replace(reply, history=reply.history[:-1] or (0,)))
    if reply.action is Action.SUBMIT:
        return None
    checked = _check(visit, reply, (here,))
    if checked.faults:
        return _form_page(request, visit, reply, checked.faults)
    following = next_section(form, here, checked.answers)
    if following is None:
        return None
    return _form_page(request, visit, replace(reply, history=(*reply.history, following)))


def _check(visit: Visit, reply: Reply, history: tuple[int, ...]) -> Checked:
    """Answers and faults of these sections; a typed address belongs to the first."""
    checked = check(on_the_way(visit.outline, history), reply.entries)
    typed = visit.outline.email == "RESPONDER_INPUT" and 0 in history
    if typed and not is_address(reply.email):
        checked.faults[EMAIL_FIELD] = "Hãy nhập một địa chỉ email hợp lệ."
    return checked


def _faulty_page(
    request: Request, visit: Visit, reply: Reply, faults: Mapping[str, str]
) -> Response:
    """The first of the visited sections with a fault, as if just come to."""

    def faulty(index: int) -> bool:
        ids = {question.id for question in visit.outline.sections[index].questions()}
        return bool(faults.keys() & ids) or (index == 0 and EMAIL_FIELD in faults)

    at = next(at for at, index in enumerate(reply.history) if faulty(index))
    return _form_page(request, visit, replace(reply, history=reply.history[: at + 1]), faults)


def _form_page(
    request: Request, visit: Visit, reply: Reply, faults: Mapping[str, str] | None = None
) -> Response:
    """One section. Any fault makes it a 400."""
    number = reply.history[-1]
    edit_id = request.query_params.get("edit2")
    address = f"/forms/d/e/{visit.form.public_id}"
    editing = f"?{urlencode({'edit2': edit_id})}" if edit_id else ""
    return page(
        request,
        "form.html",
        400 if faults else 200,
        form=visit.outline,
        section=visit.outline.sections[number],
        number=number,
        last=not may_go_on(visit.outline, number),
        reply=reply,
        faults=faults or {},
        partial=partial_response(visit.outline, reply),
        action=f"{address}/formResponse{editing}",
        form_page=f"{address}/viewform{editing}",
        blank=Entry(),
        part_names=part_names,
        uploads=visit.uploads,
        type_names=NAMES,
        accept=accept,
        size_text=size_text,
    )


def _confirmation(request: Request, visit: Visit, edit_id: str) -> Response:
    address = f"/forms/d/e/{visit.form.public_id}/viewform?"
    editing = urlencode({"usp": "form_confirm", "edit2": edit_id})
    return page(
        request,
        "confirmation.html",
        form=visit.outline,
        text=visit.form.confirmation_message or CONFIRMATION,
        edit_link=address + editing if visit.form.allow_edits else "",
        again_link=address + "usp=form_confirm",
    )


def _earlier(tx: sqlite3.Connection, visit: Visit, edit_id: str) -> responses.Response:
    """The response that an edit link names. A verified one opens to its own sender only."""
    found = responses.by_edit_id(tx, visit.form.form_id, edit_id)
    if found is None or not visit.form.allow_edits:
        raise Refused(
            404,
            "Không thể chỉnh sửa câu trả lời",
            "Đường liên kết chỉnh sửa không đúng, hoặc biểu mẫu không còn cho phép chỉnh sửa.",
        )
    if visit.outline.email == "VERIFIED" and found.email != visit.email:
        raise Refused(
            403,
            "Không thể chỉnh sửa câu trả lời",
            "Câu trả lời này do một tài khoản khác gửi. Hãy đăng nhập bằng tài khoản đó.",
        )
    return found


def _bad_post() -> Refused:
    return Refused(
        400,
        "Không gửi được câu trả lời",
        "Dữ liệu của trang biểu mẫu không đúng. Hãy mở lại biểu mẫu và trả lời lại.",
    )


_PUBLIC = "/forms/d/e/{public_id}"

routes = [
    Route(f"{_PUBLIC}/viewform", for_people(show), methods=["GET"]),
    Route(f"{_PUBLIC}/formResponse", for_people(again), methods=["GET"]),
    Route(f"{_PUBLIC}/formResponse", for_people(take), methods=["POST"]),
    Route(f"{_PUBLIC}/closedform", for_people(closed), methods=["GET"]),
    Route("/forms/d/{form_id}/viewform", for_people(by_form_id), methods=["GET"]),
]
