"""Files that come with a posted page: held against their question, then kept in the Drive."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cchc_gforms.local_google.errors import ApiError
from cchc_gforms.local_google.forms import attached
from cchc_gforms.local_google.forms.attached import Sent
from cchc_gforms.local_google.forms.outline import Kind, Question, Upload
from cchc_gforms.local_google.pages.entries import Entry, NotAnAnswer
from cchc_gforms.local_google.pages.reply import BadPost, Reply
from cchc_gforms.local_google.pages.visit import Visit
from cchc_gforms.local_google.state import State

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_TYPES = {
    "PDF": ("application/pdf",),
    "IMAGE": ("image/",),
    "VIDEO": ("video/",),
    "AUDIO": ("audio/",),
    "DRAWING": ("image/svg+xml", f"{_ODF}graphics"),
    "DOCUMENT": (
        "application/msword", f"{_OFFICE}wordprocessingml.", f"{_ODF}text", "application/rtf",
        "text/plain",
    ),
    "SPREADSHEET": (
        "application/vnd.ms-excel", f"{_OFFICE}spreadsheetml.", f"{_ODF}spreadsheet", "text/csv",
    ),
    "PRESENTATION": (
        "application/vnd.ms-powerpoint", f"{_OFFICE}presentationml.", f"{_ODF}presentation",
    ),
}  # fmt: skip
"""How the types of files begin, by what a question takes."""

NAMES = {
    "ANY": "mọi loại tệp",
    "PDF": "PDF",
    "IMAGE": "hình ảnh",
    "VIDEO": "video",
    "AUDIO": "âm thanh",
    "DRAWING": "bản vẽ",
    "DOCUMENT": "văn bản",
    "SPREADSHEET": "bảng tính",
    "PRESENTATION": "bản trình bày",
}


def with_files(
    state: State,
    tx: sqlite3.Connection,
    visit: Visit,
    reply: Reply,
    sent: Mapping[str, Sequence[Sent]],
) -> tuple[Reply, dict[str, str]]:
    """The reply with the ids of what was uploaded, and faults by question id; of a question with a
    fault nothing is kept. Raises `BadPost` for files that nobody uploaded there."""
    if not visit.outline.takes_files:
        return reply, {}
    entries, faults = dict(reply.entries), {}
    known = attached.of_form(tx, visit.form.form_id)
    for question in visit.outline.questions():
        if question.kind is not Kind.FILE:
            continue
        before = [id for id in entries.pop(question.id, Entry()).values if id]
        theirs = attached.chosen(question.id, before, known)
        if len(theirs) < len(before) or any(one.email != visit.email for one in theirs):
            raise BadPost("a file of somebody else")
        try:
            after = _kept(state, tx, visit, question, before, sent.get(question.entry, ()))
        except NotAnAnswer as fault:
            faults[question.id], after = str(fault), before
        if after:
            entries[question.id] = Entry(tuple(after))
    return replace(reply, entries=entries), faults


def accept(upload: Upload) -> str:
    """For the file box of the page; empty takes all."""
    kinds = [kind for name in upload.types for kind in _TYPES.get(name, ())]
    whole = [f"{kind}*" if kind.endswith("/") else kind for kind in kinds if kind[-1] != "."]
    # What only begins a type cannot be named to a browser: then it offers everything.
    return ",".join(whole) if len(whole) == len(kinds) and "ANY" not in upload.types else ""


def _kept(
    state: State,
    tx: sqlite3.Connection,
    visit: Visit,
    question: Question,
    before: Sequence[str],
    sent: Sequence[Sent],
) -> list[str]:
    """The ids after what came was stored; all of it or, with a fault, nothing."""
    if not sent:
        return list(before)
    upload, email = question.upload, visit.email
    assert upload is not None
    assert email is not None
    if not attached.has_folder(tx, question):
        raise NotAnAnswer("Câu hỏi này chưa nhận tệp. Hãy báo cho người quản lý biểu mẫu.")
    if len(before) + len(sent) > upload.most:
        raise NotAnAnswer(f"Chỉ được tải lên tối đa {upload.most} tệp.")
    for one in sent:
        _check(upload, one)
    try:
        new = [attached.store(state, tx, visit.form, question, one, email) for one in sent]
    except ApiError as refused:
        raise NotAnAnswer("Bộ nhớ của chủ biểu mẫu không nhận thêm tệp.") from refused
    return [*before, *new]


def _check(upload: Upload, sent: Sent) -> None:
    if len(sent.content) > upload.most_bytes:
        raise NotAnAnswer(f"Tệp “{sent.name}” lớn hơn {size_text(upload.most_bytes)}.")
    begins = tuple(kind for name in upload.types for kind in _TYPES.get(name, ()))
    if "ANY" not in upload.types and not sent.mime_type.startswith(begins):
        names = ", ".join(NAMES[name] for name in upload.types)
        raise NotAnAnswer(f"Tệp “{sent.name}” không thuộc loại được nhận: {names}.")


def size_text(size: int) -> str:
    """As a person reads it, in powers of 1024 like Google's."""
    for unit, each in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= each:
            return f"{size / each:.4g} {unit}".replace(".", ",")
    return f"{size} B"
