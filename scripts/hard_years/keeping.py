"""The log itself, looked after: verified, and left for another one with which the office goes on.

The other one is what `cchc store` made of a backup, of an export, of the dashboard's tab, or of
what Google still holds. The rest of the year is lived with it, so it must be as good.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from hard_years.checks import exported, ledger_differences, log_differences, verify_differences
from hard_years.deeds import ZONE
from hard_years.life import Life
from hard_years.stores import is_database
from hard_years.town import Town, cchc, utc

IMPORTED = "imported"


def go_on_with_another_log(
    town: Town, life: Life, chance: random.Random
) -> tuple[list[str], list[str]]:
    """After a harvest that went well: what was done, by the names of `tally`, and what was wrong.

    What such a log does not keep is what was seen of the Sheet's rows. Rows that only the Sheet has
    are therefore known again by their time and sender, which people may have typed over: the office
    of this campaign does it only while there are none.
    """
    is_at_google = not any(one.deleted for one in life.responses.values())
    may_rebuild = is_at_google and town.source != "sheet"
    ways = [name for name in WAYS if name != REBUILT or may_rebuild]
    way, store = chance.choice(ways), town.stores.new(chance)
    done = [VERIFIED, way]
    if is_database(store) != is_database(town.store):
        done.append(MOVED)
    return done, list(leave_for(town, life, way, store))


def leave_for(town: Town, life: Life, way: str, store: str) -> Iterator[str]:
    """Makes an empty store into another log in one of the WAYS; the town has it then. What was
    wrong."""
    try:
        yield from verify_differences(town)
        yield from WAYS[way](town, life, store)
        yield from verify_differences(town)
    except _LeftError as left:
        yield f"{way}: {left}"


def _backed_up(town: Town, _: Life, store: str) -> Iterator[str]:
    file = town.work / f"{town.stores.made}-backup.sqlite"
    _run("store", "backup", str(file), "--store", town.store)
    _run("store", "restore", str(file), *town.place, "--store", store)
    yield from _the_same(town, store)


def _exported(town: Town, _: Life, store: str) -> Iterator[str]:
    before, ledger = exported(town), _ledger(town)
    file = town.work / f"{town.stores.made}-events.jsonl"
    _run("store", "export", str(file), "--store", town.store)
    _run("store", "import", str(file), "--by", "Mẫu", "--store", store)
    town.store = store
    *after, note = exported(town)
    if after != before or note["kind"] != IMPORTED:
        yield f"{len(after)} events imported differ from the {len(before)} exported"
    if _ledger(town, utc(ledger["as_of"])) != ledger:
        yield "the ledger of the imported events is another"


def _restored(town: Town, _: Life, store: str) -> Iterator[str]:
    _run("dashboard", "publish", "--new-log", *town.settings())
    year = str(town.year.year.year)
    _run("store", "restore", "--from-dashboard", year, *town.place, "--store", store)
    yield from _the_same(town, store)


def _rebuilt(town: Town, life: Life, store: str) -> Iterator[str]:
    life.harvest_begins()
    town.store = store
    _run("store", "rebuild", *town.settings())
    _run("period", "open", "--all", *town.settings())
    life.rebuilt()
    yield from ledger_differences(town, life)
    yield from log_differences(town, life)


def _the_same(town: Town, store: str) -> Iterator[str]:
    before = exported(town)
    town.store = store
    if exported(town) != before:
        yield "the events are others than before"


def _ledger(town: Town, as_of: datetime | None = None) -> dict[str, Any]:
    """Without what it says of imports."""
    when = ("--as-of", f"{as_of.astimezone(ZONE):%Y-%m-%dT%H:%M:%S}") if as_of else ()
    book: dict[str, Any] = json.loads(_run("ledger", "show", *when, *town.book))
    for row in book["rows"]:
        row["marks"] = [one for one in row["marks"] if one != IMPORTED]
    return book


class _LeftError(RuntimeError):
    """A command did not leave with 0."""


def _run(*arguments: str) -> str:
    left = cchc(*arguments)
    if left.code:
        raise _LeftError(f"{' '.join(arguments[:2])} left with {left.code}: {left.err}")
    return left.out


VERIFIED, MOVED, REBUILT = "verified", "moved to another database", "rebuilt from Google"
WAYS: Mapping[str, Callable[[Town, Life, str], Iterator[str]]] = {
    "backed up and restored": _backed_up,
    "exported and imported": _exported,
    "restored from the dashboard": _restored,
    REBUILT: _rebuilt,
}
DONE = (VERIFIED, *WAYS, MOVED)
