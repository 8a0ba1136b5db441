"""The event vocabulary: facts that never change.

`at` is when it happened, by Google's clock, in UTC; only `at` decides anything (ledger rules,
"Facts"). An event is known by the few fields that name the fact (`identity`), so that seeing it
again, later and with less to tell, is the same event: a first version harvested after the school
edited it has lost its answers, yet it is the same submission. The store keeps what came first.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, field_validator

Answers = dict[str, tuple[str, ...]]
"""Answers by question key; a question not answered is absent."""


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    identity: ClassVar[tuple[str, ...]]

    at: AwareDatetime

    @field_validator("at")
    @classmethod
    def _in_utc(cls, at: datetime) -> datetime:
        return at.astimezone(UTC)

    @property
    def id(self) -> str:
        """64 hex digits: SHA-256 of the kind and the identity fields."""
        named = self.model_dump(mode="json", include={"kind", *self.identity})
        text = json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Due(BaseModel):
    """A due date as written, the date if non-working days rolled it (A2), and which of the two
    the regime applies. `rolled_because` names the days passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    due_on: date
    due_on_rolled: date
    effective: Literal["due_on", "due_on_rolled"] = "due_on"
    rolled_because: str | None = None


class RosterUnit(BaseModel):
    """A unit as it stood when the period was opened. E-mails in lower case.

    `due` is its own, where its level of school has another due date than the period.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    level: str
    emails: tuple[str, ...] = ()
    earlier_names: tuple[str, ...] = ()
    cluster: str = ""
    due: Due | None = None


class PeriodOpened(_Fact):
    """The roster and the due dates of one document and period, frozen (L1).

    `due_on` is the date as written, `due_on_rolled` the date if non-working days rolled it (A2),
    `effective` says which of the two the regime applies. `deciding` is L8. `not_assessed` is the
    reason why nobody is assessed (A20), or None. `closes_on` is None where no data are closed.
    """

    identity: ClassVar = ("document", "period")

    kind: Literal["period_opened"] = "period_opened"
    document: str
    period: str  # "2022-q1": year and period kind
    due_on: date
    due_on_rolled: date
    effective: Literal["due_on", "due_on_rolled"] = "due_on"
    deciding: Literal["first_submission", "approval"]
    advisory: bool = False
    not_assessed: str | None = None
    channel: Literal["online", "in_person", "either"] = "online"  # A13
    source_document: str | None = None  # who asked for it, of a request (A13)
    rolled_because: str | None = None
    window_from: date | None = None
    closes_on: date | None = None
    document_label: str = ""  # as it was called then: Báo cáo CCHC
    title: str = ""  # quý I năm 2022
    reviewers: tuple[str, ...] = ()  # addresses of those who may decide, lower case
    units: tuple[RosterUnit, ...]


class Evidence(BaseModel):
    """The electronic evidence that a submission names (R17): the document's number, where its scan
    is, and whether the principal's confirmation is claimed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = ""
    link: str = ""
    confirmed: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.number and self.link and self.confirmed)


class VersionSeen(_Fact):
    """A version of a submission: a response at its createTime, or a later edit of it (L3).

    `claimed_unit` is the unit as answered, `unit_code` the code read from it, or None when it
    names no unit of the roster; `email` is the verified address, lower case. `answers` is None
    where the version's own answers are no longer to be had (edited before it was seen).
    `source` tells which side has it: both, or one though the other was read too ("api_only",
    "sheet_only"), or the only one that was read ("forms", "sheet"). `flags` are what the content
    checks say (L21). `evidence` is None where the form asks for none or its answers are no longer
    to be had; `left_out` names the outline's nodes without an answer.
    """

    identity: ClassVar = ("form_id", "response_id", "at")

    kind: Literal["version_seen"] = "version_seen"
    form_id: str
    response_id: str  # Google's; for a row that only the Sheet has: "row:" and a digest
    document: str
    period: str
    claimed_unit: str
    unit_code: str | None
    email: str | None = None
    answers: Answers | None = None
    source: Literal["both", "api_only", "sheet_only", "forms", "sheet"] = "both"
    flags: tuple[str, ...] = ()
    evidence: Evidence | None = None
    left_out: tuple[str, ...] = ()


class _RowChanged(_Fact):
    """What became of a response's row in the linked Sheet (`at`: when that was noticed).

    It counts for nothing: what was harvested before stays.
    """

    identity: ClassVar = ("form_id", "response_id", "at")

    form_id: str
    response_id: str
    document: str
    period: str
    claimed_unit: str
    unit_code: str | None


class RowVanished(_RowChanged):
    """It is not there any more."""

    kind: Literal["row_vanished"] = "row_vanished"


class RowReturned(_RowChanged):
    """It is there again."""

    kind: Literal["row_returned"] = "row_returned"


class RowEdited(_RowChanged):
    """Cells of it were changed though the response was not: in the named columns. `now` is what
    they say since, by key: a digest, of the time ("@time") the time; so that a log without its
    notes does not tell the same again."""

    kind: Literal["row_edited"] = "row_edited"
    columns: tuple[str, ...]
    now: tuple[tuple[str, str], ...] = ()


RowChanged = RowVanished | RowReturned | RowEdited


class Unreadable(_Fact):
    """A response that says too little to be more: kept, listed, never counted."""

    identity: ClassVar = ("form_id", "response_id", "at")

    kind: Literal["unreadable"] = "unreadable"
    form_id: str
    response_id: str
    email: str | None = None
    problem: str
    answers: Answers | None = None


class _Entry(_Fact):
    """What staff put on record: a response of the processing form, or a command (`source`).

    `reviewer` is the form's verified address, lower case; `recorded_by` who ran the command.
    A command has a `form_id` and `response_id` of its own making, so that it too is known once.
    """

    identity: ClassVar = ("form_id", "response_id", "at")

    form_id: str
    response_id: str
    document: str
    period: str
    claimed_unit: str
    unit_code: str | None
    reviewer: str | None = None
    recorded_by: str | None = None
    source: Literal["form", "command"] = "form"
    reason: str = ""


class Decided(_Entry):
    """The bureau approved or returned (R11–R13, A19)."""

    kind: Literal["decided"] = "decided"
    action: Literal["approve", "return"]


class Extended(_Entry):
    """A new due date, for one unit or for everyone (L10, A24)."""

    kind: Literal["extended"] = "extended"
    everyone: bool = False
    due_on: date


class ReceivedInPerson(_Entry):
    """A document handed over at the bureau (L12): a version at the stated time, once recorded."""

    kind: Literal["received_in_person"] = "received_in_person"
    received_at: AwareDatetime
    channel: Literal["in_person"] = "in_person"

    @field_validator("received_at")
    @classmethod
    def _received_in_utc(cls, received_at: datetime) -> datetime:
        return received_at.astimezone(UTC)


class Exempted(_Entry):
    """The unit does not owe this document (L11)."""

    kind: Literal["exempted"] = "exempted"


class _Aimed(_Entry):
    """Concerns one response: named, with the time of its version or without; else the latest.

    A void without a response may still name its version by `target_at`, to the minute, as a form
    asks for it.
    """

    target_response_id: str | None = None
    target_at: AwareDatetime | None = None

    @field_validator("target_at")
    @classmethod
    def _target_in_utc(cls, target_at: datetime | None) -> datetime | None:
        return target_at and target_at.astimezone(UTC)


class Voided(_Aimed):
    """A version is to be taken as never sent (L9, A14)."""

    kind: Literal["voided"] = "voided"


class Accepted(_Aimed):
    """A quarantined response counts after all, for `to_unit` or for the unit it claims (L13)."""

    kind: Literal["accepted"] = "accepted"
    to_unit: str | None = None


class Revoked(_Entry):
    """An earlier entry is taken back (L14): the one with id `target`, or the last in force.

    `everyone` looks for the last among the entries that concern everyone.
    """

    kind: Literal["revoked"] = "revoked"
    everyone: bool = False
    target: str | None = None


class NewsItem(_Fact):
    """A news item or article about the reform, handed in by a unit (R33, A21)."""

    identity: ClassVar = ("form_id", "response_id", "at")

    kind: Literal["news_item"] = "news_item"
    form_id: str
    response_id: str
    claimed_unit: str
    unit_code: str | None
    email: str | None = None
    title: str = ""
    link: str = ""


class Imported(_Fact):
    """Where events came from that no harvest brought: a back-fill from a file, by whom."""

    identity: ClassVar = ("file", "digest", "at")

    kind: Literal["imported"] = "imported"
    file: str
    digest: str  # of the file
    recorded_by: str
    event_ids: tuple[str, ...]


Entry = Decided | Extended | ReceivedInPerson | Exempted | Voided | Accepted | Revoked
"""What goes through the processing form or a command of staff."""

Event = PeriodOpened | VersionSeen | RowChanged | Entry | NewsItem | Unreadable | Imported

_adapter: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def from_json(text: str) -> Event:
    """The event written by `to_json`; pydantic's ValidationError when it is not one."""
    return _adapter.validate_json(text)


def to_json(event: Event) -> str:
    """One line of JSON, keys in a fixed order."""
    return json.dumps(
        event.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
