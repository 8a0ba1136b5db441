"""findReplace and trimWhitespace: texts of cells changed in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets.areas import Area, whole
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.protection import check_may_edit
from cchc_gforms.local_google.sheets.rendering import formatted
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet
from cchc_gforms.local_google.sheets.writing import cell_of

_SCOPES = ("range", "sheetId", "allSheets")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")


@dataclass
class _Counts:
    values: int = 0
    formulas: int = 0
    occurrences: int = 0
    rows: set[tuple[int, int]] = field(default_factory=set)

    def wire(self) -> dict[str, int]:
        counts = {
            "valuesChanged": self.values,
            "formulasChanged": self.formulas,
            "rowsChanged": len(self.rows),
            "sheetsChanged": len({sheet_id for sheet_id, _ in self.rows}),
            "occurrencesChanged": self.occurrences,
        }
        return {name: count for name, count in counts.items() if count}


def find_replace(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Cells with formulas only where they are asked for; what is replaced is entered anew."""
    pattern, replacement = _pattern(body), body.get("replacement", "")
    if body.get("searchByRegex"):
        replacement = re.sub(r"\$(\d)", r"\\\1", replacement.replace("\\", "\\\\"))
    else:
        replacement = replacement.replace("\\", "\\\\")
    counts = _Counts()
    for sheet, area in _scope(edit, body):
        for row, column, cell in list(sheet.used()):
            if area.holds(row, column):
                _replace(edit, sheet, row, column, cell, pattern, replacement, body, counts)
    return {"findReplace": counts.wire()}


def _replace(
    edit: Edit, sheet: Sheet, row: int, column: int, cell: Cell, pattern: re.Pattern[str],
    replacement: str, body: dict[str, Any], counts: _Counts,
) -> None:  # fmt: skip
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is not None and not body.get("includeFormulas"):
        return
    text = formatted(cell, locale_of(edit.workbook.locale)) if formula is None else formula
    if body.get("matchEntireCell"):
        made, found = (pattern.sub(replacement, text), 1) if pattern.fullmatch(text) else (text, 0)
    else:
        made, found = pattern.subn(replacement, text)
    if not found:
        return
    if "numberFormat" in cell.get("userEnteredFormat", {}) and formula is None:
        raise unimplemented("findReplace in a cell with a number format")
    check_may_edit(sheet, Area(row, column, row + 1, column + 1), edit.person)
    sheet.put(row, column, cell_of(cell, made, "USER_ENTERED", locale_of(edit.workbook.locale)))
    counts.occurrences += found
    counts.rows.add((sheet.sheet_id, row))
    counts.values += formula is None
    counts.formulas += formula is not None


def _pattern(body: dict[str, Any]) -> re.Pattern[str]:
    text = body.get("find", "")
    if not text:
        raise invalid("The find value must be set.")
    flags = re.NOFLAG if body.get("matchCase") else re.IGNORECASE
    if not body.get("searchByRegex"):
        return re.compile(re.escape(text), flags)
    if "\\p" in text or "&&" in text:
        raise unimplemented("regular expressions with Java's own classes")
    try:
        return re.compile(text, flags)
    except re.error:
        raise invalid(f"Invalid regular expression: {text}") from None


def _scope(edit: Edit, body: dict[str, Any]) -> Iterator[tuple[Sheet, Area]]:
    """Exactly one of a range, a sheet, and all sheets."""
    given = [name for name in _SCOPES if name in body and body[name] is not False]
    if len(given) != 1:
        raise invalid("Exactly one of range, sheetId or allSheets must be set.")
    if given == ["range"]:
        yield edit.area(body["range"])
    elif given == ["sheetId"]:
        sheet = edit.sheet(body)
        yield sheet, whole(sheet)
    else:
        yield from ((sheet, whole(sheet)) for sheet in edit.workbook.sheets)


def trim(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Texts stay texts, also where they begin with = or + [disc TrimWhitespaceRequest]."""
    sheet, area = edit.editable(body.get("range", {}))
    changed = 0
    for row, column, cell in list(sheet.used()):
        text = cell.get("userEnteredValue", {}).get("stringValue")
        if text is None or not area.holds(row, column):
            continue
        trimmed = _BLANKS.sub(" ", text).strip(" ")
        if trimmed != text:
            changed += 1
            sheet.put(row, column, cell_of(cell, trimmed, "RAW", locale_of(edit.workbook.locale)))
    return {"trimWhitespace": {"cellsChangedCount": changed} if changed else {}}


CHANGES: dict[str, Change] = {"findReplace": find_replace, "trimWhitespace": trim}
