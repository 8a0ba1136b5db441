"""A form made anew from its resource, for somebody to look at. Nothing is compared or tagged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.google.client import Google


def make_form(google: Google, form: Mapping[str, Any]) -> str:
    """Creates it, fills it in one batch, publishes it to anyone; returns the responders' address.

    `form` is a Form resource: info, settings, items.
    """
    service: Any = google.forms.forms()
    titles = {name: form["info"][name] for name in ("title", "documentTitle")}
    made = google.execute(service.create(body={"info": titles}))
    id = made["formId"]
    google.execute(service.batchUpdate(formId=id, body={"requests": _requests(form)}))
    state = {"isPublished": True, "isAcceptingResponses": True}
    body: dict[str, Any] = {"publishSettings": {"publishState": state}}
    google.execute(service.setPublishSettings(formId=id, body=body))
    grant = {"view": "published", "role": "reader", "type": "anyone"}
    permissions: Any = google.drive.permissions()
    google.execute(permissions.create(fileId=id, body=grant))
    return str(made["responderUri"])


def _requests(form: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Sections first, since an option may lead only to a section that is there (facts 2.9)."""
    settings = {"settings": form["settings"], "updateMask": "emailCollectionType"}
    requests: list[dict[str, Any]] = [{"updateSettings": settings}]
    if "description" in form["info"]:
        info = {"description": form["info"]["description"]}
        requests.append({"updateFormInfo": {"info": info, "updateMask": "description"}})
    sections = [item for item in form["items"] if "pageBreakItem" in item]
    requests += [_create(item, index) for index, item in enumerate(sections)]
    return requests + [
        _create(item, index)
        for index, item in enumerate(form["items"])
        if "pageBreakItem" not in item
    ]


def _create(item: Mapping[str, Any], index: int) -> dict[str, Any]:
    return {"createItem": {"item": _creatable(item), "location": {"index": index}}}


def _creatable(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """A text in the place of a file upload question, which the API cannot make (facts 3)."""
    if "fileUploadQuestion" not in item.get("questionItem", {}).get("question", {}):
        return item
    head = {name: value for name, value in item.items() if name != "questionItem"}
    return {**head, "title": f"{item['title']} (tải tệp lên)", "textItem": {}}
