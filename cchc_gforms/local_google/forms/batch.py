"""forms.batchUpdate: requests in order, all or none (facts 2). The caller's transaction undoes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cchc_gforms.local_google.errors import ApiError, invalid
from cchc_gforms.local_google.forms import masks
from cchc_gforms.local_google.forms.around import Around, is_quiz, is_upload, one_line
from cchc_gforms.local_google.forms.grading import drop_grading
from cchc_gforms.local_google.forms.items import (
    assign_ids,
    check_item,
    check_kind,
    drop_defaults,
    ids_of,
)
from cchc_gforms.local_google.forms.merging import merged
from cchc_gforms.local_google.forms.store import Form
from cchc_gforms.local_google.identifiers import Identifiers

_MOST_CHOICES = 4000
Reply = dict[str, Any]
Recall = Callable[[str], dict[str, Any] | None]


@dataclass
class Draw:
    """The source of ids, and those that the form's items have: gathered again only where one goes,
    or a large batch would be slow."""

    identifiers: Identifiers
    known: set[str] | None = None

    def taken(self, form: Form) -> set[str]:
        if self.known is None:
            self.known = _taken(form.items)
        return self.known


def run(form: Form, body: Mapping[str, Any], ids: Identifiers, recall: Recall) -> list[Reply]:
    """Changes the form in place; a reply a request, `{}` where there is nothing to say.

    `recall` gives the resource of a recent revision, by its id.
    """
    control, requests = body.get("writeControl") or {}, body.get("requests") or []
    target = _target(form, control)
    if not requests:
        raise invalid("Must specify at least one request.")
    if target is None:
        replies = _run_all(form, requests, ids)
    else:
        base = recall(target)
        if base is None:
            raise _too_old("target", target)
        ours = replace(form, resource=copy.deepcopy(base))
        replies = _run_all(ours, requests, ids)
        form.resource = merged(base, form.resource, ours.resource)
    _check_choices(form.items)
    form.revision += 1
    return replies


def _check_choices(items: Iterable[Mapping[str, Any]]) -> None:
    """The cap on the options of a whole form, where practice stops (facts 2.6)."""
    number = 0
    for item in items:
        question = item.get("questionItem", {}).get("question", {})
        grid = item.get("questionGroupItem", {}).get("grid", {})
        for choice in (question.get("choiceQuestion", {}), grid.get("columns", {})):
            number += len(choice.get("options", []))
    if number > _MOST_CHOICES:
        raise invalid("The form is exceeding the choice limit.")


def _target(form: Form, control: Mapping[str, Any]) -> str | None:
    """The earlier revision that is aimed at; None for the latest one."""
    required, target = control.get("requiredRevisionId"), control.get("targetRevisionId")
    if required and target:
        raise invalid("Only one of required_revision_id and target_revision_id can be set.")
    if required and required != form.revision_id:
        raise _too_old("required", required)
    return target if target and target != form.revision_id else None


def _too_old(which: str, revision_id: str) -> ApiError:
    text = f"The {which} revision ID '{revision_id}' does not match the latest revision."
    return ApiError("FAILED_PRECONDITION", text)


def _run_all(form: Form, requests: Iterable[Mapping[str, Any]], ids: Identifiers) -> list[Reply]:
    draw = Draw(ids)
    return [_run_one(form, request, draw) for request in requests]


def _run_one(form: Form, request: Mapping[str, Any], draw: Draw) -> Reply:
    if len(request) != 1:
        raise invalid("Exactly one kind of request must be set.")
    [(kind, details)] = request.items()
    return KINDS[kind](form, details, draw)


def _create_item(form: Form, request: Mapping[str, Any], draw: Draw) -> Reply:
    if "item" not in request:
        raise invalid("create_item.item is required")
    item = copy.deepcopy(dict(request["item"]))
    index = _index(request.get("location"), "create_item.location", len(form.items))
    taken = draw.taken(form)
    assign_ids(item, taken, draw.identifiers)
    check_item(item, Around.of(form))
    form.items.insert(index, item)
    made = ids_of(item)
    taken.update(made.all)
    reply: Reply = {"itemId": made.item}
    if made.questions:
        reply["questionId"] = list(made.questions)
    return {"createItem": reply}


def _update_item(form: Form, request: Mapping[str, Any], draw: Draw) -> Reply:
    """The item is to be sent whole, its kind with it, whatever the mask takes of it (2.5)."""
    index = _index(request.get("location"), "update_item.location", len(form.items) - 1)
    mask = masks.paths(request.get("updateMask"), "update_item.update_mask", "Item")
    wanted, now = dict(request.get("item") or {}), form.items[index]
    check_kind(wanted)
    if is_upload(now):
        raise invalid("Updating file upload questions is not supported.")
    changed = masks.merge(now, copy.deepcopy(wanted), mask)
    others = form.items[:index] + form.items[index + 1 :]
    assign_ids(changed, _taken(others), draw.identifiers)
    check_item(changed, Around.of(form, now))
    form.items[index] = changed
    draw.known = None
    return {}


def _move_item(form: Form, request: Mapping[str, Any], _: Draw) -> Reply:
    last = len(form.items) - 1
    start = _index(request.get("originalLocation"), "move_item.original_location", last)
    to = _index(request.get("newLocation"), "move_item.new_location", last)
    if is_upload(form.items[start]):
        raise invalid("Moving file upload questions is not supported.")
    form.items.insert(to, form.items.pop(start))
    return {}


def _delete_item(form: Form, request: Mapping[str, Any], draw: Draw) -> Reply:
    index = _index(request.get("location"), "delete_item.location", len(form.items) - 1)
    del form.items[index]
    draw.known = None
    return {}


def _update_info(form: Form, request: Mapping[str, Any], _: Draw) -> Reply:
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


def _update_settings(form: Form, request: Mapping[str, Any], _: Draw) -> Reply:
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


KINDS: dict[str, Callable[[Form, Mapping[str, Any], Draw], Reply]] = {
    "createItem": _create_item,
    "updateItem": _update_item,
    "moveItem": _move_item,
    "deleteItem": _delete_item,
    "updateFormInfo": _update_info,
    "updateSettings": _update_settings,
}

_PICTURES = "pictures are not fetched: their source is taken on trust, and read back as contentUri"
PARTLY = {"createItem": _PICTURES, "updateItem": f"{_PICTURES}; no item with a file upload"}


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
