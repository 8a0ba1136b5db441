"""Filters over a range with a header row: their criteria, and the rows that they hide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets import conditional
from cchc_gforms.local_google.sheets.areas import Area
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.shifting import Rule, box_of


def normal(asked: dict[str, Any]) -> dict[str, Any]:
    """A filter with its criteria in both forms; `filterSpecs` decide [disc BasicFilter]."""
    specs = asked.get("filterSpecs")
    if specs is None:
        specs = [
            {"columnIndex": _key(column), "filterCriteria": criteria}
            for column, criteria in asked.get("criteria", {}).items()
        ]
    plain = {name: part for name, part in asked.items() if name not in {"filterSpecs", "criteria"}}
    return plain | _both_forms(specs)


def _key(column: str) -> int:
    """The keys of a map of columns are whole numbers, as text."""
    if re.fullmatch(r"-?[0-9]{1,9}", column) is None:
        raise invalid(f"Invalid value at 'criteria' (Map key), \"{column}\"")
    return int(column)


def check(asked: dict[str, Any], area: Area, locale: Locale) -> None:
    """Columns inside the range, and criteria that are evaluated."""
    for spec in asked.get("filterSpecs", []):
        if "dataSourceColumnReference" in spec:
            raise unimplemented("filters on data sources")
        _check_column(spec.get("columnIndex", 0), area)
        check_criteria(spec.get("filterCriteria", {}), locale)
    for spec in asked.get("sortSpecs", []):
        check_sort(spec, area)


def check_criteria(criteria: dict[str, Any], locale: Locale) -> None:
    if any(name.startswith("visible") for name in criteria):
        raise unimplemented("filters by colour")
    if "condition" in criteria:
        conditional.check(criteria["condition"], "filters", locale)


def check_sort(spec: dict[str, Any], area: Area) -> None:
    for name in spec.keys() - {"dimensionIndex", "sortOrder"}:
        raise unimplemented(f"sorting by {name}")
    _check_column(spec.get("dimensionIndex", 0), area)


def hidden_rows(shown: Shown, asked: dict[str, Any], area: Area) -> set[int]:
    """The rows under the header in which a column fails its criteria."""
    hidden = set()
    for spec in asked.get("filterSpecs", []):
        column = spec.get("columnIndex", 0)
        for row in range(area.top + 1, area.bottom):
            if not passes(shown, row, column, spec.get("filterCriteria", {}), area):
                hidden.add(row)
    return hidden


def passes(shown: Shown, row: int, column: int, criteria: Mapping[str, Any], area: Area) -> bool:
    """Whether a cell is shown by the criteria of its column; their formulas are written for the
    first row under the header of `area`."""
    if shown.text(row, column) in criteria.get("hiddenValues", []):
        return False
    condition = criteria.get("condition")
    if condition is None:
        return True
    spot = conditional.Spot(shown.workbook, shown.sheet, row, column, row - area.top - 1)
    return conditional.holds(condition, spot)


def follow_columns(one: dict[str, Any], rule: Rule) -> dict[str, Any]:
    """Criteria and sort orders count columns from the sheet's edge: they follow their column."""
    if "filterSpecs" not in one and "sortSpecs" not in one:
        return one
    specs = [_moved(one, "columnIndex", spec, rule) for spec in one.get("filterSpecs", [])]
    orders = [_moved(one, "dimensionIndex", spec, rule) for spec in one.get("sortSpecs", [])]
    plain = {
        name: part
        for name, part in one.items()
        if name not in {"filterSpecs", "criteria", "sortSpecs"}
    }
    kept = [spec for spec in orders if spec]
    return plain | _both_forms([s for s in specs if s]) | ({"sortSpecs": kept} if kept else {})


def _moved(
    one: dict[str, Any], name: str, spec: dict[str, Any], rule: Rule
) -> dict[str, Any] | None:
    column = spec.get(name, 0)
    box = box_of(one["range"] | {"startColumnIndex": column, "endColumnIndex": column + 1})
    moved = rule.box(box)
    return None if moved is None else spec | {name: moved.left}


def _both_forms(specs: list[dict[str, Any]]) -> dict[str, Any]:
    if not specs:
        return {}
    criteria = {str(spec.get("columnIndex", 0)): spec.get("filterCriteria", {}) for spec in specs}
    return {"criteria": criteria, "filterSpecs": specs}


def _check_column(column: int, area: Area) -> None:
    if not area.left <= column < area.right:
        raise invalid(f"Column {column} is outside the range.")
