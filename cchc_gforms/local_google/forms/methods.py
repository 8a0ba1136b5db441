"""The methods of the Forms API v1."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from cchc_gforms.local_google import paging
from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.errors import ApiError, invalid, not_found
from cchc_gforms.local_google.forms import attached, batch, columns, history, responses, store
from cchc_gforms.local_google.forms.around import one_line
from cchc_gforms.local_google.times import to_us

_ONLY_TITLE = (
    "Only info.title can be set when creating a form. "
    "To add items and change settings, use batchUpdate."
)
_FILTER = re.compile(
    r"\s*timestamp\s*(?P<operator>>=|>)\s*"
    r"(?P<second>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(\.(?P<fraction>[0-9]{1,9}))?Z\s*"
)
"""A time in UTC, to the nanosecond (facts 4.1)."""

_MOST = 5000
_SHORT = 2


def create(call: Call) -> dict[str, Any]:
    """Title and document title only (facts 1.1–1.3); unpublished whatever is asked (1.7)."""
    info = call.body.get("info") or {}
    if set(call.body) - {"info"} or set(info) - {"title", "documentTitle"}:
        raise invalid(_ONLY_TITLE)
    title = info.get("title")
    if not title:
        raise invalid("info.title was not provided")
    one_line(title)
    name = info.get("documentTitle") or "Untitled form"
    if files.lacks_storage(call.state, call.tx, call.account.email):
        raise ApiError("INTERNAL", "Internal error")  # facts 8.4
    form_id = files.create_file(
        call.state,
        call.tx,
        mime_type=files.FORM,
        name=name,
        owner=call.account.email,
        client_id=call.account.client_id,
    )
    form = store.create_form(call.state, call.tx, form_id=form_id, title=title, document_title=name)
    return form.wire(call.base_url)


def get(call: Call) -> dict[str, Any]:
    return _form(call, "reader").wire(call.base_url)


def batch_update(call: Call) -> dict[str, Any]:
    form, now = _form(call, "writer"), to_us(call.now)
    history.keep(call.tx, form, now)
    replies = batch.run(
        form,
        call.body,
        call.state.ids,
        lambda revision_id: history.recall(call.tx, form.form_id, revision_id, now),
    )
    store.save_form(call.tx, form)
    columns.refresh(call.tx, form)
    files.touch(call.state, call.tx, form.form_id)
    answer: dict[str, Any] = {}
    if call.body.get("includeFormInResponse"):
        answer["form"] = form.wire(call.base_url)
    return {
        **answer,
        "replies": replies,
        "writeControl": {"requiredRevisionId": form.revision_id},
    }


def set_publish_settings(call: Call) -> dict[str, Any]:
    """Does not change the revision (facts 2.3)."""
    form = _form(call, "writer")
    mask = call.body.get("updateMask")
    if mask not in (None, "", "*", "publishState", "publish_state"):
        raise invalid(f"Invalid update mask: {mask}")
    state = (call.body.get("publishSettings") or {}).get("publishState")
    if state is None:
        raise invalid("publish_settings.publish_state is required")
    published = bool(state.get("isPublished"))
    accepting = bool(state.get("isAcceptingResponses"))
    if accepting and not published:
        raise invalid("A form that is not published cannot accept responses.")
    form.is_published, form.is_accepting = published, accepting
    store.save_form(call.tx, form)
    return {"formId": form.form_id, "publishSettings": form.publish_settings()}


def get_response(call: Call) -> dict[str, Any]:
    form = _form(call, "writer")
    found = responses.find(call.tx, form.form_id, call.path["responseId"])
    if found is None:
        raise not_found()
    return found.wire(form, attached.of_form(call.tx, form.form_id), with_form_id=True)


def list_responses(call: Call) -> dict[str, Any]:
    """Newest first, as others saw it; no order is promised (facts 4.5), and the switch takes care
    that there is none. Empty is `{}` (4.4).

    A page token is good for the same form and filter only (4.3).
    """
    form, wanted = _form(call, "writer"), call.one("filter")
    passes = _filter(wanted, by_creation=call.state.switches.filter_by_creation)
    found = [one for one in reversed(responses.listed(call.tx, form.form_id)) if passes(one)]
    if call.state.switches.scrambled_responses:
        found.sort(key=lambda one: hashlib.sha256(one.id.encode()).digest())
    size = call.number("pageSize", 0)
    if size < 0:
        raise invalid("page_size must not be negative")
    size = min(size or _MOST, _SHORT if call.state.switches.short_pages else _MOST)
    start = paging.start(call.one("pageToken"), form.form_id, wanted)
    if start is None:
        raise invalid("Invalid page token.")
    uploads = attached.of_form(call.tx, form.form_id)
    page = [one.wire(form, uploads, with_form_id=False) for one in found[start : start + size]]
    answer: dict[str, Any] = {"responses": page} if page else {}
    if start + size < len(found):
        answer["nextPageToken"] = paging.token(start + size, form.form_id, wanted)
    return answer


def _filter(text: str, *, by_creation: bool) -> Callable[[responses.Response], bool]:
    """The time that is compared is that of the last submission (facts 4.2: the assumption), or by a
    switch of the first."""
    if not text:
        return lambda _: True
    parts = _FILTER.fullmatch(text)
    if parts is None:
        raise invalid(f"Invalid filter: {text}")
    try:
        second = to_us(datetime.fromisoformat(f"{parts['second']}Z")) * 1000
    except ValueError:
        raise invalid(f"Invalid filter: {text}") from None
    bound = second + int((parts["fraction"] or "").ljust(9, "0"))
    least = bound if parts["operator"] == ">=" else bound + 1
    if by_creation:
        return lambda one: one.created_us * 1000 >= least
    return lambda one: one.submitted_us * 1000 >= least


def _form(call: Call, role: Literal["reader", "writer"]) -> store.Form:
    """Answers are for editors only (facts 8.6)."""
    form_id = call.path["formId"]
    files.require_for(call.tx, form_id, call.account, role)
    return store.load_form(call.tx, form_id)


METHODS: dict[str, Handler] = {
    "forms.forms.create": create,
    "forms.forms.get": get,
    "forms.forms.batchUpdate": batch_update,
    "forms.forms.setPublishSettings": set_publish_settings,
    "forms.forms.responses.get": get_response,
    "forms.forms.responses.list": list_responses,
}
_ANSWERS = "no grades by people, no feedback in grades"
PARTLY = {"forms.forms.responses.get": _ANSWERS, "forms.forms.responses.list": _ANSWERS}
