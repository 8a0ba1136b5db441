"""A cell as a person edits it: the text to begin with, the choices, and what is not let in."""

from __future__ import annotations

from cchc_gforms.local_google.errors import ApiError
from cchc_gforms.local_google.pages.refusal import Refused
from cchc_gforms.local_google.sheets import a1, conditional
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.edit import Edit
from cchc_gforms.local_google.sheets.entry import entered
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.number_format import render_general
from cchc_gforms.local_google.sheets.rendering import formatted
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook

CHECKBOX = ("TRUE", "FALSE")


def text_to_edit(cell: Cell, locale: Locale, shown: str) -> str:
    """A text that, typed again, gives the value that the cell holds; that shown if it can."""
    value = cell.get("userEnteredValue", {})
    if "formulaValue" in value:
        return str(value["formulaValue"])
    if "numberValue" in value:
        number = value["numberValue"]
        precise = repr(number).replace(".", locale.decimal)
        tried = (shown, render_general(number, locale), precise)
        same = (text for text in tried if _value(text, locale).get("numberValue") == number)
        return next(same, precise)
    if "stringValue" in value and not _is_plain_text(cell) and _value(shown, locale) != value:
        return f"'{shown}"
    return shown


def choices(workbook: Workbook, sheet: Sheet, cell: Cell) -> tuple[str, ...]:
    """The values that a validation rule offers: of its list, its range, or its checkbox."""
    condition = cell.get("dataValidation", {}).get("condition", {})
    given = [value.get("userEnteredValue", "") for value in condition.get("values", [])]
    kind = condition.get("type")
    if kind == "ONE_OF_LIST":
        return tuple(given)
    if kind == "BOOLEAN":
        return tuple(given[:2]) if len(given) > 1 else (*given, *CHECKBOX[len(given) :])
    if kind == "ONE_OF_RANGE" and given:
        return _texts(workbook, sheet, given[0])
    return ()


def check_typed(edit: Edit, sheet: Sheet, row: int, column: int) -> None:
    """Refuses what stands in a cell now against a strict rule, as Google refuses who types it.

    A formula is judged by its value.
    """
    cell = sheet.cell(row, column)
    rule = cell.get("dataValidation", {})
    if not rule.get("strict") or not cell.get("userEnteredValue"):
        return
    seen = Shown.now(edit, sheet)
    offered = choices(seen.workbook, seen.sheet, cell)
    fine = seen.text(row, column) in offered if offered else True
    if rule["condition"]["type"] in conditional.KNOWN:
        spot = conditional.Spot(seen.workbook, seen.sheet, row, column)
        fine = fine and conditional.holds(rule["condition"], spot)
    if fine:
        return
    more = f" {rule['inputMessage']}" if rule.get("inputMessage") else ""
    raise Refused(
        400,
        "Dữ liệu không hợp lệ",
        f"Dữ liệu bạn nhập vào ô {a1.cell_name(row, column)} vi phạm quy tắc xác thực dữ liệu "
        f"đặt cho ô này.{more}",
    )


def _value(text: str, locale: Locale) -> dict[str, object]:
    found: dict[str, object] = entered(text, locale)["userEnteredValue"]
    return found


def _texts(workbook: Workbook, sheet: Sheet, formula: str) -> tuple[str, ...]:
    """The texts of `=Tab!A1:A9`; a range that names no tab is of the rule's own."""
    text = formula.removeprefix("=")
    named = text if "!" in text else f"{a1.quoted(sheet.title)}!{text}"
    try:
        source, area = a1.located(workbook, named)
    except ApiError:
        return ()
    locale = locale_of(workbook.locale)
    lines = (source.cell(row, column) for row, column in area.cells())
    return tuple(dict.fromkeys(text for cell in lines if (text := formatted(cell, locale))))


def _is_plain_text(cell: Cell) -> bool:
    """Nothing typed into such a cell is read as anything but text."""
    style = cell.get("userEnteredFormat", {})
    return bool(style.get("numberFormat", {}).get("type") == "TEXT")
