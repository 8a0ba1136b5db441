"""Where Google is not the same for everyone, or as strict as it likes (a control path sets it)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(slots=True)
class Switches:
    """`quotas`: calls a minute are counted and refused. `service_accounts_have_storage`: as old
    ones may have (facts C). `scrambled_responses`: responses.list in no order (facts 4.5);
    `filter_by_creation`: its filter compares createTime (4.2 leaves that open); `short_pages`: it
    gives two responses a page, whatever was asked for (4.3)."""

    quotas: bool = False
    service_accounts_have_storage: bool = False
    scrambled_responses: bool = False
    filter_by_creation: bool = False
    short_pages: bool = False

    def set(self, given: dict[str, Any]) -> None:
        """ValueError for what is no switch, or not true or false; then none is set."""
        known = {one.name for one in fields(self)}
        for name, value in given.items():
            if name not in known or not isinstance(value, bool):
                raise ValueError(f"{name} = {value!r} is no switch")
        for name, value in given.items():
            setattr(self, name, value)

    def told(self) -> dict[str, bool]:
        return asdict(self)
