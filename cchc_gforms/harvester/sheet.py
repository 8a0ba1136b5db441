"""The linked spreadsheet, read as it is: every tab, unformatted, in two calls.

Never `get_all_records`, which turns "0042" into 42. Times are serial days in the spreadsheet's own
zone, with no zone written to them (facts, Sheets C).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cchc_gforms.google.client import Google

Cell = str | float | bool

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - serial day 0, a wall-clock time
_LAST_DAY = 2_958_465  # 31/12/9999
_SAME_MINUTE = 1e-4  # of a minute; a serial has some twelve digits after the point
_TIME_HEADERS = frozenset({"dấu thời gian", "timestamp"})
_EMAIL_HEADERS = frozenset({"địa chỉ email", "email address"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row that a form wrote, or a person. `number` counts from 1, the header being 1."""

    number: int
    at: datetime | None
    email: str | None
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of responses. `headers` are the question columns, normalised, in their order."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def read_tabs(google: Google, spreadsheet_id: str) -> list[Tab]:
    """The tabs whose first row looks like a form's: one metadata call, one batchGet."""
    book = google.sheets.http_client.fetch_sheet_metadata(spreadsheet_id)
    zone = ZoneInfo(book["properties"]["timeZone"])
    titles = [sheet["properties"]["title"] for sheet in book["sheets"]]
    answer = google.sheets.http_client.values_batch_get(
        spreadsheet_id,
        ["'{}'".format(title.replace("'", "''")) for title in titles],
        {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"},
    )
    grids = [one.get("values", []) for one in answer["valueRanges"]]
    tabs = [tab_of(title, grid, zone) for title, grid in zip(titles, grids, strict=True)]
    return [tab for tab in tabs if tab is not None]


def tab_of(title: str, grid: list[list[Cell]], zone: ZoneInfo) -> Tab | None:
    """The tab's rows by header; None when the first row has no time column."""
    if not grid:
        return None
    names = [normal(str(cell)) for cell in grid[0]]
    time_column = next((i for i, name in enumerate(names) if name in _TIME_HEADERS), None)
    email_column = next((i for i, name in enumerate(names) if name in _EMAIL_HEADERS), None)
    if time_column is None:
        return None
    questions = {i: n for i, n in enumerate(names) if n and i not in (time_column, email_column)}
    rows = []
    for number, line in enumerate(grid[1:], start=2):
        cells = dict(enumerate(line))
        if not any(str(cell).strip() for cell in line):
            continue
        email = str(cells.get(email_column, "")).strip().lower() if email_column is not None else ""
        texts = {name: text(cells.get(index, "")) for index, name in questions.items()}
        rows.append(
            Row(number, moment(cells.get(time_column), zone), email or None, texts),
        )
    return Tab(title, tuple(questions.values()), tuple(rows))


def normal(header: str) -> str:
    """A header to compare by: NFC, single spaces, lower case."""
    return " ".join(unicodedata.normalize("NFC", header).split()).lower()


def text(cell: Cell) -> str:
    """A cell as text; whole numbers without a point, as the sheet shows them."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def as_answer(said: str, type: str | None) -> str:
    """A serial date or time as an answer has it: "2022-06-03", "08:30" (facts 4.11).

    Anything else stays as it is: no whole day, no whole minute of a day, no number.
    """
    try:
        serial = float(said)
    except ValueError:
        return said
    if type == "date" and serial.is_integer() and 0 < serial <= _LAST_DAY:
        return (_EPOCH + timedelta(days=serial)).date().isoformat()
    if type == "time" and 0 <= serial < 1:
        minutes = round(serial * 1440)
        if minutes < 1440 and abs(serial * 1440 - minutes) < _SAME_MINUTE:
            return f"{minutes // 60:02}:{minutes % 60:02}"
    return said


def moment(cell: Cell | None, zone: ZoneInfo) -> datetime | None:
    """A serial day in the spreadsheet's zone as UTC, to the millisecond; None if it is none."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    local = _EPOCH + timedelta(milliseconds=round(cell * 86_400_000))
    return local.replace(tzinfo=zone).astimezone(UTC)
