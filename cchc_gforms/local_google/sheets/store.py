"""Spreadsheets in the database: one record a spreadsheet, a sheet, and a row of cells."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from cchc_gforms.local_google.errors import ApiError
from cchc_gforms.local_google.sheets import defaults
from cchc_gforms.local_google.sheets.workbook import Row, Sheet, Workbook
from cchc_gforms.local_google.state import State

TABLES = """
create table if not exists spreadsheets (
    file_id text primary key, properties text not null, metadata text not null
);
create table if not exists named_ranges (file_id text primary key, named_ranges text not null);
create table if not exists sheets (
    file_id text not null, sheet_id integer not null, place integer not null,
    resource text not null, sizes text not null, linked text not null,
    primary key (file_id, sheet_id)
) without rowid;
create table if not exists sheet_rows (
    file_id text not null, sheet_id integer not null, row integer not null, cells text not null,
    primary key (file_id, sheet_id, row)
) without rowid;
"""


def create_spreadsheet(
    state: State,  # noqa: ARG001 - the creators of all kinds of file are called alike
    tx: sqlite3.Connection,
    *,
    file_id: str,
    title: str,
    locale: str = "en_US",
    time_zone: str = "Etc/GMT",
    sheet_title: str = "Sheet1",
) -> None:
    """An empty spreadsheet of one sheet, id 0, of 1000 rows and 26 columns."""
    properties = defaults.spreadsheet_properties(title, locale, time_zone)
    sheet = Sheet({"properties": defaults.sheet_properties(0, sheet_title)})
    save_new(tx, Workbook(file_id, properties, [sheet]))


def save_new(tx: sqlite3.Connection, workbook: Workbook) -> None:
    save(tx, workbook, {})


def exists(tx: sqlite3.Connection, file_id: str) -> bool:
    found = tx.execute("select 1 from spreadsheets where file_id = ?", (file_id,))
    return found.fetchone() is not None


def rename(tx: sqlite3.Connection, file_id: str, title: str) -> None:
    """The file's name in Drive is the spreadsheet's title."""
    properties = _record(tx, file_id)["properties"] | {"title": title}
    tx.execute(
        "update spreadsheets set properties = ? where file_id = ?", (_dump(properties), file_id)
    )


def delete(tx: sqlite3.Connection, file_id: str) -> None:
    for table in ("spreadsheets", "named_ranges", "sheets", "sheet_rows"):
        tx.execute(f"delete from {table} where file_id = ?", (file_id,))  # noqa: S608


def load(tx: sqlite3.Connection, file_id: str, *, cells: bool = True) -> Workbook:
    """The spreadsheet; without `cells` all of it but its cells, to read (`load_cells`)."""
    record = _record(tx, file_id)
    found = tx.execute("select * from sheets where file_id = ? order by place", (file_id,))
    workbook = Workbook(
        file_id,
        record["properties"],
        [_sheet(row) for row in found],
        record["metadata"],
        _named_ranges(tx, file_id),
    )
    if cells:
        load_cells(tx, workbook, workbook.sheets)
    return workbook


def load_cells(tx: sqlite3.Connection, workbook: Workbook, sheets: Iterable[Sheet]) -> None:
    """The cells of sheets that came without them, each once."""
    for sheet in {sheet.sheet_id: sheet for sheet in sheets}.values():
        sheet.rows = _rows(tx, workbook.spreadsheet_id, sheet.sheet_id)


def snapshot(workbook: Workbook) -> dict[int, dict[int, Row]]:
    """The cells as loaded, by which `save` sees what changed."""
    return {
        sheet.sheet_id: {row: dict(cells) for row, cells in sheet.rows.items()}
        for sheet in workbook.sheets
    }


def save(tx: sqlite3.Connection, workbook: Workbook, before: dict[int, dict[int, Row]]) -> None:
    """Writes the spreadsheet; of the cells only the rows that differ from `before`."""
    file_id = workbook.spreadsheet_id
    tx.execute(
        "insert or replace into spreadsheets values (?, ?, ?)",
        (file_id, _dump(workbook.properties), _dump(workbook.metadata)),
    )
    tx.execute(
        "insert or replace into named_ranges values (?, ?)", (file_id, _dump(workbook.named_ranges))
    )
    tx.execute("delete from sheets where file_id = ?", (file_id,))
    tx.executemany(
        "insert into sheets values (?, ?, ?, ?, ?, ?)",
        [
            (
                file_id,
                sheet.sheet_id,
                place,
                *map(_dump, (sheet.resource, sheet.sizes, sheet.linked)),
            )
            for place, sheet in enumerate(workbook.sheets)
        ],
    )
    after = {sheet.sheet_id: sheet.rows for sheet in workbook.sheets}
    for sheet_id in before.keys() | after.keys():
        _save_rows(tx, file_id, sheet_id, before.get(sheet_id, {}), after.get(sheet_id, {}))


def put_row(tx: sqlite3.Connection, file_id: str, sheet_id: int, row: int, cells: Row) -> None:
    """One row, replaced as a whole."""
    tx.execute(
        "insert or replace into sheet_rows values (?, ?, ?, ?)",
        (file_id, sheet_id, row, _dump(cells)),
    )


def put_sheet(tx: sqlite3.Connection, file_id: str, sheet: Sheet) -> None:
    """What is known of a sheet beside its cells and its place among the tabs."""
    texts = map(_dump, (sheet.resource, sheet.sizes, sheet.linked))
    tx.execute(
        "update sheets set resource = ?, sizes = ?, linked = ? where file_id = ? and sheet_id = ?",
        (*texts, file_id, sheet.sheet_id),
    )


def last_used_row(tx: sqlite3.Connection, file_id: str, sheet_id: int) -> int:
    """The index of the last row that holds a cell; -1 in an empty sheet."""
    found = tx.execute(
        "select max(row) as last from sheet_rows where file_id = ? and sheet_id = ?",
        (file_id, sheet_id),
    ).fetchone()
    return -1 if found["last"] is None else int(found["last"])


def has_formulas(tx: sqlite3.Connection, file_id: str, sheets: Iterable[Sheet]) -> bool:
    """Whether any of the sheets does. Quotes inside a stored text are escaped: none is taken."""
    found = tx.execute(
        "select distinct sheet_id from sheet_rows "
        "where file_id = ? and instr(cells, '\"formulaValue\":')",
        (file_id,),
    )
    return bool({row["sheet_id"] for row in found} & {sheet.sheet_id for sheet in sheets})


def get_row(tx: sqlite3.Connection, file_id: str, sheet_id: int, row: int) -> Row:
    found = tx.execute(
        "select cells from sheet_rows where file_id = ? and sheet_id = ? and row = ?",
        (file_id, sheet_id, row),
    ).fetchone()
    return {} if found is None else _cells(found["cells"])


def _save_rows(
    tx: sqlite3.Connection,
    file_id: str,
    sheet_id: int,
    before: dict[int, Row],
    after: dict[int, Row],
) -> None:
    gone = before.keys() - after.keys()
    tx.executemany(
        "delete from sheet_rows where file_id = ? and sheet_id = ? and row = ?",
        [(file_id, sheet_id, row) for row in gone],
    )
    for row, cells in after.items():
        if before.get(row) != cells:
            put_row(tx, file_id, sheet_id, row, cells)


def _record(tx: sqlite3.Connection, file_id: str) -> dict[str, Any]:
    found = tx.execute(
        "select properties, metadata from spreadsheets where file_id = ?", (file_id,)
    ).fetchone()
    if found is None:
        raise ApiError("FAILED_PRECONDITION", "This operation is not supported for this document")
    return {key: json.loads(found[key]) for key in ("properties", "metadata")}


def _named_ranges(tx: sqlite3.Connection, file_id: str) -> list[dict[str, Any]]:
    """None in a spreadsheet that was stored before there were any."""
    found = tx.execute(
        "select named_ranges from named_ranges where file_id = ?", (file_id,)
    ).fetchone()
    named: list[dict[str, Any]] = [] if found is None else json.loads(found["named_ranges"])
    return named


def _sheet(found: sqlite3.Row) -> Sheet:
    sizes = {
        dimension: {int(index): size for index, size in entries.items()}
        for dimension, entries in json.loads(found["sizes"]).items()
    }
    linked = json.loads(found["linked"])
    return Sheet(json.loads(found["resource"]), sizes=sizes, linked=linked)


def _rows(tx: sqlite3.Connection, file_id: str, sheet_id: int) -> dict[int, Row]:
    found = tx.execute(
        "select row, cells from sheet_rows where file_id = ? and sheet_id = ?", (file_id, sheet_id)
    )
    return {row["row"]: _cells(row["cells"]) for row in found}


def _cells(text: str) -> Row:
    return {int(column): cell for column, cell in json.loads(text).items()}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
