"""Responses of the forms, from the Forms API."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cchc_gforms.errors import GoogleError
from cchc_gforms.google.client import Google
from cchc_gforms.google.together import read_together
from cchc_gforms.harvester.packing import packed, unpacked

if TYPE_CHECKING:
    from googleapiclient.http import HttpRequest

_PAGE = 1000  # of the 5,000 that a page may hold (facts 4.3)
_LONG_TOGETHER, _LONG_LEAST = 500, 100  # long responses in one answer, of all forms and of one
_SAME_INSTANT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it is now. Times in UTC: `created` in milliseconds, `submitted` in
    microseconds, the same instant until it is edited (facts 4.6). The answers are kept packed: ten
    thousand long reports would not find room otherwise."""

    id: str
    created: datetime
    submitted: datetime
    email: str | None
    packed: bytes

    @property
    def answers(self) -> dict[str, Any]:
        """As on the wire, by question id."""
        found: dict[str, Any] = unpacked(self.packed)
        return found

    @property
    def edited(self) -> bool:
        return self.submitted - self.created > _SAME_INSTANT


def list_responses(
    google: Google, since: Mapping[str, datetime | None], long: Container[str] = ()
) -> dict[str, list[Response] | GoogleError]:
    """Of each form (by id) those last submitted at or after a moment, all for None; or why not.

    Oldest first, each once; Google promises no order (facts 4.5). A round trip for the first pages
    of all forms, one for the second, and so on; pages of `long` forms are the smaller, the more of
    them there are.
    """
    found: dict[str, dict[str, Response]] = {form_id: {} for form_id in since}
    failed: dict[str, GoogleError] = {}
    pages = dict.fromkeys(since, "")
    while pages:
        some = max(_LONG_LEAST, _LONG_TOGETHER // len(pages))
        asked = {
            form: _page(google, form, since[form], token, some if form in long else _PAGE)
            for form, token in pages.items()
        }
        pages = {}
        for form_id, page in read_together(google, asked, _read).items():
            if isinstance(page, GoogleError):
                failed[form_id] = page
                continue
            listed, token = page
            for one in listed:
                found[form_id][one.id] = _later(one, found[form_id].get(one.id))
            if token:
                pages[form_id] = token
    return {
        form_id: failed.get(form_id) or sorted(some.values(), key=lambda one: (one.created, one.id))
        for form_id, some in found.items()
    }


def _page(
    google: Google, form_id: str, since: datetime | None, token: str, size: int
) -> HttpRequest:
    responses = google.forms.forms().responses()
    filtered = {"filter": f"timestamp >= {_zulu(since)}"} if since else {}
    return responses.list(formId=form_id, pageSize=size, pageToken=token, **filtered)


def _read(page: Mapping[str, Any]) -> tuple[list[Response], str]:
    """The responses of a page, and the token of the next."""
    return [_response(one) for one in page.get("responses", ())], page.get("nextPageToken", "")


def _zulu(moment: datetime) -> str:
    """RFC 3339 in UTC "Zulu", as a filter wants it (facts 4.1)."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _later(one: Response, other: Response | None) -> Response:
    """Of a response that two pages have, for it was edited between them."""
    return one if other is None or one.submitted >= other.submitted else other


def _response(wire: Mapping[str, Any]) -> Response:
    email = wire.get("respondentEmail")
    return Response(
        id=wire["responseId"],
        created=datetime.fromisoformat(wire["createTime"]),
        submitted=datetime.fromisoformat(wire["lastSubmittedTime"]),
        email=email.strip().lower() if email else None,
        packed=packed(wire.get("answers", {})),
    )
