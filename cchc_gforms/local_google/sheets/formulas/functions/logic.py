"""Conditions, and the questions about a value that begin with IS."""

from __future__ import annotations

from collections.abc import Callable

from cchc_gforms.local_google.sheets.formulas.evaluate import Evaluation, Function
from cchc_gforms.local_google.sheets.formulas.syntax import Node
from cchc_gforms.local_google.sheets.formulas.values import (
    Error,
    Failure,
    Grid,
    Scalar,
    Value,
    compare,
    fail,
    is_number,
    number,
    truth,
)

Nodes = tuple[Node | None, ...]


def _if(here: Evaluation, nodes: Nodes, arrays: bool) -> Value:
    """Only the branch that is taken is computed."""
    condition = here.of(nodes[0], arrays=arrays)
    branches = nodes[1:]

    def branch(holds: bool) -> Value:
        if not holds and len(branches) < 2:
            return False
        return here.of(branches[0 if holds else 1], arrays=arrays)

    if not (arrays and isinstance(condition, Grid)):
        return branch(truth(here.single(condition)))
    choices = [condition, branch(True), branch(False)]

    def choose(asked: Scalar, yes: Scalar, no: Scalar) -> Scalar:
        return yes if truth(asked) else no

    return here.lifted(choose, choices, arrays=True, errors=True)


def _ifs(here: Evaluation, nodes: Nodes, arrays: bool) -> Value:
    if len(nodes) % 2:
        raise fail("N_A", "Wrong number of arguments to IFS. Expected an even number.")
    for place in range(0, len(nodes), 2):
        if truth(here.single(here.of(nodes[place], arrays=arrays)), "IFS", place + 1):
            return here.of(nodes[place + 1], arrays=arrays)
    raise fail("N_A", "No match.")


def _switch(here: Evaluation, nodes: Nodes, arrays: bool) -> Value:
    asked = here.single(here.of(nodes[0], arrays=arrays))
    cases = nodes[1:]
    for place in range(0, len(cases) - 1, 2):
        if compare(asked, here.single(here.of(cases[place], arrays=arrays))) == 0:
            return here.of(cases[place + 1], arrays=arrays)
    if len(cases) % 2:
        return here.of(cases[-1], arrays=arrays)
    raise fail("N_A", "Did not find a matching case in SWITCH.")


def _choose(here: Evaluation, nodes: Nodes, arrays: bool) -> Value:
    place = int(number(here.single(here.of(nodes[0], arrays=arrays)), here.locale, "CHOOSE"))
    if not 1 <= place < len(nodes):
        raise fail("NUM", f"Function CHOOSE parameter 1 value is {place}. It is out of range.")
    return here.of(nodes[place], arrays=arrays)


def _on_error(kinds: frozenset[str] | None) -> Function:
    """IFERROR (any error), IFNA (only that one): each cell of a grid for itself."""

    def caught(value: Scalar) -> bool:
        return isinstance(value, Error) and (kinds is None or value.kind in kinds)

    def run(here: Evaluation, nodes: Nodes, arrays: bool) -> Value:
        value = here.of(nodes[0], arrays=arrays)
        if isinstance(value, Grid) and value.place and not arrays:
            value = _single(here, value)
        other = nodes[1] if len(nodes) > 1 else None
        if not isinstance(value, Grid):
            return here.of(other, arrays=arrays) if caught(value) else value
        if not any(map(caught, value.values())):
            return value
        instead = here.of(other, arrays=arrays)
        return here.lifted(
            lambda one, two: two if caught(one) else one, [value, instead], arrays=True, errors=True
        )

    return Function(run, "", 1, 2, lazy=True)


def _single(here: Evaluation, value: Value) -> Value:
    try:
        return here.single(value)
    except Failure as failed:
        return failed.error


def _truths(name: str, values: tuple[Value, ...]) -> list[bool]:
    """Texts and blanks among cells are passed over."""
    found = []
    for place, value in enumerate(values, 1):
        if not isinstance(value, Grid):
            found.append(truth(value, name, place))
            continue
        cells = (cell for cell in value.values() if cell is not None and not isinstance(cell, str))
        found += [truth(cell, name, place) for cell in cells]
    if not found:
        raise fail("VALUE", f"{name} has no valid input data.")
    return found


def _is(holds: Callable[[Scalar], bool]) -> Function:
    return Function(lambda _, value: holds(value), "e", 1, 1)


def _is_error(value: Scalar) -> bool:
    return isinstance(value, Error)


def _na(_: Evaluation) -> Value:
    return Error("N_A", "The value is not available.")


def _comparison(holds: Callable[[int], bool]) -> Function:
    return Function(lambda _, left, right: holds(compare(left, right)), "ss", 2, 2)


FUNCTIONS = {
    "IF": Function(_if, "", 2, 3, lazy=True),
    "IFS": Function(_ifs, "", 2, lazy=True),
    "SWITCH": Function(_switch, "", 3, lazy=True),
    "CHOOSE": Function(_choose, "", 2, lazy=True),
    "IFERROR": _on_error(None),
    "IFNA": _on_error(frozenset({"N_A"})),
    "AND": Function(lambda _, *values: all(_truths("AND", values)), "*g", 1),
    "OR": Function(lambda _, *values: any(_truths("OR", values)), "*g", 1),
    "XOR": Function(lambda _, *values: sum(_truths("XOR", values)) % 2 == 1, "*g", 1),
    "NOT": Function(lambda _, value: not truth(value, "NOT"), "s", 1, 1),
    "TRUE": Function(lambda _: True, "", 0, 0),
    "FALSE": Function(lambda _: False, "", 0, 0),
    "EQ": _comparison(lambda order: order == 0),
    "NE": _comparison(lambda order: order != 0),
    "LT": _comparison(lambda order: order < 0),
    "LTE": _comparison(lambda order: order <= 0),
    "GT": _comparison(lambda order: order > 0),
    "GTE": _comparison(lambda order: order >= 0),
    "NA": Function(_na, "", 0, 0),
    "ISBLANK": _is(lambda value: value is None),
    "ISNUMBER": _is(is_number),
    "ISTEXT": _is(lambda value: isinstance(value, str)),
    "ISNONTEXT": _is(lambda value: not isinstance(value, str)),
    "ISLOGICAL": _is(lambda value: isinstance(value, bool)),
    "ISERROR": _is(_is_error),
    "ISERR": _is(lambda value: isinstance(value, Error) and value.kind != "N_A"),
    "ISNA": _is(lambda value: isinstance(value, Error) and value.kind == "N_A"),
}
