"""textToColumns: the texts of a column split into the columns beside it."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets import a1
from cchc_gforms.local_google.sheets.areas import Area, whole
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.workbook import Sheet
from cchc_gforms.local_google.sheets.writing import cell_of

_SIGNS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


def split(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Each part is entered as if it were typed; what was beside it is overwritten."""
    sheet, area = edit.editable(body.get("source", {}))
    if area.width != 1:
        raise invalid("The source must span exactly one column.")
    sign = _sign(body)
    for row in range(area.top, area.bottom):
        text = sheet.cell(row, area.left).get("userEnteredValue", {}).get("stringValue", "")
        if sign in text:
            _write(edit, sheet, row, area.left, text.split(sign))
    return {}


def _sign(body: dict[str, Any]) -> str:
    kind = body.get("delimiterType", "DELIMITER_TYPE_UNSPECIFIED")
    if kind == "AUTODETECT":
        raise unimplemented("textToColumns with AUTODETECT")
    sign = body.get("delimiter", "") if kind == "CUSTOM" else _SIGNS.get(kind, "")
    if not sign:
        raise invalid("No delimiter specified.")
    return str(sign)


def _write(edit: Edit, sheet: Sheet, row: int, column: int, parts: list[str]) -> None:
    area = Area(row, column, row + 1, column + len(parts))
    if not area.within(whole(sheet)):
        raise a1.off_grid(sheet, area)
    check_may_edit(sheet, area, edit.person)
    locale = locale_of(edit.workbook.locale)
    for place, part in enumerate(parts, column):
        sheet.put(row, place, cell_of(sheet.cell(row, place), part, "USER_ENTERED", locale))


CHANGES: dict[str, Change] = {"textToColumns": split}
