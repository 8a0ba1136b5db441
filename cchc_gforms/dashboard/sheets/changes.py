"""The requests that make a spreadsheet what the workbook says, and none where it is so already.

They come in steps, each to be sent whole, in their order. All that is seen of a tab changes in one
step, however long it is (`beside`): at any moment every tab is as it was or as it is to be.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard.sheets import beside, body, dressing, people
from cchc_gforms.dashboard.sheets.cells import Known, Wire, plain
from cchc_gforms.dashboard.sheets.ids import object_id, sheet_id
from cchc_gforms.dashboard.sheets.objects import conditions, without_rules
from cchc_gforms.dashboard.sheets.standing import Row, Spreadsheet, Standing
from cchc_gforms.dashboard.workbook import Aged, Content, Link, Sparkline, Tab, Workbook
from cchc_gforms.google.registry import settle

Step = list[Wire]

_LEADING = frozenset({Link, Sparkline, Aged})
"""Contents of which a cell's value does not tell all."""


def changes(workbook: Workbook, now: Spreadsheet) -> Iterator[Step]:
    """Nothing for a spreadsheet that is what it should be."""
    zone = ZoneInfo(workbook.zone)
    first = [
        *settle({"properties": now.properties}, workbook.zone),
        *_make_way(workbook, now),
        *beside.left_behind(workbook, now),
    ]
    if first:
        yield first
    for index, tab in enumerate(workbook.tabs):
        yield from _Tab(tab, index, now, zone).steps()
    if order := list(_order(workbook, now)):
        yield order
    if now.is_new:
        yield [{"deleteSheet": {"sheetId": id}} for id in now.tabs]


def _make_way(workbook: Workbook, now: Spreadsheet) -> Iterator[Wire]:
    """A tab that bears a title which is to be another's keeps its content under a title more."""
    ours = {sheet_id(tab): tab.title for tab in workbook.tabs}
    for id, tab in now.tabs.items():
        if tab.title in ours.values() and ours.get(id) != tab.title:
            yield _properties(id, {"title": f"{tab.title} ({id})"}, "title")


def _order(workbook: Workbook, now: Spreadsheet) -> Iterator[Wire]:
    """Our tabs one after the other, the first where the first of them is; where one is new, or
    somebody moved one."""
    ids = [sheet_id(tab) for tab in workbook.tabs]
    there = sorted((now.tabs[id] for id in ids if id in now.tabs), key=lambda one: one.index)
    if not now.is_new and [one.id for one in there] != ids:
        first = there[0].index if there else 0
        for index, id in enumerate(ids, start=first):
            yield _properties(id, {"index": index}, "index")


def _properties(id: int, properties: Wire, fields: str) -> Wire:
    return {
        "updateSheetProperties": {"properties": {"sheetId": id, **properties}, "fields": fields}
    }


class _Tab:
    """One tab, as it should be and as it is."""

    def __init__(self, tab: Tab, index: int, now: Spreadsheet, zone: ZoneInfo) -> None:
        self._tab, self._zone, self._index = tab, zone, index
        id = sheet_id(tab)
        self._is_new = id not in now.tabs
        self._now = now.tabs.get(id) or Standing(id, tab.title, index)
        self._digest = digest(tab)

    def steps(self) -> Iterator[Step]:
        if self._tab.kind == "people":
            if step := self._of_people():
                yield step
        elif self._tab.kind == "log":
            yield from self._of_log()
        elif not (self._is_dressed() and self._same_rows() == self._tab.rows):
            yield from self._whole()

    def _of_people(self) -> Step:
        """The head alone, wherever people moved its columns."""
        if self._is_new:
            columns = len(self._tab.lanes) + people.SPARE
            size = {**dressing.grid(self._tab), "rowCount": people.ROWS, "columnCount": columns}
            return [
                dressing.added(self._tab, self._index, size),
                *people.dressed(self._tab, self._now, self._zone),
                dressing.digest(self._tab, self._digest, self._now),
            ]
        step = [*self._named()]
        if self._now.digest != self._digest or people.lacks(self._tab, self._now):
            step += people.dressed(self._tab, self._now, self._zone)
            step.append(dressing.digest(self._tab, self._digest, self._now))
        return step

    def _of_log(self) -> Iterator[Step]:
        """What is missing at its end; everything anew where it is not what it was."""
        there = self._same_rows()
        if self._is_new or there < len(self._now.rows) or not self._is_dressed(growing=True):
            yield from self._whole()
        elif there < self._tab.rows:
            yield from self._written([self._grown()], there, [])

    def _whole(self) -> Iterator[Step]:
        before = [
            *without_rules(self._tab, self._now),  # while they are all there: columns may go
            *self._sheet(),
            *dressing.cleared(self._tab, self._now),
            dressing.head(self._tab, self._zone),
        ]
        yield from self._written(before, len(self._tab.head), dressing.around(self._tab, self._now))

    def _written(self, before: Iterable[Wire], first: int, after: Iterable[Wire]) -> Iterator[Step]:
        """The tab's rows from `first` on, between what is to be done before and after."""
        tab, id, other = self._tab, self._now.id, beside.id_of(self._tab)
        pieces = body.pieces(tab, first - len(tab.head), self._zone)
        one, two = next(pieces, []), next(pieces, None)
        done = dressing.digest(tab, self._digest, self._now)
        if two is None:
            rows = [*dressing.lanes(tab, id, first), *body.written(one, id)]
            yield [*before, *rows, *after, done]
            return
        yield [*beside.opened(tab, self._now, first), *body.written(one, other)]
        for piece in chain([two], pieces):
            yield [*body.written(piece, other)]
        yield [*before, *beside.copied(tab, first), *after, done]

    def _sheet(self) -> Iterator[Wire]:
        size = dressing.grid(self._tab)
        if self._is_new:
            yield dressing.added(self._tab, self._index, size)
        else:
            properties = {"title": self._tab.title, "hidden": False, "gridProperties": size}
            yield _properties(self._now.id, properties, ",".join(properties))

    def _named(self) -> Iterator[Wire]:
        if self._now.title != self._tab.title or self._now.hidden:
            properties = {"title": self._tab.title, "hidden": False}
            yield _properties(self._now.id, properties, ",".join(properties))

    def _grown(self) -> Wire:
        rows = {"gridProperties": {"rowCount": self._tab.rows}}
        return _properties(self._now.id, rows, "gridProperties.rowCount")

    def _is_dressed(self, *, growing: bool = False) -> bool:
        """Whether everything but the values is as we left it; `growing`: but for its length."""
        tab, now = self._tab, self._now
        grid = dressing.grid(tab)
        if growing:
            grid["rowCount"] = now.grid.get("rowCount")
        return (
            not self._is_new
            and (now.title, now.hidden, now.digest) == (tab.title, False, self._digest)
            and {name: now.grid.get(name, 0) for name in grid} == grid
            and (now.merged, now.lines_hidden) == (False, False)
            and (now.filtered, now.filter_in_use) == (tab.filtered, False)
            and now.rules == conditions(tab)
            and {object_id("view", tab, one.key) for one in tab.views} <= now.views
            and {object_id("chart", tab, one.key) for one in tab.charts} <= now.charts
            and {object_id("slicer", tab, one.key) for one in tab.slicers} <= now.slicers
            and now.protections.get(object_id("protection", tab)) == (tab.kind == "derived")
        )

    def _same_rows(self) -> int:
        """How many rows from the top are there as they should be; of a log, as far as it was read.

        All rows of the tab when it holds just these.
        """
        known = Known(lambda content: plain(content, self._zone))
        width = self._tab.proof if self._tab.kind == "log" else None
        count = 0
        for wanted, found in zip_longest(self._wanted(), self._now.rows):
            if wanted is None or not _alike(
                [known[one] for one in wanted[:width]], (found or ())[:width]
            ):
                break
            count += 1
        return count

    def _wanted(self) -> Iterator[Sequence[Content]]:
        for row in self._tab.head:
            yield [cell.value for cell in row]
        yield from self._tab.body


def _alike(wanted: Row, found: Row) -> bool:
    """Texts as they are; numbers to a twentieth of a second. Empty cells at the end may lack."""
    pairs = zip_longest(wanted, found)
    return wanted == found or all(one == other or _is_near(one, other) for one, other in pairs)


def _is_near(wanted: object, found: object) -> bool:
    if isinstance(wanted, int | float) and isinstance(found, int | float):
        return math.isclose(wanted, found, rel_tol=0, abs_tol=5e-7)
    return False


def digest(tab: Tab) -> str:
    """32 hex digits over all that is to be seen of a tab but what its cells hold, which is compared
    itself: the looks, and where links lead and what formulas say."""
    hashed = hashlib.sha256()
    for part in (
        tab.head, tab.lanes, tab.kind, tab.charts, tab.rules, tab.views, tab.slicers, tab.choices,
        tab.heights,
    ):  # fmt: skip
        hashed.update(repr(part).encode("utf-8", "replace"))
    for row in tab.body if tab.kind == "derived" else ():
        for content in row:
            if type(content) in _LEADING:
                hashed.update(repr(content).encode("utf-8", "replace"))
    return hashed.hexdigest()[:32]
