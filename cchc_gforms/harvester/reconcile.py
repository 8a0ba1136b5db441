"""Joins the Sheet's rows and the API's responses: each fact once, no side's rows lost. Pure.

A row and a response are the same when they were sent within two seconds (a Sheet's time has whole
seconds, and is the time of the last edit: facts 6.3, 6.5) and nothing that both tell, address and
unit, speaks against it. Of several that fit, the one that agrees in most and is nearest in time
is taken; what finds no partner stands alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc_gforms.harvester.responses import Response
from cchc_gforms.harvester.sheet import Row

TOLERANCE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent it, as far as that side tells: verified address, the unit as answered."""

    email: str | None
    unit: str

    def agreement(self, other: Sender) -> int | None:
        """How much both sides tell alike; None when they contradict each other."""
        shared = [(self.email, other.email), (self.unit, other.unit)]
        told = [(one, another) for one, another in shared if one and another]
        return len(told) if all(one == another for one, another in told) else None


@dataclass(frozen=True, slots=True)
class Joined:
    """`pairs` have both sides; the others only one."""

    pairs: tuple[tuple[Response, Row], ...]
    api_only: tuple[Response, ...]
    sheet_only: tuple[Row, ...]

    @property
    def at_odds(self) -> bool:
        """Most rows fit no response though there are responses: the Sheet's times are not to be
        trusted (another time zone was set, a column was pasted over), so none may count."""
        return len(self.sheet_only) > len(self.pairs) and bool(self.pairs or self.api_only)


def join(
    responses: Sequence[Response],
    rows: Sequence[Row],
    sender_of_response: Callable[[Response], Sender],
    sender_of_row: Callable[[Row], Sender],
) -> Joined:
    """Each response with its row. Work grows with the rows of the same few seconds only."""
    free: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.at is not None:
            free[_second(row.at)].append(row)
    pairs: list[tuple[Response, Row]] = []
    alone: list[Response] = []
    for response in sorted(responses, key=lambda one: (one.submitted, one.id)):
        best = _best(free, response, sender_of_response(response), sender_of_row)
        if best is None:
            alone.append(response)
        else:
            pairs.append((response, best))
    paired = {row.number for _, row in pairs}
    left = sorted((row for row in rows if row.number not in paired), key=lambda row: row.number)
    return Joined(tuple(pairs), tuple(alone), tuple(left))


def _best(
    free: dict[int, list[Row]],
    response: Response,
    sender: Sender,
    sender_of_row: Callable[[Row], Sender],
) -> Row | None:
    """The free row that fits best, taken out of the free ones."""
    second, span = _second(response.submitted), int(TOLERANCE.total_seconds())
    fitting: list[tuple[int, timedelta, int, Row]] = []
    for row in (row for at in range(second - span, second + span + 1) for row in free.get(at, ())):
        agreement = sender.agreement(sender_of_row(row))
        assert row.at is not None
        away = abs(row.at - response.submitted)
        if agreement is not None and away <= TOLERANCE:
            fitting.append((-agreement, away, row.number, row))
    if not fitting:
        return None
    best = min(fitting)[3]
    assert best.at is not None
    free[_second(best.at)].remove(best)
    return best


def _second(moment: datetime) -> int:
    return int(moment.timestamp())
