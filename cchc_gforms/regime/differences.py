"""What the files say today of a period that was opened earlier: told, and nothing else (L1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from cchc_gforms.events import Due, PeriodOpened, RosterUnit

Subject = Literal[
    "due_on",
    "due_on_rolled",
    "effective",
    "deciding",
    "advisory",
    "not_assessed",
    "channel",
    "source_document",
    "window_from",
    "closes_on",
    "document_label",
    "title",
    "reviewers",
    "unit_added",
    "unit_removed",
    "name",
    "level",
    "emails",
    "cluster",
    "due",
]

_OF_PERIOD: Final[tuple[Subject, ...]] = (
    "due_on", "due_on_rolled", "effective", "deciding", "advisory", "not_assessed", "channel",
    "source_document", "window_from", "closes_on", "document_label", "title", "reviewers",
)  # fmt: skip
_OF_UNIT: Final[tuple[Subject, ...]] = ("name", "level", "emails", "cluster", "due")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is frozen one way and would be frozen another way today.

    `unit` is the code of the unit it is about, None when it is about the period.
    """

    subject: Subject
    unit: str | None
    frozen: str
    now: str


def differences(opened: PeriodOpened, today: PeriodOpened) -> Iterator[Difference]:
    """Of an opening and of what the same opening would be today, period first, then units."""
    yield from _changed(opened, today, _OF_PERIOD, None)
    then = {unit.code: unit for unit in opened.units}
    now = {unit.code: unit for unit in today.units}
    for code, unit in then.items():
        if code in now:
            yield from _changed(unit, now[code], _OF_UNIT, code)
        else:
            yield Difference("unit_removed", code, unit.name, "")
    for code, unit in now.items():
        if code not in then:
            yield Difference("unit_added", code, "", unit.name)


def _changed(
    frozen: PeriodOpened | RosterUnit,
    now: PeriodOpened | RosterUnit,
    subjects: tuple[Subject, ...],
    unit: str | None,
) -> Iterator[Difference]:
    for subject in subjects:
        was, is_now = getattr(frozen, subject), getattr(now, subject)
        if was != is_now:
            yield Difference(subject, unit, _shown(was), _shown(is_now))


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Due):
        return f"{value.due_on:%d/%m/%Y} ({value.due_on_rolled:%d/%m/%Y})"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    return "" if value is None else str(value)
