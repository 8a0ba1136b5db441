"""A1 notation: `Sheet1!A1:B2` to indexes and back.

Quotes are needed around a title unless it is a plain word that is no cell (facts B: Ranges).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.areas import Area, whole
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

_QUOTED = re.compile(r"'((?:[^']|'')*)'(?:!(.+))?")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_LOOKS_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[Rr]|[Cc]")
_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?(?:\$?([1-9][0-9]{0,7}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """A range as written: indexes from 0, ends left out; None where it is open."""

    top: int | None
    left: int | None
    bottom: int | None
    right: int | None


def column_letters(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def column_index(letters: str) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def quoted(title: str) -> str:
    """A title as it stands in a range."""
    plain = _PLAIN_TITLE.fullmatch(title) and not _LOOKS_LIKE_A_CELL.fullmatch(title)
    return title if plain else "'" + title.replace("'", "''") + "'"


def cell_name(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def range_name(sheet: Sheet, area: Area) -> str:
    """The range as answers give it: one cell bare, else both corners."""
    first = cell_name(area.top, area.left)
    last = cell_name(area.bottom - 1, area.right - 1)
    return f"{quoted(sheet.title)}!{first if first == last else f'{first}:{last}'}"


def located(workbook: Workbook, text: str) -> tuple[Sheet, Area]:
    """The sheet and the cells that `text` names, clipped to the grid.

    Raises Google's 400 for text that is no range, and for one that begins off the grid.
    """
    sheet, span = _parsed(workbook, text)
    area = _on(sheet, span)
    clipped = area.clipped(whole(sheet))
    if clipped.height <= 0 or clipped.width <= 0:
        raise off_grid(sheet, area)
    return sheet, clipped


def located_exactly(workbook: Workbook, text: str) -> tuple[Sheet, Area]:
    """As `located`, but a range that reaches over the edge is refused (writing)."""
    sheet, span = _parsed(workbook, text)
    area = _on(sheet, span)
    if not area.within(whole(sheet)):
        raise off_grid(sheet, area)
    return sheet, area


def off_grid(sheet: Sheet, area: Area) -> Exception:
    name = range_name(sheet, area)
    limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    return invalid(f"Range ({name}) exceeds grid limits. {limits}")


def _on(sheet: Sheet, span: Span) -> Area:
    """The span on a sheet; open ends reach the edge, or stand still where they begin beyond it."""
    top, left = span.top or 0, span.left or 0
    bottom = max(top + 1, sheet.row_count) if span.bottom is None else span.bottom
    right = max(left + 1, sheet.column_count) if span.right is None else span.right
    return Area(top, left, bottom, right)


def _parsed(workbook: Workbook, text: str) -> tuple[Sheet, Span]:
    everything = Span(None, None, None, None)
    match = _QUOTED.fullmatch(text)
    if match:
        title, rest = match[1].replace("''", "'"), match[2]
    elif "!" in text:
        title, _, rest = text.rpartition("!")
    else:
        span = parse_span(text)
        if span is not None:
            return workbook.first_visible(), span
        if named := _named(workbook, text):
            return named
        title, rest = text, None
    sheet = workbook.titled(title)
    span = everything if rest is None else parse_span(rest)
    if rest is not None and span is None:
        named = _named(workbook, rest)
        span = named[1] if named and named[0] is sheet else None
    if sheet is None or span is None:
        raise invalid(f"Unable to parse range: {text}")
    return sheet, span


def _named(workbook: Workbook, text: str) -> tuple[Sheet, Span] | None:
    """A named range; its name goes before a sheet's unless the title is quoted (doc: A1)."""
    for one in workbook.named_ranges:
        if one["name"].casefold() == text.casefold():
            wire = one["range"]
            ends = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
            return workbook.sheet(wire["sheetId"]), Span(*(wire.get(end) for end in ends))
    return None


def parse_span(text: str) -> Span | None:
    """`A1`, `A1:B2`, `A:C`, `2:5`, `A2:C`, `A1:1`; None for anything else."""
    first, colon, last = text.partition(":")
    start = _corner(first)
    end = _corner(last) if colon else start
    if start is None or end is None:
        return None
    if not colon and None in start:
        return None
    top, bottom = _ordered(start[0], end[0])
    left, right = _ordered(start[1], end[1])
    return Span(top, left, bottom, right)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    match = _CORNER.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    row = int(match[2]) - 1 if match[2] else None
    return row, column_index(match[1]) if match[1] else None


def _ordered(start: int | None, end: int | None) -> tuple[int | None, int | None]:
    """Half-open, the lower first; an end that is not given stays open."""
    if start is None or end is None:
        return (start if start is not None else end), None
    return min(start, end), max(start, end) + 1
