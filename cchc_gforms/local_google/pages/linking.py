"""Linking a form to a response spreadsheet: what no API does and a person does in the editor."""

from __future__ import annotations

import sqlite3

from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.forms import responses, store
from cchc_gforms.local_google.forms.columns import headers
from cchc_gforms.local_google.forms.outline import outline
from cchc_gforms.local_google.pages.refusal import Refused
from cchc_gforms.local_google.sheets import linked
from cchc_gforms.local_google.sheets.store import create_spreadsheet
from cchc_gforms.local_google.state import State


def own_spreadsheets(tx: sqlite3.Connection, email: str) -> list[files.File]:
    """The spreadsheets that this account may write."""
    return [
        file
        for file in files.visible_to(tx, email)
        if file.mime_type == files.SPREADSHEET
        and files.role_of(tx, file.id, email) in ("owner", "writer")
    ]


def link_form(
    state: State, tx: sqlite3.Connection, form: store.Form, email: str, spreadsheet_id: str | None
) -> None:
    """Links the form to this spreadsheet, None for a new one; earlier responses are written too.

    Refuses a form that is linked (409) and a spreadsheet that this account may not write (403).
    """
    if form.linked_spreadsheet_id:
        raise Refused(
            409,
            "Biểu mẫu đã được liên kết",
            "Câu trả lời đang được ghi vào một trang tính. Hãy hủy liên kết trước khi liên kết "
            "lại.",
            f"/forms/d/{form.form_id}/edit?tab=responses",
            "Về trình chỉnh sửa",
        )
    if spreadsheet_id is None:
        spreadsheet_id = _new_spreadsheet(state, tx, form, email)
    elif spreadsheet_id not in {file.id for file in own_spreadsheets(tx, email)}:
        raise Refused(
            403,
            "Không dùng được trang tính này",
            f"Không có trang tính này, hoặc tài khoản {email} không được sửa nó. "
            "Hãy chọn một trang tính trong danh sách.",
            f"/forms/d/{form.form_id}/edit?tab=responses",
            "Về trình chỉnh sửa",
        )
    read = outline(form.resource)
    form.linked_spreadsheet_id = spreadsheet_id
    form.linked_sheet_id = linked.link(
        state,
        tx,
        form_id=form.form_id,
        headers=headers(read),
        spreadsheet_id=spreadsheet_id,
        collects_email=read.email != "DO_NOT_COLLECT",
    )
    store.save_form(tx, form)
    responses.write_all_to_sheet(state, tx, form)


def unlink_form(tx: sqlite3.Connection, form: store.Form) -> None:
    """The tab stays as it is, where it still is; the form keeps its responses, and may be linked
    anew: then a new tab gets all of them (facts 6.7)."""
    if form.linked_spreadsheet_id and form.linked_sheet_id is not None:
        linked.unlink(tx, spreadsheet_id=form.linked_spreadsheet_id, sheet_id=form.linked_sheet_id)
    form.linked_spreadsheet_id = form.linked_sheet_id = None
    store.save_form(tx, form)


def _new_spreadsheet(state: State, tx: sqlite3.Connection, form: store.Form, email: str) -> str:
    """Named and placed as Google does it, in the locale and zone of a person in Viet Nam."""
    name = f"{outline(form.resource).title} (Câu trả lời)"
    file_id = files.create_file(state, tx, mime_type=files.SPREADSHEET, name=name, owner=email)
    create_spreadsheet(
        state, tx, file_id=file_id, title=name, locale="vi_VN", time_zone="Asia/Ho_Chi_Minh",
        sheet_title="Trang tính1",
    )  # fmt: skip
    return file_id
