"""Text. Places count from 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import repeat

from cchc_gforms.local_google.sheets.formulas.criteria import pattern
from cchc_gforms.local_google.sheets.formulas.evaluate import Evaluation, Function
from cchc_gforms.local_google.sheets.formulas.values import (
    Failure,
    Scalar,
    Value,
    as_grid,
    fail,
    grid_of,
    number,
    text,
    text_number,
    truth,
)
from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.rendering import format_number

_OUTSIDE_QUOTES = re.compile(r'("[^"]*"?|\\.)|([.,])', re.DOTALL)


def _texts(here: Evaluation, values: tuple[Value, ...], *, blanks: bool = True) -> Iterator[str]:
    """All cells in reading order."""
    for value in values:
        grid = as_grid(value)
        for cell in grid.values():
            shown = text(cell, here.locale)
            if blanks or shown:
                yield shown
        yield from repeat("", grid.unread if blanks else 0)


def _concatenate(here: Evaluation, *values: Value) -> Value:
    return "".join(_texts(here, values))


def _concat(here: Evaluation, one: Scalar, other: Scalar) -> Value:
    return text(one, here.locale) + text(other, here.locale)


def _join(here: Evaluation, mark: Scalar, *values: Value) -> Value:
    """Blank cells too."""
    return text(mark, here.locale).join(_texts(here, values))


def _textjoin(here: Evaluation, mark: Scalar, skip: Scalar, *values: Value) -> Value:
    parts = _texts(here, values, blanks=not truth(skip, "TEXTJOIN", 2))
    return text(mark, here.locale).join(parts)


def _split(here: Evaluation, value: Scalar, mark: Scalar, each: Scalar = True) -> Value:
    """At each letter of the mark unless told otherwise; empty parts are left out."""
    marks = text(mark, here.locale)
    if not marks:
        raise fail("VALUE", "Function SPLIT parameter 2 value should be non-empty.")
    shape = f"[{re.escape(marks)}]" if truth(each, "SPLIT", 3) else re.escape(marks)
    parts = [part for part in re.split(shape, text(value, here.locale)) if part] or [""]
    numbers = [(part, text_number(part, here.locale)) for part in parts]
    return grid_of([[part if found is None else found for part, found in numbers]])


def _count_of(here: Evaluation, value: Scalar, name: str, place: int = 2) -> int:
    if value is None:
        return 0
    found = int(number(value, here.locale, name, place))
    if found < 0:
        raise fail(
            "VALUE",
            f"Function {name} parameter {place} value is {found}. "
            "It should be greater than or equal to 0.",
        )
    return found


def _left(here: Evaluation, value: Scalar, count: Scalar = 1) -> Value:
    return text(value, here.locale)[: _count_of(here, count, "LEFT")]


def _right(here: Evaluation, value: Scalar, count: Scalar = 1) -> Value:
    shown = text(value, here.locale)
    return shown[max(0, len(shown) - _count_of(here, count, "RIGHT")) :]


def _mid(here: Evaluation, value: Scalar, start: Scalar, count: Scalar) -> Value:
    first = _count_of(here, start, "MID")
    if first < 1:
        raise fail("VALUE", "Function MID parameter 2 value is 0. It should be at least 1.")
    return text(value, here.locale)[first - 1 : first - 1 + _count_of(here, count, "MID", 3)]


def _changed(change: Callable[[str], str]) -> Function:
    return Function(lambda here, value: change(text(value, here.locale)), "s", 1, 1)


def _trimmed(shown: str) -> str:
    return " ".join(part for part in shown.split(" ") if part)


def _proper(shown: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word[0][0].upper() + word[0][1:].lower(), shown)


def _substitute(
    here: Evaluation, value: Scalar, old: Scalar, new: Scalar, which: Scalar = None
) -> Value:
    shown, wanted = text(value, here.locale), text(old, here.locale)
    instead = text(new, here.locale)
    if not wanted:
        return shown
    if which is None:
        return shown.replace(wanted, instead)
    parts = shown.split(wanted)
    place = int(number(which, here.locale, "SUBSTITUTE", 4))
    if not 1 <= place < len(parts):
        return shown
    return wanted.join(parts[:place]) + instead + wanted.join(parts[place:])


def _replace(here: Evaluation, value: Scalar, start: Scalar, count: Scalar, new: Scalar) -> Value:
    shown, first = text(value, here.locale), _count_of(here, start, "REPLACE")
    if first < 1:
        raise fail("VALUE", "Function REPLACE parameter 2 value is 0. It should be at least 1.")
    end = first - 1 + _count_of(here, count, "REPLACE", 3)
    return shown[: first - 1] + text(new, here.locale) + shown[end:]


def _finding(name: str, shape: Callable[[str], re.Pattern[str]]) -> Function:
    def run(here: Evaluation, wanted: Scalar, within: Scalar, start: Scalar = 1) -> Value:
        first = int(number(start, here.locale, name, 3))
        shown, part = text(within, here.locale), text(wanted, here.locale)
        found = shape(part).search(shown, first - 1) if first >= 1 else None
        if found is None:
            message = f"In {name} evaluation, cannot find '{part}' within '{shown}'."
            raise fail("VALUE", message)
        return float(found.start() + 1)

    return Function(run, "sss", 2, 3)


def _text(here: Evaluation, value: Scalar, given: Scalar) -> Value:
    """A number under a pattern, whose marks are the locale's own; what is no number as it is."""
    if isinstance(value, bool):
        return text(value, here.locale)
    if isinstance(value, str):
        found = text_number(value, here.locale)
        if found is None:
            return value
        value = found
    shown = _plain_marks(text(given, here.locale), here.locale)
    if not shown:
        return ""
    number_format = {"type": "NUMBER", "pattern": shown}
    return format_number(number(value, here.locale, "TEXT"), number_format, here.locale)


def _plain_marks(given: str, locale: Locale) -> str:
    """A pattern of numbers as the wire writes it."""
    if locale.decimal == "." or not set("0#?") & set(given):
        return given
    marks = {locale.decimal: ".", locale.group: ","}
    return _OUTSIDE_QUOTES.sub(lambda found: found[1] or marks.get(found[2], found[2]), given)


def _value(here: Evaluation, value: Scalar) -> Value:
    if isinstance(value, bool):
        message = f"VALUE parameter '{text(value, here.locale)}' cannot be parsed to number."
        raise fail("VALUE", message)
    try:
        return number(value, here.locale, "VALUE")
    except Failure:
        raise fail("VALUE", f"VALUE parameter '{value}' cannot be parsed to number.") from None


def _rept(here: Evaluation, value: Scalar, count: Scalar) -> Value:
    times, shown = _count_of(here, count, "REPT"), text(value, here.locale)
    if times * len(shown) > 32_000:
        raise fail("VALUE", "The text result of REPT is longer than the limit of 32000 characters.")
    return shown * times


def _char(here: Evaluation, value: Scalar) -> Value:
    code = int(number(value, here.locale, "CHAR"))
    if not 1 <= code < 0x110000 or 0xD800 <= code < 0xE000:
        raise fail("NUM", f"Function CHAR parameter 1 value {code} is out of range.")
    return chr(code)


def _exact(here: Evaluation, one: Scalar, other: Scalar) -> Value:
    return text(one, here.locale) == text(other, here.locale)


def _t(_: Evaluation, value: Scalar) -> Value:
    return value if isinstance(value, str) else ""


def _n(_: Evaluation, value: Scalar) -> Value:
    return float(value) if isinstance(value, int | float) else 0.0


FUNCTIONS = {
    "CONCATENATE": Function(_concatenate, "*g", 1),
    "CONCAT": Function(_concat, "ss", 2, 2),
    "JOIN": Function(_join, "s*g", 2),
    "TEXTJOIN": Function(_textjoin, "ss*g", 3),
    "SPLIT": Function(_split, "sss", 2, 3),
    "LEFT": Function(_left, "ss", 1, 2),
    "RIGHT": Function(_right, "ss", 1, 2),
    "MID": Function(_mid, "sss", 3, 3),
    "LEN": Function(lambda here, value: float(len(text(value, here.locale))), "s", 1, 1),
    "UPPER": _changed(str.upper),
    "LOWER": _changed(str.lower),
    "PROPER": _changed(_proper),
    "TRIM": _changed(_trimmed),
    "SUBSTITUTE": Function(_substitute, "ssss", 3, 4),
    "REPLACE": Function(_replace, "ssss", 4, 4),
    "FIND": _finding("FIND", lambda part: re.compile(re.escape(part))),
    "SEARCH": _finding("SEARCH", pattern),
    "TEXT": Function(_text, "ss", 2, 2),
    "VALUE": Function(_value, "s", 1, 1),
    "REPT": Function(_rept, "ss", 2, 2),
    "CHAR": Function(_char, "s", 1, 1),
    "EXACT": Function(_exact, "ss", 2, 2),
    "T": Function(_t, "s", 1, 1),
    "N": Function(_n, "s", 1, 1),
}
