"""The regime file and the year file, as read. Dates are calendar dates in the regime's zone."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from cchc_gforms.regime.email import email

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]
Email = Annotated[str, AfterValidator(email)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"không có múi giờ '{name}'; ví dụ đúng: Asia/Ho_Chi_Minh") from None
    return name


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Dispatch(_Part):
    """The document that lays down the regime."""

    number: Text
    issued_on: date
    subject: Text


class Office(_Part):
    name: Text
    short_name: Text


class Agency(_Part):
    """The bureau and its parent authority, from one date to another, both included."""

    valid_from: date | None = None
    valid_to: date | None = None
    bureau: Office
    parent: Office

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class Level(_Part):
    """A level of school; `code` is how the roster names it (R1)."""

    code: Text
    label: Text


class CalendarRules(_Part):
    """Working days: the country's public holidays, with what the package has wrong set right."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    weekend: tuple[Weekday, ...] = Field(max_length=6)
    extra_holidays: tuple[date, ...] = ()
    extra_workdays: tuple[date, ...] = ()
    source_note: str = ""


class YearDay(_Part):
    """A day of the reporting year, of the year before or of the one after.

    29 February is the last day of February in a common year.
    """

    day: Annotated[int, Field(ge=1, le=31)]
    month: Annotated[int, Field(ge=1, le=12)]
    year: Literal["previous", "same", "next"] = "same"

    @model_validator(mode="after")
    def _exists(self) -> YearDay:
        try:
            date(2024, self.month, self.day)
        except ValueError:
            raise ValueError(f"không có ngày {self.day:02}/{self.month:02}") from None
        return self


class PeriodKind(_Part):
    """A period and its data window (R18–R21, A10). `{year}` in the title is the year."""

    label: Text
    title: Text
    window_from: YearDay
    closes_on: YearDay
    cumulative: bool


class DueRule(_Part):
    """So many days after an event; the day of the event is not counted (A1, A2)."""

    after: Literal["closing_date", "plan_issued"]
    days: Annotated[int, Field(ge=0, le=366)]
    counting: Literal["calendar_days", "working_days"] = "calendar_days"
    roll: Literal["none", "next_working_day"] = "none"


class DocumentKind(_Part):
    """A kind of document: when it is due, and which event decides (R10, R11, A9).

    `has_data` says whether it reports on the data of its period's window.
    """

    label: Text
    spec: Name
    periods: Annotated[tuple[Name, ...], Field(min_length=1)]
    has_data: bool
    due: DueRule
    deciding: Literal["first_submission", "approval"]
    advisory: bool = False


class Regime(_Part):
    """What is asked, of whom and by when, as long as the dispatch is in force."""

    dispatch: Dispatch
    timezone: Annotated[str, AfterValidator(_zone)]
    agencies: Annotated[tuple[Agency, ...], Field(min_length=1)]
    levels: Annotated[dict[Name, Level], Field(min_length=1)]
    reviewers: tuple[Email, ...]
    calendar: CalendarRules
    periods: dict[Name, PeriodKind]
    documents: dict[Name, DocumentKind]

    def agency_on(self, day: date) -> Agency | None:
        """The bureau in office on a day; None when the file names none."""
        return next((agency for agency in self.agencies if agency.holds_on(day)), None)


class BureauPlan(_Part):
    """The bureau's own plan: its issue starts the clock of the schools' plans (R14)."""

    issued_on: date
    number: Text


class NotAssessed(_Part):
    """Periods of a document that nobody is held to, and why (A20)."""

    document: Name
    periods: Annotated[tuple[Name, ...], Field(min_length=1)]
    reason: Text


class YearFile(_Part):
    """What is known of one reporting year only."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    plan: BureauPlan
    not_assessed: tuple[NotAssessed, ...] = ()
