"""The units that owe documents, and how a claimed unit is recognised."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from cchc_gforms.events import RosterUnit

_ETH = str.maketrans("ðÐ", "đĐ")  # looks the same on paper, another letter to a machine
_PUNCTUATION = re.compile(r"[\W_]+")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
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


def loose(name: str) -> str:
    """What is left of a name when everything that people leave out or mix up is gone: marks on
    letters, punctuation, case, leading zeros, the word "Trường". Alike is not the same: it is for
    reports, never for deciding."""
    bare = unicodedata.normalize("NFD", normal(name).replace("đ", "d"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = _LEADING_ZEROS.sub("", _PUNCTUATION.sub(" ", bare)).split()
    return "".join(words[1:] if words[:1] == ["truong"] else words)


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

    def find(self, text: str, email: str | None = None) -> str | None:
        """Code of the unit that an answer names: by its code, else by the sender's address (in
        lower case), else by its exact name.

        None when it names no unit, more than one, or one by code and another by name, or one by
        address and another by name: nothing is guessed.
        """
        code, name = _split(text)
        if normal(code) in self._by_code:
            found = self._by_code[normal(code)]
            return found if found in self._by_name.get(normal(name), {found}) else None
        named = self._by_name.get(normal(text), set())
        owning = self._by_email.get(email or "", set())
        meant = named & owning if named and owning else named | owning
        return next(iter(meant)) if len(meant) == 1 else None

    def alike(self, text: str) -> tuple[str, ...]:
        """Codes of the units that an answer may have meant, for a person to decide."""
        code, name = _split(text)
        said = {loose(part) for part in (text, code, name)} - {""}
        return tuple(
            unit.code
            for unit in self.units
            if not said.isdisjoint(map(loose, (unit.code, unit.name, *unit.earlier_names)))
        )

    def with_frozen(self, frozen: Iterable[RosterUnit]) -> Roster:
        """The roster as it was frozen (L1), with what only this one knows: units of its own, and
        names that units got since. For recognising, not for expecting."""
        now = {unit.code: unit for unit in self.units}
        then = [
            Unit(one.code, one.name, one.level, one.emails, earlier_names=one.earlier_names)
            for one in frozen
        ]
        known = [
            replace(unit, earlier_names=(*unit.earlier_names, same.name, *same.earlier_names))
            if (same := now.pop(unit.code, None))
            else unit
            for unit in then
        ]
        return Roster((*known, *now.values()))

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _by_code(self) -> dict[str, str]:
        return {normal(unit.code): unit.code for unit in self.units}

    @cached_property
    def _by_email(self) -> dict[str, set[str]]:
        owners: dict[str, set[str]] = defaultdict(set)
        for unit in self.units:
            for address in unit.emails:
                owners[address].add(unit.code)
        return dict(owners)

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
