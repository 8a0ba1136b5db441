"""Between a form on the wire and an image, and from changes to batchUpdate requests.

Google's own names of what is sent and compared stand here alone in this room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cchc_gforms.generator.changes import (
    AddItem,
    Change,
    ChangeEmailCollection,
    ChangeInfo,
    ChangeItem,
    MoveItem,
    RemoveItem,
    ReplaceItem,
)
from cchc_gforms.generator.image import Image, Item

_HEAD = frozenset({"itemId", "title", "description"})
_NOT_GIVEN_BACK = frozenset({"sourceUri", "contentUri"})


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
    """A legacy form (the key is not there at all) always is (1.9)."""
    return "publishSettings" not in form or bool(_publish_state(form).get("isPublished"))


def is_accepting(form: Mapping[str, Any]) -> bool | None:
    """None for a legacy form: the API does not tell (1.8)."""
    if "publishSettings" not in form:
        return None
    return bool(_publish_state(form).get("isAcceptingResponses"))


def linked_sheet(form: Mapping[str, Any]) -> str | None:
    """The spreadsheet that a person linked the form to."""
    return form.get("linkedSheetId")


def without_folder(form: Mapping[str, Any]) -> list[str]:
    """Titles of the file upload questions that have no folder: a copy has none before a person
    restores it in the editor (facts 3.1)."""
    uploads = ((one, _question(one).get("fileUploadQuestion")) for one in form.get("items", ()))
    return [
        one.get("title", "")
        for one, asked in uploads
        if asked is not None and not asked.get("folderId")
    ]


def is_required(item: Item) -> bool:
    """Of an item with one question."""
    return bool(_question(item.body).get("required"))


def id_of(form: Mapping[str, Any]) -> str:
    return str(form["formId"])


def revision_of(form: Mapping[str, Any]) -> str:
    return str(form["revisionId"])


def new_form(title: str, document_title: str) -> dict[str, Any]:
    """The body of forms.create: nothing but the titles is accepted (facts 1.1)."""
    return {"info": {"title": title, "documentTitle": document_title}}


def publish(*, accepting: bool = True) -> dict[str, Any]:
    """The body of forms.setPublishSettings."""
    state = {"isPublished": True, "isAcceptingResponses": accepting}
    return {"publishSettings": {"publishState": state}, "updateMask": "publishState"}


def batch(changes: Sequence[Change], revision: str) -> dict[str, Any]:
    """The body of forms.batchUpdate, refused by Google if the form is no longer at `revision`."""
    return {
        "requests": [request for change in changes for request in _requests(change)],
        "includeFormInResponse": True,
        "writeControl": {"requiredRevisionId": revision},
    }


def _publish_state(form: Mapping[str, Any]) -> Mapping[str, Any]:
    state: Mapping[str, Any] = form["publishSettings"].get("publishState", {})
    return state


def _item(wire: Mapping[str, Any]) -> Item:
    sent = {name: value for name, value in wire.items() if name not in _HEAD}
    title = wire.get("title", "")
    return Item(
        id=wire["itemId"],
        kind=_kind(sent),
        title=title,
        description=wire.get("description", ""),
        body=_comparable(sent),
        is_section="pageBreakItem" in sent,
        is_upload="fileUploadQuestion" in _question(sent),
        questions=dict(_questions(sent, title)),
        sent=sent,
    )


def _question(body: Mapping[str, Any]) -> Mapping[str, Any]:
    question: Mapping[str, Any] = body.get("questionItem", {}).get("question", {})
    return question


def _questions(body: Mapping[str, Any], title: str) -> Iterator[tuple[str, str]]:
    if "questionItem" in body:
        yield body["questionItem"]["question"]["questionId"], title
    for row in body.get("questionGroupItem", {}).get("questions", ()):
        yield row["questionId"], f"{title} [{row.get('rowQuestion', {}).get('title', '')}]"


def _kind(body: Mapping[str, Any]) -> str:
    """What may not change under the same id. A short text may become a paragraph, and a choice
    another type of choice: it is one member of the API's union all the same. A time of day and a
    duration are one member too, but an answer does not mean the same in both."""
    kind = next(iter(body), "")
    question = body[kind].get("question", {}) if kind == "questionItem" else {}
    inner = next((name for name in question if name.endswith("Question")), "")
    duration = "duration" if question.get("timeQuestion", {}).get("duration") else ""
    return "/".join(filter(None, (kind, inner, duration)))


def _comparable(value: Any) -> Any:
    """Proto JSON leaves out false, 0, "" and []; empty messages stay (facts 9). A picture comes
    back under another address each time (2.10)."""
    if isinstance(value, Mapping):
        kept = {name: _comparable(inner) for name, inner in value.items()}
        return {
            name: inner
            for name, inner in kept.items()
            if inner not in (False, 0, "", []) and name not in _NOT_GIVEN_BACK
        }
    if isinstance(value, list):
        return [_comparable(inner) for inner in value]
    return value


def _requests(change: Change) -> Iterator[dict[str, Any]]:
    match change:
        case ChangeInfo(title, description):
            info = {"title": title, "description": description}
            yield {"updateFormInfo": {"info": info, "updateMask": "title,description"}}
        case ChangeEmailCollection(mode):
            settings = {"emailCollectionType": mode}
            yield {"updateSettings": {"settings": settings, "updateMask": "emailCollectionType"}}
        case AddItem(index, item):
            yield _create(index, item)
        case ChangeItem(index, item, fields):
            mask = ",".join(_mask(item, field) for field in fields)
            location = {"index": index}
            yield {"updateItem": {"item": _wire(item), "location": location, "updateMask": mask}}
        case ReplaceItem(index, item):
            yield {"deleteItem": {"location": {"index": index}}}
            yield _create(index, item)
        case MoveItem(start, to):
            places = {"originalLocation": {"index": start}, "newLocation": {"index": to}}
            yield {"moveItem": places}
        case RemoveItem(index):
            yield {"deleteItem": {"location": {"index": index}}}


def _create(index: int, item: Item) -> dict[str, Any]:
    return {"createItem": {"item": _wire(item), "location": {"index": index}}}


def _wire(item: Item) -> dict[str, Any]:
    head = {"itemId": item.id, "title": item.title, "description": item.description}
    return {**{name: value for name, value in head.items() if value}, **item.sent}


def _mask(item: Item, field: str) -> str:
    """The body is masked by its one member, whose ids we always send (facts 2.5)."""
    return next(iter(item.body)) if field == "body" else field
