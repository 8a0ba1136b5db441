"""Brings the dashboard's spreadsheet up to date: found by its id or its tag, or made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL
from msgspec.json import encode

from cchc_gforms.dashboard.sheets.changes import Step, changes
from cchc_gforms.dashboard.sheets.ids import sheet_id_of
from cchc_gforms.dashboard.sheets.reading import read, read_all
from cchc_gforms.dashboard.sheets.standing import BRAND_NEW, Spreadsheet, Standing
from cchc_gforms.dashboard.tabs import journal, notes
from cchc_gforms.dashboard.workbook import Workbook
from cchc_gforms.errors import GoogleError
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import (
    Registry,
    create_spreadsheet,
    dashboard_tags,
    is_in_trash,
)
from cchc_gforms.regime.model import Regime

_LARGEST = 9_000_000
"""Bytes of one batch, which is four pieces of a long tab: Google refuses more than 10,485,760, and
has 180 seconds (facts C; it documents no limit, and advises 2 MB for speed)."""

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Published:
    """`calls` is what it took at Google, `batches` how many of them wrote.

    `looked`: the file is known not to be in the trash. `replaced`: a new file stands for one that
    is gone. `notes_made`: the tab of notes was gone from the file, and is there again, blank.
    """

    spreadsheet_id: str
    url: str
    calls: int
    batches: int
    looked: bool = False
    replaced: bool = False
    notes_made: bool = False


def publish(
    google: Google,
    year: int,
    regime: Regime,
    titles: Mapping[str, str],
    make: Callable[[Rows], Workbook],
    *,
    known: str | None = None,
    look: bool = False,
    guard: Callable[[Rows], None] = lambda _: None,
) -> Published:
    """One read (two where a tab was deleted or a note is no plain text); where anything differs one
    look whether the file is in the trash, and one write.

    `titles` are those of the tabs, by their keys; `make` builds the workbook once the rows of the
    tab of notes are known. `known` is the spreadsheet's id from last time. Without it, one
    look-up in its stead among the files of the regime, and a create where there is none. `look`:
    in the trash even where nothing differs, one call more. `guard` is shown the rows of the log's
    tab, and raises where they may not be replaced.
    """
    publishing = _Publishing(google, year, regime, titles, make, guard, google.calls)
    id, now = publishing.opened(known)
    try:
        done = publishing.into(id, now, looked=id != known, look=look)
    except _InTrashError:
        return replace(publishing.into(*publishing.opened(), looked=True), replaced=True)
    return replace(done, replaced=now.is_new and known is not None)


class _InTrashError(Exception):
    """The known file is there, and nobody sees it."""


@dataclass(frozen=True, slots=True)
class _Publishing:
    """What does not change from one file to another; see `publish`."""

    google: Google
    year: int
    regime: Regime
    titles: Mapping[str, str]
    make: Callable[[Rows], Workbook]
    guard: Callable[[Rows], None]
    before: int  # calls of others

    def opened(self, known: str | None = None) -> tuple[str, Spreadsheet]:
        """The year's spreadsheet and what stands in it; the known one unless it is gone."""
        google, year, identity = self.google, self.year, self.regime.identity
        if known:
            try:
                return known, self._read(known)
            except GoogleError as error:
                if error.status != 404:
                    raise
        if found := Registry.look_up(google, identity).dashboard(year):
            return found.id, self._read(found.id)
        name, tags = f"{self.regime.name} {year} – Bảng theo dõi", dashboard_tags(year, identity)
        return create_spreadsheet(google, name=name, tags=tags), BRAND_NEW

    def into(self, id: str, now: Spreadsheet, *, looked: bool, look: bool = False) -> Published:
        """The workbook into the spreadsheet, which is as `now` says. `looked`: it is known not to
        be in the trash; else _InTrashError where it is."""
        workbook, sent = self._workbook(id, now), 0
        try:
            for batch in batches(changes(workbook, now)):
                looked = looked or self._is_in_sight(id)
                send(self.google, id, batch)
                sent += 1
        except GoogleError as error:
            if error.status != 400 or now.is_whole:
                raise
            # Not as far as it was read: a tab of somebody's own bears the title of one of ours,
            # or somebody was there in between.
            done = self.into(id, read_all(self.google, id), looked=looked)
            return replace(done, batches=sent + done.batches)
        if look and not looked:
            looked = self._is_in_sight(id)
        page, calls = self.google.address.spreadsheet_page(id), self.google.calls - self.before
        notes_made = sheet_id_of(notes.KEY) not in now.tabs and not now.is_new
        return Published(id, page, calls, sent, looked, notes_made=notes_made)

    def _read(self, id: str) -> Spreadsheet:
        """Whole tabs; of the log, the columns that tell whether it is what it was."""
        columns = {key: journal.PROOF if key == journal.KEY else None for key in self.titles}
        return read(self.google, id, {sheet_id_of(key): some for key, some in columns.items()})

    def _workbook(self, id: str, now: Spreadsheet) -> Workbook:
        if log := now.tabs.get(sheet_id_of(journal.KEY)):
            self.guard(log.rows)
        noted = now.tabs.get(sheet_id_of(notes.KEY))
        return self.make(self._as_seen(id, noted) if noted else ())

    def _as_seen(self, id: str, tab: Standing) -> Rows:
        """The rows of the notes as people see them: the result of a formula, a date as it is shown.
        One call more, only where not all of it is text."""
        if notes.is_all_text(tab.rows):
            return tab.rows
        title = tab.title.replace("'", "''")
        seen = self.google.sheets.http_client.values_get(id, f"'{title}'")
        rows: Rows = seen.get("values", ())
        return rows

    def _is_in_sight(self, id: str) -> bool:
        """True; _InTrashError otherwise."""
        if is_in_trash(self.google, id):
            raise _InTrashError
        return True


def batches(steps: Iterable[Step]) -> Iterator[bytes]:
    """Steps together as long as they are small, in their order."""
    held: list[bytes] = []
    for step in steps:
        text = encode(step)[1:-1]
        if held and sum(map(len, held)) + len(text) > _LARGEST:
            yield _batch(held)
            held = []
        held.append(text)
    if held:
        yield _batch(held)


def _batch(requests: Iterable[bytes]) -> bytes:
    return b'{"requests":[%b]}' % b",".join(requests)


def send(google: Google, id: str, batch: bytes) -> None:
    """One write: done whole or not at all."""
    google.sheets.http_client.request(
        "post",
        SPREADSHEET_BATCH_UPDATE_URL % id,
        params={"fields": "spreadsheetId"},
        data=batch,
        headers={"Content-Type": "application/json"},
    )
