"""One reporting year: regime, year file and roster together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from cchc_gforms.regime.deadlines import DueDates
from cchc_gforms.regime.duties import Duty, duties
from cchc_gforms.regime.model import Agency, DocumentKind, Regime
from cchc_gforms.regime.periods import year_names
from cchc_gforms.regime.roster import Roster
from cchc_gforms.regime.year_file import YearFile

_ALWAYS: Final = frozenset(
    {
        "year",
        "previous_year",
        "next_year",
        "period.label",
        "period.title",
        "document.label",
        "due_on",
        "bureau.name",
        "bureau.short_name",
        "parent.name",
        "parent.short_name",
        "dispatch.number",
    }
)
_WINDOW: Final = frozenset({"period.window_from", "period.closes_on"})
_REQUEST: Final = frozenset({"request.source"})


def placeholders(rules: DocumentKind | None = None) -> frozenset[str]:
    """What the texts of a kind of document may leave to be filled in: the names of
    `template_values`. All there are, for no kind in particular."""
    window = _WINDOW if rules is None or rules.has_data else frozenset()
    request = _REQUEST if rules is None or rules.by_request else frozenset()
    return _ALWAYS | window | request


@dataclass(frozen=True)
class ReportingYear:
    """What is owed in a year. Documents and periods are named by id: "plan_result", "2022-m9"."""

    regime: Regime
    year: YearFile
    roster: Roster

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.regime.timezone)

    @cached_property
    def agency(self) -> Agency:
        """The bureau and its parent on the first day of the year."""
        return self.agency_on(date(self.year.year, 1, 1))

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """What has a due date, in the order of the files."""
        return tuple(duty for duty in self._all if duty.due is not None)

    @cached_property
    def undated(self) -> tuple[Duty, ...]:
        """What waits for the bureau's plan to be issued (R14)."""
        return tuple(duty for duty in self._all if duty.due is None)

    def duty(self, document: str, period: str) -> Duty:
        """KeyError when the files ask for no such thing."""
        return self._by_key[document, period]

    def obligated(self) -> list[tuple[str, str]]:
        """Ids of document and period of every duty with a due date, in the order of the files."""
        return [duty.key for duty in self.duties]

    def due(self, document: str, period: str) -> DueDates:
        """When it is due in general (R14–R16). KeyError when it has no date (yet)."""
        due = self.duty(document, period).due
        if due is None:
            raise KeyError(document, period)
        return due

    def label(self, document: str, period: str) -> str:
        """As people call it: Báo cáo CCHC quý I năm 2022. What the files do not know (any more)
        goes by its id."""
        return f"{self.document_label(document)} {self.period_title(document, period)}"

    def document_label(self, document: str) -> str:
        """As in Báo cáo CCHC."""
        known = self.regime.documents.get(document)
        return known.label if known else document

    def period_title(self, document: str, period: str) -> str:
        """As in quý I năm 2022."""
        known = self._by_key.get((document, period))
        return known.period.title if known else period

    def level_label(self, level: str) -> str:
        """As in Mầm non."""
        known = self.regime.levels.get(level)
        return known.label if known else level

    def not_assessed(self, document: str, period: str) -> str | None:
        """Why nobody is held to it this year (A20); None when they are."""
        kind = self.duty(document, period).period.kind
        for entry in self.year.not_assessed:
            if entry.document == document and kind in entry.periods:
                return entry.reason
        return None

    def template_values(self, document: str, period: str) -> dict[str, str]:
        """What the `{…}` of a spec stand for. Dates are dd/MM/yyyy; the due date names the levels
        that owe it on another day.

        The data window is there only for documents that report on one, the source only for those
        that are asked for singly.
        """
        duty, due = self.duty(document, period), self.due(document, period)
        agency = self.agency_on(due.counted)
        values = {
            **year_names(self.year.year),
            "period.label": duty.period.label,
            "period.title": duty.period.title,
            "document.label": duty.rules.label,
            "due_on": self._due_said(duty),
            "bureau.name": agency.bureau.name,
            "bureau.short_name": agency.bureau.short_name,
            "parent.name": agency.parent.name,
            "parent.short_name": agency.parent.short_name,
            "dispatch.number": self.regime.dispatch.number,
        }
        if duty.request:
            values["request.source"] = duty.request.source_document
        elif duty.window:
            values["period.window_from"], values["period.closes_on"] = map(_day, duty.window)
        return values

    def _due_said(self, duty: Duty) -> str:
        """24/04/2026 (Bệnh viện: 28/04/2026): of the levels that owe it, those with other dates."""
        owing = duty.rules.levels or self.regime.levels
        levels: dict[date, list[str]] = {}
        for level in owing:
            if due := duty.due_of(level):
                levels.setdefault(due.counted, []).append(self.level_label(level))
        common = duty.due.counted if duty.due else None
        general = next(iter(levels)) if len(levels) == 1 else common
        others = "; ".join(
            f"{', '.join(names)}: {_day(day)}" for day, names in levels.items() if day != general
        )
        if general not in levels:
            return others
        return f"{_day(general)} ({others})" if others else _day(general)

    @cached_property
    def _all(self) -> tuple[Duty, ...]:
        return tuple(duties(self.regime, self.year))

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Duty]:
        return {duty.key: duty for duty in self._all}

    def agency_on(self, day: date) -> Agency:
        """In office on a day; outside all terms, that of the first day of the year."""
        agency = self.regime.agency_on(day) or self.regime.agency_on(date(self.year.year, 1, 1))
        assert agency is not None, "the loader sees to it that there is one"
        return agency


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
