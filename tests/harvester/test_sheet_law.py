"""With the Sheet alone: whatever people do to rows that were harvested before, the submissions in
the log are those that the schools made (L3, L4).

What is left out cannot be known from the Sheet (README): a school that sends what it sent before,
unchanged; a row typed over before any harvest; a row whose time was typed to after the last harvest
and whose answers were changed too, or that has a copy; a copy that is more than one cell from its
row. So nothing is typed where a row stands twice, nor a row copied that was typed over just now.
Nor do two things happen whole quarters of an hour apart, as clocks of two zones are.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_gforms.events import RowEdited, VersionSeen
from cchc_gforms.harvester.sheet import Cell
from tests.harvester.stand import Stand, minute, serial

UNITS = ("MN01", "MN02", "MN03")
TYPED: tuple[Cell, ...] = ("", "sửa tay", 5, "0042")
STEP = 1.1  # minutes
ZONES = ("Asia/Ho_Chi_Minh", "Asia/Tokyo", "Etc/GMT")


@dataclass
class Office:
    """The stand, and which row is which response's, wherever people put it. `made` are submissions
    by unit, minute and figure."""

    stand: Stand = field(default_factory=Stand)
    chance: random.Random = field(default_factory=random.Random)
    rows: dict[str, list[Cell]] = field(default_factory=dict)
    made: list[tuple[str, float, str]] = field(default_factory=list)
    now: float = 0.0
    last: float = 0.0
    zones_differ: bool = False

    def send(self, id: str, unit: str) -> None:
        """A school sends something new, or changes what it sent, and it is harvested."""
        figure = str(100 + len(self.made))
        stand = self.stand
        before = self.rows.get(id)
        stand.responses.pop(id, None)
        stand.submit(id, unit, self.now, figure)
        row = stand.rows.pop()
        if before is None or not any(before is one for one in stand.rows):
            self.rows[id] = row
            stand.rows.append(row)
        else:
            before[:] = row
        self.made.append((unit, self.now, figure))
        self.harvest()

    def harvest(self) -> None:
        self.now += 2 * STEP
        self.stand.harvest(self.now, "sheet")
        self.last = self.now

    def a_row(self) -> list[Cell] | None:
        """One that a form wrote and that is still there."""
        there = [row for row in self.rows.values() if any(row is one for one in self.stand.rows)]
        return self.chance.choice(there) if there else None

    def copies(self) -> list[list[Cell]]:
        """Rows that no form wrote."""
        written = self.rows.values()
        return [row for row in self.stand.rows[1:] if all(row is not one for one in written)]

    def a_time(self) -> Cell:
        """Of before the last harvest."""
        return serial(minute(self.chance.uniform(-1000, self.last - 2 * STEP)), self.stand.zone)


def _sort(office: Office) -> None:
    place = office.chance.randrange(7)
    office.stand.rows[1:] = sorted(office.stand.rows[1:], key=lambda row: str(row[place]))


def _sort_one_column(office: Office) -> None:
    """Where no row stands twice."""
    rows = office.stand.rows[1:]
    if office.copies():
        return
    place = office.chance.randrange(7)
    for row, cell in zip(rows, sorted((row[place] for row in rows), key=str), strict=True):
        row[place] = cell


def _delete(office: Office) -> None:
    """A copy, if there are any."""
    if rows := office.copies() or office.stand.rows[1:]:
        taken = office.chance.choice(rows)
        office.stand.rows[:] = [row for row in office.stand.rows if row is not taken]


def _paste(office: Office) -> None:
    """A row as it was harvested once more; the only copy may have one cell changed."""
    office.harvest()
    if row := office.a_row():
        copied = list(row)
        if not office.copies() and (place := office.chance.randrange(-1, 7)) >= 0:
            copied[place] = office.a_time() if place == 0 else office.chance.choice(TYPED)
        office.stand.rows.insert(office.chance.randrange(1, len(office.stand.rows) + 1), copied)


def _type_over_a_cell(office: Office) -> None:
    """Where no row stands twice."""
    row = office.a_row()
    if row and not office.copies():
        row[office.chance.randrange(1, 7)] = office.chance.choice((*TYPED, "MN02"))


def _type_over_a_time(office: Office) -> None:
    """Where no row stands twice."""
    row = office.a_row()
    if row and not office.copies():
        row[0] = office.chance.choice((office.a_time(), "hôm qua"))


def _type_the_time_of_now(office: Office) -> None:
    """With nothing else changed since the last harvest, and where no row stands twice."""
    office.harvest()
    row = office.a_row()
    if row and not office.copies():
        office.now += STEP
        row[0] = serial(minute(office.now - STEP / 2), office.stand.zone)
        office.harvest()


def _change_the_zone(office: Office) -> None:
    office.zones_differ = True
    office.stand.zone = ZoneInfo(office.chance.choice(ZONES))


def _lose_the_notes(office: Office) -> None:
    """The log comes back from the dashboard, where it was just published: nothing is told anew, but
    for rows that were written in different zones, which may be told as edited."""
    office.harvest()
    office.stand.lose_the_notes()
    office.now += 2 * STEP
    found = office.stand.harvest(office.now, "sheet")
    assert all(office.zones_differ and isinstance(event, RowEdited) for event in found)
    office.last = office.now


DEEDS: dict[str, Callable[[Office], None]] = {
    deed.__name__: deed
    for deed in (
        _sort, _sort_one_column, _delete, _paste, _type_over_a_cell, _type_over_a_time,
        _type_the_time_of_now, _change_the_zone, _lose_the_notes,
    )
}  # fmt: skip


@settings(max_examples=int(os.environ.get("CCHC_SHEETS", "50")))
@given(
    st.lists(st.sampled_from(["submit", "edit", "harvest", *DEEDS]), max_size=25),
    st.randoms(use_true_random=False),
)
def test_the_sheet_alone_tells_the_submissions_that_were_made(
    steps: list[str], chance: random.Random
) -> None:
    office = Office(chance=chance)
    office.harvest()
    for step in steps:
        office.now += STEP
        if step == "harvest":
            office.harvest()
        elif step in DEEDS:
            DEEDS[step](office)
        elif step == "submit" or not office.rows:
            office.send(f"R{len(office.made)}", chance.choice(UNITS))
        else:
            id = chance.choice(sorted(office.rows))
            unit = next(unit for unit, _, figure in office.made if id == f"R{int(figure) - 100}")
            office.send(id, unit)
    office.harvest()
    found = [event for event in office.stand.log.values() if isinstance(event, VersionSeen)]
    told = [(one.unit_code, one.at, (one.answers or {}).get("figure")) for one in found]
    made = [(unit, minute(at), (figure,)) for unit, at, figure in office.made]
    assert sorted(told, key=str) == sorted(made, key=str)
    office.now += STEP
    assert office.stand.harvest(office.now, "sheet") == [], "twice is once"
