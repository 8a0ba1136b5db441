"""Between a form on the wire and an image, and from changes to batchUpdate requests.

Google's own names stand here, and nowhere else in this room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cchc_gforms.generator.plan import (
    AddItem,
    Change,
    ChangeEmailCollection,
    ChangeInfo,
    ChangeItem,
    Image,
    Item,
    MoveItem,
)

_HEAD = frozenset({"itemId", "title", "description"})


def image_of(form: Mapping[str, Any]) -> Image:
    """The image of a Form resource; what proto JSON leaves out counts as its default."""
    info, settings = form.get("info", {}), form.get("settings", {})
    return Image(
        title=info.get("title", ""),
        description=info.get("description", ""),
        email_collection=settings.get("emailCollectionType", "DO_NOT_COLLECT"),
        items=tuple(_item(item) for item in form.get("items", ())),
    )


def is_published(form: Mapping[str, Any]) -> bool:
    """Published and accepting. A legacy form (the key is not there at all) always is (1.9)."""
    if "publishSettings" not in form:
        return True
    state = form["publishSettings"].get("publishState", {})
    return bool(state.get("isPublished") and state.get("isAcceptingResponses"))


def new_form(title: str, document_title: str) -> dict[str, Any]:
    """The body of forms.create: nothing but the titles is accepted (facts 1.1)."""
    return {"info": {"title": title, "documentTitle": document_title}}


def publish() -> dict[str, Any]:
    """The body of forms.setPublishSettings."""
    state = {"isPublished": True, "isAcceptingResponses": True}
    return {"publishSettings": {"publishState": state}, "updateMask": "publishState"}


def batch(changes: Sequence[Change], revision: str) -> dict[str, Any]:
    """The body of forms.batchUpdate, refused by Google if the form is no longer at `revision`."""
    return {
        "requests": [_request(change) for change in changes],
        "includeFormInResponse": True,
        "writeControl": {"requiredRevisionId": revision},
    }


def _item(wire: Mapping[str, Any]) -> Item:
    body = {name: value for name, value in wire.items() if name not in _HEAD}
    return Item(
        id=wire["itemId"],
        kind=_kind(body),
        title=wire.get("title", ""),
        description=wire.get("description", ""),
        body=_without_defaults(body),
        is_section="pageBreakItem" in body,
    )


def _kind(body: Mapping[str, Any]) -> str:
    """What may not change under the same id: text, choice of a type, grid, section …"""
    kind = next(iter(body), "")
    question = body.get(kind, {}).get("question", {})
    inner = next((name for name in question if name.endswith("Question")), "")
    return "/".join(filter(None, (kind, inner, question.get(inner, {}).get("type", ""))))


def _without_defaults(value: Any) -> Any:
    """Proto JSON leaves out false, 0, "" and []; empty messages stay (facts 9)."""
    if isinstance(value, Mapping):
        kept = {name: _without_defaults(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner not in (False, 0, "", [])}
    if isinstance(value, list):
        return [_without_defaults(inner) for inner in value]
    return value


def _request(change: Change) -> dict[str, Any]:
    match change:
        case ChangeInfo(title, description):
            info = {"title": title, "description": description}
            return {"updateFormInfo": {"info": info, "updateMask": "title,description"}}
        case ChangeEmailCollection(mode):
            settings = {"emailCollectionType": mode}
            return {"updateSettings": {"settings": settings, "updateMask": "emailCollectionType"}}
        case AddItem(index, item):
            return {"createItem": {"item": _wire(item), "location": {"index": index}}}
        case ChangeItem(index, item, fields):
            mask = ",".join(_mask(item, field) for field in fields)
            location = {"index": index}
            return {"updateItem": {"item": _wire(item), "location": location, "updateMask": mask}}
        case MoveItem(start, to, _):
            places = {"originalLocation": {"index": start}, "newLocation": {"index": to}}
            return {"moveItem": places}


def _wire(item: Item) -> dict[str, Any]:
    head = {"itemId": item.id, "title": item.title, "description": item.description}
    return {**{name: value for name, value in head.items() if value}, **item.body}


def _mask(item: Item, field: str) -> str:
    """The body is masked by its one member, whose ids we always send (facts 2.5)."""
    return next(iter(item.body)) if field == "body" else field
