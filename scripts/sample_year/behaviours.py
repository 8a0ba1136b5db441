"""What a sample school and its reviewer do about one document: a letter of the sample year's table.

Times are wall-clock times in Ho Chi Minh City; `D` is the due date. What follows for the ledger is
not written here but, by hand, in tests/sample_year/.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Deed = Literal[
    "submit", "submit_as_other", "edit",
    "approve", "return", "extend", "receive_in_person", "void", "revoke",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """`said` is what a reviewer writes, by role, where it is not just any reason."""

    at: datetime
    deed: Deed
    said: Mapping[str, str] = field(default_factory=dict)


Steps = Iterator[Step]
Behaviour = Callable[[date, random.Random], Steps]


def _on(due: date, days: int, clock: str) -> datetime:
    return datetime.combine(due + timedelta(days=days), time.fromisoformat(clock), ZONE)


def _about(due: date, days: int, chance: random.Random) -> datetime:
    """Some second of office hours on that day."""
    at = _on(due, days, "08:00:00") + timedelta(seconds=chance.randrange(8 * 3600))
    return at + timedelta(milliseconds=chance.randrange(1000))


def _plain(submitted: int, approved: int | None) -> Behaviour:
    def steps(due: date, chance: random.Random) -> Steps:
        yield Step(_about(due, submitted, chance), "submit")
        if approved is not None:
            yield Step(_about(due, approved, chance), "approve")

    return steps


def _sequence(*deeds: tuple[int, Deed]) -> Behaviour:
    def steps(due: date, chance: random.Random) -> Steps:
        for days, deed in deeds:
            yield Step(_about(due, days, chance), deed)

    return steps


def _submit_exactly(days: int, clock: str) -> Behaviour:
    def steps(due: date, chance: random.Random) -> Steps:
        yield Step(_on(due, days, clock), "submit")
        yield Step(_about(due, 6, chance), "approve")

    return steps


def _approve_exactly(days: int, clock: str) -> Behaviour:
    def steps(due: date, chance: random.Random) -> Steps:
        yield Step(_about(due, -9, chance), "submit")
        yield Step(_on(due, days, clock), "approve")

    return steps


def _extended(due: date, chance: random.Random) -> Steps:
    """Five days late, and the day after given until then."""
    until = due + timedelta(days=5)
    said = {"due_on": f"{until}", "reason": "Mất kết nối mạng ngày nộp.", "scope": "one_unit"}
    yield Step(_about(due, 5, chance), "submit")
    yield Step(_about(due, 6, chance), "extend", said)
    yield Step(_about(due, 8, chance), "approve")


def _in_person(due: date, chance: random.Random) -> Steps:
    """Handed over on the last afternoon, recorded three days after."""
    said = {"received_on": f"{due}", "received_at": "16:30", "reason": "Bản giấy, có ký nhận."}
    yield Step(_about(due, 3, chance), "receive_in_person", said)
    yield Step(_about(due, 6, chance), "approve")


def _tried_out(due: date, chance: random.Random) -> Steps:
    """A test before the deadline, void; the report comes five days late (A14)."""
    yield Step(_about(due, -1, chance), "submit")
    yield Step(_about(due, 1, chance), "void", {"reason": "Bản gửi thử.", "target": "latest"})
    yield Step(_about(due, 5, chance), "submit")
    yield Step(_about(due, 8, chance), "approve")


def _returned_by_mistake(due: date, chance: random.Random) -> Steps:
    yield Step(_about(due, -1, chance), "submit")
    yield Step(_about(due, 1, chance), "return")
    said = {"reason": "Nhầm đơn vị.", "scope": "one_unit"}
    yield Step(_about(due, 2, chance), "revoke", said)
    yield Step(_about(due, 4, chance), "approve")


def _nothing(_due: date, _chance: random.Random) -> Steps:
    return iter(())


REPORT: dict[str, Behaviour] = {
    "E": _plain(-1, 4),  # early
    "B": _plain(-6, 4),  # before the closing date
    "W": _plain(-1, None),  # no decision yet
    "Q": _plain(5, 8),  # five days late
    "L": _submit_exactly(0, "23:59:59"),  # the last second
    "K": _submit_exactly(0, "23:59:59.999"),  # the last millisecond
    "Z": _submit_exactly(1, "00:00:00"),  # the first instant after
    "S": _submit_exactly(1, "00:00:01"),  # one second late
    "M": _nothing,  # missing
    "R": _sequence((-1, "submit"), (1, "return"), (4, "submit"), (6, "approve")),
    "T": _sequence(
        (-1, "submit"), (1, "return"), (3, "submit"), (5, "return"), (7, "submit"), (9, "approve")
    ),
    "U": _sequence((-1, "submit"), (1, "return")),  # returned, never sent again
    "O": _sequence((-1, "submit"), (1, "return"), (2, "return")),  # the same version, twice
    "X": _sequence((-1, "submit"), (2, "edit")),  # edited after the deadline, not yet looked at
    "V": _sequence((-1, "submit"), (1, "approve"), (3, "edit")),  # edited after approval
    "D": _sequence((-2, "submit"), (-1, "submit"), (4, "approve")),  # two responses
    "N": _sequence((-1, "submit_as_other")),  # a stranger's address in its name
    "G": _extended,
    "I": _in_person,
    "C": _tried_out,
    "Y": _returned_by_mistake,
}

PLAN: dict[str, Behaviour] = {
    "E": _plain(-9, -4),
    "A": _plain(-1, 6),  # in time, approved six days after the deadline
    "W": _plain(-3, None),
    "Q": _plain(3, 5),  # submitted late, approved later
    "L": _approve_exactly(0, "23:59:59"),
    "K": _approve_exactly(0, "23:59:59.999"),
    "Z": _approve_exactly(1, "00:00:00"),
    "S": _approve_exactly(1, "00:00:01"),
    "M": _nothing,
    "R": _sequence((-14, "submit"), (-11, "return"), (-9, "submit"), (-5, "approve")),
    "F": _sequence((-9, "submit"), (-5, "return"), (-2, "submit"), (3, "approve")),
    "T": _sequence(
        (-15, "submit"), (-13, "return"), (-11, "submit"), (-9, "return"),
        (-7, "submit"), (-2, "approve"),
    ),
    "U": _sequence((-9, "submit"), (-5, "return")),
    "J": _sequence(
        (-12, "submit"), (-9, "approve"), (-7, "return"), (-4, "submit"), (4, "approve")
    ),  # an approval withdrawn by a return
    "H": _sequence((-9, "submit"), (-4, "approve"), (6, "edit")),
}  # fmt: skip
