"""Protected ranges: who may write where (facts C: addProtectedRange)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cchc_gforms.local_google.errors import ApiError, invalid
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.identity import Person
from cchc_gforms.local_google.sheets.workbook import Sheet


def check_may_edit(sheet: Sheet, area: Area, person: Person) -> None:
    """400 when any cell of the area is protected from the person."""
    for protected in _shut(sheet, person):
        shut = area_of(sheet, protected.get("range", {})).meets(area)
        opened = (area_of(sheet, wire) for wire in protected.get("unprotectedRanges", []))
        if shut and not any(area.within(one) for one in opened):
            raise _refusal()


def check_may_shape(sheet: Sheet, areas: Sequence[Area], person: Person) -> None:
    """400 when all of the areas meet one protected range; whole lines, to insert between them."""
    for protected in _shut(sheet, person):
        shut = area_of(sheet, protected.get("range", {}))
        if all(shut.meets(area) for area in areas):
            raise _refusal()


def check_may_size(sheet: Sheet, lines: Area, person: Person) -> None:
    """400 when the lines lie wholly in a protected range, as those of a protected sheet do."""
    for protected in _shut(sheet, person):
        if lines.within(area_of(sheet, protected.get("range", {}))):
            raise _refusal()


def _shut(sheet: Sheet, person: Person) -> Iterator[Mapping[str, Any]]:
    for protected in sheet.resource.get("protectedRanges", []):
        if not may_edit(protected, person):
            yield protected


def _refusal() -> ApiError:
    return invalid(
        "You are trying to edit a protected cell or object. Please contact the "
        "spreadsheet owner to remove protection if you need to edit."
    )


def may_edit(protected: Mapping[str, Any], person: Person) -> bool:
    users = protected.get("editors", {}).get("users", [])
    return person.is_owner or bool(protected.get("warningOnly")) or person.email in users


def check_not_of_a_form(sheet: Sheet, area: Area) -> None:
    """What a linked form wrote does not leave its place [node-google-spreadsheet issue 393]."""
    if sheet.linked is None:
        return
    last = max((row for row in sheet.linked["rows"] if row is not None), default=0)
    for column in sheet.linked["columns"].values():
        if area.meets(Area(0, column, last + 1, column + 1)):
            raise invalid("Cannot cut from form data. Use copy instead.")
