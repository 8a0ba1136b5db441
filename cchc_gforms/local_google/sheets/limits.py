"""What the discovery document asks of a message in words only: fields that a request must have,
numbers that are too small or too large, what Google alone writes, what some places do not take."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

from cchc_gforms.local_google.discovery import properties
from cchc_gforms.local_google.errors import invalid

# Of each request the fields that say where; without them it would be the whole of a first tab.
_NEEDED = {
    **dict.fromkeys(
        (
            "addDimensionGroup", "deleteDimension", "deleteDimensionGroup", "deleteDuplicates",
            "deleteRange", "insertDimension", "insertRange", "mergeCells", "randomizeRange",
            "repeatCell", "setDataValidation", "sortRange", "trimWhitespace", "unmergeCells",
            "updateBorders",
        ),
        ("range",),
    ),
    "addBanding": ("bandedRange.range",),
    "addNamedRange": ("namedRange.range",),
    "autoResizeDimensions": ("dimensions",),
    "copyPaste": ("source", "destination"),
    "cutPaste": ("source", "destination"),
    "deleteSheet": ("sheetId",),
    "moveDimension": ("source",),
    "pasteData": ("coordinate",),
    "setBasicFilter": ("filter.range",),
    "textToColumns": ("source",),
}  # fmt: skip
_FROM_ZERO, _FROM_ONE = (0, inf), (1, inf)
_NUMBERS: dict[str, dict[str, tuple[float, float]]] = {
    "Color": dict.fromkeys(("red", "green", "blue", "alpha"), (0, 1)),
    "TextRotation": {"angle": (-90, 90)},
    "TextFormat": {"fontSize": (1, 400)},
    "Padding": dict.fromkeys(("top", "right", "bottom", "left"), _FROM_ZERO),
    "DimensionProperties": {"pixelSize": _FROM_ONE},
    "GridProperties": dict.fromkeys(("frozenRowCount", "frozenColumnCount"), _FROM_ZERO),
    "GridCoordinate": dict.fromkeys(("rowIndex", "columnIndex"), _FROM_ZERO),
    "GridData": dict.fromkeys(("startRow", "startColumn"), _FROM_ZERO),
    "SheetProperties": {"index": _FROM_ZERO},
    "DuplicateSheetRequest": {"insertSheetIndex": _FROM_ZERO},
    "UpdateConditionalFormatRuleRequest": {"newIndex": _FROM_ZERO},
    "OverlayPosition": {
        **dict.fromkeys(("offsetXPixels", "offsetYPixels"), _FROM_ZERO),
        **dict.fromkeys(("widthPixels", "heightPixels"), _FROM_ONE),
    },
}
READ_ONLY = {
    "CellData": {"effectiveValue", "effectiveFormat", "formattedValue", "hyperlink"},
    "DimensionProperties": {"hiddenByFilter"},
    "ProtectedRange": {"requestingUserCanEdit"},
    "Spreadsheet": {"spreadsheetUrl"},
    "SpreadsheetProperties": {"defaultFormat"},
}
_PASSED_OVER = {"ProtectedRange"}  # gspread sends what only a mask must not name (facts B)
# "Conditional formatting can only apply a subset of formatting" [disc BooleanRule.format].
_COLORS = {"backgroundColor", "backgroundColorStyle", "foregroundColor", "foregroundColorStyle"}
_CONDITIONAL = {
    "CellFormat": {"textFormat", "backgroundColor", "backgroundColorStyle"},
    "TextFormat": {"bold", "italic", "strikethrough"} | _COLORS,
}


def check_request(name: str, body: Mapping[str, Any]) -> None:
    """A request of batchUpdate; where it has a mask, that is held against READ_ONLY elsewhere, and
    what the mask does not name is not looked at by Google."""
    for path in _NEEDED.get(name, ()):
        holder, _, field = path.rpartition(".")
        if (body.get(holder) or {} if holder else body).get(field) is None:
            raise invalid(f"Must specify {path}.")
    masked = body.get("fields", "*") != "*"
    check(properties("sheets", "Request")[name]["$ref"], body, writes_all=not masked)


def check(schema: str, value: Mapping[str, Any], *, writes_all: bool = True) -> None:
    """400 for the first thing in a message, or in those within it, that is not to be."""
    known = properties("sheets", schema)
    if writes_all and schema not in _PASSED_OVER:
        check_writable(schema, value)
    limits = _NUMBERS.get(schema, {})
    for name, inner in value.items():
        if inner is None or name not in known:
            continue
        low, high = limits.get(name, (-inf, inf))
        if name in limits and not low <= inner <= high:
            raise invalid(f"Invalid {schema}.{name}: {inner}")
        _check_place(schema, name, inner)
        spec = known[name]
        below = spec.get("$ref") or spec.get("items", {}).get("$ref")
        for one in inner if isinstance(inner, list) else [inner]:
            if below and isinstance(one, dict):
                check(below, one, writes_all=writes_all)


def check_writable(schema: str, names: Mapping[str, Any]) -> None:
    """`names` are fields that are set, or that a mask would set."""
    for name in sorted(READ_ONLY.get(schema, set()) & names.keys()):
        raise invalid(f"{schema}.{name} is read-only.")


def _check_place(schema: str, name: str, inner: Any) -> None:
    if (schema, name) == ("BooleanRule", "format"):
        _check_conditional("CellFormat", inner)
        _check_conditional("TextFormat", inner.get("textFormat") or {})
    elif (schema, name) == ("DataValidationRule", "condition"):
        _check_validation(inner)


def _check_validation(condition: Mapping[str, Any]) -> None:
    """[disc ConditionValue.relativeDate]"""
    if any("relativeDate" in value for value in condition.get("values") or []):
        raise invalid("Relative dates are not supported in data validation.")


def _check_conditional(schema: str, style: Mapping[str, Any]) -> None:
    for name in sorted(style.keys() - _CONDITIONAL[schema]):
        raise invalid(f"Conditional formats cannot set {schema}.{name}.")
