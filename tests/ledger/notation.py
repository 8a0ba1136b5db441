"""The short notation of cases.yaml: one line to one event. See the top of that file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from cchc_gforms.events import (
    Accepted,
    Decided,
    Entry,
    Event,
    Exempted,
    Extended,
    PeriodOpened,
    ReceivedInPerson,
    Revoked,
    RosterUnit,
    RowChanged,
    RowEdited,
    RowReturned,
    RowVanished,
    Unreadable,
    VersionSeen,
    Voided,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REVIEWERS = ("duyet1@phonggd.example", "duyet2@phonggd.example")
UNITS = (
    RosterUnit(
        code="MN01",
        name="Trường Mầm non Mẫu 01",
        level="preschool",
        emails=("mn01@truong.example", "vanthu.mn01@truong.example"),
    ),
    RosterUnit(
        code="MN02",
        name="Trường Mầm non Mẫu 02",
        level="preschool",
        emails=("mn02@truong.example",),
    ),
)

_STAFF: dict[str, type[Entry]] = {
    "approve": Decided,
    "return": Decided,
    "extend": Extended,
    "receive": ReceivedInPerson,
    "exempt": Exempted,
    "void": Voided,
    "accept": Accepted,
    "revoke": Revoked,
}
_LINE = re.compile(
    rf"(\S+ \S+) (submit|edit|vanish|reappear|retype|unreadable|{'|'.join(_STAFF)})(.*?)(?:: (.*))?"
)


def moment(written: object) -> datetime:
    """A time of a case: local, or UTC with a Z."""
    if isinstance(written, datetime):
        return written.replace(tzinfo=ZONE)
    text = str(written)
    naive = datetime.fromisoformat(text.removesuffix("Z"))
    return naive.replace(tzinfo=UTC if text.endswith("Z") else ZONE)


_ROWS: dict[str, type[RowChanged]] = {
    "vanish": RowVanished,
    "reappear": RowReturned,
    "retype": RowEdited,
}


def opening(fields: dict[str, object]) -> PeriodOpened:
    """An opening of a case, opened long before for the two units above."""
    return PeriodOpened.model_validate(
        {"at": datetime(2021, 1, 1, tzinfo=UTC), "units": UNITS, **fields}
    )


def events(lines: Sequence[str], opened: PeriodOpened) -> list[Event]:
    """The events of a case's lines; each may name those before it by their place."""
    made: list[Event] = []
    for line in lines:
        made.append(_event(line, made, opened))
    return made


def _event(line: str, earlier: Sequence[Event], opened: PeriodOpened) -> Event:
    parts = _LINE.fullmatch(line)
    assert parts is not None, f"not in the notation: {line}"
    at, what, rest, reason = moment(parts[1]), parts[2], parts[3].split(), parts[4] or ""
    said = dict(pairwise(rest))
    document, period = opened.document, opened.period
    if "for" in said:
        document, period = rest[rest.index("for") + 1 : rest.index("for") + 3]
    anonymous = said.get("without") == "address"
    number = len(earlier)
    subject = {
        "at": at,
        "document": document,
        "period": period,
        "claimed_unit": said.get("as", "MN01"),
        "unit_code": None if said.get("as") == "nobody" else said.get("as", "MN01"),
    }
    if what == "unreadable":
        return Unreadable(at=at, form_id="form", response_id=f"r{number}", problem="không rõ")
    if what in _ROWS:
        return _ROWS[what].model_validate(
            subject
            | {"form_id": "form", "response_id": said.get("row", "r0")}
            | ({"columns": ("Số liệu",)} if what == "retype" else {})
        )
    if what in _STAFF:
        entry = {
            "form_id": "processing",
            "response_id": f"d{number}",
            "reviewer": None if anonymous else said.get("by", REVIEWERS[0]),
            "reason": reason,
        }
        return _STAFF[what].model_validate(subject | entry | _particulars(what, rest, earlier))
    return VersionSeen.model_validate(
        subject
        | {
            "form_id": "form",
            "response_id": "r0" if what == "edit" else f"r{number}",
            "email": None if anonymous else said.get("from", "mn01@truong.example"),
            "source": said.get("source", "both"),
            "flags": tuple(said["flags"].split(",")) if "flags" in said else (),
        }
    )


def _particulars(what: str, rest: list[str], earlier: Sequence[Event]) -> dict[str, object]:
    said = dict(pairwise(rest))
    if what in ("approve", "return"):
        return {"action": what}
    if what == "extend":
        return {"due_on": said["to"], "everyone": "everyone" in rest}
    if what == "receive":
        return {"received_at": moment(said["at"])}
    if what == "revoke":
        target = earlier[int(said["line"])].id if "line" in said else said.get("unknown")
        return {"target": target, "everyone": "everyone" in rest}
    if what in ("void", "accept"):
        named: dict[str, object] = {"target_response_id": said.get("response")}
        if "at" in said:
            named["target_at"] = moment(said["at"])
        if "to" in said:
            named["to_unit"] = said["to"]
        return named
    return {}
