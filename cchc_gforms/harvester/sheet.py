"""The linked spreadsheet, read as it is: every tab, unformatted, in two calls.

Never `get_all_records`, which turns "0042" into 42. Times are serial days in the spreadsheet's own
zone, with no zone written to them (facts, Sheets C).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cchc_gforms.google.client import Google

Cell = str | float | bool

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - serial day 0, a wall-clock time
_LAST_DAY = 2_958_465  # 31/12/9999
_SAME_MINUTE = 1e-4  # of a minute; a serial has some twelve digits after the point


_HEADER_WITHIN = 20  # rows; people write titles above


@dataclass(frozen=True, slots=True)
class Grid:
    """A tab as it is, trailing empty cells left out. `headers` is one of its rows, normalised, the
    first unless told otherwise; `lines` are those below, the first of them row `first`."""

    sheet_id: int
    title: str
    zone: ZoneInfo
    cells: Sequence[Sequence[Cell]]
    first: int = 2

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(normal(str(cell)) for cell in self.cells[self.first - 2])

    @property
    def lines(self) -> Sequence[Sequence[Cell]]:
        return self.cells[self.first - 1 :]

    def column(self, index: int) -> list[Cell]:
        return [line[index] if index < len(line) else "" for line in self.lines]

    def headed(self, known: Set[str]) -> Grid:
        """With the row that has most of the known headers for its header."""
        rows = self.cells[:_HEADER_WITHIN]
        counts = [sum(normal(str(cell)) in known for cell in set(row)) for row in rows]
        return replace(self, first=counts.index(max(counts)) + 2)


def read_grids(google: Google, spreadsheet_id: str) -> list[Grid]:
    """The tabs that have anything in them: one metadata call, one batchGet."""
    book = google.sheets.http_client.fetch_sheet_metadata(spreadsheet_id)
    zone = ZoneInfo(book["properties"]["timeZone"])
    tabs = [
        (tab["properties"]["sheetId"], tab["properties"]["title"])
        for tab in book["sheets"]
        if tab["properties"].get("sheetType", "GRID") == "GRID"
    ]
    answer = google.sheets.http_client.values_batch_get(
        spreadsheet_id,
        ["'{}'".format(title.replace("'", "''")) for _, title in tabs],
        {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"},
    )
    values = [one.get("values", []) for one in answer["valueRanges"]]
    return [Grid(*tab, zone, cells) for tab, cells in zip(tabs, values, strict=True) if cells]


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


def moment(cell: Cell | None, zone: ZoneInfo) -> datetime | None:
    """A serial day in the spreadsheet's zone as UTC, to the millisecond; None if it is none."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    if not 0 <= cell <= _LAST_DAY:
        return None
    local = _EPOCH + timedelta(milliseconds=round(cell * 86_400_000))
    return local.replace(tzinfo=zone).astimezone(UTC)
