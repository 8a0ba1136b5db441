"""The units that owe documents, and how a claimed unit is recognised."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_ETH = str.maketrans("ðÐ", "đĐ")  # looks the same on paper, another letter to a machine
_CODE_AND_NAME = re.compile(r"\s*(\S+)\s+[-–—]\s+(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unit:
    """A school. `valid_from` and `valid_to` are both included; None leaves the end open."""

    code: str
    name: str
    level: str
    emails: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    earlier_names: tuple[str, ...] = ()
    cluster: str = ""

    def valid_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


def normal(name: str) -> str:
    """A name as it is compared: NFC, one kind of đ, lower case, single spaces."""
    composed = unicodedata.normalize("NFC", name).translate(_ETH)
    return " ".join(composed.casefold().split())


@dataclass(frozen=True)
class Roster:
    """All units, whenever valid, in file order."""

    units: tuple[Unit, ...]

    def on(self, day: date) -> tuple[Unit, ...]:
        """The units valid on a day (A23)."""
        return tuple(unit for unit in self.units if unit.valid_on(day))

    @staticmethod
    def choice(unit: Unit) -> str:
        """The unit as an option of a form: "MN01 – Trường Mầm non Mẫu 01"."""
        return f"{unit.code} – {unit.name}"

    def unit(self, code: str) -> Unit:
        """KeyError when there is no such code."""
        return self._units[code]

    def find(self, text: str) -> str | None:
        """Code of the unit that an answer names: by its code, else by its exact name.

        None when it names no unit, more than one, or one by code and another by name.
        """
        code, name = _split(text)
        if normal(code) in self._by_code:
            found = self._by_code[normal(code)]
            return found if found in self._by_name.get(normal(name), {found}) else None
        named = self._by_name.get(normal(text), set())
        return next(iter(named)) if len(named) == 1 else None

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _by_code(self) -> dict[str, str]:
        return {normal(unit.code): unit.code for unit in self.units}

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        named: dict[str, set[str]] = defaultdict(set)
        for unit in self.units:
            for name in (unit.name, *unit.earlier_names):
                named[normal(name)].add(unit.code)
        return dict(named)


def _split(text: str) -> tuple[str, str]:
    parts = _CODE_AND_NAME.fullmatch(text)
    return (parts[1], parts[2]) if parts else (text, "")
