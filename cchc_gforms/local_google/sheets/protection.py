"""Protected ranges: who may write where (facts C: addProtectedRange)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.areas import Area, area_of
from cchc_gforms.local_google.sheets.identity import Person
from cchc_gforms.local_google.sheets.workbook import Sheet


def check_may_edit(sheet: Sheet, area: Area, person: Person) -> None:
    """400 when any cell of the area is protected from the person."""
    for protected in sheet.resource.get("protectedRanges", []):
        if may_edit(protected, person):
            continue
        shut = area_of(sheet, protected.get("range", {})).meets(area)
        opened = (area_of(sheet, wire) for wire in protected.get("unprotectedRanges", []))
        if shut and not any(area.within(one) for one in opened):
            raise invalid(
                "You are trying to edit a protected cell or object. Please contact the "
                "spreadsheet owner to remove protection if you need to edit."
            )


def may_edit(protected: Mapping[str, Any], person: Person) -> bool:
    users = protected.get("editors", {}).get("users", [])
    return person.is_owner or bool(protected.get("warningOnly")) or person.email in users
