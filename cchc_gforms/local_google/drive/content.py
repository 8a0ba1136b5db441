"""What files that are no Google document hold, and what becomes of bytes sent to one that is."""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
from collections.abc import Sequence

from cchc_gforms.local_google.call import Call, Media
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.drive.refusals import bad_parameter, no_conversion
from cchc_gforms.local_google.errors import unimplemented
from cchc_gforms.local_google.sheets import batch, writing
from cchc_gforms.local_google.sheets import store as sheet_store
from cchc_gforms.local_google.sheets.edit import Edit
from cchc_gforms.local_google.sheets.opening import edit_of
from cchc_gforms.local_google.sheets.workbook import Sheet

TABLES = """
create table if not exists blobs (file_id text primary key, content blob not null);
"""

BYTES = "application/octet-stream"
_SEPARATORS = {"text/csv": ",", "text/tab-separated-values": "\t"}
IMPORTS = {kind: [files.SPREADSHEET] for kind in _SEPARATORS}
_OFFICE = frozenset(
    {
        "application/vnd.ms-excel",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/x-vnd.oasis.opendocument.spreadsheet",
        "text/plain",
    }
)
"""What Google makes a spreadsheet of, and this does not."""


def load(tx: sqlite3.Connection, file_id: str) -> bytes | None:
    """None for what has no bytes: Google's own documents, folders, files made without any."""
    row = tx.execute("select content from blobs where file_id = ?", (file_id,)).fetchone()
    return bytes(row["content"]) if row else None


def keep(tx: sqlite3.Connection, file_id: str, content: bytes) -> None:
    tx.execute("insert or replace into blobs values (?, ?)", (file_id, content))


def delete(tx: sqlite3.Connection, file_id: str) -> None:
    tx.execute("delete from blobs where file_id = ?", (file_id,))


def used_by(tx: sqlite3.Connection, email: str) -> int:
    """Bytes of all files that this account owns."""
    row = tx.execute(
        "select sum(length(content)) as size from blobs join files on files.id = blobs.file_id "
        "where files.owner = ?",
        (email,),
    ).fetchone()
    return int(row["size"] or 0)


def checksums(content: bytes) -> dict[str, str]:
    made = {"md5Checksum": hashlib.md5(content, usedforsecurity=False).hexdigest()}
    made["sha1Checksum"] = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    return made | {"sha256Checksum": hashlib.sha256(content).hexdigest()}


def receive(call: Call, file: File, media: Media) -> None:
    """Puts what was uploaded into the file, converted when it is a Google spreadsheet."""
    if file.mime_type == files.SPREADSHEET:
        _fill_spreadsheet(call, file, media)
    elif file.mime_type.startswith("application/vnd.google-apps."):
        raise no_conversion()
    else:
        keep(call.tx, file.id, media.content)


def _fill_spreadsheet(call: Call, file: File, media: Media) -> None:
    """All tabs go; the one that comes bears the file's title (facts B: import_csv)."""
    kind = media.mime_type.partition(";")[0].strip().lower()
    if kind in _OFFICE:
        raise unimplemented(f"converting {kind} to a spreadsheet")
    if kind not in _SEPARATORS:
        raise no_conversion()
    try:
        text = media.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise unimplemented(f"converting {kind} that is not in UTF-8") from None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_SEPARATORS[kind]))
    except csv.Error as error:  # above all a field that is longer than any cell may be
        raise bad_parameter(f"The file cannot be imported: {error}") from None
    edit = edit_of(call, sheet_store.load(call.tx, file.id))
    before = sheet_store.snapshot(edit.workbook)
    sheet = _only_tab(edit, file.name, rows)
    writing.write_rows(edit.workbook, sheet, 0, 0, [list(row) for row in rows], "USER_ENTERED")
    sheet_store.save(call.tx, edit.workbook, before)


def _only_tab(edit: Edit, title: str, rows: Sequence[Sequence[str]]) -> Sheet:
    """A tab no larger than its rows: nobody said how large Google's is, and less is stricter."""
    size = {"rowCount": max(1, len(rows)), "columnCount": max([1, *map(len, rows)])}
    id = edit.free_id(None, {sheet.sheet_id for sheet in edit.workbook.sheets}, "Sheet")
    properties = {"sheetId": id, "title": f"import {id}", "index": 0, "gridProperties": size}
    old = [{"deleteSheet": {"sheetId": sheet.sheet_id}} for sheet in edit.workbook.sheets]
    named = {"properties": {"sheetId": id, "title": title or "Sheet1"}, "fields": "title"}
    last = {"updateSheetProperties": named}
    batch.run(edit, [{"addSheet": {"properties": properties}}, *old, last])
    return edit.workbook.sheet(id)
