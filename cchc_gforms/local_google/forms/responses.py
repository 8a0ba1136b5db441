"""Responses: submitted, edited, listed. The linked Sheet is written in the same transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.errors import not_found
from cchc_gforms.local_google.forms import attached, grades
from cchc_gforms.local_google.forms.attached import Attached
from cchc_gforms.local_google.forms.store import Form
from cchc_gforms.local_google.sheets import linked
from cchc_gforms.local_google.state import State
from cchc_gforms.local_google.times import from_us, rfc3339_ms, rfc3339_us, to_us

TABLES = """
create table if not exists responses (
    form_id text not null, id text not null, created_us integer not null,
    submitted_us integer not null, email text, answers text not null, edit_id text not null unique,
    sheet_row integer, primary key (form_id, id)
);
create index if not exists responses_by_time on responses (form_id, submitted_us);
"""


@dataclass(frozen=True, slots=True)
class Submitted:
    response_id: str
    edit_id: str


@dataclass(frozen=True, slots=True)
class Response:
    """`answers` are values by question id, as facts 4.11 has them."""

    id: str
    form_id: str
    created_us: int
    submitted_us: int
    email: str | None
    answers: Mapping[str, list[str]]
    edit_id: str
    sheet_row: int | None

    def wire(
        self, form: Form, uploads: Mapping[str, Attached], *, with_form_id: bool
    ) -> dict[str, Any]:
        """The FormResponse resource; list items leave formId out (facts 4.8)."""
        found = grades.grades(form, self.answers)
        made: dict[str, Any] = {"formId": self.form_id} if with_form_id else {}
        made["responseId"] = self.id
        made["createTime"] = rfc3339_ms(self.created_us)
        made["lastSubmittedTime"] = rfc3339_us(self.submitted_us)
        if self.email:
            made["respondentEmail"] = self.email
        if score := grades.total(found):
            made["totalScore"] = score
        if self.answers:
            made["answers"] = {
                id: {
                    "questionId": id,
                    **({"grade": found[id]} if id in found else {}),
                    **_answer(id, values, uploads),
                }
                for id, values in self.answers.items()
            }
        return made


def _answer(id: str, values: list[str], uploads: Mapping[str, Attached]) -> dict[str, Any]:
    files_chosen = attached.chosen(id, values, uploads)
    if files_chosen:
        return {"fileUploadAnswers": {"answers": [one.wire() for one in files_chosen]}}
    return {"textAnswers": {"answers": [{"value": value} for value in values]}}


def submit(
    state: State,
    tx: sqlite3.Connection,
    form: Form,
    *,
    answers: Mapping[str, list[str]],
    email: str | None,
    edit_id: str | None = None,
) -> Submitted:
    """A new response; with `edit_id`, the same again: its id and createTime stay (facts 4.7)."""
    now = to_us(state.clock.now())
    earlier = by_edit_id(tx, form.form_id, edit_id) if edit_id else None
    if edit_id and earlier is None:
        raise not_found()
    response = Response(
        id=earlier.id if earlier else state.ids.response_id(),
        form_id=form.form_id,
        created_us=earlier.created_us if earlier else now,
        submitted_us=now,
        email=email,
        answers={id: list(values) for id, values in answers.items() if values},
        edit_id=earlier.edit_id if earlier else state.ids.edit_id(),
        sheet_row=earlier.sheet_row if earlier else None,
    )
    _save(tx, response, write_to_sheet(state, tx, form, response))
    return Submitted(response.id, response.edit_id)


def write_to_sheet(
    state: State, tx: sqlite3.Connection, form: Form, response: Response
) -> int | None:
    """Writes the response into the linked Sheet; its row there, None when nothing is linked."""
    if form.linked_spreadsheet_id is None or form.linked_sheet_id is None:
        return None
    uploads = attached.of_form(tx, form.form_id)
    row = linked.write_response(
        state,
        tx,
        spreadsheet_id=form.linked_spreadsheet_id,
        sheet_id=form.linked_sheet_id,
        row=response.sheet_row,
        submitted_at=from_us(response.submitted_us),
        email=response.email,
        answers_by_question_id={
            id: attached.cell_value(id, values, uploads) for id, values in response.answers.items()
        },
    )
    files.touch(state, tx, form.linked_spreadsheet_id)
    return row


def write_all_to_sheet(state: State, tx: sqlite3.Connection, form: Form) -> None:
    """On linking, what came before is written too, oldest first; a row of an earlier Sheet is not
    one of this."""
    for response in listed(tx, form.form_id):
        row = write_to_sheet(state, tx, form, replace(response, sheet_row=None))
        _save(tx, response, row)


def find(tx: sqlite3.Connection, form_id: str, id: str) -> Response | None:
    found = tx.execute("select * from responses where form_id = ? and id = ?", (form_id, id))
    return _response(found.fetchone())


def by_edit_id(tx: sqlite3.Connection, form_id: str, edit_id: str) -> Response | None:
    found = tx.execute(
        "select * from responses where form_id = ? and edit_id = ?", (form_id, edit_id)
    )
    return _response(found.fetchone())


def listed(tx: sqlite3.Connection, form_id: str) -> list[Response]:
    """Oldest first."""
    rows = tx.execute(
        "select * from responses where form_id = ? order by created_us, rowid", (form_id,)
    )
    return [response for row in rows if (response := _response(row))]


def delete(tx: sqlite3.Connection, form_id: str, id: str) -> bool:
    """Whether there was one. Its row in a Sheet stays (facts 6.7), as its files in Drive do."""
    gone = tx.execute("delete from responses where form_id = ? and id = ?", (form_id, id))
    return gone.rowcount > 0


def delete_all(tx: sqlite3.Connection, form_id: str) -> None:
    attached.delete_all(tx, form_id)
    tx.execute("delete from responses where form_id = ?", (form_id,))


def _save(tx: sqlite3.Connection, response: Response, sheet_row: int | None) -> None:
    tx.execute(
        "insert or replace into responses values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            response.form_id, response.id, response.created_us, response.submitted_us,
            response.email, json.dumps(response.answers, ensure_ascii=False), response.edit_id,
            sheet_row,
        ),
    )  # fmt: skip


def _response(row: sqlite3.Row | None) -> Response | None:
    if row is None:
        return None
    return Response(
        id=row["id"],
        form_id=row["form_id"],
        created_us=row["created_us"],
        submitted_us=row["submitted_us"],
        email=row["email"],
        answers=json.loads(row["answers"]),
        edit_id=row["edit_id"],
        sheet_row=row["sheet_row"],
    )
