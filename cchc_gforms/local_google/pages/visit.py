"""Who may see and answer a form's page: published, open, signed in where asked, let in."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from cchc_gforms.local_google.accounts import signed_in
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.forms import access, attached, store
from cchc_gforms.local_google.forms.attached import Attached
from cchc_gforms.local_google.forms.outline import Outline, outline
from cchc_gforms.local_google.pages.refusal import (
    Elsewhere,
    Refused,
    not_found,
    sign_in_address,
)


@dataclass(frozen=True)
class Visit:
    """A form that may be answered; `email` is the signed-in address, None for a stranger.

    `uploads` are the files that came to the form, by their ids.
    """

    form: store.Form
    outline: Outline
    email: str | None
    uploads: Mapping[str, Attached]


def admit(request: Request, tx: sqlite3.Connection, public_id: str) -> Visit:
    """Lets a visitor in, or raises what they get instead (facts 1.10, 7.4, 8.1).

    A stranger who must sign in is sent to the sign-in page, or answered 401 when posting.
    """
    form = store.by_public_id(tx, public_id)
    file = files.find(tx, form.form_id) if form else None
    if form is None or file is None or file.trashed:
        raise not_found()
    if not form.is_published:
        raise Refused(
            404,
            "Biểu mẫu chưa được xuất bản",
            "Người quản lý chưa xuất bản biểu mẫu này. Hãy liên hệ với người gửi đường liên kết.",
        )
    read = outline(form.resource)
    email = signed_in(request)
    named = read.email == "VERIFIED" or read.takes_files  # facts 3.1
    if email is None and (named or not access.open_to_anyone(tx, form.form_id)):
        raise _sign_in_first(request)
    if not access.may_respond(tx, form.form_id, email):
        raise _not_for_you(request, email or "")
    if not form.is_accepting:
        raise Elsewhere(f"/forms/d/e/{public_id}/closedform")
    return Visit(form, read, email, attached.of_form(tx, form.form_id) if read.takes_files else {})


def _sign_in_first(request: Request) -> Exception:
    form_page = request.url.path.replace("/formResponse", "/viewform")
    here = f"{form_page}?{request.url.query}" if request.url.query else form_page
    if request.method == "POST":
        return Refused(
            401,
            "Cần đăng nhập",
            "Biểu mẫu này chỉ nhận câu trả lời của người đã đăng nhập. Câu trả lời chưa được gửi.",
            sign_in_address(here),
            "Đăng nhập",
        )
    return Elsewhere(sign_in_address(here))


def _not_for_you(request: Request, email: str) -> Refused:
    return Refused(
        403,
        "Bạn không có quyền truy cập",
        f"Biểu mẫu này không mở cho tài khoản {email}. Hãy chuyển sang tài khoản được cấp quyền, "
        "hoặc liên hệ với người gửi đường liên kết.",
        sign_in_address(request.url.path.replace("/formResponse", "/viewform")),
        "Chuyển tài khoản",
    )
