"""Formulas that stand in no cell: those of conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cchc_gforms.local_google.sheets.formulas.calculate import UNREADABLE, Calculation
from cchc_gforms.local_google.sheets.formulas.evaluate import Evaluation
from cchc_gforms.local_google.sheets.formulas.functions import FUNCTIONS
from cchc_gforms.local_google.sheets.formulas.reach import formula_of
from cchc_gforms.local_google.sheets.formulas.references import Corner, Reference
from cchc_gforms.local_google.sheets.formulas.tokens import Unreadable
from cchc_gforms.local_google.sheets.formulas.values import Failure, Grid, Value, fail, wire
from cchc_gforms.local_google.sheets.locales import Locale


class Asides:
    """Computed against the cells of a workbook. Those are calculated when the first is asked for.

    `now` is the serial of the spreadsheet's clock.
    """

    def __init__(self, calculate: Callable[[], Calculation], locale: Locale, now: float) -> None:
        self._calculate, self._locale = calculate, locale
        self.now = now

    def value(
        self, formula: str, cell: tuple[int, int, int], down: int, across: int
    ) -> Mapping[str, Any]:
        """The wire ExtendedValue in a cell (sheet id, row, column), so many lines from the cell
        that the formula was written for."""
        return wire(_single(self._computed(formula, cell, down, across)))

    def _computed(self, formula: str, cell: tuple[int, int, int], down: int, across: int) -> Value:
        try:
            node = formula_of(formula, self._locale.decimal).node
        except Unreadable:
            return UNREADABLE
        around = _Shifted(self._calculation, down, across)
        try:
            return Evaluation(around, FUNCTIONS, self._locale, self.now, *cell).result(node)
        except Failure as failed:
            return failed.error

    @cached_property
    def _calculation(self) -> Calculation:
        return self._calculate()


@dataclass(frozen=True, slots=True)
class _Shifted:
    """Relative references lead as far away as the formula is from where it was written."""

    calculation: Calculation
    down: int
    across: int

    def cells(self, reference: Reference, sheet_id: int) -> Grid:
        moved = reference.offset(self.down, self.across)
        if moved is None:
            raise fail("REF", "Reference does not exist.")
        return self.calculation.cells(moved, sheet_id)

    def named(self, name: str) -> Reference | None:
        """A name stays where it is."""
        found = self.calculation.named(name)
        if found is None:
            return None
        last = None if found.last is None else _fixed(found.last)
        return replace(found, first=_fixed(found.first), last=last)


def _fixed(corner: Corner) -> Corner:
    return replace(corner, fixed_row=True, fixed_column=True)


def _single(value: Value) -> Any:
    return value.at(0, 0) if isinstance(value, Grid) else value
