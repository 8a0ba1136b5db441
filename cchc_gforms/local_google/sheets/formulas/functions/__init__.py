"""The functions of formulas by their names. What is not here is #NAME?, IMPORTXML and its like too:
nothing is ever fetched."""

from __future__ import annotations

from cchc_gforms.local_google.sheets.formulas.evaluate import Function
from cchc_gforms.local_google.sheets.formulas.functions import (
    arrays,
    dates,
    logic,
    lookup,
    numbers,
    statistics,
    texts,
)

_ROOMS = (arrays, dates, logic, lookup, numbers, statistics, texts)
FUNCTIONS: dict[str, Function] = {
    name: function for room in _ROOMS for name, function in room.FUNCTIONS.items()
}
