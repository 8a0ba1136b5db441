"""Whatever people do to the Sheet, and whenever it is harvested, the submissions are those that the
schools made (L3, L18)."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_gforms.events import VersionSeen
from cchc_gforms.harvester.sheet import Cell
from tests.harvester.stand import Stand, minute

UNITS = ("MN01", "MN02", "MN03")


def _sort(stand: Stand, chance: random.Random) -> None:
    place = chance.randrange(7)
    stand.rows[1:] = sorted(stand.rows[1:], key=lambda row: str(row[place]))


def _sort_one_column(stand: Stand, chance: random.Random) -> None:
    place = chance.randrange(7)
    rows = stand.rows[1:]
    cells = [row[place] for row in rows]
    cells.sort(key=str)
    for number, row in enumerate(rows):
        row[place] = cells[number]


def _delete(stand: Stand, chance: random.Random) -> None:
    if len(stand.rows) > 1:
        stand.rows.pop(chance.randrange(1, len(stand.rows)))


def _paste(stand: Stand, chance: random.Random) -> None:
    if len(stand.rows) > 1:
        stand.rows.insert(chance.randrange(1, len(stand.rows)), list(chance.choice(stand.rows[1:])))


def _paste_over(stand: Stand, chance: random.Random) -> None:
    if len(stand.rows) > 2:
        one, other = chance.sample(stand.rows[1:], 2)
        one[:] = other


def _type_over_an_answer(stand: Stand, chance: random.Random) -> None:
    if len(stand.rows) > 1:
        row = chance.choice(stand.rows[1:])
        typed: list[Cell] = ["", "sửa tay", 5, "0042"]
        row[chance.randrange(3, len(row))] = chance.choice(typed)


def _type_over_an_address(stand: Stand, chance: random.Random) -> None:
    if len(stand.rows) > 1:
        chance.choice(stand.rows[1:])[1] = chance.choice(["", "ai@dau.example"])


def _copy_the_tab(stand: Stand, _: random.Random) -> None:
    title, lines = stand.grids[7]
    copied: list[list[Cell]] = [list(line) for line in lines]
    stand.grids[8] = (f"Bản sao của {title}", copied)


DEEDS: dict[str, Callable[[Stand, random.Random], None]] = {
    deed.__name__: deed
    for deed in (
        _sort, _sort_one_column, _delete, _paste, _paste_over, _type_over_an_answer,
        _type_over_an_address, _copy_the_tab,
    )
}  # fmt: skip


STEPS = ["submit", "edit", "harvest", *DEEDS]
KEPT = ["_sort", "_delete", "_paste", "_paste_over", "_copy_the_tab"]
"""After these each row is a row that a form wrote. A copy of an edit that nothing else shows, and
that somebody typed over, is a row that somebody typed, for all that can be known."""


@settings(max_examples=int(os.environ.get("CCHC_SHEETS", "50")))
@given(
    st.lists(st.sampled_from(STEPS), max_size=25)
    | st.lists(st.sampled_from(["submit", "edit", "edit_twice", "harvest", *KEPT]), max_size=25),
    st.randoms(use_true_random=False),
)
def test_the_submissions_in_the_log_are_those_that_were_made(
    steps: list[str], chance: random.Random
) -> None:
    """Of an edit that the next one overwrites before a harvest nobody knows, though it may stand in
    a copy."""
    stand, now = Stand(), 0.0
    made: list[tuple[str, float]] = []
    stand.harvest(0)
    for step in steps:
        now += 1
        if step == "harvest":
            stand.harvest(now)
        elif step in DEEDS:
            DEEDS[step](stand, chance)
        elif step == "submit" or not stand.responses:
            id, unit = f"R{len(made)}", chance.choice(UNITS)
            stand.submit(id, unit, now, str(chance.randrange(3)))
            made.append((id, now))
        else:
            stand.harvest(now - 0.5)
            id = chance.choice(sorted(stand.responses))
            unit = (stand.responses[id].email or "")[:4].upper()
            if step == "edit_twice":
                stand.submit(id, unit, now - 0.25, str(chance.randrange(3)))
                chance.choice((_copy_the_tab, _paste))(stand, chance)
            stand.submit(id, unit, now, str(chance.randrange(3)))
            made.append((id, now))
    stand.harvest(now + 1)
    found = [event for event in stand.log.values() if isinstance(event, VersionSeen)]
    assert sorted((one.response_id, one.at) for one in found) == sorted(
        (id, minute(at)) for id, at in made
    )
    assert all(one.answers for one in found)
    assert stand.harvest(now + 2) == [], "twice is once"
