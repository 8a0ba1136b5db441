"""One reporting year: regime, year file and roster together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from cchc_gforms.regime.calendar import WorkCalendar
from cchc_gforms.regime.deadlines import DueDates, due_dates
from cchc_gforms.regime.model import Agency, DocumentKind, Regime, YearFile
from cchc_gforms.regime.periods import Period, period_of
from cchc_gforms.regime.roster import Roster


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document with its periods of the year."""

    id: str
    rules: DocumentKind
    periods: tuple[Period, ...]

    @property
    def label(self) -> str:
        return self.rules.label

    @property
    def spec(self) -> str:
        """Name of the spec its forms are built from."""
        return self.rules.spec


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
        return self._agency_on(date(self.year.year, 1, 1))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        return tuple(
            Document(id, rules, tuple(self.period(kind) for kind in rules.periods))
            for id, rules in self.regime.documents.items()
        )

    def document(self, id: str) -> Document:
        """KeyError when the regime has no such document."""
        return self._documents[id]

    def period(self, kind: str) -> Period:
        """The period of a kind ("q1"). KeyError when the regime has no such kind."""
        return period_of(kind, self.regime.periods[kind], self.year.year)

    def obligated(self) -> list[tuple[str, str]]:
        """Ids of every document and period of the year, in the regime's order."""
        return [
            (document.id, period.id) for document in self.documents for period in document.periods
        ]

    def label(self, document: str, period: str) -> str:
        """As people call it: Báo cáo CCHC quý I năm 2022."""
        return f"{self.document(document).label} {self.period_title(document, period)}"

    def period_title(self, document: str, period: str) -> str:
        """As in quý I năm 2022."""
        return self._period(document, period).title

    def due(self, document: str, period: str) -> DueDates:
        """When it is due (R14, R15)."""
        return self._due[document, period]

    def not_assessed(self, document: str, period: str) -> str | None:
        """Why nobody is held to it this year (A20); None when they are."""
        kind = self._period(document, period).kind
        for entry in self.year.not_assessed:
            if entry.document == document and kind in entry.periods:
                return entry.reason
        return None

    def template_values(self, document: str, period: str) -> dict[str, str]:
        """What the `{…}` of a spec stand for. Dates are dd/MM/yyyy.

        The data window is there only for documents that report on one.
        """
        one, of = self.document(document), self._period(document, period)
        due = self.due(document, period)
        agency = self._agency_on(due.counted)
        values = {
            "year": str(self.year.year),
            "period.label": of.label,
            "period.title": of.title,
            "document.label": one.label,
            "due_on": _day(due.counted),
            "bureau.name": agency.bureau.name,
            "bureau.short_name": agency.bureau.short_name,
            "parent.name": agency.parent.name,
            "parent.short_name": agency.parent.short_name,
            "dispatch.number": self.regime.dispatch.number,
        }
        if one.rules.has_data:
            values["period.window_from"] = _day(of.window_from)
            values["period.closes_on"] = _day(of.closes_on)
        return values

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def _due(self) -> dict[tuple[str, str], DueDates]:
        calendar = WorkCalendar(self.regime.calendar)
        return {
            (document.id, period.id): due_dates(
                document.rules.due, self._starts_on(document, period), calendar
            )
            for document in self.documents
            for period in document.periods
        }

    def _starts_on(self, document: Document, period: Period) -> date:
        if document.rules.due.after == "plan_issued":
            return self.year.plan.issued_on
        return period.closes_on

    def _period(self, document: str, period: str) -> Period:
        return next(one for one in self.document(document).periods if one.id == period)

    def _agency_on(self, day: date) -> Agency:
        agency = self.regime.agency_on(day)
        assert agency is not None, "the loader sees to it that there is one"
        return agency


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
