"""CSV files whose every cell knows its line and column.

The csv module does not tell columns, so the few lines of the format are read here (RFC 4180).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_gforms.errors import Problem, Where
from cchc_gforms.yaml_file import decode, near_miss, place, read_bytes


@dataclass(frozen=True, slots=True)
class Cell:
    """A trimmed value in NFC, and its place."""

    text: str
    where: Where


Record = dict[str, Cell]


def load(
    path: Path, name: str, required: Sequence[str], optional: Sequence[str]
) -> tuple[list[Record], list[Problem]]:
    """Records of a file by column, every column of either list present; blank lines left out.

    A misspelt column is read as the one that was meant; no records when a required one is missing.
    Commas or semicolons (Excel's choice depends on the country), UTF-8 with or without BOM.
    """
    raw, problems = read_bytes(path, name)
    if raw is None:
        return [], problems
    text, problems = decode(raw, name)
    if text is None:
        return [], problems
    rows, problems = _rows(text, name)
    if problems and not rows:
        return [], problems
    found, more = records(rows, name, required, optional)
    return ([] if problems else found), [*problems, *more]


def records(
    rows: Sequence[list[Cell]], name: str, required: Sequence[str], optional: Sequence[str]
) -> tuple[list[Record], list[Problem]]:
    """Records of a table whose first row is its header; see `load`. `name` is the table's."""
    header = rows[0] if rows else []
    known = (*required, *optional)
    columns = _as_meant([cell.text for cell in header], known)
    problems = _check_header(header, columns, Where(name, 1, 1), required, known)
    if not {*required} <= {*columns}:
        return [], problems
    for row in rows[1:]:
        if len(row) > len(columns):
            problems.append(_too_many(row[len(columns)], len(columns)))
    return [_record(row, columns, known) for row in rows[1:]], problems


def normal_text(value: str) -> str:
    """A value as it is kept: trimmed, in NFC."""
    return unicodedata.normalize("NFC", value).strip()


def _record(row: list[Cell], columns: list[str], known: Sequence[str]) -> Record:
    given = dict(reversed(list(zip(columns, row, strict=False))))  # of two columns, the first
    return {column: given.get(column, Cell("", row[0].where)) for column in known}


def _rows(text: str, name: str) -> tuple[list[list[Cell]], list[Problem]]:
    field = _field(text)
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    at, line, line_start = 0, 1, 0
    while at < len(text) or row:
        found = field.match(text, at)
        if found is None:
            fix = "mỗi dấu nháy kép mở phải có dấu đóng; trong chữ thì viết hai dấu liền"
            where = place(text, at, name)
            return rows, [Problem("CSV-SYNTAX", where, "dấu nháy kép dùng sai", fix)]
        value = found["plain"] if found["quoted"] is None else found["quoted"].replace('""', '"')
        row.append(Cell(normal_text(value), Where(name, line, at - line_start + 1)))
        if breaks := text.count("\n", at, found.end()):
            line += breaks
            line_start = text.rfind("\n", at, found.end()) + 1
        at = found.end()
        if found["end"] not in (",", ";"):
            if any(cell.text for cell in row):
                rows.append(row)
            row = []
    return rows, []


def _field(text: str) -> re.Pattern[str]:
    first = text.split("\n", 1)[0]
    mark = ";" if ";" in first and "," not in first else ","
    quoted = r'[ \t]*"(?P<quoted>[^"]*(?:""[^"]*)*)"[ \t]*'
    return re.compile(rf'(?:{quoted}|(?P<plain>[^"{mark}\r\n]*))(?P<end>{mark}|\r?\n|\Z)')


def _as_meant(names: list[str], known: Sequence[str]) -> list[str]:
    """The columns, the misspelt ones called as they were meant."""
    meant = list(names)
    for number, name in enumerate(names):
        if name not in known:
            meant[number] = near_miss(name, [one for one in known if one not in meant]) or name
    return meant


def _check_header(
    header: list[Cell],
    meant: list[str],
    start: Where,
    required: Sequence[str],
    known: Sequence[str],
) -> list[Problem]:
    problems = [
        Problem("CSV-MISSING-COLUMN", start, f"thiếu cột '{name}'", "thêm cột này vào dòng đầu")
        for name in required
        if name not in meant
    ]
    for number, cell in enumerate(header):
        if cell.text in meant[:number]:
            message = f"cột '{cell.text}' xuất hiện lần nữa"
            problems.append(Problem("CSV-DUPLICATE-COLUMN", cell.where, message, "bỏ bớt một cột"))
        elif cell.text not in known:
            fix = f"có phải ý là '{meant[number]}'?" if meant[number] in known else "bỏ cột này"
            message = f"cột lạ '{cell.text}'"
            problems.append(Problem("CSV-UNKNOWN-COLUMN", cell.where, message, fix))
    return problems


def _too_many(cell: Cell, count: int) -> Problem:
    message = f"dòng này nhiều hơn {count} ô"
    fix = "bỏ ô thừa; ô có dấu phẩy bên trong thì đặt trong dấu nháy kép"
    return Problem("CSV-CELL-COUNT", cell.where, message, fix)
