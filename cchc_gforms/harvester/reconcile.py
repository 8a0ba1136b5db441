"""Joins the Sheet's rows and the API's responses: each fact once, no side's rows lost. Pure.

A row and a response are the same when the same sender sent them within two seconds (a Sheet's
time has whole seconds, and is the time of the last edit: facts 6.3, 6.5). Nothing is guessed: of
two rows that fit, the nearer in time is taken; what finds no partner stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc_gforms.harvester.responses import Response
from cchc_gforms.harvester.sheet import Row

TOLERANCE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Joined:
    """`pairs` have both sides; the others only one."""

    pairs: tuple[tuple[Response, Row], ...]
    api_only: tuple[Response, ...]
    sheet_only: tuple[Row, ...]


def join(
    responses: Sequence[Response],
    rows: Sequence[Row],
    sender_of_response: Callable[[Response], str],
    sender_of_row: Callable[[Row], str],
) -> Joined:
    """`sender_of_…` name who sent it in the same words on both sides: address, or unit's answer."""
    free: dict[str, list[Row]] = {}
    for row in rows:
        free.setdefault(sender_of_row(row), []).append(row)
    pairs: list[tuple[Response, Row]] = []
    alone: list[Response] = []
    for response in sorted(responses, key=lambda one: (one.submitted, one.id)):
        near = _nearest(free.get(sender_of_response(response), []), response.submitted)
        if near is None:
            alone.append(response)
        else:
            free[sender_of_response(response)].remove(near)
            pairs.append((response, near))
    left = sorted((row for rows in free.values() for row in rows), key=lambda row: row.number)
    return Joined(tuple(pairs), tuple(alone), tuple(left))


def _nearest(rows: Sequence[Row], at: datetime) -> Row | None:
    near = [
        (abs(row.at - at), row.number, row)
        for row in rows
        if row.at is not None and abs(row.at - at) <= TOLERANCE
    ]
    return min(near)[2] if near else None
