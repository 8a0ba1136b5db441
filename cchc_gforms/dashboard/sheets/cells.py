"""Values and formats of cells on the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Raw
from msgspec.json import encode

from cchc_gforms.dashboard import palette
from cchc_gforms.dashboard.sheets.ids import sheet_id_of
from cchc_gforms.dashboard.workbook import Aged, Cell, Content, Jump, Link, Sparkline, Style
from cchc_gforms.foreign_text import in_file

Wire = dict[str, Any]

_EPOCH = date(1899, 12, 30).toordinal()
_MANY, _SHORT = 20_000, 100  # what is kept of cells: so many, and texts of so many letters
_LONGEST = 50_000  # characters in a cell; Sheets refuses the whole batch for one more
_FORMATS = {
    "number": {"type": "NUMBER", "pattern": "#,##0"},
    "decimal": {"type": "NUMBER", "pattern": "#,##0.0"},
    "day": {"type": "DATE", "pattern": "dd/MM/yyyy"},
    "time": {"type": "DATE_TIME", "pattern": "dd/MM/yyyy HH:mm:ss"},
}
_ALIGN = {"left": "LEFT", "centre": "CENTER", "right": "RIGHT"}

FORMULA: Final = object()
"""Stands for any formula where contents are compared."""


def text_of(value: str) -> str:
    """As in the files, and at most 50,000 characters as Google counts them (UTF-16). The proof of
    the log has nothing that is left out here (`store.mirror` escapes it)."""
    text = value if value.isprintable() else in_file(value)
    if len(text) * 2 <= _LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def plain(content: Content, zone: ZoneInfo) -> str | float | object | None:
    """What a cell comes to: a text, a number (days since 1899-12-30 on the zone's wall clock), a
    formula, or nothing."""
    match content:
        case str():
            return text_of(content) or None
        case datetime():
            return _serial(content, zone)
        case date():
            return content.toordinal() - _EPOCH
        case Link() | Jump():
            return text_of(content.text) or None
        case Sparkline() | Aged():
            return FORMULA
    return content


def entered(content: Content, zone: ZoneInfo, row: int) -> Wire | None:
    """The ExtendedValue; None for an empty cell. `row` is where it stands, from 0."""
    value = plain(content, zone)
    if value is None:
        return None
    if value is FORMULA:
        return {"formulaValue": _formula(content, zone, row)}
    return {"stringValue" if isinstance(value, str) else "numberValue": value}


def cell(one: Cell, zone: ZoneInfo, row: int) -> Wire:
    """A cell of a head, with its format and note."""
    made: Wire = {"userEnteredFormat": look(one.style)}
    if isinstance(one.value, Jump):  # as people's own links to a tab, which Sheets calls by its id
        text = made["userEnteredFormat"].setdefault("textFormat", {})
        text |= {"link": {"uri": f"#gid={sheet_id_of(one.value.tab)}"}, "underline": True}
    value = entered(one.value, zone, row)
    if value is not None:
        made["userEnteredValue"] = value
    if one.note:
        made["note"] = one.note
    return made


class Known(dict[Content, Any]):
    """What contents come to, worked out once, for a large ledger repeats itself; long texts do
    not, and what is many is forgotten."""

    def __init__(self, make: Callable[[Content], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, content: Content) -> Any:
        made = self._make(content)
        if len(self) > _MANY:
            self.clear()
        if not (isinstance(content, str) and len(content) > _SHORT):
            self[content] = made
        return made


def encoded(content: Content, zone: ZoneInfo) -> bytes:
    """A cell of a body, which has no format of its own; not of a sparkline, which has a row."""
    value = entered(content, zone, 0)
    return b"{}" if value is None else encode({"userEnteredValue": value})


def row(contents: Iterable[Content], number: int, known: Known, zone: ZoneInfo) -> Raw:
    """A RowData of the body, `number` being its place in the tab; `known` are encoded cells."""
    made = [
        encode({"userEnteredValue": entered(one, zone, number)})
        if type(one) is Sparkline
        else known[one]
        for one in contents
    ]
    return Raw(b'{"values":[%b]}' % b",".join(made))


def link_row(content: Content) -> Raw:
    """A RowData with the text format of a cell in a column of links. Google would colour it by
    itself."""
    if not isinstance(content, Link):
        return _NO_LINK
    link = {"uri": content.address}
    text = {"link": link, "underline": True, "foregroundColorStyle": _LINK}
    return Raw(encode({"values": [{"userEnteredFormat": {"textFormat": text}}]}))


def look(style: Style) -> Wire:
    """The CellFormat of a style."""
    made: Wire = {"verticalAlignment": "MIDDLE"}
    if style.kind in _FORMATS:
        made["numberFormat"] = _FORMATS[style.kind]
    if style.background:
        made["backgroundColorStyle"] = colour(style.background)
    if style.align:
        made["horizontalAlignment"] = _ALIGN[style.align]
    if style.wrap or style.clip:
        made["wrapStrategy"] = "WRAP" if style.wrap else "CLIP"
    text: Wire = {"bold": True} if style.bold else {}
    if style.colour:
        text["foregroundColorStyle"] = colour(style.colour)
    if style.size:
        text["fontSize"] = style.size
    if text:
        made["textFormat"] = text
    return made


def colour(hex: str) -> Wire:
    red, green, blue = (int(hex[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return {"rgbColor": {"red": red, "green": green, "blue": blue}}


_LINK = colour(palette.LINK)
_NO_LINK = Raw(b'{"values":[{}]}')


def column_letters(column: int) -> str:
    """A, B … Z, AA …"""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _serial(moment: datetime, zone: ZoneInfo) -> float:
    """Cut to the second, never rounded up past a deadline."""
    local = moment.astimezone(zone)
    seconds = (local.hour * 60 + local.minute) * 60 + local.second
    return local.toordinal() - _EPOCH + seconds / 86_400


def _formula(content: Content, zone: ZoneInfo, row: int) -> str:
    if isinstance(content, Sparkline):
        return _sparkline(content, row)
    assert isinstance(content, Aged)
    return _aged(content, zone)


def _sparkline(one: Sparkline, row: int) -> str:
    """Its options are a column turned over: what parts columns in an array depends on the locale
    (facts C, Locale), a semicolon does not."""
    begin, end = column_letters(one.first), column_letters(one.last - 1)
    return f'=SPARKLINE({begin}{row + 1}:{end}{row + 1};TRANSPOSE({{"charttype";"column"}}))'


def _aged(one: Aged, zone: ZoneInfo) -> str:
    """Whole numbers only: a decimal point is a comma elsewhere."""
    at = one.moment.astimezone(zone)
    since = f"DATE({at.year};{at.month};{at.day})+TIME({at.hour};{at.minute};{at.second})"
    return f"=IF(NOW()-({since})>{one.hours}/24;{_quoted(one.old)};{_quoted(one.fresh)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
