"""What people do to the spreadsheet of answers, with the best of intentions.

None of it is something that a school or a reviewer did, so none of it changes the ledger.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from hard_years.deeds import Deed
from hard_years.town import RefusedError, Town
from hard_years.words import text

_SECOND = 1 / 86_400  # of a day
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - serial day 0, a wall-clock time


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of answers as it is now. `grid` is unformatted; row 0 most likely the header."""

    id: int
    title: str
    columns: int
    grid: list[list[Any]]

    @property
    def answers(self) -> int:
        """Rows under the first."""
        return len(self.grid) - 1

    @property
    def width(self) -> int:
        """Columns that have a header."""
        return len(self.grid[0]) if self.grid else 0

    def rows(self, first: int, count: int = 1) -> dict[str, Any]:
        return self._span("ROWS", first, count)

    def column(self, at: int) -> dict[str, Any]:
        return self._span("COLUMNS", at, 1)

    def range(self, row: int, rows: int, column: int = 0, columns: int = 0) -> dict[str, Any]:
        return {
            "sheetId": self.id,
            "startRowIndex": row,
            "endRowIndex": row + rows,
            "startColumnIndex": column,
            "endColumnIndex": column + (columns or self.columns),
        }

    def _span(self, dimension: str, first: int, count: int) -> dict[str, Any]:
        ends = {"startIndex": first, "endIndex": first + count}
        return {"sheetId": self.id, "dimension": dimension, **ends}


class Book:
    """The spreadsheet, through the Sheets API."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._path = f"/v4/spreadsheets/{town.spreadsheet_id}"

    def tabs(self) -> list[Tab]:
        """Those with anything on them, but for the office's own."""
        fields = "sheets.properties(sheetId,title,gridProperties)"
        book = self.town.wire("GET", f"{self._path}?fields={fields}")
        found = [
            Tab(one["sheetId"], one["title"], one["gridProperties"]["columnCount"], grid)
            for one in (sheet["properties"] for sheet in book["sheets"])
            if one["sheetId"] not in self.town.own_tabs and (grid := self._grid(one["title"]))
        ]
        return sorted(found, key=lambda tab: tab.title)

    def zone(self) -> ZoneInfo:
        book = self.town.wire("GET", f"{self._path}?fields=properties.timeZone")
        return ZoneInfo(book["properties"]["timeZone"])

    def batch(self, *requests: Mapping[str, Any]) -> None:
        self.town.wire("POST", f"{self._path}:batchUpdate", {"requests": list(requests)})

    def put(self, tab: Tab, row: int, column: int, values: list[Any]) -> None:
        """Types values into a row, from that cell on."""
        cells = [
            {"userEnteredValue": {"numberValue" if isinstance(one, float) else "stringValue": one}}
            for one in values
        ]
        start = {"sheetId": tab.id, "rowIndex": row, "columnIndex": column}
        rows = [{"values": cells}]
        self.batch({"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}})

    def _grid(self, title: str) -> list[list[Any]]:
        name = quote("'{}'".format(title.replace("'", "''")), safe="")
        path = f"{self._path}/values/{name}?valueRenderOption=UNFORMATTED_VALUE"
        found: list[list[Any]] = self.town.wire("GET", path).get("values", [])
        return found


def type_row(town: Town, deed: Deed, before: int) -> bool:
    """Somebody types a row under the answers of that document's tab, at the time of the
    spreadsheet's zone; False when no tab has the columns any more, or two have, or too few answers
    are left beside the rows typed before: what disagrees with most responses is not counted."""
    title = next(
        question.title for question in town.specs[deed.subject].questions() if question.role
    )
    head = ["Dấu thời gian", "Địa chỉ email", title, "Nội dung"]
    book = Book(town)
    fitting = [tab for tab in book.tabs() if all(tab.grid[0].count(name) == 1 for name in head)]
    if len(fitting) != 1 or fitting[0].answers <= 2 * before:
        return False
    tab, at = fitting[0], deed.at.astimezone(book.zone()).replace(tzinfo=None)
    days = (at - _EPOCH).total_seconds() / 86_400
    values = dict(zip(head, [days, deed.email, deed.wording, deed.text], strict=True))
    for name, value in values.items():
        book.put(tab, len(tab.grid), tab.grid[0].index(name), [value])
    return True


def take_out_row(town: Town, at: datetime) -> None:
    """Somebody takes out the rows that bear that time, of whichever tab."""
    book = Book(town)
    days = (at.astimezone(book.zone()).replace(tzinfo=None) - _EPOCH).total_seconds() / 86_400
    for tab in book.tabs():
        for place, line in reversed(list(enumerate(tab.grid))):
            if any(_is_number(cell) and abs(cell - days) < _SECOND for cell in line):
                book.batch({"deleteDimension": {"range": tab.rows(place)}})


def _delete_rows(book: Book, tab: Tab, chance: random.Random) -> str:
    first = chance.randint(1, tab.answers)
    count = chance.randint(1, tab.answers - first + 1)
    book.batch({"deleteDimension": {"range": tab.rows(first, count)}})
    return f"rows {first + 1} to {first + count}"


def _sort(book: Book, tab: Tab, chance: random.Random) -> str:
    column, order = chance.randrange(tab.width), chance.choice(("ASCENDING", "DESCENDING"))
    area = tab.range(1, tab.answers)
    specs = [{"dimensionIndex": column, "sortOrder": order}]
    book.batch({"sortRange": {"range": area, "sortSpecs": specs}})
    return f"by column {column + 1}, {order.lower()}"


def _insert_column(book: Book, tab: Tab, chance: random.Random) -> str:
    at = chance.randint(0, tab.width)
    inherit = {"inheritFromBefore": False}
    book.batch({"insertDimension": {"range": tab.column(at), **inherit}})
    if chance.random() >= 0.5:
        return f"before column {at + 1}"
    name = chance.choice((*tab.grid[0], "Ghi chú"))
    book.put(tab, 0, at, [name])
    return f"before column {at + 1}, headed {name!r}"


def _move_column(book: Book, tab: Tab, chance: random.Random) -> str:
    column, to = chance.randrange(tab.width), chance.randint(0, tab.width)
    if column <= to <= column + 1:
        return _NOWHERE
    move = {"source": tab.column(column), "destinationIndex": to}
    book.batch({"moveDimension": move})
    return f"column {column + 1} before column {to + 1}"


def _delete_column(book: Book, tab: Tab, chance: random.Random) -> str:
    column = chance.randrange(tab.width)
    book.batch({"deleteDimension": {"range": tab.column(column)}})
    return f"{tab.grid[0][column]!r}"


def _rename_header(book: Book, tab: Tab, chance: random.Random) -> str:
    column = chance.randrange(tab.width)
    name = chance.choice((*tab.grid[0], "Cột của tôi", "", text(chance)[:100]))
    book.put(tab, 0, column, [str(name)])
    return f"{tab.grid[0][column]!r} becomes {name!r}"


def _duplicate_row(book: Book, tab: Tab, chance: random.Random) -> str:
    row = chance.randint(1, tab.answers)
    to = chance.choice((row + 1, len(tab.grid)))
    insert = {"range": tab.rows(to), "inheritFromBefore": True}
    copy = {"source": tab.range(row, 1), "destination": tab.range(to, 1)}
    book.batch({"insertDimension": insert}, {"copyPaste": copy | {"pasteType": "PASTE_NORMAL"}})
    return f"row {row + 1} once more as row {to + 1}"


def _paste_over(book: Book, tab: Tab, chance: random.Random) -> str:
    row, to = chance.randint(1, tab.answers), chance.randint(1, tab.answers)
    copy = {"source": tab.range(row, 1), "destination": tab.range(to, 1)}
    book.batch({"copyPaste": copy | {"pasteType": "PASTE_NORMAL"}})
    return f"row {row + 1} over row {to + 1}"


def _edit_answer(book: Book, tab: Tab, chance: random.Random) -> str:
    answers = [n for n, name in enumerate(tab.grid[0]) if str(name).startswith("Nội dung")]
    column = chance.choice(answers or [tab.width])
    return _type_over(book, tab, chance, column, text(chance)[:1000])


def _edit_any_cell(book: Book, tab: Tab, chance: random.Random) -> str:
    """Of any column: the time, the address, the unit too, with what stands elsewhere in it."""
    column = chance.randrange(tab.width)
    others = [line[column] for line in tab.grid[1:] if column < len(line)]
    value = chance.choice((*others, "", "?", 44700.25, text(chance)[:100]))
    return _type_over(book, tab, chance, column, float(value) if _is_number(value) else str(value))


def _type_over(book: Book, tab: Tab, chance: random.Random, column: int, value: str | float) -> str:
    row = chance.randint(1, tab.answers)
    book.put(tab, row, column, [value])
    was = tab.grid[row][column] if column < len(tab.grid[row]) else ""
    return f"row {row + 1}, column {column + 1}: {was!r:.60} becomes {value!r:.60}"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _clear_row(book: Book, tab: Tab, chance: random.Random) -> str:
    row = chance.randint(1, tab.answers)
    clear = {"range": tab.range(row, 1), "fields": "userEnteredValue"}
    book.batch({"updateCells": clear})
    return f"row {row + 1}"


def _reformat(book: Book, tab: Tab, chance: random.Random) -> str:
    kind = chance.choice(("TEXT", "DATE", "NUMBER", "PERCENT"))
    cell = {"userEnteredFormat": {"numberFormat": {"type": kind}}}
    fields = "userEnteredFormat.numberFormat"
    repeat = {"range": tab.range(0, len(tab.grid)), "cell": cell, "fields": fields}
    book.batch({"repeatCell": repeat})
    return f"all as {kind}"


def _rename_tab(book: Book, tab: Tab, chance: random.Random) -> str:
    title = chance.choice(("Tháng 6 ' cũ", "=Bảng!1", "Bản sao của sổ", "2022"))
    properties = {"sheetId": tab.id, "title": title}
    book.batch({"updateSheetProperties": {"properties": properties, "fields": "title"}})
    return f"it is “{title}” now"


def _move_tab(book: Book, tab: Tab, chance: random.Random) -> str:
    index = chance.randrange(4)
    hidden = chance.random() < 0.3
    properties = {"sheetId": tab.id, "index": index, "hidden": hidden}
    book.batch({"updateSheetProperties": {"properties": properties, "fields": "index,hidden"}})
    return f"to place {index + 1}{', hidden' if hidden else ''}"


def _copy_tab(book: Book, tab: Tab, chance: random.Random) -> str:
    copy = {"sourceSheetId": tab.id, "insertSheetIndex": chance.randrange(3)}
    book.batch({"duplicateSheet": copy})
    return "a copy beside it"


def _link_anew(book: Book, _: Tab, chance: random.Random) -> str:
    """A second tab, with all the answers; the first one stays as it is."""
    form = chance.choice(sorted(book.town.forms))
    again = chance.random() < 0.7 or book.town.source == "sheet"
    return f"“{form}” is unlinked{book.town.link_anew(form, again=again)}"


def _delete_tab(book: Book, tab: Tab, _: random.Random) -> str:
    """Google keeps a tab that a form writes into; the person takes another then."""
    for one in (tab, *book.tabs()):
        with suppress(RefusedError):
            book.batch({"deleteSheet": {"sheetId": one.id}})
            return f"“{one.title}” is gone"
    return _NOWHERE


def _change_zone(book: Book, _: Tab, chance: random.Random) -> str:
    zone = chance.choice(("Asia/Tokyo", "America/New_York", "Etc/GMT", "Asia/Bangkok"))
    properties = {"properties": {"timeZone": zone}, "fields": "timeZone"}
    book.batch({"updateSpreadsheetProperties": properties})
    return f"the spreadsheet is in {zone}"


def _change_locale(book: Book, _: Tab, chance: random.Random) -> str:
    locale = chance.choice(("en_US", "vi_VN", "de_DE"))
    properties = {"properties": {"locale": locale}, "fields": "locale"}
    book.batch({"updateSpreadsheetProperties": properties})
    return f"the spreadsheet speaks {locale}"


def _put_title_above(book: Book, tab: Tab, _: random.Random) -> str:
    insert = {"range": tab.rows(0), "inheritFromBefore": False}
    book.batch({"insertDimension": insert})
    book.put(tab, 0, 0, ["BẢNG THEO DÕI"])
    return "a title over the header"


def _insert_blank_row(book: Book, tab: Tab, chance: random.Random) -> str:
    row = chance.randint(1, tab.answers + 1)
    insert = {"range": tab.rows(row), "inheritFromBefore": True}
    book.batch({"insertDimension": insert})
    return f"as row {row + 1}"


def _add_total(book: Book, tab: Tab, _: random.Random) -> str:
    formula = {"userEnteredValue": {"formulaValue": f"=COUNTA(A2:A{len(tab.grid)})"}}
    start = {"sheetId": tab.id, "rowIndex": len(tab.grid), "columnIndex": 1}
    update = {"start": start, "rows": [{"values": [formula]}], "fields": "userEnteredValue"}
    book.batch({"updateCells": update})
    return f"in row {len(tab.grid) + 1}"


def _freeze_and_filter(book: Book, tab: Tab, _: random.Random) -> str:
    book.batch({"setBasicFilter": {"filter": {"range": tab.range(0, len(tab.grid))}}})
    return "a filter on the header"


_DEEDS: Mapping[str, Callable[[Book, Tab, random.Random], str]] = {
    function.__name__.lstrip("_"): function
    for function in (
        _delete_rows, _sort, _insert_column, _move_column, _delete_column, _rename_header,
        _duplicate_row, _paste_over, _edit_answer, _edit_any_cell, _clear_row, _reformat,
        _rename_tab, _move_tab, _copy_tab, _link_anew, _delete_tab, _change_zone, _change_locale,
        _put_title_above, _insert_blank_row, _add_total, _freeze_and_filter,
    )
}  # fmt: skip
KINDS = tuple(sorted(_DEEDS))
_SPOILS = ("change_zone", "delete_column", "delete_tab", "rename_header")
READABLE = tuple(one for one in KINDS if one not in _SPOILS)
"""After these a Sheet alone still tells what is sent later. A column or a tab that is gone holds
nothing, a column of another's name may be left out, and of a row that was never seen before nothing
tells in which zone it was written."""
_NOWHERE = "nowhere"


def vandalise(
    town: Town, chance: random.Random, kinds: Sequence[str] = KINDS
) -> tuple[str, str] | None:
    """Somebody does something to a tab of answers: what kind of thing (empty if nothing came of
    it), and the story of it; None when there is nothing to do it to. Under a title the header is a
    row like others: where a Sheet alone is read, and could be no more without it, it is left so."""
    book = Book(town)
    least = 2 if town.source == "sheet" else 1  # a title's row has one column
    tabs = [tab for tab in book.tabs() if tab.answers >= 1 and tab.width >= least]
    if not tabs:
        return None
    tab = chance.choice(tabs)
    kind = chance.choice(kinds)
    try:
        told = _DEEDS[kind](book, tab, chance)
    except RefusedError as refused:  # as a person is told that it cannot be done
        return "", f"{kind} on “{tab.title}”: Google refuses, {refused}"
    return "" if told == _NOWHERE else kind, f"{kind} on “{tab.title}”: {told}"
