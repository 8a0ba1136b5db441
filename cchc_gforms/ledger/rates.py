"""Shares of a group of rows, each with its numerator and denominator (L20). Nothing is clipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cchc_gforms.ledger.row import UNASSESSED, InShort


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """None when there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one group; rows that are not assessed are in none of them (L11)."""

    completeness: Rate  # submitted / expected
    on_time_of_expected: Rate
    on_time_of_submitted: Rate
    approved: Rate  # approved / expected
    first_pass: Rate  # approved without a return / approved
    returns: Rate  # returns / submitted


def rates(rows: Iterable[InShort]) -> Rates:
    """The rates of some rows, be they of one document, period, level or all."""
    expected = [row for row in rows if row.timeliness not in UNASSESSED]
    submitted = [row for row in expected if row.first_submitted_at is not None]
    approved = [row for row in expected if row.approved_at is not None]
    on_time = sum(row.timeliness == "on_time" for row in expected)
    return Rates(
        completeness=Rate(len(submitted), len(expected)),
        on_time_of_expected=Rate(on_time, len(expected)),
        on_time_of_submitted=Rate(on_time, len(submitted)),
        approved=Rate(len(approved), len(expected)),
        first_pass=Rate(sum(row.return_count == 0 for row in approved), len(approved)),
        returns=Rate(sum(row.return_count for row in submitted), len(submitted)),
    )


def grouped(
    rows: Iterable[InShort], key: Callable[[InShort], tuple[str, ...]]
) -> dict[tuple[str, ...], Rates]:
    """The rates of each group, in the order in which the groups first come."""
    groups: dict[tuple[str, ...], list[InShort]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {group: rates(some) for group, some in groups.items()}
