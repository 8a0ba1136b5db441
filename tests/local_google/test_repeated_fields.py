"""Fields as Google's parser takes them: repeated ones, and in either spelling."""

from __future__ import annotations

from typing import Any

import pytest

from cchc_gforms.local_google.errors import ApiError
from cchc_gforms.local_google.schema import check_body

SCHEMA = "BatchUpdateSpreadsheetRequest"
ONE: dict[str, Any] = {"deleteSheet": {"sheetId": 1}}
TWO: dict[str, Any] = {"deleteSheet": {"sheetId": 2}}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (ONE, [ONE]),
        ([[ONE], [TWO]], [ONE, TWO]),
        ([ONE, [[TWO]]], [ONE, TWO]),
        ([], []),
        ([[]], []),
    ],
)
def test_one_alone_is_a_list_and_lists_in_lists_are_one(sent: Any, read: Any) -> None:
    assert check_body("sheets", SCHEMA, {"requests": sent}) == {"requests": read}


@pytest.mark.parametrize("sent", ["x", 1, [["x"]]])
def test_what_is_no_message_stays_none(sent: Any) -> None:
    with pytest.raises(ApiError, match="Request"):
        check_body("sheets", SCHEMA, {"requests": sent})


def test_rows_of_values_are_not_run_together() -> None:
    body = {"values": [["a", "b"], ["c"]]}
    assert check_body("sheets", "ValueRange", body) == body
    with pytest.raises(ApiError, match=r"ListValue\), \"x\""):
        check_body("sheets", "ValueRange", {"values": "x"})


def test_fields_are_taken_in_either_spelling() -> None:
    """gspread-pandas sends snake_case."""
    sent = {"update_sheet_properties": {"properties": {"sheet_id": 1, "title": "a_b"}}}
    read = {"updateSheetProperties": {"properties": {"sheetId": 1, "title": "a_b"}}}
    assert check_body("sheets", SCHEMA, {"requests": [sent]}) == {"requests": [read]}


def test_a_field_in_both_spellings_or_in_none_is_unknown() -> None:
    for name in ("sheet_id", "sheet__id", "SheetId"):
        twice = {"deleteSheet": {"sheetId": 1, name: 2}}
        with pytest.raises(ApiError, match=f'Unknown name "{name}"'):
            check_body("sheets", SCHEMA, {"requests": [twice]})
    with pytest.raises(ApiError, match='Unknown name "Requests"'):
        check_body("sheets", SCHEMA, {"Requests": []})
