"""`files.export`: a spreadsheet as CSV or TSV (its first tab) or as an Excel file (all of it)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.call import Call, Media
from cchc_gforms.local_google.drive import excel, files
from cchc_gforms.local_google.drive.refusals import (
    bad_parameter,
    no_conversion,
    not_exportable,
    opened,
    too_large_to_export,
)
from cchc_gforms.local_google.errors import unimplemented
from cchc_gforms.local_google.sheets import present, store
from cchc_gforms.local_google.sheets.formulas.shown import calculated

LARGEST = 10 * 1024 * 1024  # bytes (facts, Drive)

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SEPARATORS = {"text/csv": ",", "text/tab-separated-values": "\t"}
_NOT_HERE = frozenset(
    {
        "application/pdf",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/x-vnd.oasis.opendocument.spreadsheet",
        "application/zip",
    }
)
"""What Google exports spreadsheets to, and this does not; of a form it exports a zip."""

FORMATS = {files.SPREADSHEET: [EXCEL, *_SEPARATORS]}


def export(call: Call) -> Media:
    kind = call.one("mimeType")
    if not kind:
        raise bad_parameter("Required parameter: mimeType")
    file = opened(call, call.path["fileId"], "reader")
    if not file.mime_type.startswith("application/vnd.google-apps."):
        raise not_exportable()
    if file.mime_type == files.FORM and kind == "application/zip":
        raise unimplemented("exporting a form as application/zip")
    if file.mime_type != files.SPREADSHEET:
        raise no_conversion()
    if kind in _NOT_HERE:
        raise unimplemented(f"exporting a spreadsheet as {kind}")
    if kind != EXCEL and kind not in _SEPARATORS:
        raise no_conversion()
    book = _book(call, file.id)
    made = excel.written(book) if kind == EXCEL else _text(book, _SEPARATORS[kind])
    if len(made) > LARGEST:
        raise too_large_to_export()
    return Media(made, kind)


def _book(call: Call, file_id: str) -> dict[str, Any]:
    """The wire Spreadsheet with its cells, formulas computed."""
    workbook = calculated(store.load(call.tx, file_id), call.now)
    return present.spreadsheet(workbook, "", call.account.email, cells=True)


def _text(book: Mapping[str, Any], separator: str) -> bytes:
    """The first tab as it is seen: every line as long as the longest, no line end at the end."""
    [data] = book["sheets"][0]["data"]
    lines = [
        [cell.get("formattedValue", "") for cell in row.get("values", [])]
        for row in data.get("rowData", [])
    ]
    while lines and not any(lines[-1]):
        del lines[-1]
    width = max((_used(line) for line in lines), default=0)
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=separator, lineterminator="\r\n")
    writer.writerows([[*line, *[""] * width][:width] for line in lines])
    return made.getvalue().removesuffix("\r\n").encode()


def _used(line: list[str]) -> int:
    return max((place for place, text in enumerate(line, 1) if text), default=0)
