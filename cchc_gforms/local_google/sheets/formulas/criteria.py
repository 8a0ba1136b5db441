"""The criteria of COUNTIF, SUMIF and AVERAGEIF: a value, or a text such as `>5`, `<>a*`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from cchc_gforms.local_google.sheets.entry import typed
from cchc_gforms.local_google.sheets.formulas.values import Error, Failure, Scalar, is_number
from cchc_gforms.local_google.sheets.locales import Locale

Test = Callable[[Scalar], bool]

_SPLIT = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


def criterion(value: Scalar, locale: Locale) -> Test:
    """Whether a cell meets it. A number meets only numbers, a text only texts, without case."""
    if isinstance(value, Error):
        raise Failure(value)
    if isinstance(value, str):
        return _written(str(value), locale)
    if isinstance(value, bool):
        return lambda cell: isinstance(cell, bool) and cell == value
    if is_number(value):
        return lambda cell: is_number(cell) and cell == value
    return _is_empty


@lru_cache(maxsize=512)
def pattern(text: str) -> re.Pattern[str]:
    """`*` is any text, `?` any letter, `~` takes the next one as it is."""
    made = ""
    letters = iter(text)
    for letter in letters:
        if letter == "~":
            made += re.escape(next(letters, "~"))
        else:
            made += {"*": ".*", "?": "."}.get(letter, re.escape(letter))
    return re.compile(made, re.IGNORECASE | re.DOTALL)


def _written(text: str, locale: Locale) -> Test:
    match = _SPLIT.fullmatch(text)
    assert match is not None
    sign, rest = match[1] or "", match[2]
    if sign in _ORDER:
        return _ordered(_ORDER[sign], _wanted(rest, locale))
    if not rest:
        return {"": _is_empty, "=": _is_blank, "<>": _is_something}[sign]
    wanted = _wanted(rest, locale)
    same = _like(wanted) if isinstance(wanted, str) else criterion(wanted, locale)
    return (lambda cell: not same(cell)) if sign == "<>" else same


def _wanted(text: str, locale: Locale) -> Scalar:
    made: dict[str, Any] = (typed(text.strip(), locale) or {}).get("userEnteredValue", {})
    found: Scalar = made.get("numberValue", made.get("boolValue", text))
    return found


def _like(text: str) -> Test:
    if not set("*?~") & set(text):
        folded = text.casefold()
        return lambda cell: isinstance(cell, str) and cell.casefold() == folded
    shape = pattern(text)
    return lambda cell: isinstance(cell, str) and shape.fullmatch(cell) is not None


def _ordered(holds: Callable[[Any, Any], bool], wanted: Scalar) -> Test:
    if isinstance(wanted, str):
        folded = wanted.casefold()
        return lambda cell: isinstance(cell, str) and holds(cell.casefold(), folded)
    return lambda cell: is_number(cell) and holds(cell, wanted)


def _is_empty(cell: Scalar) -> bool:
    return cell is None or cell == ""


def _is_blank(cell: Scalar) -> bool:
    return cell is None


def _is_something(cell: Scalar) -> bool:
    return cell is not None
