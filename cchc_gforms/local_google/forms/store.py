"""Forms as they are kept: the wire resource, and what the API can neither read nor set."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from cchc_gforms.local_google.errors import not_found
from cchc_gforms.local_google.forms.order import in_order
from cchc_gforms.local_google.state import State

TABLES = """
create table if not exists forms (
    form_id text primary key, public_id text not null unique, resource text not null,
    revision integer not null, is_published integer not null, is_accepting integer not null,
    allow_edits integer not null, confirmation_message text not null, closed_message text not null,
    linked_spreadsheet_id text, linked_sheet_id integer
);
"""

_INFO = ("title", "description", "documentTitle")


@dataclass(slots=True)
class Form:
    """`resource` holds info, settings and items, as on the wire. The rest is set by people."""

    form_id: str
    public_id: str
    resource: dict[str, Any] = field(default_factory=dict)
    revision: int = 1
    is_published: bool = False
    is_accepting: bool = False
    allow_edits: bool = False
    confirmation_message: str = ""
    closed_message: str = ""
    linked_spreadsheet_id: str | None = None
    linked_sheet_id: int | None = None

    @property
    def revision_id(self) -> str:
        """Eight hex digits that count up (facts 9)."""
        return f"{self.revision:08x}"

    @property
    def items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.resource.setdefault("items", [])
        return items

    def wire(self, base_url: str) -> dict[str, Any]:
        """The Form resource; false and empty left out (facts 1.9, 9)."""
        texts = self.resource["info"]
        info = {name: texts[name] for name in _INFO if texts.get(name)}
        made: dict[str, Any] = {"formId": self.form_id, "info": info}
        if settings := self.resource.get("settings"):
            made["settings"] = settings
        made["revisionId"] = self.revision_id
        made["responderUri"] = f"{base_url}/forms/d/e/{self.public_id}/viewform"
        if items := self.resource.get("items"):
            made["items"] = in_order(items)
        made["publishSettings"] = self.publish_settings()
        if self.linked_spreadsheet_id:
            made["linkedSheetId"] = self.linked_spreadsheet_id
        return made

    def publish_settings(self) -> dict[str, Any]:
        """`{}` while unpublished: false is left out, down to the empty message (facts 1.9)."""
        state = {"isPublished": self.is_published, "isAcceptingResponses": self.is_accepting}
        kept = {name: True for name, value in state.items() if value}
        return {"publishState": kept} if kept else {}


def create_form(
    state: State, tx: sqlite3.Connection, *, form_id: str, title: str, document_title: str
) -> Form:
    """An empty, unpublished form (facts 1.7: the strict reading)."""
    info = {"title": title, "documentTitle": document_title}
    resource = {"info": info, "settings": {"emailCollectionType": "DO_NOT_COLLECT"}}
    form = Form(form_id, state.ids.public_form_id(), resource)
    save_form(tx, form)
    return form


def save_form(tx: sqlite3.Connection, form: Form) -> None:
    tx.execute(
        "insert or replace into forms values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            form.form_id, form.public_id, json.dumps(form.resource, ensure_ascii=False),
            form.revision, form.is_published, form.is_accepting, form.allow_edits,
            form.confirmation_message, form.closed_message, form.linked_spreadsheet_id,
            form.linked_sheet_id,
        ),
    )  # fmt: skip


def find_form(tx: sqlite3.Connection, form_id: str) -> Form | None:
    return _form(tx.execute("select * from forms where form_id = ?", (form_id,)).fetchone())


def load_form(tx: sqlite3.Connection, form_id: str) -> Form:
    """404 when there is none."""
    form = find_form(tx, form_id)
    if form is None:
        raise not_found()
    return form


def by_public_id(tx: sqlite3.Connection, public_id: str) -> Form | None:
    return _form(tx.execute("select * from forms where public_id = ?", (public_id,)).fetchone())


def delete_form(tx: sqlite3.Connection, form_id: str) -> None:
    tx.execute("delete from forms where form_id = ?", (form_id,))
    tx.execute("delete from form_revisions where form_id = ?", (form_id,))


def unlink(tx: sqlite3.Connection, spreadsheet_id: str) -> None:
    """The forms that wrote into this spreadsheet write nowhere now."""
    tx.execute(
        "update forms set linked_spreadsheet_id = null, linked_sheet_id = null "
        "where linked_spreadsheet_id = ?",
        (spreadsheet_id,),
    )


def _form(row: sqlite3.Row | None) -> Form | None:
    if row is None:
        return None
    return Form(
        form_id=row["form_id"],
        public_id=row["public_id"],
        resource=json.loads(row["resource"]),
        revision=row["revision"],
        is_published=bool(row["is_published"]),
        is_accepting=bool(row["is_accepting"]),
        allow_edits=bool(row["allow_edits"]),
        confirmation_message=row["confirmation_message"],
        closed_message=row["closed_message"],
        linked_spreadsheet_id=row["linked_spreadsheet_id"],
        linked_sheet_id=row["linked_sheet_id"],
    )
