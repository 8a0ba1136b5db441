"""Arithmetic: SUM, ROUND, MOD and their like."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from cchc_gforms.local_google.sheets.formulas.evaluate import (
    Evaluation,
    Function,
    arithmetic,
)
from cchc_gforms.local_google.sheets.formulas.values import (
    Error,
    Failure,
    Grid,
    Scalar,
    Value,
    as_grid,
    fail,
    number,
)


def numbers(here: Evaluation, name: str, values: tuple[Value, ...]) -> Iterator[float]:
    """The numbers among cells, and what is given directly as numbers. Errors end the function."""
    for place, value in enumerate(values, 1):
        if not isinstance(value, Grid):
            yield number(value, here.locale, name, place)
            continue
        for cell in value.values():
            if type(cell) is float or type(cell) is int:
                yield cell
            elif isinstance(cell, Error):
                raise Failure(cell)


def _sum(here: Evaluation, *values: Value) -> Value:
    return math.fsum(numbers(here, "SUM", values))


def _product(here: Evaluation, *values: Value) -> Value:
    return math.prod(numbers(here, "PRODUCT", values))


def _sumproduct(_: Evaluation, *values: Value) -> Value:
    """What is no number counts as 0."""
    grids = [as_grid(value) for value in values]
    if len({(one.height, one.width) for one in grids}) > 1:
        raise fail("VALUE", "SUMPRODUCT has mismatched range sizes.")
    sums = []
    for cells in zip(*(one.values() for one in grids), strict=False):
        error = next((cell for cell in cells if isinstance(cell, Error)), None)
        if error is not None:
            raise Failure(error)
        plain = (float(cell) if isinstance(cell, int | float) else 0.0 for cell in cells)
        sums.append(math.prod(plain))
    return math.fsum(sums)


def _rounding(name: str, mode: str) -> Function:
    def run(here: Evaluation, value: Scalar, places: Scalar = None) -> Value:
        exact = Decimal(repr(number(value, here.locale, name)))
        step = Decimal(1).scaleb(-int(number(places, here.locale, name, 2)))
        return float((exact / step).to_integral_value(mode) * step)

    return Function(run, "ss", 1, 2)


def _one(name: str, run: Callable[[float], float]) -> Function:
    """A function of one number."""

    def of_scalar(here: Evaluation, value: Scalar) -> Value:
        return run(number(value, here.locale, name))

    return Function(of_scalar, "s", 1, 1)


def _sqrt(value: float) -> float:
    if value < 0:
        raise fail(
            "NUM",
            f"Function SQRT parameter 1 value is {value:g}. "
            "It should be greater than or equal to 0.",
        )
    return math.sqrt(value)


def _log(value: float) -> float:
    if value <= 0:
        raise fail("NUM", f"Function LN parameter 1 value is {value:g}. It should be above 0.")
    return math.log(value)


def _mod(here: Evaluation, value: Scalar, divisor: Scalar) -> Value:
    """Of the divisor's sign."""
    by = number(divisor, here.locale, "MOD", 2)
    if by == 0:
        raise fail("DIVIDE_BY_ZERO", "Function MOD parameter 2 cannot be zero.")
    return number(value, here.locale, "MOD") % by


def _operation(name: str, operator: str) -> Function:
    def run(here: Evaluation, left: Scalar, right: Scalar) -> Value:
        one = number(left, here.locale, name)
        return arithmetic(operator, one, number(right, here.locale, name, 2))

    return Function(run, "ss", 2, 2)


def _quotient(here: Evaluation, left: Scalar, right: Scalar) -> Value:
    by = number(right, here.locale, "QUOTIENT", 2)
    if by == 0:
        raise fail("DIVIDE_BY_ZERO", "Function QUOTIENT parameter 2 cannot be zero.")
    return float(math.trunc(number(left, here.locale, "QUOTIENT") / by))


FUNCTIONS = {
    "SUM": Function(_sum, "*g", 1),
    "PRODUCT": Function(_product, "*g", 1),
    "SUMPRODUCT": Function(_sumproduct, "*g", 1, arrays=True),
    "ROUND": _rounding("ROUND", ROUND_HALF_UP),
    "ROUNDUP": _rounding("ROUNDUP", ROUND_UP),
    "ROUNDDOWN": _rounding("ROUNDDOWN", ROUND_DOWN),
    "TRUNC": _rounding("TRUNC", ROUND_DOWN),
    "INT": _one("INT", lambda value: float(math.floor(value))),
    "ABS": _one("ABS", abs),
    "SIGN": _one("SIGN", lambda value: float((value > 0) - (value < 0))),
    "SQRT": _one("SQRT", _sqrt),
    "LN": _one("LN", _log),
    "MOD": Function(_mod, "ss", 2, 2),
    "POWER": _operation("POWER", "^"),
    "QUOTIENT": Function(_quotient, "ss", 2, 2),
    "ADD": _operation("ADD", "+"),
    "MINUS": _operation("MINUS", "-"),
    "MULTIPLY": _operation("MULTIPLY", "*"),
    "DIVIDE": _operation("DIVIDE", "/"),
    "PI": Function(lambda _: math.pi, "", 0, 0),
}
