"""forms.batchUpdate: requests in order, all or none (facts 2). The caller's transaction undoes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cchc_gforms.local_google.errors import ApiError, invalid, unimplemented
from cchc_gforms.local_google.forms import masks
from cchc_gforms.local_google.forms.around import Around, is_quiz, one_line
from cchc_gforms.local_google.forms.grading import drop_grading
from cchc_gforms.local_google.forms.items import (
    assign_ids,
    check_item,
    check_kind,
    drop_defaults,
    ids_of,
)
from cchc_gforms.local_google.forms.store import Form
from cchc_gforms.local_google.identifiers import Identifiers

Reply = dict[str, Any]


def run(form: Form, body: Mapping[str, Any], ids: Identifiers) -> list[Reply]:
    """Changes the form in place; a reply a request, `{}` where there is nothing to say."""
    _check_revision(form, body.get("writeControl") or {})
    requests = body.get("requests") or []
    if not requests:
        raise invalid("Must specify at least one request.")
    replies = [_run_one(form, request, ids) for request in requests]
    form.revision += 1
    return replies


def _check_revision(form: Form, control: Mapping[str, Any]) -> None:
    required = control.get("requiredRevisionId")
    if required and required != form.revision_id:
        raise ApiError(
            "FAILED_PRECONDITION",
            f"The required revision ID '{required}' does not match the latest revision.",
        )
    if control.get("targetRevisionId"):
        raise unimplemented("writeControl.targetRevisionId")


def _run_one(form: Form, request: Mapping[str, Any], ids: Identifiers) -> Reply:
    if len(request) != 1:
        raise invalid("Exactly one kind of request must be set.")
    [(kind, details)] = request.items()
    return _KINDS[kind](form, details, ids)


def _create_item(form: Form, request: Mapping[str, Any], ids: Identifiers) -> Reply:
    if "item" not in request:
        raise invalid("create_item.item is required")
    item = copy.deepcopy(dict(request["item"]))
    index = _index(request.get("location"), "create_item.location", len(form.items))
    assign_ids(item, _taken(form.items), ids)
    check_item(item, Around.of(form))
    form.items.insert(index, item)
    made = ids_of(item)
    reply: Reply = {"itemId": made.item}
    if made.questions:
        reply["questionId"] = list(made.questions)
    return {"createItem": reply}


def _update_item(form: Form, request: Mapping[str, Any], ids: Identifiers) -> Reply:
    """The item is to be sent whole, its kind with it, whatever the mask takes of it (2.5)."""
    index = _index(request.get("location"), "update_item.location", len(form.items) - 1)
    mask = masks.paths(request.get("updateMask"), "update_item.update_mask", "Item")
    wanted, now = dict(request.get("item") or {}), form.items[index]
    check_kind(wanted)
    changed = masks.merge(now, copy.deepcopy(wanted), mask)
    others = form.items[:index] + form.items[index + 1 :]
    assign_ids(changed, _taken(others), ids)
    check_item(changed, Around.of(form, now))
    form.items[index] = changed
    return {}


def _move_item(form: Form, request: Mapping[str, Any], _: Identifiers) -> Reply:
    last = len(form.items) - 1
    start = _index(request.get("originalLocation"), "move_item.original_location", last)
    to = _index(request.get("newLocation"), "move_item.new_location", last)
    form.items.insert(to, form.items.pop(start))
    return {}


def _delete_item(form: Form, request: Mapping[str, Any], _: Identifiers) -> Reply:
    index = _index(request.get("location"), "delete_item.location", len(form.items) - 1)
    del form.items[index]
    return {}


def _update_info(form: Form, request: Mapping[str, Any], _: Identifiers) -> Reply:
    mask = masks.paths(request.get("updateMask"), "update_form_info.update_mask", "Info")
    if ["documentTitle"] in mask:
        raise invalid("info.document_title cannot be updated")
    changed = masks.merge(form.resource["info"], dict(request.get("info") or {}), mask)
    if not changed.get("title"):
        raise invalid("info.title was not provided")
    one_line(changed["title"])
    changed["documentTitle"] = form.resource["info"]["documentTitle"]
    form.resource["info"] = changed
    return {}


def _update_settings(form: Form, request: Mapping[str, Any], _: Identifiers) -> Reply:
    """A form that stops being a quiz loses all grading (facts 2.12)."""
    mask = masks.paths(request.get("updateMask"), "update_settings.update_mask", "FormSettings")
    wanted = dict(request.get("settings") or {})
    if masks.covers(mask, "emailCollectionType") and "emailCollectionType" not in wanted:
        raise invalid("settings.email_collection_type was not provided")
    changed = masks.merge(form.resource.get("settings", {}), wanted, mask)
    drop_defaults(changed)
    form.resource["settings"] = changed
    if not is_quiz(form):
        for item in form.items:
            drop_grading(item)
    return {}


_KINDS: dict[str, Callable[[Form, Mapping[str, Any], Identifiers], Reply]] = {
    "createItem": _create_item,
    "updateItem": _update_item,
    "moveItem": _move_item,
    "deleteItem": _delete_item,
    "updateFormInfo": _update_info,
    "updateSettings": _update_settings,
}


def _index(location: Mapping[str, Any] | None, name: str, most: int) -> int:
    """The index must be given: whether a missing one counts as 0 is not known (facts 2.4)."""
    index = (location or {}).get("index")
    if index is None:
        raise invalid(f"{name}.index is required")
    if not 0 <= index <= most:
        raise invalid(f"{name}.index is invalid")
    return int(index)


def _taken(items: Iterable[Mapping[str, Any]]) -> set[str]:
    return {id for item in items for id in ids_of(item).all}
