"""pasteData: text in columns, as programs bring CSV into a sheet."""

from __future__ import annotations

import csv
import io
from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.writing import write_rows

_KINDS = {"PASTE_NORMAL", "PASTE_VALUES"}


def paste(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Each field as if typed into its cell; an empty one empties it.

    The grid does not grow: whether Google's does is not known.
    """
    kind = body.get("type", "PASTE_NORMAL")
    if body.get("html"):
        raise unimplemented("pasteData of HTML")
    if kind not in _KINDS:
        raise unimplemented(f"pasteData of type {kind}")
    delimiter = body.get("delimiter", "")
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise invalid("pasteData needs html or a delimiter of one character.")
    at = body.get("coordinate", {})
    sheet = edit.sheet(at)
    top, left = at.get("rowIndex", 0), at.get("columnIndex", 0)
    rows = [list(row) for row in csv.reader(io.StringIO(body.get("data", "")), delimiter=delimiter)]
    width = max([1, *map(len, rows)])
    check_may_edit(sheet, Area(top, left, top + max(1, len(rows)), left + width), edit.person)
    write_rows(edit.workbook, sheet, top, left, rows, "USER_ENTERED", edit.now)
    return {}


CHANGES: dict[str, Change] = {"pasteData": paste}
