"""What this product has made in Drive, found again by its tags: no file of ours to lose.

Every file carries the Drive property `cchc` (form, responses, dashboard or roster) and, but for the
roster, `cchc_year`; a form `cchc_form` too, its name in the spec. A form whose making was cut off
before it was tagged is known by its document title: under the scope `drive.file` the list holds
only files that we made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cchc_gforms.google.client import Google

if TYPE_CHECKING:
    from googleapiclient.http import HttpRequest

FORM = "application/vnd.google-apps.form"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
ANYONE = "anyone"

_FIELDS = "id,name,mimeType,createdTime,appProperties,permissions(type,role,view,emailAddress)"


@dataclass(frozen=True, slots=True)
class DeployedFile:
    """A file of ours. `responders` are addresses, or "anyone", that may answer the form."""

    id: str
    name: str
    created: str
    tags: Mapping[str, str] = field(default_factory=dict)
    responders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Registry:
    """All forms and spreadsheets that this product made, oldest first."""

    forms: tuple[DeployedFile, ...]
    spreadsheets: tuple[DeployedFile, ...]

    @classmethod
    def look_up(cls, google: Google) -> Registry:
        """One files.list (a page per thousand files)."""
        found = google.list_files(
            f"trashed = false and (mimeType = '{FORM}' or mimeType = '{SPREADSHEET}')",
            _FIELDS,
            includePermissionsForView="published",
        )
        found.sort(key=lambda file: (file.get("createdTime", ""), file["id"]))
        return cls(
            forms=tuple(_deployed(file) for file in found if file["mimeType"] == FORM),
            spreadsheets=tuple(
                _deployed(file) for file in found if file["mimeType"] == SPREADSHEET
            ),
        )

    def form(self, name: str, document_title: str) -> DeployedFile | None:
        """The form of that spec: by its tag, else the untagged one of that title."""
        for file in self.forms:
            if file.tags.get("cchc_form") == name:
                return file
        for file in self.forms:
            if "cchc" not in file.tags and file.name == document_title:
                return file
        return None

    def of_year(self, year: int) -> dict[str, DeployedFile]:
        """The tagged forms of a year by their spec's name."""
        return {
            file.tags["cchc_form"]: file
            for file in reversed(self.forms)
            if file.tags.get("cchc_year") == str(year) and "cchc_form" in file.tags
        }

    def responses(self, year: int) -> DeployedFile | None:
        """The spreadsheet that a year's forms are linked to."""
        return self._spreadsheet(responses_tags(year))

    def dashboard(self, year: int) -> DeployedFile | None:
        return self._spreadsheet(dashboard_tags(year))

    def roster(self) -> DeployedFile | None:
        """The spreadsheet in which the roster is edited."""
        return self._spreadsheet(roster_tags())

    def _spreadsheet(self, tags: Mapping[str, str]) -> DeployedFile | None:
        return next((one for one in self.spreadsheets if {**one.tags, **tags} == one.tags), None)


def form_tags(name: str, year: int) -> dict[str, str]:
    return {"cchc": "form", "cchc_form": name, "cchc_year": str(year)}


def responses_tags(year: int) -> dict[str, str]:
    return {"cchc": "responses", "cchc_year": str(year)}


def dashboard_tags(year: int) -> dict[str, str]:
    return {"cchc": "dashboard", "cchc_year": str(year)}


def roster_tags() -> dict[str, str]:
    return {"cchc": "roster"}


def admit(
    google: Google, file: DeployedFile, tags: Mapping[str, str], responders: Sequence[str]
) -> None:
    """Tags the form and lets the responders answer it: one HTTP batch, nothing if all is there.

    A responder is an address or "anyone"; the right is to answer only (`view=published`), never to
    see or edit the form (facts 8.2). Nobody is written a mail.
    """
    drive = google.drive
    requests: list[HttpRequest] = [
        drive.permissions().create(
            fileId=file.id,
            body=_grant(responder),  # type: ignore[arg-type]
            sendNotificationEmail=False,
            fields="id",
        )
        for responder in responders
        if responder not in file.responders
    ]
    if {**file.tags, **tags} != file.tags:
        body = {"appProperties": dict(tags)}
        requests.append(drive.files().update(fileId=file.id, body=body, fields="id"))  # type: ignore[arg-type]
    if requests:
        google.execute_together(requests)


def create_spreadsheet(google: Google, *, name: str, tags: Mapping[str, str]) -> str:
    """A new spreadsheet that carries its tags from the first moment; returns its id."""
    body = {"name": name, "mimeType": SPREADSHEET, "appProperties": dict(tags)}
    made = google.execute(google.drive.files().create(body=body, fields="id"))  # type: ignore[arg-type]
    return str(made["id"])


def settle(now: Mapping[str, Any], zone: str) -> list[dict[str, Any]]:
    """The batchUpdate requests that make a spreadsheet Vietnamese with times in `zone`; none when
    it is so already. `now` is the Spreadsheet resource."""
    wanted = {"locale": "vi_VN", "timeZone": zone}
    if {name: now["properties"].get(name) for name in wanted} == wanted:
        return []
    update = {"properties": wanted, "fields": ",".join(wanted)}
    return [{"updateSpreadsheetProperties": update}]


def _grant(responder: str) -> dict[str, str]:
    grant = {"view": "published", "role": "reader"}
    if responder == ANYONE:
        return {**grant, "type": "anyone"}
    return {**grant, "type": "user", "emailAddress": responder}


def _deployed(file: Mapping[str, Any]) -> DeployedFile:
    return DeployedFile(
        id=file["id"],
        name=file["name"],
        created=file.get("createdTime", ""),
        tags=file.get("appProperties", {}),
        responders=frozenset(
            ANYONE if one["type"] == "anyone" else one.get("emailAddress", "").lower()
            for one in file.get("permissions", ())
            if one.get("view") == "published" and one.get("role") == "reader"
        ),
    )
