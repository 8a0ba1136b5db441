"""Responses of one form, from the Forms API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cchc_gforms.google.client import Google

_PAGE = 5000  # the most that one page can hold (facts 4.3)
_SAME_INSTANT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it is now. Times in UTC: `created` in milliseconds, `submitted` in
    microseconds, the same instant until it is edited (facts 4.6). `answers` as on the wire."""

    id: str
    created: datetime
    submitted: datetime
    email: str | None
    answers: Mapping[str, Any]

    @property
    def edited(self) -> bool:
        return self.submitted - self.created > _SAME_INSTANT


def list_responses(google: Google, form_id: str) -> list[Response]:
    """All of them, oldest first; Google promises no order (facts 4.5). One call a page."""
    found: list[Response] = []
    token = ""
    while True:
        request = (
            google.forms.forms().responses().list(formId=form_id, pageSize=_PAGE, pageToken=token)
        )
        page = google.execute(request)
        found.extend(_response(one) for one in page.get("responses", ()))
        token = page.get("nextPageToken", "")
        if not token:
            return sorted(found, key=lambda response: (response.created, response.id))


def _response(wire: Mapping[str, Any]) -> Response:
    email = wire.get("respondentEmail")
    return Response(
        id=wire["responseId"],
        created=datetime.fromisoformat(wire["createTime"]),
        submitted=datetime.fromisoformat(wire["lastSubmittedTime"]),
        email=email.strip().lower() if email else None,
        answers=wire.get("answers", {}),
    )
