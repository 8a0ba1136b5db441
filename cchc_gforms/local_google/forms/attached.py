"""Files that people uploaded to answer a form (facts 3.1, 4.11): each one a Drive file of the
form's owner, in the folder of its question."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from cchc_gforms.local_google import accounts
from cchc_gforms.local_google.drive import content, files
from cchc_gforms.local_google.forms.outline import Question
from cchc_gforms.local_google.forms.store import Form
from cchc_gforms.local_google.state import State

TABLES = """
create table if not exists form_uploads (
    file_id text primary key, form_id text not null, question_id text not null,
    email text not null, name text not null, mime_type text not null
);
create index if not exists form_uploads_by_form on form_uploads (form_id);
"""

_LINK = "https://drive.google.com/open?id="


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came with a post."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """`email` is of who uploaded it."""

    file_id: str
    question_id: str
    email: str
    name: str
    mime_type: str

    def wire(self) -> dict[str, str]:
        return {"fileId": self.file_id, "fileName": self.name, "mimeType": self.mime_type}


def has_folder(tx: sqlite3.Connection, question: Question) -> bool:
    """Whether files can come: on a copied form only after its folders were restored."""
    folder = files.find(tx, question.upload.folder_id) if question.upload else None
    return folder is not None and not folder.trashed


def store(
    state: State, tx: sqlite3.Connection, form: Form, question: Question, sent: Sent, email: str
) -> str:
    """The id of the new file, which bears the name of who uploaded it too."""
    owner = files.find(tx, form.form_id)
    assert owner is not None
    assert question.upload is not None
    path = PurePath(sent.name.replace("\\", "/")).name
    name = f"{PurePath(path).stem} - {accounts.account(tx, email).name}{PurePath(path).suffix}"
    file_id = files.create_file(
        state,
        tx,
        mime_type=sent.mime_type,
        name=name,
        owner=owner.owner,
        parents=[question.upload.folder_id],
    )
    content.keep(tx, file_id, sent.content)
    tx.execute(
        "insert into form_uploads values (?, ?, ?, ?, ?, ?)",
        (file_id, form.form_id, question.id, email, name, sent.mime_type),
    )
    return file_id


def of_form(tx: sqlite3.Connection, form_id: str) -> dict[str, Attached]:
    """By the ids of the files."""
    rows = tx.execute("select * from form_uploads where form_id = ?", (form_id,))
    return {
        row["file_id"]: Attached(
            row["file_id"], row["question_id"], row["email"], row["name"], row["mime_type"]
        )
        for row in rows
    }


def chosen(
    question_id: str, values: Sequence[str], uploads: Mapping[str, Attached]
) -> list[Attached]:
    """The files that an answer names; none when it is an answer of another kind."""
    found = [uploads[value] for value in values if value in uploads]
    return [one for one in found if one.question_id == question_id]


def cell_value(
    question_id: str, values: Sequence[str], uploads: Mapping[str, Attached]
) -> list[str]:
    """What the linked Sheet shows: the links of files, anything else as it is (facts 6.2)."""
    linked = chosen(question_id, values, uploads)
    return [f"{_LINK}{one.file_id}" for one in linked] if linked else list(values)


def delete_all(tx: sqlite3.Connection, form_id: str) -> None:
    """The files themselves stay in the Drive."""
    tx.execute("delete from form_uploads where form_id = ?", (form_id,))
