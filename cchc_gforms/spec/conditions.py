"""What the keys of one group ask of each other, as JSON Schema says it, by model.

The loader says the same with a code of its own and what to do: `check_items`, and the validators
of `regime.model` and `regime.year_file`. That both refuse the same is tested.
"""

from __future__ import annotations

from typing import Any, Final

_Condition = dict[str, Any]
_ANY: Final[_Condition] = {}
_EMPTY: Final[_Condition] = {"enum": [None, "", [], {}, False]}


def _given(*keys: str) -> _Condition:
    """Each key is there and not left empty."""
    filled = {key: {"not": _EMPTY} for key in keys}
    return {"type": "object", "required": list(keys), "properties": filled}


def _either(one: str, other: str) -> _Condition:
    return {"oneOf": [_given(one), _given(other)]}


def _none(*keys: str) -> _Condition:
    return {"not": {"anyOf": [_given(key) for key in keys]}}


def _of(type: str) -> _Condition:
    return {"required": ["type"], "properties": {"type": {"const": type}}}


def _when(condition: _Condition, then: _Condition, otherwise: _Condition = _ANY) -> _Condition:
    return {"if": condition, "then": then, "else": otherwise}


def _day_up_to(last: int) -> _Condition:
    return {"properties": {"day": {"anyOf": [{"const": "last"}, {"maximum": last}]}}}


_ONLY_NEEDS: Final[_Condition] = {"properties": {"checks": {"propertyNames": {"const": "needs"}}}}
_NO_TEXT: Final = (_ONLY_NEEDS, _none("prefill_from"))
_DAYS_OF_MONTHS: Final = (
    _when({"properties": {"month": {"enum": [4, 6, 9, 11]}}}, _day_up_to(30)),
    _when({"properties": {"month": {"const": 2}}}, _day_up_to(29)),
)

CONDITIONS: Final[dict[str, tuple[_Condition, ...]]] = {
    # SPEC-CHOICES, SPEC-OTHER, SPEC-GO-TO
    "ChoiceItem": (
        _either("choices", "choices_from"),
        _when(_of("dropdown"), _none("other")),
        _when(_of("checkbox"), {"properties": {"choices": {"items": _none("go_to")}}}),
        *_NO_TEXT,
    ),
    # SPEC-ROWS
    "GridItem": (_either("rows", "rows_from"), *_NO_TEXT),
    # SPEC-CHECKS, SPEC-PREFILL
    "PlainItem": (
        _when({"anyOf": [_of("text"), _of("paragraph")]}, {}, _ONLY_NEEDS),
        _when(_of("paragraph"), {}, _none("prefill_from")),
    ),
    **dict.fromkeys(("DateItem", "ScaleItem", "RatingItem", "FileUploadItem"), _NO_TEXT),
    # SPEC-RESERVED-NAME
    "ListsFile": (
        {
            "properties": {
                "lists": {"propertyNames": {"not": {"enum": ["roster", "documents", "periods"]}}}
            }
        },
    ),
    # YAML-BAD-VALUE, from here on
    "YearDay": _DAYS_OF_MONTHS,
    "DueDay": (
        *_DAYS_OF_MONTHS,
        _when(
            {"properties": {"month": {"type": "string"}}},
            {"properties": {"year": {"const": "same"}}},
        ),
        _when(_given("weekday"), _day_up_to(22)),
    ),
    **dict.fromkeys(("DueRule", "PeriodDueRule"), (_either("after", "on"), _either("days", "on"))),
    "DocumentKind": (
        _when(
            _given("periods"),
            _given("due"),
            _none("due", "due_by_period", "due_by_level", "has_data"),
        ),
    ),
    "Audience": ({"anyOf": [_given("levels"), _given("units")]},),
    "Request": (
        {"oneOf": [_given("window_from", "closes_on"), _none("window_from", "closes_on")]},
    ),
}
