"""Brings the dashboard's spreadsheet up to date: found by its id or its tag, or made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL
from msgspec.json import encode

from cchc_gforms.dashboard.sheets.changes import Step, changes
from cchc_gforms.dashboard.sheets.ids import sheet_id_of
from cchc_gforms.dashboard.sheets.reading import quoted_range, range_of, read
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
    """One read (two where a note is no plain text); where anything differs one look whether the
    file is in the trash, and one write.

    `titles` are those of the tabs, by their keys; `make` builds the workbook once the rows of the
    tab of notes are known. `known` is the spreadsheet's id from last time. Without it, one
    look-up in its stead among the files of the regime, and a create where there is none. `look`:
    in the trash even where nothing differs, one call more. `guard` is shown the rows of the log's
    tab, and raises where they may not be replaced.
    """
    before = google.calls
    wanted = {sheet_id_of(key): _range(key, title) for key, title in titles.items()}
    id, now = _opened(google, year, regime, wanted, known)
    standing = now.tabs.get(sheet_id_of(notes.KEY))
    if journal_now := now.tabs.get(sheet_id_of(journal.KEY)):
        guard(journal_now.rows)
    workbook = make(_as_seen(google, id, standing) if standing else ())
    sent = 0
    looked = id != known
    for batch in batches(changes(workbook, now)):
        if not looked and is_in_trash(google, id):
            return _elsewhere(google, year, regime, titles, make, guard)
        looked = True
        _send(google, id, batch)
        sent += 1
    if look and not looked:
        if is_in_trash(google, id):
            return _elsewhere(google, year, regime, titles, make, guard)
        looked = True
    return Published(
        id, google.address.spreadsheet_page(id), google.calls - before, sent, looked,
        replaced=now.is_new and known is not None,
        notes_made=standing is None and not now.is_new,
    )  # fmt: skip


def _elsewhere(
    google: Google,
    year: int,
    regime: Regime,
    titles: Mapping[str, str],
    make: Callable[[Rows], Workbook],
    guard: Callable[[Rows], None],
) -> Published:
    """Where the known file is in the trash: the one that is found by its tag, or a new one."""
    return replace(publish(google, year, regime, titles, make, guard=guard), replaced=True)


def _as_seen(google: Google, id: str, tab: Standing) -> Rows:
    """The rows of the notes as people see them: the result of a formula, a date as it is shown.
    One call more, only where not all of it is text."""
    if notes.is_all_text(tab.rows):
        return tab.rows
    seen = google.sheets.http_client.values_get(id, quoted_range(tab.title))
    rows: Rows = seen.get("values", ())
    return rows


def _range(key: str, title: str) -> str:
    """A whole tab; of the log, the columns that tell whether it is what it was."""
    return range_of(title, journal.COLUMNS if key == journal.KEY else "")


def _opened(
    google: Google, year: int, regime: Regime, wanted: Mapping[int, str], known: str | None
) -> tuple[str, Spreadsheet]:
    """The year's spreadsheet and what stands in it; the known one unless it is gone."""
    if known:
        try:
            return known, read(google, known, wanted)
        except GoogleError as error:
            if error.status != 404:
                raise
    found = Registry.look_up(google, regime.identity).dashboard(year)
    if found:
        return found.id, read(google, found.id, wanted)
    name, tags = f"{regime.name} {year} – Bảng theo dõi", dashboard_tags(year, regime.identity)
    return create_spreadsheet(google, name=name, tags=tags), BRAND_NEW


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


def _send(google: Google, id: str, batch: bytes) -> None:
    google.sheets.http_client.request(
        "post",
        SPREADSHEET_BATCH_UPDATE_URL % id,
        params={"fields": "spreadsheetId"},
        data=batch,
        headers={"Content-Type": "application/json"},
    )
