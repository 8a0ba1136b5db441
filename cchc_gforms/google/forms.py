"""The four calls to a form that this product makes. Forms are as on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.google.client import Google


def create(google: Google, body: Mapping[str, Any]) -> Any:
    """The new form, with nothing but its titles."""
    return google.execute(google.forms.forms().create(body=body))  # type: ignore[arg-type]


def get(google: Google, form_id: str) -> Any:
    return google.execute(google.forms.forms().get(formId=form_id))


def batch_update(google: Google, form_id: str, body: Mapping[str, Any]) -> Any:
    """The form as it is after the batch; the body is to ask for it."""
    request = google.forms.forms().batchUpdate(formId=form_id, body=body)  # type: ignore[arg-type]
    return google.execute(request)["form"]


def set_publish_settings(google: Google, form_id: str, body: Mapping[str, Any]) -> Any:
    """The answer holds the publish settings as they are now."""
    request = google.forms.forms().setPublishSettings(formId=form_id, body=body)  # type: ignore[arg-type]
    return google.execute(request)
