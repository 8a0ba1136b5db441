"""Who changes a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """An address; an owner is stopped by no protection."""

    email: str
    is_owner: bool
