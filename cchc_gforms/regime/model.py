"""The regime file as read. Dates are calendar dates in the regime's zone."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from cchc_gforms.regime.email import EMAIL_PATTERN, email
from cchc_gforms.yaml_file import Day, Flag, Number, Shape, Whole, wrong_value

Name = Annotated[
    str,
    Shape(
        r"^[a-z][a-z0-9_]*$",
        "tên viết bằng chữ thường a–z không dấu, chữ số và dấu _, chữ đứng đầu, ví dụ thang_01",
    ),
]
Text = Annotated[
    str, Shape(r"^[^\n]*\S[^\n]*$", "chữ trên một dòng: không để trống, không xuống dòng")
]
Identity = Annotated[
    str, Shape(r"^\S(.{0,38}\S)?$", "một tên ngắn trên một dòng, nhiều nhất 40 chữ, ví dụ cchc_q7")
]
Subject = Annotated[
    str, Shape(r"^\S(.{0,58}\S)?$", "vài chữ trên một dòng, nhiều nhất 60 chữ, ví dụ CCHC")
]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        fix = "ghi tên múi giờ quốc tế, ví dụ Asia/Ho_Chi_Minh"
        raise wrong_value(f"không có múi giờ '{name}'", fix, "REGIME-TIMEZONE") from None
    return name


def _email(text: str) -> str:
    try:
        return email(text)
    except ValueError as error:
        raise wrong_value(str(error), "viết dạng ten@coquan.example") from None


Email = Annotated[
    str, AfterValidator(_email), WithJsonSchema({"type": "string", "pattern": EMAIL_PATTERN})
]


class Part(BaseModel):
    """A group of a file: nothing in it is unknown, and it never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dispatch(Part):
    """The document that lays down the regime."""

    number: Text
    issued_on: Day
    subject: Text


class Office(Part):
    name: Text
    short_name: Text


class Agency(Part):
    """The bureau and its parent authority, from one date to another, both included.

    The last three are for its letters: the place before the date, the letters that end a number
    (TB-GDĐT), the title of who signs; "" leaves the place blank.
    """

    valid_from: Day | None = None
    valid_to: Day | None = None
    bureau: Office
    parent: Office
    place: str = ""
    initials: str = ""
    signed_as: str = ""

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class Level(Part):
    """A level of school; `code` is how the roster names it (R1)."""

    code: Text
    label: Text


class Reviewer(Part):
    """Who may approve and return, from one date to another, both included (L13).

    Written as an address alone, it is for good.
    """

    email: Email
    valid_from: Day | None = None
    valid_to: Day | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


def _reviewer(written: object) -> object:
    return {"email": written} if isinstance(written, str) else written


WrittenReviewer = Annotated[
    Reviewer, BeforeValidator(_reviewer, json_schema_input_type=Email | Reviewer)
]


def _somebody(reviewers: tuple[Reviewer, ...]) -> tuple[Reviewer, ...]:
    if not reviewers:
        fix = "ghi ít nhất một địa chỉ, ví dụ [ten@coquan.example]"
        raise wrong_value("chưa có người duyệt: không ai duyệt, chuyển trả được văn bản nào", fix)
    return reviewers


Reviewers = Annotated[
    tuple[WrittenReviewer, ...], AfterValidator(_somebody), Field(json_schema_extra={"minItems": 1})
]


class CalendarRules(Part):
    """Working days: the country's public holidays, with what the package has wrong set right."""

    country: Annotated[str, Shape(r"^[A-Z]{2}$", "mã nước hai chữ cái hoa, ví dụ VN")]
    weekend: tuple[Weekday, ...] = Field(max_length=6)
    extra_holidays: tuple[Day, ...] = ()
    extra_workdays: tuple[Day, ...] = ()
    source_note: str = ""


class YearDay(Part):
    """A day of the reporting year, of the year before or of the one after.

    `last` is the last day of the month, and so is 29 February in a common year.
    """

    day: Annotated[Whole, Field(ge=1, le=31)] | Literal["last"]
    month: Annotated[Whole, Field(ge=1, le=12)]
    year: Literal["previous", "same", "next"] = "same"

    @model_validator(mode="after")
    def _exists(self) -> YearDay:
        _must_exist(self.day, self.month)
        return self


class DueDay(Part):
    """A day of a month that is named, or of the period's: the one in which its data are closed
    (`closing`) or the month after that (`after_closing`).

    A month that is too short for the day means its last one. With `weekday` it is the first such
    day from `day` on, or the last of the month.
    """

    day: Annotated[Whole, Field(ge=1, le=31)] | Literal["last"]
    month: Annotated[Whole, Field(ge=1, le=12)] | Literal["closing", "after_closing"]
    year: Literal["previous", "same", "next"] = "same"
    weekday: Weekday | None = None

    @model_validator(mode="after")
    def _exists(self) -> DueDay:
        if isinstance(self.month, int):
            _must_exist(self.day, self.month)
        elif self.year != "same":
            fix = "bỏ year: năm là năm của ngày chốt số liệu"
            raise wrong_value(f"year không đi cùng month: {self.month}", fix)
        if self.weekday and self.day != "last" and self.day > _LAST_WEEK_BEGINS:
            fix = f"day nhiều nhất là {_LAST_WEEK_BEGINS}; lần cuối cùng của tháng là day: last"
            raise wrong_value(f"từ ngày {self.day}, thứ này có thể sang tháng sau", fix)
        return self


_LAST_WEEK_BEGINS: Final = 22  # whatever the month, seven days from there are in it


def _must_exist(day: int | Literal["last"], month: int) -> None:
    try:
        date(2024, month, 1 if day == "last" else day)
    except ValueError:
        message = f"không có ngày {day:02}/{month:02}"
        raise wrong_value(message, "sửa day, month; ngày cuối tháng là day: last") from None


class PeriodKind(Part):
    """A period and its data window (R18–R21, A10). `{year}` in the title is the year, and so are
    `{previous_year}` and `{next_year}`."""

    label: Text
    title: Text
    window_from: YearDay
    closes_on: YearDay
    cumulative: Flag


Roll = Literal["none", "next_working_day", "previous_working_day"]


class DueRule(Part):
    """So many days after an event, or a day of the calendar (A1, A2).

    The day of the event is not counted; a negative number counts back from it. `limit` says
    whether the day so found is itself the last ("not later than") or the one after the last
    ("before"). `roll` moves a last day that is not worked to the next one that is, or back to the
    one before.
    """

    after: Literal["closing_date", "plan_issued"] | None = None
    days: Annotated[Whole, Field(ge=-366, le=366)] | None = None
    on: DueDay | None = None
    limit: Literal["not_later_than", "before"] = "not_later_than"
    counting: Literal["calendar_days", "working_days"] = "calendar_days"
    roll: Roll = "none"

    @model_validator(mode="after")
    def _counts_from_one_thing(self) -> DueRule:
        if (self.after is None) == (self.on is None):
            raise wrong_value(
                "hạn cần đúng một trong hai: after (đếm từ một mốc) hoặc on (một ngày đã định)",
                "ví dụ {after: closing_date, days: 2}, hoặc {on: {day: 20, month: 3}}",
            )
        if (self.after is None) != (self.days is None):
            raise wrong_value(
                "after và days phải đi cùng nhau",
                "ghi cả hai: days là số ngày sau mốc, 0 là đúng ngày đó; với on thì bỏ days",
            )
        return self


class PeriodDueRule(DueRule):
    """The rule of one period; `by_level` for which levels it has others."""

    by_level: dict[Name, DueRule] = Field(default_factory=dict)


class DocumentKind(Part):
    """A kind of document: when it is due, and which event decides (R10, R11, A9).

    One without `periods` is asked for by single requests of the year file, each with its own due
    date (R16, A13). `levels` says who owes it, by level; everyone where there are none. `has_data`
    says whether it reports on the data of its period's window, `due_by_period` which of its periods
    have a rule of their own, `due_by_level` which levels of school, in every period that says
    nothing else of them.
    """

    label: Text
    spec: Name
    periods: tuple[Name, ...] = ()
    levels: tuple[Name, ...] = ()
    has_data: Flag = False
    due: DueRule | None = None
    due_by_period: dict[Name, PeriodDueRule] = Field(default_factory=dict)
    due_by_level: dict[Name, DueRule] = Field(default_factory=dict)
    deciding: Literal["first_submission", "approval"]
    advisory: Flag = False

    @property
    def by_request(self) -> bool:
        return not self.periods

    def due_rules(self, period: str) -> tuple[DueRule, ...]:
        """The rules by which it is due for a kind of period: in general, then by level."""
        general = self.due_by_period.get(period, self.due)
        return tuple(rule for rule in (general, *self.level_rules(period).values()) if rule)

    def level_rules(self, period: str) -> dict[str, DueRule]:
        """The rules of the levels that have their own in a kind of period."""
        own = self.due_by_period.get(period)
        return {**self.due_by_level, **(own.by_level if own else {})}


class TimelinessPoints(Part):
    """Points for a document: `on_time`, less `late_per_day` a day down to `late_floor`;
    `missing` when it is due and has not come."""

    on_time: Number = 1
    late_per_day: Annotated[Number, Field(ge=0)] = 0
    late_floor: Number = 0
    missing: Number = 0


class QualityPoints(Part):
    """Points for a submitted document: `base`, less `per_return` a return down to `floor`."""

    base: Number = 1
    per_return: Annotated[Number, Field(ge=0)] = 0
    floor: Number = 0


class Scoring(Part):
    """Points for emulation. The dispatch gives none, so it is off unless switched on (req. 3)."""

    enabled: Flag = False
    timeliness: TimelinessPoints = TimelinessPoints()
    quality: QualityPoints = QualityPoints()


Sources = Literal["both", "sheet", "forms"]
"""What a harvest reads: the linked Sheet, the Forms API, or both and compares them."""


class Regime(Part):
    """What is asked, of whom and by when, as long as the dispatch is in force.

    `id` tells its files in Google from those of other regimes, see `identity`; `about` is its
    subject in a word or two, see `name`.
    `opens_days_before` is how many days before its closing date (or, without data, its due date) a
    period is opened by itself; None opens all of a year with its forms (L1). `respondents` says who
    may open and answer the units' forms: anyone who signs in, or the addresses of the roster.
    `source` is what a harvest reads where nothing else is said.
    """

    id: Identity | None = None
    about: Subject | None = None
    dispatch: Dispatch
    timezone: Annotated[str, AfterValidator(_zone)]
    agencies: Annotated[tuple[Agency, ...], Field(min_length=1)]
    levels: Annotated[dict[Name, Level], Field(min_length=1)]
    reviewers: Reviewers
    calendar: CalendarRules
    periods: dict[Name, PeriodKind]
    documents: dict[Name, DocumentKind]
    opens_days_before: Annotated[Whole, Field(ge=0, le=366)] | None = None
    respondents: Literal["anyone", "roster"] = "anyone"
    source: Sources = "both"
    scoring: Scoring = Scoring()

    @property
    def identity(self) -> str:
        """`id`, or else the dispatch's number; NFC, at most the 100 bytes that a tag has room for
        (facts: 124 with its name)."""
        said = " ".join(unicodedata.normalize("NFC", self.id or self.dispatch.number).split())
        return said.encode()[:100].decode(errors="ignore")

    @property
    def name(self) -> str:
        """As its tables and calendars are headed: CCHC; or else the dispatch's number."""
        return self.about or self.dispatch.number

    def agency_on(self, day: date) -> Agency | None:
        """The bureau in office on a day; None when the file names none."""
        return next((agency for agency in self.agencies if agency.holds_on(day)), None)
