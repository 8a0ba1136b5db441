"""The linked spreadsheet, read as it is: every tab, unformatted, in two calls.

Never `get_all_records`, which turns "0042" into 42. Times are serial days in the spreadsheet's own
zone, with no zone written to them (facts, Sheets C).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cchc_gforms.google.client import Google
from cchc_gforms.harvester.packing import Lines

Cell = str | float | bool

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - serial day 0, a wall-clock time
_LAST_DAY = 2_958_465  # 31/12/9999
_SAME_MINUTE = 1e-4  # of a minute; a serial has some twelve digits after the point


_AT_ONCE = 2_000  # answers that one batchGet may bring
_TOGETHER = 1_000  # rows of all tabs in one answer, where there are more
_HEADER_WITHIN = 20  # rows; people write titles above


@dataclass(frozen=True, slots=True)
class Grid:
    """A tab as it is, trailing empty cells left out. One of its rows is the header, the first
    unless told otherwise; below it are the lines, from row `first` on. Where people sorted it among
    them, those above are lines too: what has no number in it is a title."""

    sheet_id: int
    title: str
    zone: ZoneInfo
    cells: Lines[list[Cell]]
    first: int = 2

    @property
    def headers(self) -> tuple[str, ...]:
        """Normalised."""
        return tuple(normal(str(cell)) for cell in self.cells[self.first - 2])

    def lines(self) -> Iterator[list[Cell]]:
        return (line for _, line in self.numbered())

    def numbered(self) -> Iterator[tuple[int, list[Cell]]]:
        """With the number of each row, from 1."""
        above = enumerate(self.cells.first(self.first - 2), start=1)
        yield from ((number, line) for number, line in above if any(map(_is_number, line)))
        yield from enumerate(self.cells.since(self.first - 1), start=self.first)

    def column(self, index: int) -> Iterator[Cell]:
        return (line[index] if index < len(line) else "" for line in self.lines())

    def is_empty_column(self, index: int) -> bool:
        return not any(str(cell).strip() for cell in self.column(index))

    def headed(self, known: Set[str]) -> Grid:
        """With the row that has most of the known headers for its header."""
        rows = self.cells.first(_HEADER_WITHIN)
        counts = [sum(normal(str(cell)) in known for cell in set(row)) for row in rows]
        return replace(self, first=counts.index(max(counts)) + 2)


def read_grids(google: Google, spreadsheet_id: str, expected: int) -> list[Grid]:
    """The tabs that have anything in them: one metadata call, one batchGet. Where more answers are
    expected than fit into one answer of Google's, one batchGet for every so many rows of all tabs.
    """
    book = google.sheets.http_client.fetch_sheet_metadata(spreadsheet_id)
    zone = ZoneInfo(book["properties"]["timeZone"])
    tabs = [tab["properties"] for tab in book["sheets"] if "gridProperties" in tab["properties"]]
    grids = [Grid(tab["sheetId"], tab["title"], zone, Lines()) for tab in tabs]
    heights = [int(tab["gridProperties"].get("rowCount", 0)) for tab in tabs]
    start, all_at_once = 0, expected <= _AT_ONCE
    while some := [at for at, height in enumerate(heights) if height > start]:
        step = max(heights) if all_at_once else max(_TOGETHER // len(some) // 100, 1) * 100
        ends = [min(start + step, heights[at]) for at in some]
        names = ["'{}'".format(grids[at].title.replace("'", "''")) for at in some]
        spans = ["" if all_at_once else f"!{start + 1}:{end}" for end in ends]
        read = _values(google, spreadsheet_id, list(map("".join, zip(names, spans, strict=True))))
        for at, end, rows in zip(some, ends, read, strict=True):
            blank: list[list[Cell]] = [[]] * (end - start - len(rows) if end < heights[at] else 0)
            grids[at].cells.extend([*rows, *blank])
        start += step
    return [grid for grid in grids if any(grid.cells)]


def _values(google: Google, spreadsheet_id: str, ranges: list[str]) -> list[list[list[Cell]]]:
    answer = google.sheets.http_client.values_batch_get(
        spreadsheet_id,
        ranges,
        {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"},
    )
    return [one.get("values", []) for one in answer["valueRanges"]]


def normal(header: str) -> str:
    """A header to compare by: NFC, single spaces, lower case."""
    return " ".join(unicodedata.normalize("NFC", header).split()).lower()


def text(cell: Cell) -> str:
    """A cell as text; whole numbers without a point, as the sheet shows them."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def as_answer(said: str, type: str | None) -> str:
    """A serial date or time as an answer has it: "2022-06-03", "08:30" (facts 4.11); with a time,
    a date is "2022-06-03 08:30".

    Anything else stays as it is: no whole day, no whole minute of a day, no number.
    """
    try:
        serial = float(said)
    except ValueError:
        return said
    if type == "date" and serial.is_integer() and 0 < serial <= _LAST_DAY:
        return (_EPOCH + timedelta(days=serial)).date().isoformat()
    if type == "time" and 0 <= serial < 1:
        return _clock(serial) or said
    if type == "date_time" and 0 < serial <= _LAST_DAY and (clock := _clock(serial % 1)):
        return f"{(_EPOCH + timedelta(days=int(serial))).date().isoformat()} {clock}"
    return said


def _clock(part: float) -> str | None:
    """The part of a day as hour and minute, when it is a whole minute."""
    minutes = round(part * 1440)
    if minutes < 1440 and abs(part * 1440 - minutes) < _SAME_MINUTE:
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return None


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def moment(cell: Cell | None, zone: ZoneInfo) -> datetime | None:
    """A serial day in the spreadsheet's zone as UTC, to the millisecond; None if it is none."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    if not 0 <= cell <= _LAST_DAY:
        return None
    local = _EPOCH + timedelta(milliseconds=round(cell * 86_400_000))
    return local.replace(tzinfo=zone).astimezone(UTC)
