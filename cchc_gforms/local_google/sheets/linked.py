"""The tab that a form writes its responses into (facts of the Forms page, section 6)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_gforms.local_google.sheets import defaults, store, structure
from cchc_gforms.local_google.sheets.answer_cells import answer_cell
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.serials import serial_at
from cchc_gforms.local_google.sheets.workbook import Cell, Row, Sheet, Workbook
from cchc_gforms.local_google.state import State

_TIMESTAMP, _EMAIL = "@timestamp", "@email"
_ROWS = 100
_WORDS = {
    "vi": {
        "tab": "Câu trả lời biểu mẫu",
        _TIMESTAMP: "Dấu thời gian",
        _EMAIL: "Địa chỉ email",
        "note": "Người trả lời đã cập nhật giá trị này.",
    },
    "en": {
        "tab": "Form Responses",
        _TIMESTAMP: "Timestamp",
        _EMAIL: "Email Address",
        "note": "Responder updated this value.",
    },
}


@dataclass(frozen=True, slots=True)
class Header:
    """A question's column. `kind` types the cells: text, number, date, date_time or time.

    The title of a grid's row is `Question title [Row title]` (facts 6.2).
    """

    question_id: str
    title: str
    kind: str = "text"


def link(
    state: State,
    tx: sqlite3.Connection,
    *,
    form_id: str,
    headers: Sequence[Header],
    spreadsheet_id: str,
    collects_email: bool = False,
    language: str = "vi",
) -> int:
    """Makes the form's tab, the first of all tabs, with its header row; returns its sheet id."""
    workbook = store.load(tx, spreadsheet_id)
    before = store.snapshot(workbook)
    sheet_id = _free_id(state, workbook)
    properties = defaults.sheet_properties(sheet_id, _free_title(workbook, language))
    properties["gridProperties"] |= {"rowCount": _ROWS, "frozenRowCount": 1}
    state_of_link = {
        "form_id": form_id, "language": language, "columns": {}, "kinds": {}, "rows": [],
    }  # fmt: skip
    sheet = Sheet({"properties": properties}, linked=state_of_link)
    workbook.sheets.insert(0, sheet)
    _label(workbook, sheet, headers, collects_email=collects_email)
    structure.check_limits(workbook)
    store.save(tx, workbook, before)
    return sheet_id


def refresh(
    tx: sqlite3.Connection,
    *,
    spreadsheet_id: str,
    sheet_id: int,
    headers: Sequence[Header],
    collects_email: bool = False,
) -> None:
    """After the form changed: titles follow, a new question gets a column at the right (6.6)."""
    workbook = store.load(tx, spreadsheet_id)
    before = store.snapshot(workbook)
    sheet = _linked_sheet(workbook, sheet_id)
    if sheet is not None:
        _label(workbook, sheet, headers, collects_email=collects_email)
        store.save(tx, workbook, before)


def unlink(tx: sqlite3.Connection, *, spreadsheet_id: str, sheet_id: int) -> None:
    """The tab stays with all that is on it, as one like any other (facts 6.7)."""
    workbook = store.load(tx, spreadsheet_id)
    before = store.snapshot(workbook)
    sheet = _linked_sheet(workbook, sheet_id)
    if sheet is not None:
        sheet.linked = None
        store.save(tx, workbook, before)


def write_response(
    state: State,
    tx: sqlite3.Connection,
    *,
    spreadsheet_id: str,
    sheet_id: int,
    row: int | None,
    submitted_at: datetime,
    email: str | None,
    answers_by_question_id: Mapping[str, Sequence[str]],
) -> int | None:
    """Writes a response; returns what to pass as `row` when it is edited.

    That number goes on naming the response when rows move. None when the tab is gone.
    """
    workbook = store.load(tx, spreadsheet_id, cells=False)
    sheet = _linked_sheet(workbook, sheet_id)
    if sheet is None or sheet.linked is None:
        return None
    values: dict[str, list[Any]] = {_TIMESTAMP: [serial_at(submitted_at, workbook.time_zone)]}
    values |= {key: list(given) for key, given in answers_by_question_id.items() if given}
    values |= {_EMAIL: [email]} if email else {}
    if values.keys() - sheet.linked["columns"].keys():
        _add_columns(tx, workbook, sheet, values)
        return write_response(
            state, tx, spreadsheet_id=spreadsheet_id, sheet_id=sheet_id, row=row,
            submitted_at=submitted_at, email=email, answers_by_question_id=answers_by_question_id,
        )  # fmt: skip
    rows: list[int | None] = sheet.linked["rows"]
    place = rows[row] if row is not None and row < len(rows) else None
    cells = _cells(workbook, sheet, values)
    if row is not None and place is not None:
        edited = _edited(sheet, store.get_row(tx, spreadsheet_id, sheet_id, place), cells)
        store.put_row(tx, spreadsheet_id, sheet_id, place, edited)
        return row
    return _append(tx, workbook, sheet, cells)


def _append(tx: sqlite3.Connection, workbook: Workbook, sheet: Sheet, cells: Row) -> int:
    """A row right after the last one the form wrote; what lies below is pushed down (6.4)."""
    file_id, link_state = workbook.spreadsheet_id, sheet.linked or {}
    written = [row for row in link_state["rows"] if row is not None]
    place = max(written, default=0) + 1
    if store.last_used_row(tx, file_id, sheet.sheet_id) >= place or _may_shift(tx, workbook):
        full = store.load(tx, file_id)
        before = store.snapshot(full)
        sheet = full.sheet(sheet.sheet_id)
        structure.insert(full, sheet, "ROWS", place, 1)
        store.save(tx, full, before)
    else:
        sheet.grid["rowCount"] += 1
        structure.check_limits(workbook)
    assert sheet.linked is not None
    sheet.linked["rows"].append(place)
    store.put_sheet(tx, file_id, sheet)
    store.put_row(tx, file_id, sheet.sheet_id, place, cells)
    return len(sheet.linked["rows"]) - 1


def _may_shift(tx: sqlite3.Connection, workbook: Workbook) -> bool:
    """Whether anything names cells: objects over them, or formulas."""
    objects = (
        part
        for sheet in workbook.sheets
        for name, part in sheet.resource.items()
        if name != "properties"
    )
    named = bool(workbook.metadata or workbook.named_ranges) or any(objects)
    return named or store.has_formulas(tx, workbook.spreadsheet_id, workbook.sheets)


def _cells(workbook: Workbook, sheet: Sheet, values: Mapping[str, Sequence[Any]]) -> Row:
    assert sheet.linked is not None
    columns, kinds = sheet.linked["columns"], sheet.linked["kinds"]
    locale = locale_of(workbook.locale)
    made: Row = {}
    for key, given in values.items():
        kind = "timestamp" if key == _TIMESTAMP else kinds.get(key, "text")
        made[columns[key]] = answer_cell(kind, given, locale)
    return made


def _edited(sheet: Sheet, old: Row, new: Row) -> Row:
    """The row overwritten (6.5): changed answers get a note, columns by hand stay."""
    assert sheet.linked is not None
    words, columns = _WORDS[sheet.linked["language"]], sheet.linked["columns"]
    made = dict(old)
    for key, column in columns.items():
        before, after = old.get(column, {}), new.get(column, {})
        changed = before.get("userEnteredValue") != after.get("userEnteredValue")
        if changed and key != _TIMESTAMP:
            after = {**after, "note": words["note"]}
        elif "note" in before:
            after = {**after, "note": before["note"]}
        made[column] = after
    return {column: cell for column, cell in made.items() if cell}


def _label(
    workbook: Workbook, sheet: Sheet, headers: Sequence[Header], *, collects_email: bool
) -> None:
    """The header row; columns keep their places, new ones come at the right."""
    assert sheet.linked is not None
    words = _WORDS[sheet.linked["language"]]
    titles = {_TIMESTAMP: words[_TIMESTAMP]}
    titles |= {_EMAIL: words[_EMAIL]} if collects_email else {}
    titles |= {header.question_id: header.title for header in headers}
    sheet.linked["kinds"] |= {header.question_id: header.kind for header in headers}
    for key, title in titles.items():
        column = sheet.linked["columns"].get(key)
        if column is None:
            column = _next_column(workbook, sheet)
            sheet.linked["columns"][key] = column
        sheet.put(0, column, _heading(title))


def _add_columns(
    tx: sqlite3.Connection, workbook: Workbook, sheet: Sheet, values: Mapping[str, object]
) -> None:
    """Columns for answers that have none yet; a question's title comes with `refresh`."""
    full = store.load(tx, workbook.spreadsheet_id)
    before = store.snapshot(full)
    sheet = full.sheet(sheet.sheet_id)
    assert sheet.linked is not None
    words = _WORDS[sheet.linked["language"]]
    for key in values.keys() - sheet.linked["columns"].keys():
        sheet.linked["columns"][key] = column = _next_column(full, sheet)
        sheet.put(0, column, _heading(words.get(key, key)))
    store.save(tx, full, before)


def _next_column(workbook: Workbook, sheet: Sheet) -> int:
    assert sheet.linked is not None
    taken = [*sheet.linked["columns"].values(), *sheet.rows.get(0, {})]
    column: int = max(taken, default=-1) + 1
    if column >= sheet.column_count:
        structure.resize(workbook, sheet, "COLUMNS", column + 1)
    return column


def _heading(title: str) -> Cell:
    return {
        "userEnteredValue": {"stringValue": title},
        "userEnteredFormat": {"wrapStrategy": "WRAP", "verticalAlignment": "MIDDLE"},
    }


def _linked_sheet(workbook: Workbook, sheet_id: int) -> Sheet | None:
    """None when a person deleted the tab: the form then writes nowhere."""
    found = (sheet for sheet in workbook.sheets if sheet.sheet_id == sheet_id)
    return next((sheet for sheet in found if sheet.linked is not None), None)


def _free_id(state: State, workbook: Workbook) -> int:
    taken = {sheet.sheet_id for sheet in workbook.sheets}
    while (number := state.ids.number()) in taken:
        pass
    return number


def _free_title(workbook: Workbook, language: str) -> str:
    number = 1
    while workbook.titled(f"{_WORDS[language]['tab']} {number}"):
        number += 1
    return f"{_WORDS[language]['tab']} {number}"
