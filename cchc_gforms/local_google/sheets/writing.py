"""Values into a sheet: where a ValueRange goes, and what each value becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import a1
from cchc_gforms.local_google.sheets.areas import Area, whole
from cchc_gforms.local_google.sheets.entry import entered, raw
from cchc_gforms.local_google.sheets.locales import Locale, locale_of
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet, Workbook

Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Written:
    """What a write touched: the rectangle, and how many cells were given a value."""

    sheet: Sheet
    area: Area
    cells: int
    rows: frozenset[int]
    columns: frozenset[int]


def write_range(
    workbook: Workbook, text: str, body: Mapping[str, Any], option: str, now: datetime | None = None
) -> Written:
    """Writes from the range's top left; only a single cell may be written over (facts B)."""
    given = body.get("range")
    rows = rows_of(body)
    sheet, area = a1.located_exactly(workbook, text)
    if given and a1.located_exactly(workbook, given) != (sheet, area):
        raise invalid(
            f"Requested range ({text}) and the range of the values ({given}) must be the same."
        )
    if (area.height, area.width) != (1, 1):
        _check_fits(sheet, area, rows)
    return write_rows(workbook, sheet, area.top, area.left, rows, option, now)


def write_rows(
    workbook: Workbook,
    sheet: Sheet,
    top: int,
    left: int,
    rows: Rows,
    option: str,
    now: datetime | None = None,
) -> Written:
    """Writes rows of values; null leaves a cell as it is, an empty text empties it.

    `now` tells the year of dates typed without one; without it they are text.
    """
    width = max((len(row) for row in rows), default=0)
    area = Area(top, left, top + max(1, len(rows)), left + max(1, width))
    if not area.within(whole(sheet)):
        raise a1.off_grid(sheet, area)
    locale = locale_of(workbook.locale)
    year = now.astimezone(ZoneInfo(workbook.time_zone)).year if now else None
    touched: list[tuple[int, int]] = []
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, left):
            if value is not None:
                cell = cell_of(sheet.cell(row, column), value, option, locale, year)
                sheet.put(row, column, cell)
                touched.append((row, column))
    used_rows = frozenset(row for row, _ in touched)
    return Written(sheet, area, len(touched), used_rows, frozenset(c for _, c in touched))


def rows_of(body: Mapping[str, Any]) -> Rows:
    """The values by rows, each a bool, text or number, or null; 400 for anything else."""
    lines = body.get("values") or []
    for row, line in enumerate(lines):
        if not isinstance(line, list):
            kind = "type.googleapis.com/google.protobuf.ListValue"
            raise invalid(f"Invalid value at 'data.values[{row}]' ({kind}), {_shown(line)}")
        for column, value in enumerate(line):
            if not isinstance(value, str | bool | int | float | None):
                kind = "list_value" if isinstance(value, list) else "struct_value"
                raise invalid(f"Invalid values[{row}][{column}]: {kind} {_shown(value)}")
    if body.get("majorDimension") == "COLUMNS":
        return _turned(lines)
    return [list(line) for line in lines]


def option_of(value: object) -> str:
    """RAW or USER_ENTERED; 400 unless given."""
    if value not in {"RAW", "USER_ENTERED"}:
        raise invalid("'valueInputOption' is required but not specified")
    return str(value)


def clear(sheet: Sheet, area: Area) -> None:
    """Values go, formats, notes and validations stay."""
    for row, column in [(row, column) for row, column, _ in sheet.used()]:
        if area.holds(row, column):
            cell = sheet.cell(row, column)
            kept = {name: part for name, part in cell.items() if name != "userEnteredValue"}
            sheet.put(row, column, kept)


def cell_of(old: Cell, value: Any, option: str, locale: Locale, year: int | None = None) -> Cell:
    """The cell with a new value; RAW as it stands, USER_ENTERED as if it were typed."""
    made = {name: part for name, part in old.items() if name != "userEnteredValue"}
    parsed = {"userEnteredValue": raw(value)} if option == "RAW" else entered(value, locale, year)
    if _is_text(old) and isinstance(value, str) and value[:1] not in {"=", "'"}:
        parsed = {"userEnteredValue": raw(value)}
    if parsed["userEnteredValue"]:
        made["userEnteredValue"] = parsed["userEnteredValue"]
    style = made.get("userEnteredFormat", {})
    if "numberFormat" in parsed and "numberFormat" not in style:
        made["userEnteredFormat"] = {**style, "numberFormat": parsed["numberFormat"]}
    return made


def _is_text(cell: Cell) -> bool:
    """A cell formatted as plain text parses nothing."""
    style: Mapping[str, Any] = cell.get("userEnteredFormat", {})
    return bool(style.get("numberFormat", {}).get("type") == "TEXT")


def _check_fits(sheet: Sheet, area: Area, rows: Rows) -> None:
    wide = max((len(row) for row in rows), default=0)
    name = a1.range_name(sheet, area)
    if len(rows) > area.height:
        where = f"row [{area.bottom + 1}]"
    elif wide > area.width:
        where = f"column [{a1.column_letters(area.right)}]"
    else:
        return
    raise invalid(f"Requested writing within range [{name}], but tried writing to {where}")


def _turned(columns: Sequence[Sequence[Any]]) -> Rows:
    """Columns as rows; where a column is short, null: nothing is written there."""
    height = max((len(column) for column in columns), default=0)
    return [
        [column[row] if row < len(column) else None for column in columns] for row in range(height)
    ]


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
