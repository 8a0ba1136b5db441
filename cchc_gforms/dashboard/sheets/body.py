"""The rows of a tab's body as requests, in pieces that find room in one call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import Raw

from cchc_gforms.dashboard.sheets import cells
from cchc_gforms.dashboard.sheets.cells import Known, Wire
from cchc_gforms.dashboard.workbook import Link, Tab

PIECE = 2_000_000  # bytes, about, as Google advises


@dataclass(frozen=True, slots=True)
class Rows:
    """Encoded rows of some field of cells, and where the first of them has its place in the tab."""

    row: int
    column: int
    encoded: Sequence[Raw]
    fields: str


def pieces(tab: Tab, done: int, zone: ZoneInfo) -> Iterator[list[Rows]]:
    """The values and the links of the body from its row `done` on."""
    known = Known(lambda content: cells.encoded(content, zone))
    linked = [] if tab.kind == "log" else _linked(tab)
    first = len(tab.head) + done
    lines = (
        (cells.row(row, number, known, zone), *[cells.link_row(row[at]) for at in linked])
        for number, row in enumerate(islice(tab.body, done, None), start=first)
    )
    for some in _together(lines):
        values, *links = zip(*some, strict=True)
        yield [
            Rows(first, 0, values, "userEnteredValue"),
            *(
                Rows(first, at, rows, "userEnteredFormat.textFormat")
                for at, rows in zip(linked, links, strict=True)
            ),
        ]
        first += len(some)


def _linked(tab: Tab) -> list[int]:
    """The columns in which links stand."""
    return sorted({at for row in tab.body for at, one in enumerate(row) if type(one) is Link})


def written(piece: Iterable[Rows], sheet: int) -> Iterator[Wire]:
    """The requests that write it there."""
    for one in piece:
        start = {"sheetId": sheet, "rowIndex": one.row, "columnIndex": one.column}
        yield {"updateCells": {"start": start, "rows": one.encoded, "fields": one.fields}}


def _together(lines: Iterable[tuple[Raw, ...]]) -> Iterator[list[tuple[Raw, ...]]]:
    """So many at a time that they just fill a piece."""
    held: list[tuple[Raw, ...]] = []
    size = 0
    for line in lines:
        held.append(line)
        size += sum(map(len, line))
        if size > PIECE:
            yield held
            held, size = [], 0
    if held:
        yield held
