"""updateSpreadsheetProperties."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.formulas.following import follow_locale
from cchc_gforms.local_google.sheets.locales import locale_of


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    tree = mask_of(body, "SpreadsheetProperties")
    made = masked(edit.workbook.properties, body.get("properties", {}), tree)
    made["defaultFormat"] = edit.workbook.properties["defaultFormat"]
    check(made)
    follow_locale(edit.workbook, edit.workbook.locale, made["locale"])
    edit.workbook.properties = made
    return {}


def check(properties: dict[str, Any]) -> None:
    """What a spreadsheet cannot be without, and zones and locales that are none."""
    for name in ("title", "locale", "timeZone", "defaultFormat"):
        if not properties.get(name):
            raise invalid(f"The {name} of a spreadsheet cannot be cleared.")
    locale_of(properties["locale"])
    if properties["timeZone"] not in available_timezones():
        raise invalid(f"Invalid time zone: {properties['timeZone']}")


CHANGES: dict[str, Change] = {"updateSpreadsheetProperties": update}
