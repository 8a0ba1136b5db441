"""What this product has made in Drive, found again by its tags: no file of ours to lose.

Every file carries the Drive property `cchc` (form, template, responses, dashboard, unit or roster).
A template has its name in `cchc_template`; all others `cchc_regime`, whose they are, and but for
the roster `cchc_year`; a form `cchc_form` too, its name in the spec, and the keys of its questions
(google/deployed.py); a unit's spreadsheet `cchc_unit`, its code, and as what it was left
(google/unit_files.py). A form whose making was cut off before it was tagged is known by its
document title: under the scope `drive.file` the list holds only files that we made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cchc_gforms.google.client import Google
from cchc_gforms.google.deployed import is_public

if TYPE_CHECKING:
    from googleapiclient.http import HttpRequest

FORM = "application/vnd.google-apps.form"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
ANYONE = "anyone"
TEMPLATE = "cchc_template"
REGIME = "cchc_regime"
UNIT = "cchc_unit"

_FIELDS = (
    "id,name,mimeType,createdTime,modifiedTime,version,appProperties,properties,"
    "permissions(id,type,role,view,emailAddress)"
)


@dataclass(frozen=True, slots=True)
class DeployedFile:
    """A file of ours. `responders` are addresses, or "anyone", that may answer the form, each with
    the id of its permission; `people` likewise those who may see the file itself, but its owner.
    `version` grows with every change of the file, `modified` with what is written in it; empty if
    not told."""

    id: str
    name: str
    created: str
    version: str = ""
    modified: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    responders: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def is_of(self, regime: str | None) -> bool:
        return regime is None or self.tags.get(REGIME, regime) == regime


@dataclass(frozen=True, slots=True)
class Registry:
    """All forms and spreadsheets that this product made for a regime, those that say so first,
    then oldest first. Those without a regime count too: they were made before files said it.
    `foreign` are those of other regimes, which nothing here ever finds."""

    forms: tuple[DeployedFile, ...]
    spreadsheets: tuple[DeployedFile, ...]
    foreign: tuple[DeployedFile, ...] = ()

    @classmethod
    def look_up(cls, google: Google, regime: str | None = None) -> Registry:
        """One files.list (a page per thousand files). `regime` is Regime.identity; None: of all."""
        found = google.list_files(
            f"trashed = false and (mimeType = '{FORM}' or mimeType = '{SPREADSHEET}')",
            _FIELDS,
            includePermissionsForView="published",
        )
        found.sort(key=lambda file: (file.get("createdTime", ""), file["id"]))
        read = [(file["mimeType"], _deployed(file)) for file in found]
        read.sort(key=lambda pair: REGIME not in pair[1].tags)
        ours = [(kind, one) for kind, one in read if one.is_of(regime)]
        return cls(
            forms=tuple(one for kind, one in ours if kind == FORM),
            spreadsheets=tuple(one for kind, one in ours if kind == SPREADSHEET),
            foreign=tuple(one for _, one in read if not one.is_of(regime)),
        )

    @property
    def unclaimed(self) -> tuple[DeployedFile, ...]:
        """Made before files said whose they are."""
        kinds = ("form", "responses", "dashboard", "roster")
        files = (*self.forms, *self.spreadsheets)
        return tuple(
            one for one in files if REGIME not in one.tags and one.tags.get("cchc") in kinds
        )

    def form(self, name: str, document_title: str) -> DeployedFile | None:
        """The form of that spec: by its tag, else the untagged one of that title."""
        for file in self.forms:
            if file.tags.get("cchc_form") == name:
                return file
        return self.untagged(document_title)

    def untagged(self, document_title: str) -> DeployedFile | None:
        """One whose making was cut off. A copy that still has its template's tags counts as one."""
        for file in self.forms:
            if file.name == document_title and self._is_untagged(file):
                return file
        return None

    def template(self, name: str) -> DeployedFile | None:
        """The form that others are copied from, by its tag (the oldest, should a copy have it too),
        else by its id."""
        named = (file for file in self.forms if file.tags.get(TEMPLATE) == name)
        return next(named, next((file for file in self.forms if file.id == name), None))

    def _is_untagged(self, file: DeployedFile) -> bool:
        if file.tags.get("cchc") == "template":
            return file is not self.template(file.tags.get(TEMPLATE, ""))
        return "cchc" not in file.tags

    def of_year(self, year: int) -> dict[str, DeployedFile]:
        """The tagged forms of a year by their spec's name."""
        return {
            file.tags["cchc_form"]: file
            for file in reversed(self.forms)
            if file.tags.get("cchc_year") == str(year) and "cchc_form" in file.tags
        }

    def responses(self, year: int) -> DeployedFile | None:
        """The spreadsheet that a year's forms are linked to."""
        return self._spreadsheet("responses", year)

    def dashboard(self, year: int) -> DeployedFile | None:
        return self._spreadsheet("dashboard", year)

    def units(self, year: int) -> dict[str, DeployedFile]:
        """The spreadsheets of single units of a year, by the units' codes."""
        return {
            file.tags[UNIT]: file
            for file in reversed(self.spreadsheets)
            if file.tags.get("cchc_year") == str(year) and UNIT in file.tags
        }

    def roster(self) -> DeployedFile | None:
        """The spreadsheet in which the roster is edited."""
        return self._spreadsheet("roster")

    def _spreadsheet(self, kind: str, year: int | None = None) -> DeployedFile | None:
        tags = {"cchc": kind} | ({"cchc_year": str(year)} if year else {})
        return next((one for one in self.spreadsheets if {**one.tags, **tags} == one.tags), None)


def form_tags(name: str, year: int, regime: str) -> dict[str, str]:
    return {"cchc": "form", "cchc_form": name, "cchc_year": str(year), REGIME: regime}


def template_tags(name: str) -> dict[str, str]:
    return {"cchc": "template", TEMPLATE: name}


def responses_tags(year: int, regime: str) -> dict[str, str]:
    return {"cchc": "responses", "cchc_year": str(year), REGIME: regime}


def dashboard_tags(year: int, regime: str) -> dict[str, str]:
    return {"cchc": "dashboard", "cchc_year": str(year), REGIME: regime}


def unit_tags(unit: str, year: int, regime: str) -> dict[str, str]:
    return {"cchc": "unit", UNIT: unit, "cchc_year": str(year), REGIME: regime}


def roster_tags(regime: str) -> dict[str, str]:
    return {"cchc": "roster", REGIME: regime}


def claim(google: Google, file_ids: Sequence[str], regime: str) -> None:
    """Tags files as those of a regime: one HTTP batch, nothing if there are none."""
    body: Any = _properties({REGIME: regime})
    update = google.drive.files().update
    if file_ids:
        google.execute_together([update(fileId=id, body=body, fields="id") for id in file_ids])


def admit(
    google: Google,
    file_id: str,
    *,
    tags: Mapping[str, str | None],
    grant: Sequence[str] = (),
    revoke: Sequence[str] = (),
) -> None:
    """Sets tags (None takes one away), lets responders answer the form and takes permissions away,
    these by their ids: one HTTP batch, nothing if there is nothing to do.

    A responder is an address or "anyone"; the right is to answer only (`view=published`), never to
    see or edit the form (facts 8.2). Nobody is written a mail.
    """
    drive = google.drive
    requests: list[HttpRequest] = [
        drive.permissions().create(
            fileId=file_id,
            body=_grant(responder),  # type: ignore[arg-type]
            sendNotificationEmail=False,
            fields="id",
        )
        for responder in grant
    ]
    requests += [drive.permissions().delete(fileId=file_id, permissionId=id) for id in revoke]
    if tags:
        body = _properties(tags)
        requests.append(drive.files().update(fileId=file_id, body=body, fields="id"))  # type: ignore[arg-type]
    if requests:
        google.execute_together(requests)


def create_spreadsheet(google: Google, *, name: str, tags: Mapping[str, str]) -> str:
    """A new spreadsheet that carries its tags from the first moment; returns its id."""
    body = {"name": name, "mimeType": SPREADSHEET, "appProperties": dict(tags)}
    made = google.execute(google.drive.files().create(body=body, fields="id"))  # type: ignore[arg-type]
    return str(made["id"])


def is_in_trash(google: Google, file_id: str) -> bool:
    """Whether somebody threw it away; a file in the trash still takes all that is written."""
    found = google.execute(google.drive.files().get(fileId=file_id, fields="trashed"))
    return bool(found["trashed"])


def share(google: Google, file_id: str, readers: Sequence[str]) -> None:
    """Lets some addresses read a file: one HTTP batch. Nobody is written a mail."""
    drive = google.drive
    google.execute_together(
        [
            drive.permissions().create(
                fileId=file_id,
                body={"type": "user", "role": "reader", "emailAddress": address},
                sendNotificationEmail=False,
                fields="id",
            )
            for address in readers
        ]
    )


def copy_form(
    google: Google, template: DeployedFile, *, name: str, tags: Mapping[str, str]
) -> DeployedFile:
    """Drive's copy of a form, which carries its tags from the first moment, and not the name of the
    template; it starts unpublished (facts 1.11)."""
    body: dict[str, Any] = {"name": name, "appProperties": {TEMPLATE: None, **tags}}
    fields = "id,name,mimeType,createdTime,appProperties,properties"
    copying = google.drive.files().copy(fileId=template.id, body=body, fields=fields)  # type: ignore[arg-type]
    return _deployed(google.execute(copying))


def settle(now: Mapping[str, Any], zone: str) -> list[dict[str, Any]]:
    """The batchUpdate requests that make a spreadsheet Vietnamese with times in `zone`; none when
    it is so already. `now` is the Spreadsheet resource."""
    wanted = {"locale": "vi_VN", "timeZone": zone}
    if {name: now["properties"].get(name) for name in wanted} == wanted:
        return []
    update = {"properties": wanted, "fields": ",".join(wanted)}
    return [{"updateSpreadsheetProperties": update}]


def _properties(tags: Mapping[str, str | None]) -> dict[str, dict[str, str | None]]:
    """By who may see them; a kind of which there is none is left out."""
    public = {name: value for name, value in tags.items() if is_public(name)}
    private = {name: value for name, value in tags.items() if name not in public}
    kinds = {"appProperties": private, "properties": public}
    return {kind: those for kind, those in kinds.items() if those}


def _grant(responder: str) -> dict[str, str]:
    grant = {"view": "published", "role": "reader"}
    if responder == ANYONE:
        return {**grant, "type": "anyone"}
    return {**grant, "type": "user", "emailAddress": responder}


def _deployed(file: Mapping[str, Any]) -> DeployedFile:
    permissions = file.get("permissions", ())
    return DeployedFile(
        id=file["id"],
        name=file["name"],
        created=file.get("createdTime", ""),
        version=file.get("version", ""),
        modified=file.get("modifiedTime", ""),
        tags=file.get("appProperties", {})
        | {tag: value for tag, value in file.get("properties", {}).items() if is_public(tag)},
        responders={
            _whose(one): one["id"]
            for one in permissions
            if one.get("view") == "published" and one.get("role") == "reader"
        },
        people={
            _whose(one): one["id"]
            for one in permissions
            if "view" not in one and one.get("role") != "owner"
        },
    )


def _whose(permission: Mapping[str, Any]) -> str:
    """The address in lower case; of others their type, which is "anyone" or "domain"."""
    address: str = permission.get("emailAddress", "").lower()
    return address or str(permission["type"])
