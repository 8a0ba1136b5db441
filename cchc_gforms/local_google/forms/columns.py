"""The columns of a form's linked Sheet."""

from __future__ import annotations

import sqlite3

from cchc_gforms.local_google.forms.outline import Kind, Outline, Question, outline
from cchc_gforms.local_google.forms.store import Form
from cchc_gforms.local_google.sheets import linked


def headers(form: Outline) -> list[linked.Header]:
    """A column a question, in the form's order; a grid has one a row (facts 6.2)."""
    return [
        linked.Header(
            question.id,
            f"{item.title} [{question.row}]" if item.is_grid else item.title,
            _cell_kind(question),
        )
        for section in form.sections
        for item in section.items
        for question in item.questions
    ]


def refresh(tx: sqlite3.Connection, form: Form) -> None:
    """After the form changed: the headers of its Sheet follow, new questions get columns (6.6)."""
    if form.linked_spreadsheet_id is None or form.linked_sheet_id is None:
        return
    read = outline(form.resource)
    linked.refresh(
        tx,
        spreadsheet_id=form.linked_spreadsheet_id,
        sheet_id=form.linked_sheet_id,
        headers=headers(read),
        collects_email=read.email != "DO_NOT_COLLECT",
    )


def _cell_kind(question: Question) -> str:
    """How a column's cells are typed; a day without its year is no date that a sheet knows."""
    if question.kind is Kind.DATE and question.with_year:
        return "date_time" if question.with_time else "date"
    kinds = {
        Kind.SCALE: "number",
        Kind.RATING: "number",
        Kind.TIME: "time",
        Kind.DURATION: "time",
    }
    return kinds.get(question.kind, "text")
