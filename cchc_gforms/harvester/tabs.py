"""Which tabs hold a form's rows, and the rows in them. Pure.

By header, never by name (facts 6.1): the tab that was the form's before, or one with the form's
unit question, which no other form words alike. A form that was linked anew, or deleted and made
again, has several; a copy that somebody made to work on looks like one. The rows of all of them
are compared, those of the tab that fits the responses best first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from cchc_gforms.harvester.cells import Cells, digest
from cchc_gforms.harvester.columns import (
    EMAIL,
    OWN_HEADERS,
    TIME,
    Columns,
    Finding,
    keys_of,
    make_out,
)
from cchc_gforms.harvester.sheet import Cell, Grid, moment, normal, text
from cchc_gforms.harvester.sides import TOLERANCE, Party, Row, Sender
from cchc_gforms.store.notes import SeenTab, written

_MOST_COLUMNS = 0.5  # of a form's questions, so that a tab may be the form's without its unit


@dataclass(frozen=True, slots=True)
class Layout:
    """What a form's tab looks like: keys by header (normalised), titles by key, the unit's key."""

    questions: Mapping[str, str]
    titles: Mapping[str, str]
    unit: str
    cells: Cells

    @property
    def unit_header(self) -> str:
        return next((header for header, key in self.questions.items() if key == self.unit), "")

    def named(self, key: str) -> str:
        """What people call a column."""
        return _OWN.get(key) or self.titles.get(key, key)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab with its columns made out. `moved` are the keys that are read from another column now
    than when it was last seen, though the old one is still there: that of a question made anew."""

    grid: Grid
    columns: Columns
    moved: frozenset[str]


_OWN = {TIME: "Dấu thời gian", EMAIL: "Địa chỉ email"}


@dataclass(slots=True)
class Tabs:
    """A form's tabs whose rows can be read, the one that it writes into first, and what to tell of
    these and others."""

    found: list[Tab] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.titles[0]

    @property
    def titles(self) -> list[str]:
        """By rank."""
        return [tab.grid.title for tab in self.found]

    def shift(self, home: ZoneInfo, now: datetime) -> timedelta:
        """How far off the times are that were written while the spreadsheet was in `home`."""
        offsets = [now.astimezone(zone).utcoffset() for zone in (home, self.found[0].grid.zone)]
        return (offsets[0] or timedelta()) - (offsets[1] or timedelta())


def read_tabs(
    grids: Sequence[Grid],
    layout: Layout,
    noted: Sequence[SeenTab],
    parties: Sequence[Party],
    others: Iterable[str],
    form_id: str,
) -> Tabs:
    """The form's tabs among all. `others` are the unit headers of the other forms."""
    times = _Times(parties)
    mine = {one.sheet_id: one.columns for one in noted if one.form_id == form_id}
    theirs = {one.sheet_id for one in noted if one.form_id != form_id}
    grids = [grid.headed(_known(layout, mine.get(grid.sheet_id, ()))) for grid in grids]
    owned = [grid for grid in grids if _is_ours(grid, layout, mine, theirs)]
    orphans = [] if owned else _orphans(grids, layout, theirs, set(others))
    read = Tabs()
    for grid in owned or [grid for grid in orphans if times.fit(grid)]:
        proof = _Proof(grid, layout, times)
        before = mine.get(grid.sheet_id, ())
        needed = (TIME, layout.unit)
        columns = make_out(
            grid.headers, layout.questions, before, needed, proof, grid.is_empty_column
        )
        tab = Tab(grid, columns, frozenset(_moved(grid.headers, columns.places, before)))
        read.remarks += _told(tab, layout)
        if TIME in columns.places:
            read.found.append(tab)
    read.found.sort(key=lambda tab: (-times.latest(tab), tab.grid.sheet_id not in mine))
    for rank, tab in enumerate(read.found):
        read.rows += _rows(rank, tab, layout)
    if not read.found and not read.remarks:
        read.remarks += [_orphan(grid, layout) for grid in orphans]
    return read


def _moved(
    headers: Sequence[str], places: Mapping[str, int], before: Iterable[tuple[str, str]]
) -> Iterator[str]:
    for header, key in before:
        if header in headers and key in places and headers[places[key]] != header:
            yield key


def _known(layout: Layout, before: Sequence[tuple[str, str]]) -> set[str]:
    """Headers that a row of headers of this form has."""
    return {*layout.questions, *OWN_HEADERS, *(header for header, _ in before if header)}


def _is_ours(
    grid: Grid,
    layout: Layout,
    mine: Mapping[int, object],
    theirs: set[int],
) -> bool:
    if grid.sheet_id in mine:
        return True
    return layout.unit_header in grid.headers and grid.sheet_id not in theirs


def _orphans(
    grids: Sequence[Grid], layout: Layout, theirs: set[int], others: set[str]
) -> list[Grid]:
    """Tabs with most of the form's questions that are nobody's by their unit question."""
    found = []
    for grid in grids:
        if grid.sheet_id in theirs or others.intersection(grid.headers):
            continue
        headed = keys_of(grid.headers, layout.questions).keys() - {TIME, EMAIL}
        if len(headed) >= _MOST_COLUMNS * len(layout.questions):
            found.append(grid)
    return found


class _Times:
    """When the responses were sent, to tell a tab and its time column by."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self._by_second: dict[int, list[Party]] = {}
        for party in parties:
            for at in party.moments:
                self._by_second.setdefault(int(at.timestamp()), []).append(party)

    def of(self, cell: Cell, grid: Grid) -> list[Party]:
        """The responses sent at the time in a cell."""
        at = moment(cell, grid.zone)
        if at is None:
            return []
        span = int(TOLERANCE.total_seconds())
        second = int(at.timestamp())
        near = (self._by_second.get(one, ()) for one in range(second - span, second + span + 1))
        return [party for some in near for party in some]

    def hits(self, grid: Grid, index: int) -> int:
        return sum(bool(self.of(cell, grid)) for cell in grid.column(index))

    def fit(self, grid: Grid) -> bool:
        """Whether some column has the times of the responses."""
        return any(self.proves(grid, index) for index in range(len(grid.headers)))

    def proves(self, grid: Grid, index: int) -> bool:
        """Whether the column holds times, and most of them are those of responses."""
        filled = sum(bool(str(cell).strip()) for cell in grid.column(index))
        hits = self.hits(grid, index)
        return hits > 0 and hits * 2 > filled

    def latest(self, tab: Tab) -> float:
        """When the last response was sent that the tab has: the form writes into the tab that has
        the newest."""
        cells = tab.grid.column(tab.columns.places[TIME])
        found = (party.moments[0] for cell in cells for party in self.of(cell, tab.grid))
        return max((at.timestamp() for at in found), default=0.0)


class _Proof:
    """Whether a column holds what is known of a key: each cell beside the time of one response
    only is what that response says, and there is at least one."""

    def __init__(self, grid: Grid, layout: Layout, times: _Times) -> None:
        self._grid, self._layout, self._times = grid, layout, times

    def __call__(self, index: int, key: str) -> bool:
        if key == TIME:
            return self._times.proves(self._grid, index)
        pairs = zip(self._grid.column(index), self._beside, strict=True)
        told = [(cell, self._known(party, key)) for cell, party in pairs if party]
        return any(known for _, known in told) and all(
            self._said(cell, key) == known for cell, known in told if known
        )

    @cached_property
    def _beside(self) -> list[Party | None]:
        """The one response sent at the time of each line."""
        grid = self._grid
        headed = keys_of(grid.headers, {}).get(TIME, [])
        if len(headed) != 1:
            columns = range(len(grid.headers))
            headed = [one for one in columns if self._times.proves(grid, one)]
        time = headed[0] if headed else None
        if time is None:
            return [None] * sum(1 for _ in grid.lines())
        found = (self._times.of(cell, grid) for cell in grid.column(time))
        return [some[0] if len({one.id for one in some}) == 1 else None for some in found]

    def _said(self, cell: Cell, key: str) -> str:
        if key == EMAIL:
            return text(cell).strip().lower()
        if key == self._layout.unit:
            return normal(text(cell))
        return self._layout.cells.of_row({key: text(cell)})[key]

    def _known(self, party: Party, key: str) -> str:
        if key == EMAIL:
            return party.sender.email or ""
        return party.sender.unit if key == self._layout.unit else party.content.get(key, "")


def _rows(rank: int, tab: Tab, layout: Layout) -> Iterator[Row]:
    """Those with anything in them, and of those above the header those with a time."""
    places = dict(tab.columns.places)
    time, email = places.pop(TIME), places.pop(EMAIL, None)

    def texts(line: Sequence[Cell]) -> dict[str, str]:
        return {key: text(line[at]) if at < len(line) else "" for key, at in places.items()}

    for number, line in tab.grid.numbered():
        at = moment(line[time], tab.grid.zone) if time < len(line) else None
        if not any(str(cell).strip() for cell in line) or (number < tab.grid.first and not at):
            continue
        address = "" if email is None or email >= len(line) else text(line[email])
        cells = texts(line)
        sender = Sender(address.strip().lower() or None, normal(cells.get(layout.unit, "")))
        content = layout.cells.of_row(cells)
        if email is not None:
            content[EMAIL] = digest((sender.email or "",))
        yield Row(
            rank, number, at, sender, written(content), partial(_again, tab.grid, number, texts)
        )


def _again(
    grid: Grid, number: int, texts: Callable[[Sequence[Cell]], dict[str, str]]
) -> dict[str, str]:
    """A row's texts, read once more: all of them together would not find room."""
    return texts(grid.cells[number - 1])


def _told(tab: Tab, layout: Layout) -> Iterator[str]:
    typed = {normal(str(cell)): str(cell) for cell in tab.grid.cells[tab.grid.first - 2]}
    for one in tab.columns.findings:
        header = " ".join(typed.get(one.header, "").split())[:60]
        yield f"trang “{tab.grid.title}”: {_sentence(one, header, layout)}"


def _sentence(one: Finding, header: str, layout: Layout) -> str:
    """`header` is what people typed there."""
    name = layout.named(one.key)
    match one.what:
        case "renamed":
            return f"cột “{header}” được đọc là “{name}”, vì nội dung đúng là của cột đó"
        case "double":
            return (
                f"có nhiều cột “{name}”, không rõ cột nào là thật nên không cột nào được đọc: xóa "
                "hoặc đổi tên cột chép thừa"
            )
        case "strange":
            return f"có thêm cột “{header}”, không phải của câu hỏi nào nên được bỏ qua"
    if one.key == TIME:
        return f"thiếu cột “{name}” nên không hàng nào được tính: đặt lại tên cột đó"
    return (
        f"thiếu cột “{name}” (bị xóa, hoặc bị đổi tên mà không nhận ra được): khôi phục cột hoặc "
        "đặt lại tên"
    )


def _orphan(grid: Grid, layout: Layout) -> str:
    return (
        f"trang “{grid.title}” giống trang của một biểu mẫu nhưng thiếu cột "
        f"“{layout.named(layout.unit)}” nên không được đọc: đặt lại tên cột đó, hoặc xóa trang nếu "
        "không phải"
    )
