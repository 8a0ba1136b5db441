"""What people did, and when by Google's clock. The truth is made of these and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REVIEWERS = ("duyet1@phonggd.example", "duyet2@phonggd.example")
STRANGER = "nguoila@khac.example"

Kind = Literal[
    "submit", "edit", "type_row", "delete",
    "approve", "return", "extend", "receive_in_person", "exempt", "void", "accept", "revoke",
]  # fmt: skip
Source = Literal["both", "sheet", "forms"]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a school or a reviewer did about one document.

    `unit` is the unit meant; None where what was written names none that can be known. `number`
    counts the responses: an edit has that of the response it edits. `type_row` is a row that
    somebody typed under the answers of a linked Sheet, for a unit that sent none; `delete` takes a
    response out of the form.
    """

    at: datetime
    kind: Kind
    subject: str  # document/period
    unit: str | None
    email: str
    number: int = 0
    text: str = ""
    wording: str = ""  # the unit as written
    everyone: bool = False
    due_on: date | None = None
    received_at: datetime | None = None
    target_at: datetime | None = None  # to the minute
    to_unit: str | None = None

    def __str__(self) -> str:
        said = [
            f"{field.name}={_shown(value)}"
            for field in fields(self)
            if field.name not in ("at", "kind", "subject", "unit", "email")
            and (value := getattr(self, field.name)) not in (None, "", 0, False)
        ]
        at = f"{self.at.astimezone(ZONE):%d/%m %H:%M:%S.%f}"[:-3]
        return f"{at} {self.kind} {self.subject} {self.unit} by {self.email} {' '.join(said)}"


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(ZONE):%d/%m-%H:%M}"
    text = str(value) if isinstance(value, date) else ascii(value)
    return text if len(text) <= 60 else f"{text[:50]}…({len(text)})"
