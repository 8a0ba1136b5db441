"""What formulas compute with, and how one kind of value becomes another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.entry import typed
from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.number_format import render_general


@dataclass(frozen=True, slots=True)
class Error:
    """`kind` is the wire ErrorType."""

    kind: str
    message: str


class Failure(Exception):
    """Ends a function with an error as its value."""

    def __init__(self, error: Error) -> None:
        super().__init__(error.message)
        self.error = error


class Link(str):
    """A text that leads somewhere."""

    __slots__ = ("url",)
    url: str

    def __new__(cls, label: str, url: str) -> Link:
        made = super().__new__(cls, label)
        made.url = url
        return made


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A chart inside a cell: its numbers (None is a gap), and its options, names in lower case."""

    data: tuple[float | None, ...]
    options: dict[str, Any]


Scalar: TypeAlias = bool | float | str | Error | Sparkline | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle of values. `rows` may be shorter than `height`: the rest is blank.

    `place` is the sheet's id and the cells it was read from; None for a computed one.
    """

    height: int
    width: int
    rows: tuple[tuple[Scalar, ...], ...]
    place: tuple[int, Area] | None = None

    def at(self, row: int, column: int) -> Scalar:
        return self.rows[row][column] if row < len(self.rows) else None

    def values(self) -> Iterator[Scalar]:
        """Those of `rows`, in reading order."""
        return chain.from_iterable(self.rows)

    @property
    def unread(self) -> int:
        """How many blank cells `values` leaves out."""
        return (self.height - len(self.rows)) * self.width


Value: TypeAlias = Scalar | Grid


def grid_of(rows: list[list[Scalar]]) -> Grid:
    return Grid(len(rows), len(rows[0]) if rows else 0, tuple(map(tuple, rows)))


def as_grid(value: Value) -> Grid:
    return value if isinstance(value, Grid) else Grid(1, 1, ((value,),))


def literal(entered: Mapping[str, Any]) -> Scalar:
    """The value of a wire ExtendedValue that is no formula."""
    found: Scalar = next(iter(entered.values()), None)
    return found


def wire(value: Scalar) -> dict[str, Any]:
    """The wire ExtendedValue; {} for nothing, and for a picture."""
    if value is None or isinstance(value, Sparkline):
        return {}
    if isinstance(value, Error):
        return {"errorValue": {"type": value.kind, "message": value.message}}
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": str(value)} if isinstance(value, str) else {"numberValue": value}


def fail(kind: str, message: str) -> Failure:
    return Failure(Error(kind, message))


def is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(value: Scalar, locale: Locale, name: str = "", place: int = 1) -> float:
    """Blank is 0, a boolean 0 or 1, a text what typing it gives. Raises `Failure`."""
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, Error):
        raise Failure(value)
    if value is None or isinstance(value, Sparkline):
        return 0.0
    found = text_number(value, locale)
    if found is None:
        raise fail(
            "VALUE",
            f"Function {name} parameter {place} expects number values. "
            f"But '{value}' is a text and cannot be coerced to a number.",
        )
    return found


def text_number(text: str, locale: Locale) -> float | None:
    """What a text typed into a cell is as a number; None when it stays a text."""
    made = typed(text.strip(), locale) or {}
    found = made.get("userEnteredValue", {}).get("numberValue")
    return None if found is None else float(found)


def text(value: Scalar, locale: Locale) -> str:
    if isinstance(value, Error):
        raise Failure(value)
    if value is None or isinstance(value, Sparkline):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, str) else render_general(value, locale)


def truth(value: Scalar, name: str = "IF", place: int = 1) -> bool:
    if isinstance(value, Error):
        raise Failure(value)
    if value is None or isinstance(value, Sparkline):
        return False
    if not isinstance(value, str):
        return bool(value)
    if value.upper() in {"TRUE", "FALSE"}:
        return value.upper() == "TRUE"
    raise fail(
        "VALUE",
        f"Function {name} parameter {place} expects boolean values. "
        f"But '{value}' is a text and cannot be coerced to a boolean.",
    )


def compare(left: Scalar, right: Scalar) -> int:
    """Below 0, 0 or above: numbers before texts before booleans; blank is like nothing of each."""
    one, other = _rank(left, right), _rank(right, left)
    return (one > other) - (one < other)


def _rank(value: Scalar, beside: Scalar) -> tuple[int, Any]:
    if isinstance(value, Error):
        raise Failure(value)
    if value is None or isinstance(value, Sparkline):
        blank: dict[type, Scalar] = {bool: False, str: "", int: 0, float: 0}
        value = blank.get(str if isinstance(beside, str) else type(beside), 0)
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, value
