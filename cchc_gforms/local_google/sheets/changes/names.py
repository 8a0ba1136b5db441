"""Named ranges: addNamedRange, updateNamedRange, deleteNamedRange."""

from __future__ import annotations

import re
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import a1, following
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.wire import outgoing

_LONGEST = 250
_NAME = re.compile(r"[^\W\d]\w*")
_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|TRUE|FALSE", re.IGNORECASE)


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("namedRange", {})
    _check(edit, asked, None)
    made = {"namedRangeId": _free_id(edit, asked.get("namedRangeId")), **asked}
    edit.workbook.named_ranges.append(made)
    return {"addNamedRange": {"namedRange": outgoing(made)}}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    asked = body.get("namedRange", {})
    tree = mask_of(body, "NamedRange")
    old = _find(edit, asked.get("namedRangeId", ""))
    made = masked(old, asked, tree) | {"namedRangeId": old["namedRangeId"]}
    _check(edit, made, old)
    names = edit.workbook.named_ranges
    names[names.index(old)] = made
    if made["name"] != old["name"]:
        following.rename_range(edit.workbook, old["name"], made["name"])
    return {}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    edit.workbook.named_ranges.remove(_find(edit, body.get("namedRangeId", "")))
    return {}


def _check(edit: Edit, made: dict[str, Any], old: dict[str, Any] | None) -> None:
    name = made.get("name", "")
    if len(name) > _LONGEST or not _NAME.fullmatch(name) or _CELL.fullmatch(name):
        raise invalid(f"The name of the named range is invalid: {name}")
    if a1.parse_span(name) is not None:
        raise invalid(f"The name of the named range is invalid: {name}")
    others = (one for one in edit.workbook.named_ranges if one is not old)
    if any(one["name"].casefold() == name.casefold() for one in others):
        raise invalid(
            f"Cannot add named range with name {name}, a named range with that name already exists."
        )
    if "range" not in made:
        raise invalid("Named range must specify a range.")
    edit.area(made["range"])


def _free_id(edit: Edit, asked: str | None) -> str:
    taken = {one["namedRangeId"] for one in edit.workbook.named_ranges}
    if asked:
        if asked in taken:
            raise invalid(f"A named range with id {asked} already exists.")
        return asked
    while (drawn := str(edit.number())) in taken:
        pass
    return drawn


def _find(edit: Edit, wanted: str) -> dict[str, Any]:
    for one in edit.workbook.named_ranges:
        if one["namedRangeId"] == wanted:
            return one
    raise invalid(f"No named range with ID: {wanted}")


CHANGES: dict[str, Change] = {
    "addNamedRange": add,
    "updateNamedRange": update,
    "deleteNamedRange": delete,
}
